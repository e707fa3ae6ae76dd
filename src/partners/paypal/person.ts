import { countryCode } from '../country.ts'
import { clean, objectOf, pathReader, type Rule } from '../rule.ts'
import { computed } from '../rules.ts'

/** PayPal's own code of China, beside ISO 3166's. */
const china = 'C2'

export function countryAt(at: string): Rule<string> {
  const get = pathReader(at)
  return computed([at], 'ISO 3166; `C2` is China', (payload) => {
    const code = clean(get(payload))
    if (typeof code !== 'string') return code as null // refused later unless it is null
    return code === china ? 'CN' : countryCode(code)
  })
}

/** A party's name: the whole one, else its parts. */
export function nameAt(at: string): Rule<string> {
  const get = pathReader(at)
  const parts = ['alternate_full_name', 'full_name', 'given_name', 'surname']
  const paths = parts.map((part) => `${at}.${part}`)
  return computed(paths, 'the whole name, else first and last', (payload) => nameIn(get(payload)))
}

export function nameIn(name: unknown): string | null {
  const { alternate_full_name, full_name, given_name, surname } = objectOf(name) ?? {}
  const whole = clean(alternate_full_name) ?? clean(full_name)
  if (whole !== null) return whole as string // validation refuses what is no text
  const parts = [clean(given_name), clean(surname)].filter((part) => typeof part === 'string')
  return parts.length === 0 ? null : parts.join(' ')
}

/** "First, Last", as the name of a delivery is written, as it is spoken. */
export function spokenName(text: unknown): string | null {
  const name = clean(text)
  if (typeof name !== 'string') return name as null // refused later unless it is null
  const [, first, last] = /^([^,]+), ([^,]+)$/.exec(name) ?? []
  return first && last ? `${first} ${last}` : name
}

/** A phone number in parts, as one. */
export function phoneIn(phone: unknown): string | null {
  const { country_code, national_number } = objectOf(phone) ?? {}
  if (clean(national_number) === null) return null
  return clean(country_code) === null ? `${national_number}` : `+${country_code} ${national_number}`
}

export function phoneAt(at: string): Rule<string> {
  const get = pathReader(at)
  const paths = [`${at}.country_code`, `${at}.national_number`]
  return computed(paths, 'with its country code', (payload) => phoneIn(get(payload)))
}

/** Addresses of the reports. */
export function simpleAddressAt(at: string) {
  return {
    city: `${at}.city`,
    postal_code: `${at}.postal_code`,
    country: countryAt(`${at}.country_code`),
    line1: `${at}.line1`,
    line2: `${at}.line2`,
    state: `${at}.state`,
  }
}

/** Addresses everywhere else. */
export function portableAddressAt(at: string) {
  return {
    city: `${at}.admin_area_2`,
    postal_code: `${at}.postal_code`,
    country: countryAt(`${at}.country_code`),
    line1: `${at}.address_line_1`,
    line2: `${at}.address_line_2`,
    state: `${at}.admin_area_1`,
  }
}

/** How a payer is known: by PayPal's id, else by e-mail address, else not at all. */
export function payerKey(id: unknown, email: unknown): string | null {
  const known = clean(id)
  if (typeof known === 'string') return known
  const address = clean(email)
  const isOne = typeof address === 'string' && address.includes('@')
  return isOne ? `guest:${address.trim().toLowerCase()}` : null
}
