import { type ChildProcess, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Moment } from '../../src/ingest/run.ts'

export const moments: readonly Moment[] = [
  'before fetch',
  'after fetch',
  'before commit',
  'after commit',
  'before ack',
]

/** What a worker is told when it is started. */
export interface Orders {
  readonly url: string
  readonly partner: string
  readonly page_size: number
  readonly schema: string
  readonly masterKey: string
  readonly ledgerAccountId: string
  readonly connectionId: string
  /** Ends itself at this moment, the nth time it comes. */
  readonly die: { readonly at: Moment; readonly nth: number } | null
}

/** How one run of a worker ended. */
export interface Life {
  readonly end: 'done' | 'killed' | 'failed'
  /** Newest change whose commit the database had acknowledged. */
  readonly acknowledged: number
  readonly failed: readonly string[]
  /** How often each moment came; of a worker that lived to its end. */
  readonly moments: { readonly [M in Moment]: number } | null
  /** How long it lived, once it was ready. */
  readonly lived_ms: number
  readonly output: string
}

/** Says of a life when it is to be ended from outside; null: never. */
export type Killing = { readonly after_ms: number; readonly kill?: () => Promise<void> } | null

const life_max_ms = 120_000

/** Runs one worker until it is done or dead. */
export async function live(orders: Orders, killing: Killing): Promise<Life> {
  const script = new URL('./worker.ts', import.meta.url).pathname
  const env = {
    ...process.env,
    CRASH_ORDERS: JSON.stringify(orders),
    // Each worker is a process of its own, and half of its life would be compiling.
    NODE_COMPILE_CACHE: join(tmpdir(), 'furrow-crash-compiled'),
  }
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const told = listen(child)
  const limit = setTimeout(() => child.kill('SIGKILL'), life_max_ms)
  const exit = new Promise<NodeJS.Signals | number | null>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? code))
  })
  const killer = killing && told.ready.then(() => sleep(killing.after_ms)).then(() => end(child))
  const end = async (one: ChildProcess) => {
    if (killing?.kill) await killing.kill()
    else one.kill('SIGKILL')
  }
  const how = await exit
  clearTimeout(limit)
  if (killing?.kill) await killer
  const { acknowledged, failed, moments, ready_ms, output } = told.state
  const ending = moments ? 'done' : how === 'SIGKILL' ? 'killed' : 'failed'
  const lived_ms = Date.now() - ready_ms
  return { end: ending, acknowledged, failed, moments, lived_ms, output: output.join('\n') }
}

interface Told {
  acknowledged: number
  failed: readonly string[]
  moments: Life['moments']
  ready_ms: number
  readonly output: string[]
}

function listen(child: ChildProcess) {
  const state: Told = {
    acknowledged: 0,
    failed: [],
    moments: null,
    ready_ms: Date.now(),
    output: [],
  }
  const ready = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const [word, rest = ''] = line.split(/ (.*)/)
      if (word === 'ready') {
        state.ready_ms = Date.now()
        resolve()
      } else if (word === 'acknowledged') state.acknowledged = Number(rest)
      else if (word === 'done') Object.assign(state, JSON.parse(rest))
    })
  })
  createInterface({ input: child.stderr! }).on('line', (line) => void state.output.push(line))
  return { state, ready }
}
