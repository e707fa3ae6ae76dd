import { countryCode } from '../country.ts'
import { clean, objectOf, objectsIn, type Payload, type Rule } from '../rule.ts'
import { computed } from '../rules.ts'

type Find = (payload: Payload) => Payload | null

/** First and last name, as one; the title stays apart. */
export function nameIn({ firstName, lastName }: Payload): string | null {
  const parts = [clean(firstName), clean(lastName)].filter((part) => typeof part === 'string')
  return parts.length === 0 ? null : parts.join(' ')
}

/** The address of a customer that is marked as this default; for billing, else the first. */
export function defaultAddress(mark: 'defaultBillingAddress' | 'defaultShippingAddress'): Find {
  return ({ addresses }) => {
    const all = objectsIn(addresses)
    const marked = all.find((address) => address[mark] === true)
    return marked ?? (mark === 'defaultBillingAddress' ? all[0] : undefined) ?? null
  }
}

/** A part of an address, wherever it is found. */
export function part(at: string, name: string, note: string, find: Find): Rule<string> {
  return computed(
    [`${at}.${name}`],
    note,
    (payload) => clean(find(payload)?.[name]) as string | null,
  )
}

/** The parts of an address; its country is an object at customers and a code at orders. */
export function addressAt(
  at: string,
  country: string,
  { note, find }: { note: string; find: Find },
) {
  return {
    city: part(at, 'city', note, find),
    postal_code: part(at, 'postalCode', note, find),
    country: computed([`${at}.${country}`], note, (payload) => {
      const address = find(payload)
      const code = clean(address?.countryCode ?? objectOf(address?.country)?.code)
      return typeof code === 'string' ? countryCode(code) : (code as null)
    }),
    line1: part(at, 'streetLine1', note, find),
    line2: part(at, 'streetLine2', note, find),
    state: part(at, 'province', note, find),
  }
}
