// Invoices and subscriptions.
import type { Invoice, Subscription } from '../world/billing.ts'
import { catalogId } from './catalog.ts'
import { cardId, customerId } from './customer.ts'
import { address, day, filled, type Json, money, names, stamp } from './format.ts'
import { orderId } from './payment.ts'
import { type Account, locationOf, type Stamps } from './types.ts'

export function invoiceId({ id }: Account, key: string): string {
  return id('inv:0-', 28, 'invoice', key)
}

export function subscriptionId({ id }: Account, key: string): string {
  return id('', 22, 'subscription', key)
}

export function renderInvoice(account: Account, invoice: Invoice, stamps: Stamps): Json {
  const { key, number, subscription, status, sent } = invoice
  const isOpen = status === 'open'
  return filled({
    id: invoiceId(account, key),
    version: stamps.version - 1,
    location_id: locationOf(account, subscription ?? key),
    order_id: orderId(account, key),
    primary_recipient: recipientOf(account, invoice),
    payment_requests: [requestOf(account, invoice)],
    delivery_method: 'EMAIL',
    invoice_number: number === null ? null : `${invoice.buyer}-${number}`,
    title: subscription ? 'Your subscription' : 'Garden supplies',
    scheduled_at: sent ? stamp(invoice.createdAt) : null,
    public_url: number === null ? null : `https://squareup.example/pay-invoice/${key}`,
    next_payment_amount_money: isOpen ? money(invoice.total, invoice.currency) : null,
    status: statusOf(account, invoice),
    timezone: 'America/Los_Angeles',
    created_at: stamps.created_at,
    updated_at: stamps.updated_at,
    accepted_payment_methods: {
      card: true,
      square_gift_card: false,
      bank_account: false,
      buy_now_pay_later: false,
      cash_app_pay: false,
    },
    subscription_id: subscription === null ? null : subscriptionId(account, subscription),
    sale_or_service_date: day(invoice.createdAt),
    store_payment_method_enabled: false,
  })
}

function statusOf({ world }: Account, { status, charge }: Invoice): string {
  if (status !== 'paid') return STATUS[status]
  const { refunded = 0, captured = 0 } = charge === null ? {} : world.get('charge', charge)
  if (refunded === 0) return 'PAID'
  return refunded < captured ? 'PARTIALLY_REFUNDED' : 'REFUNDED'
}

const STATUS = {
  draft: 'DRAFT',
  open: 'UNPAID',
  void: 'CANCELED',
  uncollectible: 'FAILED',
} as const

// A snapshot of whoever was billed.
export function recipientOf(account: Account, { key, buyer, billedTo }: Invoice): Json {
  const name = `recipient ${key}`
  const known = account.fixed.get(name)
  if (known) return known
  const { given, family } = names(billedTo.name)
  const recipient = filled({
    customer_id: customerId(account, buyer),
    given_name: given,
    family_name: family,
    email_address: billedTo.email,
    address: address(billedTo.address),
    phone_number: billedTo.phone,
  })
  account.fixed.set(name, recipient)
  return recipient
}

function requestOf(account: Account, invoice: Invoice): Json {
  const { key, subscription, currency, total, status, dueAt, createdAt } = invoice
  const instrument = subscription
    ? account.world.get('subscription', subscription).instrument
    : null
  const card = instrument && account.world.get('instrument', instrument).type === 'card'
  return filled({
    uid: account.id('', 36, 'request', key),
    request_type: 'BALANCE',
    due_date: day(dueAt ?? createdAt),
    tipping_enabled: false,
    automatic_payment_source: card ? 'CARD_ON_FILE' : 'NONE',
    card_id: card ? cardId(account, instrument) : null,
    computed_amount_money: money(total, currency),
    total_completed_amount_money: money(status === 'paid' ? total : 0, currency),
  })
}

export function renderSubscription(account: Account, one: Subscription, stamps: Stamps): Json {
  const { world } = account
  const { key, price, quantity, instrument, createdAt, trialEnd, endedAt } = one
  const { amount, currency } = world.get('price', price)
  const card = instrument && world.get('instrument', instrument).type === 'card'
  const leaves = endedAt ?? (one.cancelAtPeriodEnd ? one.periodEnd : null)
  return filled({
    id: subscriptionId(account, key),
    location_id: locationOf(account, key),
    plan_variation_id: catalogId(account, price),
    customer_id: subscriberOf(account, one),
    start_date: day(trialEnd ?? createdAt),
    canceled_date: leaves === null ? null : day(leaves),
    charged_through_date: one.status === 'incomplete' ? null : day(one.periodEnd),
    status: SUBSCRIPTION[one.status],
    invoice_ids: invoicesOf(account, key),
    price_override_money: quantity > 1 ? money(amount * quantity, currency) : null,
    version: stamps.version,
    created_at: stamps.created_at,
    card_id: card ? cardId(account, instrument) : null,
    timezone: 'America/Los_Angeles',
    source: { name: 'Garden web shop' },
    monthly_billing_anchor_date: new Date(one.anchorAt).getUTCDate(),
    phases: [
      {
        uid: account.id('', 24, 'phase of', key),
        ordinal: 0,
        plan_phase_uid: account.id('', 24, 'phase', price),
      },
    ],
  })
}

// Moved when its owner gets a new profile.
function subscriberOf(account: Account, { key, buyer }: Subscription): string {
  const name = `subscription ${key}`
  const known = account.fixed.get(name)?.customer_id
  if (known !== undefined) return String(known)
  const customer_id = customerId(account, buyer)
  account.fixed.set(name, { customer_id })
  return customer_id
}

// Numbers are given in turn; a draft that was deleted is not told of.
function invoicesOf(account: Account, key: string): string[] | null {
  const known = account.world.all('invoice')
  const ids: string[] = []
  for (let number = 0; known.has(`${key}/i${number}`); number++) {
    const invoice = known.get(`${key}/i${number}`)
    if (invoice?.deletedAt === null) ids.push(invoiceId(account, invoice.key))
  }
  return ids.length > 0 ? ids.reverse() : null
}

const SUBSCRIPTION = {
  incomplete: 'PENDING',
  incompleteExpired: 'DEACTIVATED',
  trialing: 'ACTIVE',
  active: 'ACTIVE',
  pastDue: 'ACTIVE',
  canceled: 'CANCELED',
  unpaid: 'DEACTIVATED',
  paused: 'PAUSED',
} as const
