import { InvalidArgumentError } from 'commander'

const port_max = 65_535
const unit_ms: { readonly [unit: string]: number } = { s: 1000, m: 60_000, h: 3_600_000 }
const duration_ms_max = 24 * 3_600_000

export function port(text: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= 1 && value <= port_max) return value
  throw new InvalidArgumentError(`Expected a port from 1 to ${port_max}.`)
}

export function count(text: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value
  throw new InvalidArgumentError('Expected a whole number.')
}

/** `30s`, `5m`, `1h` as milliseconds. */
export function duration(text: string): number {
  const [, figure, unit] = /^(\d+)([smh])$/.exec(text) ?? []
  const value = Number(figure) * (unit_ms[unit ?? ''] ?? Number.NaN)
  if (value >= 1000 && value <= duration_ms_max) return value
  throw new InvalidArgumentError('Expected a time from 1s to 24h, as in 30s, 5m or 1h.')
}

/** What was set is taken away. Not null: commander makes an empty text of it. */
export type OrDefault<T> = T | 'default'

/** A time in milliseconds. */
export function durationOrDefault(text: string): OrDefault<number> {
  return text === 'default' ? text : duration(text)
}

/** Requests a second. */
export function rateOrDefault(text: string): OrDefault<number> {
  if (text === 'default') return text
  const value = Number(text)
  if (/^\d+(\.\d+)?$/.test(text) && value >= 0.1) return value
  throw new InvalidArgumentError('Expected requests a second from 0.1, as in 5, or default.')
}

export function moment(text: string): string {
  const time = Date.parse(text)
  if (Number.isFinite(time)) return new Date(time).toISOString()
  throw new InvalidArgumentError('Expected a date or time, as in 2027-01-31 or 2027-01-31T12:00Z.')
}

export function repeated(text: string, before: string[] | undefined): string[] {
  return [...(before ?? []), text]
}

export function filter(text: string, before: string[] | undefined): string[] {
  if (/^[^=]+=/.test(text)) return repeated(text, before)
  throw new InvalidArgumentError('Expected name=value, as in currency=usd.')
}
