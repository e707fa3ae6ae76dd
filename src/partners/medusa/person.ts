import { countryCode } from '../country.ts'
import { clean, objectOf, objectsIn, type Payload, type Rule } from '../rule.ts'
import { computed } from '../rules.ts'

type Find = (payload: Payload) => Payload | null

/** First and last name, as one. */
export function nameIn(holder: Payload | null): string | null {
  const parts = [clean(holder?.first_name), clean(holder?.last_name)]
  const known = parts.filter((part) => typeof part === 'string')
  return known.length === 0 ? null : known.join(' ')
}

/** The address of a customer that is marked as this default; for billing, else the first. */
export function defaultAddress(mark: 'is_default_billing' | 'is_default_shipping'): Find {
  return ({ addresses }) => {
    const all = objectsIn(addresses)
    const marked = all.find((address) => address[mark] === true)
    return marked ?? (mark === 'is_default_billing' ? all[0] : undefined) ?? null
  }
}

/** The address of an order under a key. */
export function addressUnder(key: string): Find {
  return (payload) => objectOf(payload[key])
}

/** A part of an address, wherever it is found. */
export function part(at: string, name: string, note: string, find: Find): Rule<string> {
  return computed(
    [`${at}.${name}`],
    note,
    (payload) => clean(find(payload)?.[name]) as string | null,
  )
}

/** The parts of an address. */
export function addressAt(at: string, note: string, find: Find) {
  return {
    city: part(at, 'city', note, find),
    postal_code: part(at, 'postal_code', note, find),
    country: computed([`${at}.country_code`], note, (payload) => {
      const code = clean(find(payload)?.country_code)
      return typeof code === 'string' ? countryCode(code) : (code as null)
    }),
    line1: part(at, 'address_1', note, find),
    line2: part(at, 'address_2', note, find),
    state: part(at, 'province', note, find),
  }
}
