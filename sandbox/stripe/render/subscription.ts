import type { Subscription, SubscriptionStatus } from '../../world/billing.ts'
import { type Entry, instrumentId, type Ledger } from '../ledger.ts'
import { type JsonObject, seconds } from '../types.ts'
import { priceObject } from './catalogue.ts'

const STATUS: Record<SubscriptionStatus, string> = {
  incomplete: 'incomplete',
  incompleteExpired: 'incomplete_expired',
  trialing: 'trialing',
  active: 'active',
  pastDue: 'past_due',
  canceled: 'canceled',
  unpaid: 'unpaid',
  paused: 'paused',
}

const REASON = { requested: 'cancellation_requested', paymentFailed: 'payment_failed' } as const

// What this business never uses.
const UNUSED = {
  payment_settings: {
    payment_method_options: null,
    payment_method_types: null,
    save_default_payment_method: 'off',
  },
  application: null,
  application_fee_percent: null,
  automatic_tax: { enabled: false },
  billing_thresholds: null,
  collection_method: 'charge_automatically',
  days_until_due: null,
  default_tax_rates: [],
  description: null,
  discount: null,
  metadata: {},
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  pause_collection: null,
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  test_clock: null,
  transfer_data: null,
}

export function subscription(ledger: Ledger, one: Subscription): Entry[] {
  const { world, livemode, id } = ledger
  const payer = one.instrument && world.get('instrument', one.instrument)
  const payerId = payer ? instrumentId(ledger, payer) : null
  const legacy = payer ? payer.legacy : false
  const object = {
    id: id('subscription', one.key),
    object: 'subscription',
    ...UNUSED,
    billing_cycle_anchor: seconds(one.anchorAt),
    cancel_at: one.cancelAtPeriodEnd ? seconds(one.periodEnd) : null,
    cancel_at_period_end: one.cancelAtPeriodEnd,
    canceled_at: seconds(one.canceledAt),
    cancellation_details: cancellation(one),
    created: seconds(one.createdAt),
    currency: world.get('price', one.price).currency,
    current_period_end: seconds(one.periodEnd),
    current_period_start: seconds(one.periodStart),
    customer: id('customer', one.buyer),
    default_payment_method: legacy ? null : payerId,
    default_source: legacy ? payerId : null,
    ended_at: seconds(one.endedAt),
    items: items(ledger, one),
    latest_invoice: one.lastInvoice && id('invoice', one.lastInvoice),
    livemode,
    start_date: seconds(one.createdAt),
    status: STATUS[one.status],
    trial_end: seconds(one.trialEnd),
    trial_settings: {
      end_behavior: { missing_payment_method: payer ? 'create_invoice' : 'pause' },
    },
    trial_start: seconds(one.trialStart),
  }
  const facts = { price: id('price', one.price) }
  return [{ table: 'subscriptions', object, created: object.created, facts }]
}

function cancellation({ cancelReason }: Subscription): JsonObject {
  return { comment: null, feedback: null, reason: cancelReason && REASON[cancelReason] }
}

function items(ledger: Ledger, one: Subscription): JsonObject {
  const url = `/v1/subscription_items?subscription=${ledger.id('subscription', one.key)}`
  return { object: 'list', data: [subscriptionItem(ledger, one)], has_more: false, url }
}

function subscriptionItem(ledger: Ledger, one: Subscription): JsonObject {
  const { world, id } = ledger
  return {
    id: id('subscription_item', one.key),
    object: 'subscription_item',
    billing_thresholds: null,
    created: seconds(one.createdAt),
    metadata: {},
    price: priceObject(ledger, world.get('price', one.price)),
    quantity: one.quantity,
    subscription: id('subscription', one.key),
    tax_rates: [],
  }
}
