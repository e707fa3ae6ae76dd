import { newTurns, type Priority } from './turns.ts'

export type { Priority }

/** The right to ask, shared by all callers of one account at a partner. */
export interface Budget {
  /** Resolves when one request may be sent, to callers in the order of their priorities. */
  readonly take: (priority: Priority, signal?: AbortSignal) => Promise<void>
  /** The partner said that we are too fast: nobody asks before this moment. */
  readonly hold: (until_ms: number) => void
}

export interface BudgetOptions {
  readonly per_second?: number
  readonly now?: () => number
}

/** Part of the rate that may be used at once; the rest flows evenly, so no second exceeds it. */
export const burst_share = 0.05

/** No partner is waited for longer than this: what is later was told by a clock that was set back. */
export const hold_ms_max = 10 * 60_000

/** A budget in this process. */
export function newBudget({ per_second = Infinity, now = Date.now }: BudgetOptions = {}): Budget {
  return new TokenBucket(per_second, now)
}

class TokenBucket implements Budget {
  readonly #now: () => number
  readonly #capacity: number
  readonly #flow_per_ms: number
  readonly #turns = newTurns()
  #tokens: number
  #filled_ms: number
  #held_until_ms = 0
  #timer: NodeJS.Timeout | null = null

  constructor(per_second: number, now: () => number) {
    this.#now = now
    this.#capacity = Math.max(1, per_second * burst_share)
    this.#flow_per_ms = (per_second * (1 - burst_share)) / 1000
    this.#tokens = this.#capacity
    this.#filled_ms = now()
  }

  async take(priority: Priority, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    if (this.#turns.waiting() === 0 && this.#isOpen()) {
      this.#tokens--
      return
    }
    const turn = this.#turns.wait(priority, signal)
    if (!this.#timer) this.#serve()
    await turn
  }

  hold(until_ms: number): void {
    this.#held_until_ms = Math.max(this.#held_until_ms, until_ms)
  }

  #isOpen(): boolean {
    const now_ms = this.#now()
    if (this.#held_until_ms > now_ms + hold_ms_max) this.#held_until_ms = 0
    if (now_ms < this.#held_until_ms) return false
    const flowed = Math.max(0, now_ms - this.#filled_ms) * this.#flow_per_ms
    // Without a limit the bucket never empties, and nothing has to flow into it.
    if (this.#capacity !== Infinity) this.#tokens = Math.min(this.#capacity, this.#tokens + flowed)
    this.#filled_ms = now_ms
    return this.#tokens >= 1
  }

  #serve(): void {
    this.#timer = null
    while (this.#isOpen()) {
      if (!this.#turns.next()) return
      this.#tokens--
    }
    if (this.#turns.waiting() > 0) this.#timer = setTimeout(() => this.#serve(), this.#delay_ms())
  }

  #delay_ms(): number {
    const held_ms = this.#held_until_ms - this.#now()
    const empty_ms = Math.ceil((1 - this.#tokens) / this.#flow_per_ms)
    return Math.max(1, held_ms > 0 ? held_ms : empty_ms)
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
