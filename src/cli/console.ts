import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/** The console's own folder: of its sources here, or beside the compiled ones with `dist` alone. */
const folder = new URL('../../console/', import.meta.url).pathname
const built = join(folder, 'dist')

/** The folder of the built console; null where there is none. */
export function builtConsole(): string | null {
  return existsSync(join(built, 'index.html')) ? built : null
}

/**
 * Builds the console where it is missing or older than its sources. Where that fails, as without a
 * network it may, this is said, and everything else goes on.
 */
export async function buildConsole(tell: (line: string) => void) {
  if (!isSourceHere() || isUpToDate()) return
  tell('Building the console, once: its packages take a while …')
  try {
    await makeConsole()
  } catch (error) {
    const why = (error as Error).message.trim().split('\n').at(-1)
    tell(`The console is left out, as it could not be built (npm run build shows more): ${why}`)
  }
}

/** Installs the console's packages where they are missing, and builds it. Throws what went wrong. */
export async function makeConsole() {
  await installConsole()
  await ran(process.execPath, ['build.ts'])
}

/** Installs the console's packages where they are missing. Throws what went wrong. */
export async function installConsole() {
  if (!existsSync(join(folder, 'node_modules/vite'))) await ran('npm', ['ci'])
}

function isSourceHere(): boolean {
  return existsSync(join(folder, 'build.ts'))
}

function isUpToDate(): boolean {
  const page = join(built, 'index.html')
  if (!existsSync(page)) return false
  const made_ms = statSync(page).mtimeMs
  const sources = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
  return sources.every((path) => statSync(join(folder, 'src', path)).mtimeMs <= made_ms)
}

async function ran(command: string, args: readonly string[]) {
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [status, stdout, stderr] = await Promise.all([
    ended,
    text(child.stdout),
    text(child.stderr),
  ])
  if (status !== 0) throw new Error(stderr.trim() || stdout || `${command} ended with ${status}`)
}
