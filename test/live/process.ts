import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, openSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '../../src/cli/fault.ts'
import type { Life } from '../../src/cli/life.ts'

/** What is run: its output goes into files of the run's folder, whose end is told when it fails. */
export interface Command {
  readonly name: string
  readonly argv: readonly [string, ...string[]]
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Where processes are started: what belongs to the run, and ends with it. */
export interface Place {
  readonly life: Life
  /** Of databases and logs; gone after the run unless kept. */
  readonly folder: string
  readonly tell: (line: string) => void
}

export interface Started {
  readonly stdout: () => string
  /** Throws what it last said, if it has ended. */
  readonly assertRuns: () => void
}

const stop_max_ms = 15_000

/** Starts what runs until the end of the run, and is stopped then by its own id. */
export function started(place: Place, command: Command): Started {
  const { child, ended, stdout, tail } = launched(place, command)
  let status: number | string | null = null
  void ended.then((how) => {
    status = how
  })
  place.life.onStop(() => stopped(child, ended))
  return {
    stdout,
    assertRuns() {
      if (status !== null) throw new Fault(`${command.name} ended with ${status}: ${tail()}`)
    },
  }
}

/** Runs a command to its end. Throws what it last said where it fails. */
export async function finished(place: Place, command: Command): Promise<string> {
  const { child, ended, stdout, tail } = launched(place, command)
  place.life.onStop(() => stopped(child, ended))
  const how = await ended
  place.life.stopping.throwIfAborted()
  if (how !== 0) throw new Fault(`${command.name} failed with ${how}: ${tail()}`)
  return stdout()
}

function launched({ folder }: Place, { name, argv, cwd, env }: Command) {
  const logs = join(folder, 'logs')
  mkdirSync(logs, { recursive: true })
  const files = { out: join(logs, `${name}.out`), err: join(logs, `${name}.err`) }
  const [file, ...args] = argv
  // A group of its own: a terminal's Ctrl-C comes to us, and we end each in its turn.
  const child = spawn(file, args, {
    cwd,
    env: { ...env },
    detached: true,
    stdio: ['ignore', openSync(files.out, 'w'), openSync(files.err, 'w')],
  })
  const ended = new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? code ?? 0))
  })
  const textOf = (path: string) => readFileSync(path, 'utf8')
  const tail = () => `${lastLines(textOf(files.err) || textOf(files.out))} (see ${logs})`
  return { child, ended, stdout: () => textOf(files.out), tail }
}

const tail_lines = 12

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-tail_lines).join('\n')
}

async function stopped(child: ChildProcess, ended: Promise<unknown>) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  signalled(child.pid, 'SIGTERM')
  const late = await Promise.race([
    ended.then(() => false),
    sleep(stop_max_ms, true, { ref: false }),
  ])
  if (late) signalled(child.pid, 'SIGKILL')
  await ended
}

/** To the group that the child leads, so that what it started ends with it. */
function signalled(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // ESRCH: it is over already
  }
}

/** Waits until something is so; the run's end, a dead server and the limit end the waiting. */
export async function until<T>(
  { life }: Place,
  what: { readonly name: string; readonly server: Started; readonly max_ms: number },
  look: () => Promise<T | null> | T | null,
): Promise<T> {
  const deadline_ms = Date.now() + what.max_ms
  for (;;) {
    life.stopping.throwIfAborted()
    what.server.assertRuns()
    const found = await look()
    if (found !== null) return found
    if (Date.now() > deadline_ms) throw new Fault(`${what.name}: not within ${what.max_ms} ms`)
    await sleep(poll_ms)
  }
}

const poll_ms = 200

/**
 * The machine's own Node and npm come first, not those of this repository: what is compiled while
 * it is installed fits the Node that it is then run with.
 */
export function outsideEnv(): Record<string, string | undefined> {
  const { PATH = '', npm_config_local_prefix: _ours, ...env } = process.env
  const own = PATH.split(delimiter).filter((part) => !/node_modules|node-gyp-bin/.test(part))
  return { ...env, PATH: own.join(delimiter) }
}
