import { customer } from '../../model/customer.ts'
import { countryCode } from '../country.ts'
import { mapping } from '../mapping.ts'
import { clean, type Payload } from '../rule.ts'
import { absent, computed, constant, kept, timeOfSeconds } from '../rules.ts'
import { chargeOf, guestEmail, guestKey, isGuest } from './charge.ts'

/** A buyer without a customer record, known from a payment. */
export const stripeGuest = mapping(
  customer,
  {
    partnerRecordId: computed(
      ['billing_details.email', 'receipt_email'],
      '`guest:` and the e-mail address in lower case',
      guestKey,
    ),
    created_date: computed(
      ['created'],
      'that of the charge, else of the intent',
      (payload) => timeOfSeconds((chargeOf(payload) ?? payload).created) as string,
    ),
    name: billing('name'),
    address: {
      city: billing('address.city'),
      postal_code: billing('address.postal_code'),
      country: billing('address.country', countryCode),
      line1: billing('address.line1'),
      line2: billing('address.line2'),
      state: billing('address.state'),
    },
    email: computed(['billing_details.email', 'receipt_email'], 'the first known', guestEmail),
    phone: billing('phone'),
    shipping_address: {
      city: shipping('address.city'),
      postal_code: shipping('address.postal_code'),
      country: shipping('address.country', countryCode),
      line1: shipping('address.line1'),
      line2: shipping('address.line2'),
      state: shipping('address.state'),
    },
    shipping_name: shipping('name'),
    shipping_phone: shipping('phone'),
    payment_currency: absent('a guest cannot be charged again'),
    external_account_id: absent('a guest has no saved instrument'),
    origin: constant('DERIVED'),
  },
  { title: 'Guest: a payment without a customer', when: isGuest, derived: true },
)

// What one payment leaves out, an earlier one may have told.
function billing(at: string, convert?: (text: string) => string | null) {
  return told('billing_details', at, convert, (payload) => chargeOf(payload)?.billing_details)
}

function shipping(at: string, convert?: (text: string) => string | null) {
  return told('shipping', at, convert, (payload) => chargeOf(payload)?.shipping ?? payload.shipping)
}

function told(
  under: string,
  at: string,
  convert: (text: string) => string | null = (text) => text,
  find: (payload: Payload) => unknown,
) {
  const path = at.split('.')
  const note = 'of the newest charge'
  return kept(
    computed<string>([`${under}.${at}`], note, (payload) => {
      const value = clean(
        path.reduce((held, part) => (held as Payload | null)?.[part], find(payload)),
      )
      return typeof value === 'string' ? convert(value) : (value as null)
    }),
    note,
  )
}
