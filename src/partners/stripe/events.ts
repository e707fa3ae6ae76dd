import type { EventLog, Touch } from '../notifications.ts'
import { objectOf, objectsIn, type Payload } from '../rule.ts'
import { referenceId, wordIn } from '../rules.ts'
import { customerKey } from './charge.ts'

const minute_ms = 60_000
const day_ms = 24 * 60 * minute_ms

/** Stripe's event log, 30 days of it. */
export const events: EventLog = {
  list: { path: '/v1/events', timeFilter: 'created' },
  reach_ms: 30 * day_ms,
  overlap_ms: 5 * minute_ms,
  read: touchesOf,
  eventId: (event) => String(event.id),
  created_ms: (event) => Number(event.created) * 1000,
}

/** What an event says is to be read again: told by the object it carries, seldom by its type. */
export function touchesOf(event: Payload): readonly Touch[] {
  const data = objectOf(event.data)
  const object = objectOf(data?.object)
  const kind = object?.object
  const read = wordIn(readers, kind)
  if (!read || !object) return []
  return read(object, String(event.type), objectOf(data?.previous_attributes) ?? {})
}

type Reader = (object: Payload, type: string, previous: Payload) => readonly Touch[]

const readers: { readonly [object: string]: Reader } = {
  customer: (customer, type) => touch('customers', customer, type === 'customer.deleted'),
  product: (product, type) => touch('products', product, type === 'product.deleted'),
  price: ({ product }) => touch('products', product),
  plan: ({ product }) => touch('products', product),
  payment_intent: (intent) => touch('payments', intent),
  charge: (charge) => [...chargeTouches(charge), ...refundsIn(charge)],
  refund: (refund) => [...touch('refunds', refund), ...touch('payments', refund.payment_intent)],
  dispute: (dispute) => touch('disputes', dispute),
  payout: (payout) => [...touch('settlements', payout), ...membersOf(payout)],
  // A subscription that is "deleted" has ended; it can still be read.
  subscription: (subscription) => touch('subscriptions', subscription),
  invoice: (invoice, type) => touch('invoices', invoice, type === 'invoice.deleted'),
  invoice_payment: ({ invoice }) => touch('invoices', invoice),
  credit_note: ({ invoice }) => touch('invoices', invoice),
  payment_method: instrumentTouch,
  card: instrumentTouch,
  bank_account: instrumentTouch,
  source: instrumentTouch,
  alipay_account: instrumentTouch,
  bitcoin_receiver: instrumentTouch,
}

function touch(stream: string, reference: unknown, deleted = false): readonly Touch[] {
  const partnerRecordId = referenceId(reference)
  return partnerRecordId === null ? [] : [{ stream, partnerRecordId, parentId: null, deleted }]
}

function chargeTouches(charge: Payload): readonly Touch[] {
  const intent = referenceId(charge.payment_intent)
  return intent === null ? touch('charges', charge) : touch('payments', intent)
}

/** Until 2022-11-15 a charge carried its refunds, and some had no event of their own. */
function refundsIn(charge: Payload): readonly Touch[] {
  return objectsIn(charge.refunds).flatMap((refund) => touch('refunds', refund))
}

function membersOf(payout: Payload): readonly Touch[] {
  return touch('settlement_transactions', payout).map((one) => ({
    ...one,
    parentId: one.partnerRecordId,
    children: true,
  }))
}

/** Of a customer's; what belongs to nobody, or to the seller, is not followed. */
function instrumentTouch(instrument: Payload, type: string, previous: Payload): readonly Touch[] {
  const parentId = customerKey(instrument) ?? customerKey(previous)
  if (parentId === null) return []
  const deleted = type === 'payment_method.detached' || type.endsWith('source.deleted')
  return touch('external_accounts', instrument, deleted).map((one) => ({ ...one, parentId }))
}
