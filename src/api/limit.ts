import { Problem } from './problem.ts'

/** What a caller may still do in the running minute. */
export interface Allowance {
  readonly limit: number
  readonly remaining: number
  /** Until the next minute begins. */
  readonly reset_seconds: number
}

/** Counts requests by caller. Gives null where there is no limit; throws a Problem over it. */
export type Limiter = (caller: string) => Allowance | null

const window_ms = 60_000
const callers_max = 50_000

/** Limits requests a minute for each caller; 0 is off. One process counts for itself. */
export function newLimiter(requests_per_minute: number): Limiter {
  if (requests_per_minute === 0) return () => null
  let counts = new Map<string, number>()
  let ends_ms = 0
  return (caller) => {
    const now_ms = performance.now()
    // A flood of callers begins a new window early rather than fill the memory.
    if (now_ms >= ends_ms || counts.size > callers_max) {
      counts = new Map()
      ends_ms = now_ms + window_ms
    }
    const count = (counts.get(caller) ?? 0) + 1
    counts.set(caller, count)
    const reset_seconds = Math.ceil((ends_ms - now_ms) / 1000)
    if (count > requests_per_minute) throw tooMany(requests_per_minute, reset_seconds)
    return { limit: requests_per_minute, remaining: requests_per_minute - count, reset_seconds }
  }
}

export function allowanceHeaders({ limit, remaining, reset_seconds }: Allowance) {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(reset_seconds),
  }
}

function tooMany(limit: number, reset_seconds: number): Problem {
  return new Problem({
    code: 'too_many_requests',
    detail: `x-api-key: expected at most ${limit} requests a minute; retry in ${reset_seconds} s`,
    param: 'x-api-key',
    headers: {
      ...allowanceHeaders({ limit, remaining: 0, reset_seconds }),
      'retry-after': String(reset_seconds),
    },
  })
}
