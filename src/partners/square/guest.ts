import { customer } from '../../model/customer.ts'
import { mapping } from '../mapping.ts'
import { clean, type Payload, type Rule, ruleOf, type Source } from '../rule.ts'
import { absent, computed, constant, isoTime, kept, oneOf } from '../rules.ts'
import { addressAt, buyerKey, emailIn, nameAt } from './person.ts'

const names = ['first_name', 'last_name']

/** A buyer without a customer profile, known from a payment. */
export const squareGuest = mapping(
  customer,
  {
    partnerRecordId: computed(['buyer_email_address'], '`guest:` and the e-mail', buyerKey),
    created_date: isoTime('created_at'),
    name: told(
      oneOf(
        nameAt('billing_address.', names),
        nameAt('shipping_address.', names),
        'card_details.card.cardholder_name',
      ) as Rule<string>, // paths are texts
    ),
    address: eachTold(addressAt('billing_address')),
    email: computed(['buyer_email_address'], 'as given', (payload) =>
      emailIn(payload.buyer_email_address),
    ),
    phone: absent('a payment tells none'),
    shipping_address: eachTold(addressAt('shipping_address')),
    shipping_name: told(nameAt('shipping_address.', names)),
    shipping_phone: absent('a payment tells none'),
    payment_currency: absent('a guest cannot be charged again'),
    external_account_id: absent('a guest has no saved instrument'),
    origin: constant('DERIVED'),
  },
  { title: 'Guest: a payment without a customer', when: isGuest, derived: true },
)

function isGuest({ customer_id, buyer_email_address }: Payload): boolean {
  return clean(customer_id) === null && emailIn(buyer_email_address) !== null
}

// What one payment leaves out, an earlier one may have told.
function told(source: Source<string>): Rule<string> {
  return kept(source as string, 'of the newest payment that tells') as Rule<string> // texts
}

function eachTold<P extends { readonly [part: string]: Source<string> }>(parts: P) {
  const rules = Object.entries(parts).map(([part, source]) => [
    part,
    told(ruleOf(source) as Rule<string>),
  ])
  return Object.fromEntries(rules) as { readonly [N in keyof P]: Rule<string> } // same names
}
