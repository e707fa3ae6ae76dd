import { customer } from '../../model/customer.ts'
import { mapping } from '../mapping.ts'
import { type Payload, pathReader, type Rule, ruleOf, type Source } from '../rule.ts'
import { absent, computed, constant, isoTime, kept } from '../rules.ts'
import { kindOf } from './event_codes.ts'
import {
  nameAt,
  payerKey,
  phoneAt,
  portableAddressAt,
  simpleAddressAt,
  spokenName,
} from './person.ts'

const noCurrency = absent('a payer has none; each payment has its own')
// A payer names no default; ingest fills in the newest active one.
const instrument = kept(absent('no default'), 'the newest active one')
const note = 'PayPal\u2019s id, else `guest:` and the e-mail'

/** Whoever paid: PayPal keeps no customers, only the two sides of a payment. */
export const paypalPayer = mapping(
  customer,
  {
    partnerRecordId: computed(['payer_info.account_id', 'payer_info.email_address'], note, payerOf),
    created_date: isoTime('transaction_info.transaction_initiation_date'),
    name: told(nameAt('payer_info.payer_name')),
    address: eachTold(simpleAddressAt('payer_info.address')),
    email: told('payer_info.email_address'),
    phone: told(phoneAt('payer_info.phone_number')),
    shipping_address: eachTold(simpleAddressAt('shipping_info.address')),
    shipping_name: told(deliveryName('shipping_info.name')),
    shipping_phone: absent('not told'),
    payment_currency: noCurrency,
    external_account_id: instrument,
    origin: constant('DERIVED'),
  },
  { title: 'Payer of a payment', when: isPayment, derived: true },
)

/** Whoever subscribed, also before the first payment. */
export const paypalSubscriber = mapping(
  customer,
  {
    partnerRecordId: computed(
      ['subscriber.payer_id', 'subscriber.email_address'],
      note,
      subscriberOf,
    ),
    created_date: isoTime('create_time'),
    name: told(nameAt('subscriber.name')),
    address: eachTold(portableAddressAt('subscriber.address')),
    email: told('subscriber.email_address'),
    phone: told(phoneAt('subscriber.phone.phone_number')),
    shipping_address: eachTold(portableAddressAt('subscriber.shipping_address.address')),
    shipping_name: told(nameAt('subscriber.shipping_address.name')),
    shipping_phone: absent('not told'),
    payment_currency: noCurrency,
    external_account_id: instrument,
    origin: constant('DERIVED'),
  },
  { title: 'Subscriber', when: (payload) => subscriberOf(payload) !== null, derived: true },
)

/** Whoever was billed: known by e-mail address only. */
export const paypalRecipient = mapping(
  customer,
  {
    partnerRecordId: computed(
      ['primary_recipients.0.billing_info.email_address'],
      '`guest:` and the e-mail',
      recipientOf,
    ),
    created_date: isoTime('detail.metadata.create_time'),
    name: told(nameAt('primary_recipients.0.billing_info.name')),
    address: eachTold(portableAddressAt('primary_recipients.0.billing_info.address')),
    email: told('primary_recipients.0.billing_info.email_address'),
    phone: told(phoneAt('primary_recipients.0.billing_info.phones.0')),
    shipping_address: eachTold(portableAddressAt('primary_recipients.0.shipping_info.address')),
    shipping_name: told(nameAt('primary_recipients.0.shipping_info.name')),
    shipping_phone: absent('not told'),
    payment_currency: noCurrency,
    external_account_id: instrument,
    origin: constant('DERIVED'),
  },
  {
    title: 'Recipient of an invoice',
    when: (payload) => recipientOf(payload) !== null,
    derived: true,
  },
)

const payerInfo = {
  id: pathReader('payer_info.account_id'),
  email: pathReader('payer_info.email_address'),
}

/** Key of the payer of a row. */
export function payerOf(row: Payload): string | null {
  return payerKey(payerInfo.id(row), payerInfo.email(row))
}

const subscriber = {
  id: pathReader('subscriber.payer_id'),
  email: pathReader('subscriber.email_address'),
}

/** Key of the subscriber of a subscription. */
export function subscriberOf(payload: Payload): string | null {
  return payerKey(subscriber.id(payload), subscriber.email(payload))
}

const recipientEmail = pathReader('primary_recipients.0.billing_info.email_address')

/** Key of the recipient of an invoice. */
export function recipientOf(payload: Payload): string | null {
  return payerKey(null, recipientEmail(payload))
}

function isPayment(row: Payload): boolean {
  return kindOf(row) === 'payment' && payerOf(row) !== null
}

function deliveryName(at: string): Rule<string> {
  const get = pathReader(at)
  return computed([at], '"First, Last" without its comma', (payload) => spokenName(get(payload)))
}

// What one payment leaves out, an earlier one may have told.
function told(source: Source<string>): Rule<string> {
  return kept(source as string, 'of the newest that tells') as Rule<string> // paths are texts
}

function eachTold<P extends { readonly [part: string]: Source<string> }>(parts: P) {
  const rules = Object.entries(parts).map(([part, source]) => [
    part,
    told(ruleOf(source) as Rule<string>),
  ])
  return Object.fromEntries(rules) as { readonly [N in keyof P]: Rule<string> } // same names
}
