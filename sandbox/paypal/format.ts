// How PayPal writes ids, amounts, times and people.
import type { Address, Person } from '../world/entities.ts'
import { currency } from '../world/money.ts'
import { token } from '../world/random.ts'
import { HOUR, SECOND } from '../world/sim.ts'

export type Json = Record<string, unknown>

// Ids of payers leave out what is easily mistaken.
export function payerToken(...keys: (string | number)[]): string {
  const alike: Record<string, string> = { 0: '2', 1: '3', I: 'J', O: 'P' }
  return [...token(13, ...keys).toUpperCase()].map((one) => alike[one] ?? one).join('')
}

export function money(code: string, minor: number): Json {
  return { currency_code: code.toUpperCase(), value: decimal(code, minor) }
}

function decimal(code: string, minor: number): string {
  const { exponent } = currency(code)
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0')
  const cut = digits.length - exponent
  const text = exponent === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`
  return minor < 0 ? `-${text}` : text
}

export function stamp(time: number): string {
  return `${new Date(Math.floor(time / SECOND) * SECOND).toISOString().slice(0, 19)}Z`
}

// The report writes times in the account's own zone, and the offset without a colon.
export function reportStamp(time: number): string {
  const month = new Date(time).getUTCMonth()
  const hours = month >= 3 && month < 10 ? 7 : 8
  return `${new Date(time - hours * HOUR).toISOString().slice(0, 19)}-0${hours}00`
}

export function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

// Texts of the report are plain ASCII.
export function plain(text: string): string {
  return text.replace(/[^a-zA-Z0-9_'\-., ":;!?]/g, '?')
}

// What is not known is left out.
export function known(parts: Json): Json {
  return Object.fromEntries(
    Object.entries(parts).filter(([, value]) => value !== null && value !== undefined),
  )
}

export function nameOf({ name }: Pick<Person, 'name'>): Json | null {
  if (name === null) return null
  const [given_name = '', ...family] = name.split(' ')
  return known({ given_name, surname: family.join(' ') || null, alternate_full_name: name })
}

export function phoneOf(phone: string | null): Json | null {
  const [, country_code, national_number] = /^\+(1|\d\d)(\d+)$/.exec(phone ?? '') ?? []
  return national_number ? { country_code, national_number } : null
}

// The report knows whole addresses only.
export function simpleAddress(address: Address | null): Json | null {
  if (!address?.line1 || !address.city || !address.country) return null
  const { line1, line2, city, state, postalCode, country } = address
  return known({ line1, line2, city, state, country_code: country, postal_code: postalCode })
}

export function portableAddress(address: Address | null): Json | null {
  if (!address?.country) return null
  return known({
    address_line_1: address.line1,
    address_line_2: address.line2,
    admin_area_2: address.city,
    admin_area_1: address.state,
    postal_code: address.postalCode,
    country_code: address.country,
  })
}
