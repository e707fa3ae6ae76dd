import { clean, objectOf, type Payload, pathReader, type Rule } from '../rule.ts'
import { computed, countryOf } from '../rules.ts'

/** The parts of an address of Shopify's. */
export function addressAt(at: string) {
  return {
    city: `${at}.city`,
    postal_code: `${at}.zip`,
    country: countryOf(`${at}.countryCodeV2`),
    line1: `${at}.address1`,
    line2: `${at}.address2`,
    state: `${at}.provinceCode`,
  }
}

/** First and last name, as one. */
export const fullName: Rule<string> = computed(
  ['firstName', 'lastName'],
  'first and last name',
  ({ firstName, lastName }) => {
    const parts = [clean(firstName), clean(lastName)].filter((part) => typeof part === 'string')
    return parts.length === 0 ? null : parts.join(' ')
  },
)

/** Where a customer has no name, Shopify shows the e-mail address or the phone number for one. */
export const shownName: Rule<string> = computed(
  ['displayName'],
  'unless it is the e-mail address or the phone number',
  (payload) => {
    const shown = clean(payload.displayName)
    if (typeof shown !== 'string') return null
    const others = [emailOf(payload), phoneOf(payload)].map((text) => text?.toLowerCase())
    return others.includes(shown.toLowerCase()) || shown.includes('@') ? null : shown
  },
)

const emailAt = pathReader('defaultEmailAddress.emailAddress')
const phoneAt = pathReader('defaultPhoneNumber.phoneNumber')

function emailOf(payload: Payload): string | null {
  return textOf(emailAt(payload))
}

function phoneOf(payload: Payload): string | null {
  return textOf(phoneAt(payload))
}

function textOf(value: unknown): string | null {
  const text = clean(value)
  return typeof text === 'string' ? text.trim() : null
}

/** The number of the customer an order is of, else `guest:` and its e-mail address. */
export function buyerKey({ customer, email }: Payload): string | null {
  const own = clean(objectOf(customer)?.legacyResourceId)
  if (typeof own === 'string') return own
  const given = emailIn(email)
  return given === null ? null : `guest:${given.toLowerCase()}`
}

/** An e-mail address, if it can be one. */
export function emailIn(value: unknown): string | null {
  const text = textOf(value)
  return text?.includes('@') ? text : null
}
