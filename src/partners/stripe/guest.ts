import { customer } from '../../model/customer.ts'
import { countryCode } from '../country.ts'
import { mapping } from '../mapping.ts'
import { clean, type Payload, type Rule } from '../rule.ts'
import { absent, computed, constant, kept, timeOfSeconds } from '../rules.ts'
import { chargeOf, guestEmail, guestKey, isGuest } from './charge.ts'

/** A buyer without a customer record, known from a payment intent. */
export const stripeGuest = guestOf('latest_charge.', isGuest)

/** The same, known from a charge; guests of charges that have an intent come with the intent. */
export const stripeBareGuest = guestOf('', (charge) => !charge.payment_intent && isGuest(charge))

function guestOf(at: 'latest_charge.' | '', when: (payload: Payload) => boolean) {
  const emails = [`${at}billing_details.email`, `${at}receipt_email`]
  return mapping(
    customer,
    {
      partnerRecordId: computed(emails, '`guest:` and the e-mail in lower case', guestKey),
      created_date: computed([`${at}created`], "the charge's, else the intent's", createdOf),
      name: billing(at, 'name'),
      address: {
        city: billing(at, 'address.city'),
        postal_code: billing(at, 'address.postal_code'),
        country: country(billing(at, 'address.country')),
        line1: billing(at, 'address.line1'),
        line2: billing(at, 'address.line2'),
        state: billing(at, 'address.state'),
      },
      email: computed(emails, 'the first that is one', guestEmail),
      phone: billing(at, 'phone'),
      shipping_address: {
        city: shipping(at, 'address.city'),
        postal_code: shipping(at, 'address.postal_code'),
        country: country(shipping(at, 'address.country')),
        line1: shipping(at, 'address.line1'),
        line2: shipping(at, 'address.line2'),
        state: shipping(at, 'address.state'),
      },
      shipping_name: shipping(at, 'name'),
      shipping_phone: shipping(at, 'phone'),
      payment_currency: absent('a guest cannot be charged again'),
      external_account_id: absent('a guest has no saved instrument'),
      origin: constant('DERIVED'),
    },
    { title: 'Guest: a payment without a customer', when, derived: true },
  )
}

function createdOf(payload: Payload): string {
  return timeOfSeconds((chargeOf(payload) ?? payload).created) as string
}

function billing(at: string, part: string): Rule<string> {
  return told(`${at}billing_details`, part, (payload) => chargeOf(payload)?.billing_details)
}

function shipping(at: string, part: string): Rule<string> {
  return told(`${at}shipping`, part, (payload) => chargeOf(payload)?.shipping ?? payload.shipping)
}

// What one payment leaves out, an earlier one may have told.
function told(under: string, part: string, find: (payload: Payload) => unknown): Rule<string> {
  const steps = part.split('.')
  const read = (payload: Payload) => {
    const value = steps.reduce((held, step) => (held as Payload | null)?.[step], find(payload))
    return clean(value) as string | null
  }
  const note = 'of the newest payment that tells'
  return kept(computed([`${under}.${part}`], note, read), note)
}

function country(rule: Rule<string>): Rule<string> {
  return {
    ...rule,
    read(payload, context) {
      const text = rule.read(payload, context)
      return typeof text === 'string' ? (countryCode(text) ?? undefined) : text
    },
  }
}
