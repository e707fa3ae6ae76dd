import { setTimeout as sleep } from 'node:timers/promises'
import { connectionsIn, connectionsThrough, type KnownConnection } from './connections.ts'
import { directUrl, withDatabase } from './database.ts'
import { exit, Fault } from './fault.ts'
import { newLife } from './life.ts'
import { printJson, tableText } from './output.ts'
import { type Line, linesOf, names, rowOf, summaryOf, troubles } from './status_lines.ts'

interface StatusOptions {
  readonly data: string
  readonly watch?: boolean
  readonly check?: boolean
  /** Milliseconds. */
  readonly staleAfter?: number
  readonly json?: boolean
}

const watch_every_ms = 2_000
/** Twelve times the interval at which connections are read by default. */
const stale_after_default_ms = 3_600_000

/** Shows every connection and its streams, failures first. */
export async function run(_: unknown, options: StatusOptions) {
  const url = directUrl()
  if (!url) return showing(options, () => Array.fromAsync(connectionsThrough(options.data)))
  await withDatabase(url, (db) => showing(options, () => Array.fromAsync(connectionsIn(db))))
}

type Read = () => Promise<KnownConnection[]>

async function showing(options: StatusOptions, read: Read) {
  if (options.watch) return watching(options, read)
  const connections = await read()
  if (options.json) printJson(connections)
  else console.log(textOf(connections, options))
  if (options.check) assertWell(connections, options)
}

function staleAfter({ staleAfter = stale_after_default_ms }: StatusOptions) {
  return { stale_after_ms: staleAfter, now_ms: Date.now() }
}

function textOf(connections: readonly KnownConnection[], options: StatusOptions): string {
  if (connections.length === 0) return 'no connections yet: furrow connect makes one'
  const lines = linesOf(connections, staleAfter(options))
  return `${tableText(names, lines.map(rowOf))}\n\n${summaryOf(connections, lines)}`
}

function assertWell(connections: readonly KnownConnection[], options: StatusOptions) {
  const wrong: readonly Line[] = troubles(linesOf(connections, staleAfter(options)))
  if (wrong.length === 0) return
  const [first] = wrong
  const where = first ? `${first.connection.id} ${first.stream?.stream ?? ''}`.trim() : ''
  throw new Fault(`${wrong.length} failed or stale, first ${where}: ${first?.why}`, exit.failure)
}

const home_and_clear = '\x1b[H\x1b[J'

/** Shows it anew until a signal comes: over itself on a terminal, else below. */
async function watching(options: StatusOptions, read: Read) {
  const life = newLife()
  try {
    while (!life.stopping.aborted) {
      const connections = await read()
      const text = options.json ? JSON.stringify(connections) : textOf(connections, options)
      process.stdout.write(`${process.stdout.isTTY ? home_and_clear : ''}${text}\n`)
      await sleep(watch_every_ms, undefined, { signal: life.stopping }).catch(() => undefined)
    }
  } finally {
    life.over()
  }
}
