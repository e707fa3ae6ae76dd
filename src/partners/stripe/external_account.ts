import { external_account } from '../../model/external_account.ts'
import { countryCode } from '../country.ts'
import { mapping } from '../mapping.ts'
import { clean, objectOf, type Payload, type Rule } from '../rule.ts'
import {
  absent,
  computed,
  constant,
  countryOf,
  fold,
  link,
  oneOf,
  parent,
  unixTime,
  upper,
} from '../rules.ts'
import { bankOf, brandOf, cardOf, last4, nationOf, otherOf, own, typeOf } from './instrument.ts'

const noClock = 'whether it has expired is told by its date'
const holder = link('customer', oneOf('customer', parent('customer')))
const banks = ['us_bank_account', 'sepa_debit', 'bacs_debit']

/** A saved payment method of any type. */
export const stripePaymentMethod = mapping(
  external_account,
  {
    partnerRecordId: 'id',
    created_date: unixTime('created'),
    type: computed(['type'], 'cards and bank debits, else other', typeOf),
    customer_id: link('customer', oneOf('customer', 'customer_account', parent('customer'))),
    status: computed(['us_bank_account.status_details'], `disabled if blocked; ${noClock}`, (p) =>
      isBlocked(p) ? 'disabled' : 'active',
    ),
    currency: absent('a payment method may be charged in several currencies'),
    country: computed(['card.country', 'type'], "the issuer's, else its scheme's", countryOfIt),
    holder_name: 'billing_details.name',
    bank_account: computed(banks, 'last four characters only', bankOf),
    card: computed(['card'], 'also of cards read at a terminal', cardOf),
    other: computed(['type'], 'wallets, vouchers, bank redirects', otherOf),
  },
  { title: 'Payment method', when: (payload) => payload.object === 'payment_method' },
)

/** A card saved before payment methods existed, or the seller's debit card. */
export const stripeCard = mapping(
  external_account,
  {
    partnerRecordId: 'id',
    created_date: undated(),
    type: constant('card'),
    customer_id: holder,
    status: computed([], noClock, () => 'active' as const),
    currency: upper('currency'),
    country: countryOf('country'),
    holder_name: 'name',
    bank_account: absent('it is a card'),
    card: {
      brand: computed(['brand'], 'in the words of payment methods', (p) => brandOf(p.brand)),
      last4: 'last4',
      exp_month: 'exp_month',
      exp_year: 'exp_year',
      funding: 'funding',
      fingerprint: 'fingerprint',
    },
    other: absent('it is a card'),
  },
  { title: 'Card', when: (payload) => payload.object === 'card' },
)

/** A bank account of a buyer, or of the seller. */
export const stripeBankAccount = mapping(
  external_account,
  {
    partnerRecordId: 'id',
    created_date: undated(),
    type: constant('bank_account'),
    customer_id: holder,
    status: fold(
      'status',
      {
        new: 'active',
        validated: 'active',
        verified: 'active',
        verification_failed: 'disabled',
        errored: 'disabled',
      },
      'other',
    ),
    currency: upper('currency'),
    country: countryOf('country'),
    holder_name: 'account_holder_name',
    bank_account: {
      bank_name: 'bank_name',
      last4: 'last4',
      routing_last4: computed(['routing_number'], 'its last four', (p) => last4(p.routing_number)),
      account_type: 'account_type',
    },
    card: absent('it is a bank account'),
    other: absent('it is a bank account'),
  },
  { title: 'Bank account', when: (payload) => payload.object === 'bank_account' },
)

const sourceObjects = new Set(['source', 'alipay_account', 'bitcoin_receiver'])

/** A source: what was saved between cards and payment methods. */
export const stripeSource = mapping(
  external_account,
  {
    partnerRecordId: 'id',
    created_date: unixTime('created'),
    type: computed(['type'], 'cards and bank debits, else other', typeOf),
    customer_id: holder,
    status: fold(
      'status',
      {
        chargeable: 'active',
        pending: 'other',
        consumed: 'removed',
        canceled: 'removed',
        failed: 'disabled',
      },
      'other',
    ),
    currency: upper('currency'),
    country: computed(['card.country', 'type'], "the issuer's, else its scheme's", countryOfIt),
    holder_name: 'owner.name',
    bank_account: computed(['sepa_debit'], 'last four characters only', bankOf),
    card: computed(['card'], 'of a card', cardOf),
    other: computed(['type'], 'wallets, vouchers, bank redirects', otherOf),
  },
  { title: 'Source', when: (payload) => sourceObjects.has(String(payload.object)) },
)

function undated(): Rule<never> {
  const note = 'Stripe does not date it; listed as a payment method as well, that one tells'
  return computed<never>([], note, () => undefined)
}

function isBlocked(instrument: Payload): boolean {
  return Boolean(objectOf(own(instrument)?.status_details)?.blocked)
}

function countryOfIt(instrument: Payload): string | null {
  const told = clean(own(instrument)?.country)
  return typeof told === 'string' ? countryCode(told) : nationOf(instrument)
}
