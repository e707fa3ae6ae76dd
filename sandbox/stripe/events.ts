// Which of Stripe's events tell of what happens in the world, by the list the object is in.
import type { TableName } from './tables.ts'
import type { Json, JsonObject, StripeObject } from './types.ts'

const EVENTS: Partial<Record<TableName, Record<string, readonly string[]>>> = {
  customers: {
    'buyer.created': ['customer.created'],
    'buyer.changed': ['customer.updated'],
    'buyer.deleted': ['customer.deleted'],
  },
  payment_methods: {
    'instrument.added': ['payment_method.attached'],
    'instrument.changed': ['payment_method.updated'],
    'instrument.removed': ['payment_method.detached'],
  },
  sources: {
    'instrument.added': ['customer.source.created'],
    'instrument.changed': ['customer.source.updated'],
    'instrument.removed': ['customer.source.deleted'],
  },
  products: {
    'product.created': ['product.created'],
    'product.changed': ['product.updated'],
    'product.deleted': ['product.deleted'],
  },
  prices: {
    'price.created': ['price.created'],
    'price.changed': ['price.updated'],
  },
  payment_intents: {
    'payment.created': ['payment_intent.created'],
    'payment.needsBuyer': ['payment_intent.requires_action'],
    'payment.processing': ['payment_intent.processing'],
    'payment.authorised': ['payment_intent.amount_capturable_updated'],
    'payment.failed': ['payment_intent.payment_failed'],
    'payment.succeeded': ['payment_intent.succeeded'],
    'payment.canceled': ['payment_intent.canceled'],
  },
  charges: {
    'charge.pending': ['charge.pending'],
    'charge.succeeded': ['charge.succeeded'],
    'charge.failed': ['charge.failed'],
    'charge.captured': ['charge.captured'],
    'charge.expired': ['charge.expired'],
    'charge.refunded': ['charge.refunded'],
    'charge.changed': ['charge.updated'],
  },
  refunds: {
    'refund.created': ['refund.created'],
    'refund.changed': ['refund.updated', 'charge.refund.updated'],
  },
  disputes: {
    'dispute.created': ['charge.dispute.created'],
    'dispute.fundsWithdrawn': ['charge.dispute.funds_withdrawn'],
    'dispute.changed': ['charge.dispute.updated'],
    'dispute.fundsReinstated': ['charge.dispute.funds_reinstated'],
    'dispute.closed': ['charge.dispute.closed'],
  },
  payouts: {
    'payout.created': ['payout.created'],
    'payout.paid': ['payout.paid'],
    'payout.failed': ['payout.failed'],
  },
  subscriptions: {
    'subscription.created': ['customer.subscription.created'],
    'subscription.changed': ['customer.subscription.updated'],
    'subscription.trialEnding': ['customer.subscription.trial_will_end'],
    'subscription.paused': ['customer.subscription.updated', 'customer.subscription.paused'],
    'subscription.ended': ['customer.subscription.deleted'],
  },
  invoices: {
    'invoice.created': ['invoice.created'],
    'invoice.finalised': ['invoice.finalized', 'invoice.updated'],
    'invoice.paid': ['invoice.paid', 'invoice.payment_succeeded', 'invoice.updated'],
    'invoice.paymentFailed': ['invoice.payment_failed', 'invoice.updated'],
    'invoice.voided': ['invoice.voided', 'invoice.updated'],
    'invoice.uncollectible': ['invoice.marked_uncollectible', 'invoice.updated'],
    'invoice.deleted': ['invoice.deleted'],
  },
}

// Events that say what was there before.
const SHOWS_PREVIOUS = /updated$|^charge\.(refunded|captured)$|detached$/

export type EventData = {
  type: string
  data: { object: StripeObject; previous_attributes?: JsonObject }
}

export function eventsFor(
  table: TableName,
  verb: string,
  { object, before }: { object: StripeObject; before: StripeObject | undefined },
): EventData[] {
  const events: EventData[] = []
  for (const type of EVENTS[table]?.[verb] ?? []) {
    if (!before || !SHOWS_PREVIOUS.test(type)) {
      events.push({ type, data: { object } })
      continue
    }
    const previous_attributes = previous(before, object)
    // Nobody is told of an update that changed nothing.
    if (Object.keys(previous_attributes).length === 0) continue
    events.push({ type, data: { object, previous_attributes } })
  }
  return events
}

export function eventTypes(): string[] {
  return Object.values(EVENTS).flatMap((verbs) => Object.values(verbs).flat())
}

// The former values of what changed; within plain objects only the keys that changed.
export function previous(before: JsonObject, after: JsonObject): JsonObject {
  const found: JsonObject = {}
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[key] ?? null, after[key] ?? null]
    if (JSON.stringify(was) === JSON.stringify(is)) continue
    found[key] = plain(was) && plain(is) ? previous(was, is) : was
  }
  return found
}

function plain(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
