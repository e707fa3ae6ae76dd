const second_ms = 1000
const minute_ms = 60 * second_ms
const hour_ms = 60 * minute_ms

/** How long is waited after each failed attempt before the next one: ten attempts in 75.6 hours. */
export const waits_ms: readonly number[] = [
  5 * second_ms,
  5 * minute_ms,
  30 * minute_ms,
  2 * hour_ms,
  5 * hour_ms,
  10 * hour_ms,
  14 * hour_ms,
  20 * hour_ms,
  24 * hour_ms,
]

export const attempts_max = waits_ms.length + 1

/** Each wait is this part of itself shorter or longer, so that what failed together comes apart. */
export const jitter = 0.1

/** The longest that a receiver's Retry-After is heeded for. */
export const retry_after_max_ms = 24 * hour_ms

/** How long an endpoint may fail without one success before it is disabled. */
export const patience_ms = 5 * 24 * hour_ms

export interface Failed {
  /** Attempts of this round, the failed one included. */
  readonly tries: number
  readonly now_ms: number
  /** What the receiver asked for; null where it did not. */
  readonly retry_after_ms: number | null
  /** From 0 up to 1. */
  readonly random: () => number
}

/** When a delivery is tried again; null when it has been tried often enough. */
export function nextAttempt({ tries, now_ms, retry_after_ms, random }: Failed): number | null {
  const wait_ms = waits_ms[tries - 1]
  if (wait_ms === undefined) return null
  const jittered_ms = Math.round(wait_ms * (1 + jitter * (2 * random() - 1)))
  return now_ms + Math.max(jittered_ms, retry_after_ms ?? 0)
}

/** What a Retry-After asks for: seconds, or a date. Null for what is neither. */
export function retryAfter(header: unknown, now_ms: number): number | null {
  if (typeof header !== 'string') return null
  const text = header.trim()
  const wait_ms = /^\d{1,9}$/.test(text) ? Number(text) * second_ms : Date.parse(text) - now_ms
  if (!Number.isFinite(wait_ms) || wait_ms <= 0) return null
  return Math.min(wait_ms, retry_after_max_ms)
}
