import { Unavailable } from './errors.ts'

/** `interactive`: somebody waits for the answer. `bulk`: everything else. */
export type Priority = 'interactive' | 'bulk'

/** The right to ask, shared by all callers of one account at a partner. */
export interface Budget {
  /** Resolves when one request may be sent; interactive callers go first. */
  readonly take: (priority: Priority, signal?: AbortSignal) => Promise<void>
  /** The partner said that we are too fast: nobody asks before this moment. */
  readonly hold: (until_ms: number) => void
}

export interface BudgetOptions {
  readonly per_second?: number
  readonly now?: () => number
}

/** Callers that may wait for their turn at once. */
export const waiting_max = 10_000
/** Part of the rate that may be used at once; the rest flows evenly, so no second exceeds it. */
export const burst_share = 0.1

interface Waiter {
  readonly go: () => void
}

/** A token bucket in this process. */
export function newBudget({ per_second = Infinity, now = Date.now }: BudgetOptions = {}): Budget {
  const capacity = Math.max(1, per_second * burst_share)
  const flow_per_ms = (per_second * (1 - burst_share)) / 1000
  const waiting: { readonly [P in Priority]: Waiter[] } = { interactive: [], bulk: [] }
  let tokens = capacity
  let filled_ms = now()
  let held_until_ms = 0
  let timer: NodeJS.Timeout | null = null

  function isOpen(): boolean {
    const now_ms = now()
    if (now_ms < held_until_ms) return false
    if (per_second === Infinity) return true
    tokens = Math.min(capacity, tokens + Math.max(0, now_ms - filled_ms) * flow_per_ms)
    filled_ms = now_ms
    return tokens >= 1
  }

  function serve(): void {
    timer = null
    while (isOpen()) {
      const next = waiting.interactive.shift() ?? waiting.bulk.shift()
      if (!next) return
      tokens--
      next.go()
    }
    if (waiting.interactive.length + waiting.bulk.length > 0) {
      timer = setTimeout(serve, Math.max(1, delay()))
    }
  }

  function delay(): number {
    const held_ms = held_until_ms - now()
    return held_ms > 0 ? held_ms : Math.ceil((1 - tokens) / flow_per_ms)
  }

  async function take(priority: Priority, signal?: AbortSignal): Promise<void> {
    const queue = waiting[priority]
    if (queue.length >= waiting_max) throw new Unavailable(`${waiting_max} requests wait already`)
    await new Promise<void>((resolve, reject) => {
      const waiter = { go: settle(resolve) }
      const abort = settle(() => {
        queue.splice(queue.indexOf(waiter), 1)
        reject(signal?.reason)
      })
      function settle(then: () => void) {
        return () => {
          signal?.removeEventListener('abort', abort)
          then()
        }
      }
      signal?.addEventListener('abort', abort, { once: true })
      queue.push(waiter)
      if (!timer) serve()
    })
  }

  return {
    async take(priority, signal) {
      const isFree = waiting.interactive.length + waiting.bulk.length === 0
      if (isFree && isOpen()) tokens--
      else await take(priority, signal)
    },
    hold(until_ms) {
      held_until_ms = Math.max(held_until_ms, until_ms)
    },
  }
}

/** Waits; a signal ends the wait with its reason. */
export function pause(wait_ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const timer = setTimeout(done, wait_ms)
    function done() {
      signal?.removeEventListener('abort', stop)
      resolve()
    }
    function stop() {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', stop, { once: true })
  })
}
