import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

const main = new URL('../src/cli/main.ts', import.meta.url).pathname

export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Given {
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
}

/** Runs a command to its end, with nothing of the caller's own settings. */
export async function furrow(args: readonly string[], { env, stdin = '' }: Given = {}) {
  const child = spawnFurrow(args, env)
  child.stdin?.end(stdin)
  return endOf(child)
}

export function spawnFurrow(args: readonly string[], env: Given['env'] = {}): ChildProcess {
  return spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: 'pipe',
  })
}

async function endOf(child: ChildProcess): Promise<Ended> {
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [stdout, stderr] = await Promise.all([textOf(child.stdout), textOf(child.stderr)])
  return { status: await ended, stdout, stderr }
}

function textOf(stream: ChildProcess['stdout']): Promise<string> {
  return stream ? text(stream) : Promise.resolve('')
}

export interface Ready {
  readonly url: string
  readonly key: string
  readonly ledgerAccountId: string | null
  readonly docs: string
}

export interface Running {
  readonly ready: Ready
  readonly child: ChildProcess
  /** Everything written so far. */
  readonly output: () => { stdout: string; stderr: string }
  /** Sends a signal and gives the exit status. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

/** Runs `furrow start --json` until its one line comes. */
export async function startFurrow(
  args: readonly string[],
  env: Given['env'] = {},
): Promise<Running> {
  const child = spawnFurrow(['start', '--json', ...args], env)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  let stdout = ''
  let stderr = ''
  child.stderr?.on('data', (bytes) => {
    stderr += bytes
  })
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.stdout?.on('data', (bytes) => {
      stdout += bytes
      if (stdout.includes('\n')) resolve(JSON.parse(stdout.slice(0, stdout.indexOf('\n'))))
    })
    void ended.then((status) => reject(new Error(`ended with ${status}: ${stderr}`)))
  })
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return ended
  }
  return { ready, child, output: () => ({ stdout, stderr }), stop }
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'furrow-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
