import { clean, type Payload, pathReader, type Rule } from '../rule.ts'
import { computed, countryOf } from '../rules.ts'

/** First and last name of an address, as one. */
export function fullName(at: string): Rule<string> {
  const get = pathReader(at)
  const paths = [`${at}.first_name`, `${at}.last_name`]
  return computed(paths, 'first and last name', (payload) => nameIn(get(payload)))
}

export function nameIn(address: unknown): string | null {
  const { first_name, last_name } = (address ?? {}) as Payload
  const parts = [clean(first_name), clean(last_name)].filter((part) => typeof part === 'string')
  return parts.length === 0 ? null : parts.join(' ')
}

/** The parts of WooCommerce's billing and shipping addresses. */
export function addressAt(at: string) {
  return {
    city: `${at}.city`,
    postal_code: `${at}.postcode`,
    country: countryOf(`${at}.country`),
    line1: `${at}.address_1`,
    line2: `${at}.address_2`,
    state: `${at}.state`,
  }
}
