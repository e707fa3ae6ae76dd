import { customer } from '../../model/customer.ts'
import { mapping } from '../mapping.ts'
import { clean, objectOf, type Payload, type Rule, ruleOf, type Source } from '../rule.ts'
import { absent, computed, constant, isoTime, kept, referenceId } from '../rules.ts'
import { addressAt, fullName } from './person.ts'

/** A buyer without an account, known from an order. */
export const wooGuest = mapping(
  customer,
  {
    partnerRecordId: computed(['billing.email'], '`guest:` and the e-mail', buyerKey),
    created_date: isoTime('date_created_gmt'),
    name: told(fullName('billing')),
    address: eachTold(addressAt('billing')),
    email: computed(['billing.email'], 'as given', emailOf),
    phone: told('billing.phone'),
    shipping_address: eachTold(addressAt('shipping')),
    shipping_name: told(fullName('shipping')),
    shipping_phone: told('shipping.phone'),
    payment_currency: absent('a guest cannot be charged again'),
    external_account_id: absent('a guest has no saved instrument'),
    origin: constant('DERIVED'),
  },
  { title: 'Guest: an order without a customer', when: isGuestOrder, derived: true },
)

/** Partner id of who ordered: the customer, or the guest known by an e-mail address. */
export function buyerKey(order: Payload): string | null {
  const own = referenceId(order.customer_id)
  if (own !== null) return own
  const email = emailOf(order)
  return email === null ? null : `guest:${email.toLowerCase()}`
}

function isGuestOrder(order: Payload): boolean {
  return referenceId(order.customer_id) === null && emailOf(order) !== null
}

function emailOf({ billing }: Payload): string | null {
  const email = clean(objectOf(billing)?.email)
  return typeof email === 'string' && email.includes('@') ? email.trim() : null
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
