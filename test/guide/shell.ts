import { spawn } from 'node:child_process'
import { read } from './pages.ts'

const main = new URL('../../src/cli/main.ts', import.meta.url).pathname
const node_folder = new URL('../../node_modules/.bin', import.meta.url).pathname

const block_timeout_ms = 240_000

export interface Shell {
  /** Runs a piece of script to its end. Throws what it said where one of its commands failed. */
  readonly run: (script: string) => Promise<void>
  /** Ends what was left running, which must end well, and the shell. */
  readonly close: () => Promise<void>
}

/** A shell as a reader of the pages has it, with variables and processes that outlast a block. */
export function openShell(cwd: string, env: { readonly [name: string]: string } = {}): Shell {
  const child = spawn('bash', ['--noprofile', '--norc', '-s'], {
    cwd,
    env: { PATH: `${node_folder}:${process.env.PATH}`, HOME: cwd, MAIN: main, ...env },
    stdio: 'pipe',
    detached: true, // a group of its own, with all that it starts
  })
  const script = child.stdin
  script.on('error', () => undefined) // the shell has ended, which is told below
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      said += bytes
    })
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  let pieces = 0
  async function run(text: string) {
    const mark = `:: piece ${pieces++} is done ::`
    const from = said.length
    // What it runs must not read on in the script.
    script.write(`{ set -x\n${text}\n} < /dev/null\nset +x\necho '${mark}'\n`)
    const done = new Promise<'done'>((resolve) => {
      const look = () => {
        if (!said.includes(`${mark}\n`, from)) return
        child.stdout.off('data', look)
        resolve('done')
      }
      child.stdout.on('data', look)
    })
    const timer = setTimeout(() => killGroup(child.pid), block_timeout_ms)
    const first = await Promise.race([done, ended])
    clearTimeout(timer)
    if (first !== 'done') throw new Error(`the shell ended with ${first}:\n${said.slice(-3000)}`)
  }
  script.write(read('test/guide/prelude.sh'))
  return {
    run,
    async close() {
      try {
        if (child.exitCode === null) await run('leave')
      } finally {
        script.end('exit 0\n')
        await ended
        killGroup(child.pid)
      }
    },
  }
}

/** Kills what is left of a group of processes. */
function killGroup(pid: number | undefined) {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
