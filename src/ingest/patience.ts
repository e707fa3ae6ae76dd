import type { Waiting } from '../store/notification.ts'
import type { Outcome } from './touched.ts'

const second_ms = 1_000
const minute_ms = 60 * second_ms

/** What is not seen yet, or breaks us, is tried so often: for about four minutes. */
export const tries_max = 8
export const unseen_ms_first = second_ms
/** A silent partner is asked again after this long at first, and no more seldom than the other. */
export const down_ms_first = 5 * second_ms
export const down_ms_max = 5 * minute_ms
/** What could not be read for so long is left to the next reading of its stream. */
export const age_ms_max = 3 * 24 * 60 * minute_ms

/** What becomes of a notification: when it is due again, or null where it has ended; and why. */
export interface Ending {
  readonly due_ms: number | null
  readonly reason: string | null
}

/** Decides what becomes of a notification from what came of its touches. Pure. */
export function endingOf(
  { attempts, received_ms }: Pick<Waiting, 'attempts' | 'received_ms'>,
  outcomes: readonly Outcome[],
  now_ms: number,
): Ending {
  const worst = outcomes.find(({ ended }) => ended === 'down' || ended === 'refused')
  const again = worst ?? outcomes.find(({ ended }) => ended === 'unseen' || ended === 'broken')
  const left = outcomes.find(({ ended }) => ended === 'left')
  if (!again) return { due_ms: null, reason: left?.reason ?? null }
  const { reason } = again
  const isOver = worst ? now_ms - received_ms >= age_ms_max : attempts + 1 >= tries_max
  if (isOver) return { due_ms: null, reason: `left to the next reading: ${reason}` }
  return { due_ms: now_ms + wait_ms(again, attempts, now_ms), reason }
}

function wait_ms({ ended, retryAt_ms = null }: Outcome, attempts: number, now_ms: number): number {
  if (ended === 'unseen' || ended === 'broken') return unseen_ms_first * 2 ** attempts
  const backoff_ms = Math.min(down_ms_first * 2 ** Math.min(attempts, 20), down_ms_max)
  return Math.max(backoff_ms, Math.min((retryAt_ms ?? 0) - now_ms, down_ms_max))
}
