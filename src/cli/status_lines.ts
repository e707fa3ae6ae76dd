import type { StreamFacts } from '../store/stream.ts'
import type { KnownConnection } from './connections.ts'

/** One line of the table: a stream of a connection, or a connection that has none to show. */
export interface Line {
  readonly connection: KnownConnection
  readonly stream: Partial<StreamFacts> | null
  /** The lower, the nearer to the top. */
  readonly rank: number
  /** What is wrong, in words; null where nothing is. */
  readonly why: string | null
  readonly now_ms: number
}

export interface Staleness {
  readonly stale_after_ms: number
  readonly now_ms: number
}

const ranks = { failed: 0, lost: 1, stale: 2, waiting: 3, busy: 4, well: 5, off: 6 } as const

/** Every stream, failures first, then what waits, what is being read, and what is well. */
export function linesOf(connections: readonly KnownConnection[], staleness: Staleness): Line[] {
  const lines = connections.flatMap((connection) => {
    const streams = (connection.streams ?? []) as readonly Partial<StreamFacts>[]
    if (streams.length === 0) return [lineOf(connection, null, staleness)]
    return streams.map((stream) => lineOf(connection, stream, staleness))
  })
  // Sorting is stable: what is equally urgent stays as it was listed.
  return lines.sort((a, b) => a.rank - b.rank)
}

/** The lines with which something is wrong. */
export function troubles(lines: readonly Line[]): Line[] {
  return lines.filter(({ why }) => why !== null)
}

function lineOf(connection: KnownConnection, stream: Line['stream'], staleness: Staleness): Line {
  const { rank, why } = judged(connection, stream, staleness)
  return { connection, stream, rank: ranks[rank], why, now_ms: staleness.now_ms }
}

interface Judged {
  readonly rank: keyof typeof ranks
  readonly why: string | null
}

function judged(
  { status, status_reason }: KnownConnection,
  stream: Line['stream'],
  { stale_after_ms, now_ms }: Staleness,
): Judged {
  if (status === 'Inactive' || status === 'Revoked') return { rank: 'off', why: null }
  if (status !== 'Active') return { rank: 'lost', why: status_reason ?? status ?? 'not authorised' }
  if (stream === null) return { rank: 'well', why: null }
  if (stream.state === 'failed') return { rank: 'failed', why: stream.reason ?? 'failed' }
  const success_ms = Date.parse(stream.last_success ?? '')
  if (now_ms - success_ms > stale_after_ms) {
    return { rank: 'stale', why: `read last at ${stream.last_success}` }
  }
  if (stream.state === 'waiting-for-retry') return { rank: 'waiting', why: null }
  return { rank: stream.state === 'complete' ? 'well' : 'busy', why: null }
}

export const names = [
  'connection',
  'partner',
  'account',
  'status',
  'stream',
  'state',
  'lag',
  'next run',
  'progress',
  'reason',
] as const

export function rowOf({ connection, stream, why, now_ms }: Line): readonly unknown[] {
  const { id, partnerSource, account_name, status, status_reason } = connection
  const next = stream?.state === 'waiting-for-retry' ? stream.retry_date : stream?.next_run
  return [
    id,
    partnerSource,
    account_name,
    status,
    stream?.stream,
    stream?.state,
    ageOf(stream?.lag_seconds ?? null),
    untilOf(next ?? null, now_ms),
    stream && progressOf(stream),
    why ?? stream?.reason ?? status_reason ?? stream?.last_error,
  ]
}

function progressOf(stream: Partial<StreamFacts>): string {
  const { seen = 0, rejected = 0, segments_open = 0, segments_closed = 0 } = stream
  const rejects = rejected > 0 ? `, ${rejected} rejected` : ''
  if (segments_open === 0) return `${seen} read${rejects}`
  const share = Math.floor((100 * segments_closed) / (segments_open + segments_closed))
  return `${seen} read, ${share} % of ranges${rejects}`
}

export function summaryOf(connections: readonly KnownConnection[], lines: readonly Line[]): string {
  const streams = lines.filter(({ stream }) => stream !== null)
  const states = new Map<string, number>()
  for (const { stream } of streams) {
    const state = stream?.state ?? 'queued'
    states.set(state, (states.get(state) ?? 0) + 1)
  }
  const counted = [...states].map(([state, count]) => `${count} ${state}`).join(', ')
  const wrong = troubles(lines).length
  const judgement = wrong === 0 ? 'nothing failed or stale' : `${wrong} failed or stale`
  return `${connections.length} connections, ${streams.length} streams: ${counted || 'none'}; ${judgement}`
}

const minute_s = 60
const hour_s = 60 * minute_s
const day_s = 24 * hour_s

function ageOf(seconds: number | null): string | null {
  if (seconds === null) return null
  if (seconds < minute_s) return `${seconds} s`
  if (seconds < hour_s) return `${Math.floor(seconds / minute_s)} min`
  if (seconds < day_s) return `${Math.floor(seconds / hour_s)} h`
  return `${Math.floor(seconds / day_s)} d`
}

function untilOf(date: string | null, now_ms: number): string | null {
  if (date === null) return null
  const seconds = Math.round((Date.parse(date) - now_ms) / 1000)
  return seconds <= 0 ? 'due' : `in ${ageOf(seconds)}`
}
