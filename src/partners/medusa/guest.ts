import { customer } from '../../model/customer.ts'
import { mapping } from '../mapping.ts'
import { clean, type Payload, type Rule } from '../rule.ts'
import { absent, computed, constant, isoTime, kept, referenceId } from '../rules.ts'
import { addressAt, addressUnder, nameIn, part } from './person.ts'

const billing = addressUnder('billing_address')
const shipping = addressUnder('shipping_address')
const note = 'of the newest order that tells'

/** A buyer whom the server keeps no customer of, known from an order. */
export const medusaGuest = mapping(
  customer,
  {
    partnerRecordId: computed(['email'], '`guest:` and the e-mail', buyerKey),
    created_date: isoTime('created_at'),
    name: told(
      computed(['billing_address.first_name', 'billing_address.last_name'], note, (order) =>
        nameIn(billing(order)),
      ),
    ),
    address: eachTold(addressAt('billing_address', note, billing)),
    email: computed(['email'], 'as given', emailOf),
    phone: told(part('billing_address', 'phone', note, billing)),
    shipping_address: eachTold(addressAt('shipping_address', note, shipping)),
    shipping_name: told(
      computed(['shipping_address.first_name', 'shipping_address.last_name'], note, (order) =>
        nameIn(shipping(order)),
      ),
    ),
    shipping_phone: told(part('shipping_address', 'phone', note, shipping)),
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

function emailOf(order: Payload): string | null {
  const email = clean(order.email)
  return typeof email === 'string' && email.includes('@') ? email.trim() : null
}

function told(rule: Rule<string>): Rule<string> {
  return kept(rule, note)
}

function eachTold<P extends { readonly [part: string]: Rule<string> }>(parts: P) {
  const rules = Object.entries(parts).map(([name, rule]) => [name, told(rule)])
  return Object.fromEntries(rules) as { readonly [N in keyof P]: Rule<string> } // same names
}
