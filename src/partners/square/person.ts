import { clean, objectOf, type Payload, pathReader, type Rule } from '../rule.ts'
import { computed, countryOf, oneOf } from '../rules.ts'

/** An address, in our parts. */
export function addressAt(at: string) {
  const further = [2, 3].map((line) => `${at}.address_line_${line}`)
  return {
    city: oneOf(`${at}.locality`, `${at}.sublocality`) as Rule<string>, // paths are texts
    postal_code: `${at}.postal_code`,
    country: countryOf(`${at}.country`),
    line1: `${at}.address_line_1`,
    line2: computed<string>(further, 'second and third line', joinedFrom(further, ', ')),
    state: `${at}.administrative_district_level_1`,
  } as const
}

/** First and last name, under a prefix of the path. */
export function nameAt(at: string, parts = ['given_name', 'family_name']): Rule<string> {
  const paths = parts.map((part) => at + part)
  return computed<string>(paths, 'first and last name', joinedFrom(paths, ' '))
}

function joinedFrom(paths: readonly string[], by: string) {
  const readers = paths.map(pathReader)
  return (payload: Payload): string | null => {
    const known = readers.map((get) => clean(get(payload))).filter((part) => part !== null)
    return known.length === 0 ? null : known.join(by)
  }
}

/** An e-mail address; null for what is none. */
export function emailIn(value: unknown): string | null {
  const email = clean(value)
  return typeof email === 'string' && email.includes('@') ? email.trim() : null
}

/** Partner id of who paid: the customer, or the guest known by an e-mail address. */
export function buyerKey({ customer_id, buyer_email_address }: Payload): string | null {
  const own = clean(customer_id)
  if (typeof own === 'string') return own
  const email = emailIn(buyer_email_address)
  return email === null ? null : guest_prefix + email.toLowerCase()
}

const guest_prefix = 'guest:'

export function isGuestKey(partnerRecordId: string): boolean {
  return partnerRecordId.startsWith(guest_prefix)
}

/** A text in lower case; what is none is left for validation to refuse. */
export function lowerCase(value: unknown): string | null {
  const text = clean(value)
  return (typeof text === 'string' ? text.toLowerCase() : text) as string | null
}

export function lower(at: string): Rule<string> {
  const get = pathReader(at)
  return computed([at], 'in lower case', (payload) => lowerCase(get(payload)))
}

/** The amount of a money object; null where it is not told. */
export function amountIn(money: unknown): number | null {
  return (objectOf(money)?.amount ?? null) as number | null // validation refuses what is none
}
