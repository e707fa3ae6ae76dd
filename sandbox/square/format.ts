// How Square writes money, times, addresses and what is not there.
import type { Address } from '../world/entities.ts'
import { random } from '../world/random.ts'

export type Json = Record<string, unknown>

export function money(amount: number, currency: string): Json {
  return { amount, currency: currency.toUpperCase() }
}

// A stamp is up to a second before its whole second, and the same for everything of one row, so
// that an update never seems older than what it updates.
export function shiftOf(seed: string, id: string): number {
  const r = random(seed, 'shift', id)
  return r.chance(0.3) ? 0 : r.between(1, 999)
}

const written = new Map<number, string>()
const WRITTEN_MAX = 20_000

// With as many digits of a second as it has.
export function stamp(time: number): string {
  const known = written.get(time)
  if (known !== undefined) return known
  const whole = new Date(time).toISOString()
  const text = whole.endsWith('.000Z') ? `${whole.slice(0, -5)}Z` : whole.replace(/0+Z$/, 'Z')
  if (written.size > WRITTEN_MAX) written.clear()
  written.set(time, text)
  return text
}

export function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

// A field without a value is left out, as Square does.
export function filled(fields: Json): Json {
  const held: Json = {}
  for (const name in fields) {
    const value = fields[name]
    if (value !== undefined && value !== null && value !== '') held[name] = value
  }
  return held
}

export function address(of: Address | null): Json | null {
  if (of === null) return null
  return filled({
    address_line_1: of.line1,
    address_line_2: of.line2,
    locality: of.city,
    administrative_district_level_1: of.state,
    postal_code: of.postalCode,
    country: of.country,
  })
}

export function names(name: string | null): { given: string; family: string } {
  const [given = '', ...family] = (name ?? '').split(' ')
  return { given, family: family.join(' ') }
}
