import { type Budget, hold_ms_max } from './rate.ts'
import { newTurns, type Priority } from './turns.ts'

/** Where the right to ask is kept that several processes share. Times are of this process's clock. */
export interface Ledger {
  /** Grants a span, behind all that others were granted: from when on, milliseconds since 1970. */
  readonly grant: (span_ms: number) => Promise<number>
  /** Nothing is granted before this moment. */
  readonly hold: (until_ms: number) => Promise<void>
}

export interface LeaseOptions {
  readonly ledger: Ledger
  readonly per_second: number
  readonly now?: () => number
}

/** Requests are spaced for this part of the rate, so that no second exceeds the rate itself. */
export const flow_share = 0.93
/** A request's moment passes when it is not used for so long. */
export const late_ms_max = 50
/** Requests are asked for in spans of at most so long: that is what a write costs. */
export const span_ms_max = 500
/** So long before the last of them has gone, more are asked for. */
export const ahead_ms = 250
/** A hold that is only this much longer than the one that is known is not told again. */
const hold_step_ms = 100

interface Span {
  readonly from_ms: number
  readonly count: number
  used: number
}

/**
 * A budget that is shared with other processes. Moments at which one request may be sent are leased
 * from a ledger some at a time, as many as are in use here.
 */
export function newLeasedBudget(options: LeaseOptions): Budget {
  const { ledger, per_second, now = Date.now } = options
  const step_ms = 1000 / (per_second * flow_share)
  const span_max = Math.max(1, Math.floor(span_ms_max / step_ms))
  const turns = newTurns()
  const spans: Span[] = []
  let held_until_ms = 0
  let told_until_ms = 0
  let leasing = false
  let timer: NodeJS.Timeout | null = null
  let recent = { since_ms: 0, count: 0, before: 0 }

  const momentOf = ({ from_ms, used }: Span) => from_ms + used * step_ms

  /** The next moment that has not passed; null where nothing is leased. */
  function nextMoment(): number | null {
    const now_ms = now()
    if (held_until_ms > now_ms + hold_ms_max) held_until_ms = 0
    for (;;) {
      const [span] = spans
      if (!span) return null
      if (span.from_ms > now_ms + hold_ms_max) span.used = span.count
      while (span.used < span.count && momentOf(span) < now_ms - late_ms_max) span.used++
      if (span.used < span.count) return Math.max(momentOf(span), held_until_ms)
      spans.shift()
    }
  }

  function noteUse() {
    const second = Math.floor(now() / 1000)
    if (recent.since_ms !== second) {
      const before = recent.since_ms === second - 1 ? recent.count : 0
      recent = { since_ms: second, count: 0, before }
    }
    recent.count++
  }

  function left(): number {
    return spans.reduce((sum, { count, used }) => sum + count - used, 0)
  }

  async function lease() {
    if (leasing) return
    leasing = true
    const wanted = Math.max(turns.waiting() - left(), recent.count, recent.before)
    const count = Math.min(span_max, Math.max(1, wanted))
    try {
      const from_ms = await ledger.grant(count * step_ms)
      spans.push({ from_ms, count, used: 0 })
      leasing = false
      serve()
    } catch (error) {
      leasing = false
      // Whoever waits is told; what they do next needs the same ledger.
      turns.refuse(error)
    }
  }

  function serve() {
    if (timer) clearTimeout(timer)
    timer = null
    let moment = nextMoment()
    while (moment !== null && moment <= now() && turns.next()) {
      noteUse()
      const [span] = spans
      if (span) span.used++
      moment = nextMoment()
    }
    if (turns.waiting() === 0) return
    if (isNearEnd()) void lease()
    if (moment !== null) timer = setTimeout(serve, Math.max(1, Math.ceil(moment - now())))
  }

  function isNearEnd(): boolean {
    const last = spans.at(-1)
    if (!last || left() === 0) return true
    return turns.waiting() > left() && last.from_ms + last.count * step_ms - now() < ahead_ms
  }

  return {
    async take(priority: Priority, signal?: AbortSignal) {
      const turn = turns.wait(priority, signal)
      serve()
      await turn
    },
    hold(until_ms) {
      held_until_ms = Math.max(held_until_ms, until_ms)
      if (held_until_ms - told_until_ms < hold_step_ms) return
      told_until_ms = held_until_ms
      // Here it is held in any case; others hear of it from the partner, too.
      ledger.hold(held_until_ms).catch(() => undefined)
    },
  }
}
