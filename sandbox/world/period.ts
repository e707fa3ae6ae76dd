import type { Interval } from './names.ts'
import { DAY } from './sim.ts'

// Calendar months and years from the anchor, so that the 31st does not drift.
export function later(anchor: number, interval: Interval, count: number): number {
  if (interval === 'week') return anchor + count * 7 * DAY
  const date = new Date(anchor)
  const months = interval === 'year' ? 12 * count : count
  const month = date.getUTCMonth() + months
  const days = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  const first = Date.UTC(date.getUTCFullYear(), month, 1)
  return first + (Math.min(date.getUTCDate(), days) - 1) * DAY + (anchor % DAY)
}
