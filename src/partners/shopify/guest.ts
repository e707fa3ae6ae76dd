import { customer } from '../../model/customer.ts'
import { mapping } from '../mapping.ts'
import { objectOf, type Payload, type Rule, ruleOf, type Source } from '../rule.ts'
import { absent, computed, constant, isoTime, kept, oneOf } from '../rules.ts'
import { addressAt, buyerKey, emailIn } from './person.ts'

/** A buyer without a customer, known from an order. */
export const shopifyGuest = mapping(
  customer,
  {
    partnerRecordId: computed(['customer', 'email'], '`guest:` and the e-mail', buyerKey),
    created_date: isoTime('createdAt'),
    name: told(oneOf('billingAddress.name', 'shippingAddress.name') as Rule<string>),
    address: eachTold(addressAt('billingAddress')),
    email: computed(['email'], 'as given', ({ email }) => emailIn(email)),
    phone: told(oneOf('phone', 'billingAddress.phone') as Rule<string>),
    shipping_address: eachTold(addressAt('shippingAddress')),
    shipping_name: told('shippingAddress.name'),
    shipping_phone: told('shippingAddress.phone'),
    payment_currency: absent('a guest cannot be charged again'),
    external_account_id: absent('a guest has no saved instrument'),
    origin: constant('DERIVED'),
  },
  { title: 'Guest: an order without a customer', when: isGuestOrder, derived: true },
)

function isGuestOrder({ customer: own, email }: Payload): boolean {
  return objectOf(own) === null && emailIn(email) !== null
}

// What one order leaves out, an earlier one may have told.
function told(source: Source<string>): Rule<string> {
  return kept(source as string, 'of the newest order that tells') as Rule<string> // paths are texts
}

function eachTold<P extends { readonly [part: string]: Source<string> }>(parts: P) {
  const rules = Object.entries(parts).map(([part, source]) => [
    part,
    told(ruleOf(source) as Rule<string>),
  ])
  return Object.fromEntries(rules) as { readonly [N in keyof P]: Rule<string> } // same names
}
