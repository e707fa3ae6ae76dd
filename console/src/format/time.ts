const moment_format = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'short',
})
const day_format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' })
const relative_format = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' })

/** A moment in the reader's language and time zone; what is none is shown as it came. */
export function momentText(iso: string): string {
  const ms = Date.parse(iso)
  return Number.isNaN(ms) ? iso : moment_format.format(ms)
}

/** A day of UTC, as the sums of settlements are kept by. */
export function dayText(iso: string): string {
  const ms = Date.parse(iso)
  return Number.isNaN(ms) ? iso : day_format.format(ms)
}

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** How long ago, or how soon: "3 min ago". */
export function agoText(iso: string, now_ms: number): string {
  const seconds = Math.round((Date.parse(iso) - now_ms) / 1000)
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
  return relative_format.format(Math.round(seconds / size), unit)
}
