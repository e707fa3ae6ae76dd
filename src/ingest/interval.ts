import { createHash } from 'node:crypto'
import type { Stream } from '../partners/stream.ts'
import type { Pace } from '../store/schedule.ts'

const minute_ms = 60_000
const hour_ms = 60 * minute_ms
const day_ms = 24 * hour_ms

/** How often each stream is read where nothing else was set or is advised. */
export const sync_every_ms = 5 * minute_ms
/** What may be set. */
export const interval_ms_min = 30_000
export const interval_ms_max = 7 * day_ms
/** Intervals that a stream may miss before it is stale. */
export const stale_intervals = 3

/** How often a stream is compared as a whole, where nothing else was set. */
export const reconcile_every_ms = day_ms
export const reconcile_every_ms_max = 90 * day_ms
/** The hours in which that begins, from midnight UTC. */
export const night_ms = 6 * hour_ms

/** How long a partner may give no answer before its connection is called lost. */
export const silence_ms_max = day_ms

/** A stream's own advice, beside what holds for all of its connection. */
export function paceOf(stream: Stream | undefined, standard_ms: number): Pace {
  const { every_ms, strategy, verify_ms } = stream ?? {}
  const sweep_ms = strategy === 'sweep' ? verify_ms : undefined
  return { own_ms: every_ms ?? sweep_ms ?? null, standard_ms }
}

/** Waits between tries: the first, and the longest. */
interface Backoff {
  readonly first_ms: number
  readonly max_ms: number
}

/** The partner cannot answer just now, or will not until something is corrected. */
export const backoffs = {
  'waiting-for-retry': { first_ms: minute_ms, max_ms: hour_ms },
  failed: { first_ms: 5 * minute_ms, max_ms: 6 * hour_ms },
} as const satisfies { readonly [state: string]: Backoff }

const jitter_share = 0.2

/**
 * When a stream is tried again: twice as long after each failure, a little earlier or later so that
 * not all come back at once, and never before the partner said. Milliseconds since 1970.
 */
export function retryAt(
  state: keyof typeof backoffs,
  of: { now_ms: number; failures: number; told_ms: number | null; random?: () => number },
): number {
  const { now_ms, failures, told_ms, random = Math.random } = of
  const { first_ms, max_ms } = backoffs[state]
  const wait_ms = Math.min(max_ms, first_ms * 2 ** Math.min(failures, 30))
  const jitter = 1 + jitter_share * (2 * random() - 1)
  return Math.max(Math.round(now_ms + wait_ms * jitter), told_ms ?? 0)
}

/**
 * When a stream is compared again after it was read whole: at the connection's own moment of the
 * night, so that not all come at once. Null: never. Milliseconds since 1970.
 */
export function nextVerification(
  connectionId: string,
  of: { now_ms: number; every_ms: number; verify_ms: number | undefined },
): number | null {
  if (of.every_ms === 0) return null
  const digest = createHash('sha256').update(connectionId).digest()
  const moment_ms = digest.readUInt32BE(0) % night_ms
  // Half a day less: what was read whole at noon is compared in the night, not in the one after.
  const after_ms = of.now_ms + Math.max(of.every_ms, of.verify_ms ?? 0) - day_ms / 2
  return Math.ceil((after_ms - moment_ms) / day_ms) * day_ms + moment_ms
}
