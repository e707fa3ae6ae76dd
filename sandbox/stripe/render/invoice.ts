import type { Invoice, InvoiceLine } from '../../world/billing.ts'
import { chargeId, type Entry, type Ledger } from '../ledger.ts'
import { type JsonObject, type StripeObject, seconds } from '../types.ts'
import { priceObject } from './catalogue.ts'
import { address, invoicePrefix } from './customer.ts'

const BILLING_REASON: Record<Invoice['cause'], string> = {
  first: 'subscription_create',
  renewal: 'subscription_cycle',
  manual: 'manual',
}

export function invoice(ledger: Ledger, one: Invoice): Entry[] {
  const object = {
    ...identity(ledger, one),
    ...constants(ledger),
    ...amounts(one),
    ...billedTo(one),
    ...progress(ledger, one),
    lines: lines(ledger, one),
  }
  const created = seconds(one.createdAt)
  return [{ table: 'invoices', object, created, deleted: one.deletedAt !== null }]
}

function identity({ livemode, id }: Ledger, one: Invoice): StripeObject {
  return {
    id: id('invoice', one.key),
    object: 'invoice',
    billing_reason: BILLING_REASON[one.cause],
    collection_method: one.sent ? 'send_invoice' : 'charge_automatically',
    created: seconds(one.createdAt),
    currency: one.currency,
    customer: id('customer', one.buyer),
    livemode,
    metadata: {},
    subscription: one.subscription && id('subscription', one.subscription),
    subscription_details: { metadata: one.subscription ? {} : null },
  }
}

// What this business never uses.
function constants({ world }: Ledger): JsonObject {
  return {
    account_country: world.business.country,
    account_name: world.business.name,
    account_tax_ids: null,
    amount_shipping: 0,
    application: null,
    application_fee_amount: null,
    automatic_tax: { enabled: false, status: null },
    custom_fields: null,
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discount: null,
    discounts: [],
    footer: null,
    from_invoice: null,
    last_finalization_error: null,
    latest_revision: null,
    on_behalf_of: null,
    paid_out_of_band: false,
    payment_settings: {
      default_mandate: null,
      payment_method_options: null,
      payment_method_types: null,
    },
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    quote: null,
    receipt_number: null,
    rendering_options: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    test_clock: null,
    transfer_data: null,
  }
}

function amounts({ total, status }: Invoice): JsonObject {
  const paid = status === 'paid' ? total : 0
  return {
    amount_due: total,
    amount_paid: paid,
    amount_remaining: total - paid,
    subtotal: total,
    subtotal_excluding_tax: total,
    tax: null,
    total,
    total_discount_amounts: [],
    total_excluding_tax: total,
    total_tax_amounts: [],
  }
}

function billedTo({ billedTo: person }: Invoice): JsonObject {
  return {
    customer_address: address(person.address),
    customer_email: person.email,
    customer_name: person.name,
    customer_phone: person.phone,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
  }
}

function progress(ledger: Ledger, one: Invoice): JsonObject {
  const { id } = ledger
  const [line] = one.lines
  const final = one.finalizedAt !== null
  const hosted = `https://invoice.stripe.com/i/${ledger.accountId}/${id('invoice', one.key)}`
  // An invoice for a renewal covers the period that has just ended.
  const start =
    one.cause === 'renewal' ? one.createdAt - (line!.periodEnd - line!.periodStart) : null
  return {
    attempt_count: one.attempts,
    attempted: one.attempts > 0 || (one.status === 'paid' && one.total === 0),
    auto_advance: one.status === 'open' || one.status === 'draft',
    charge: one.charge && chargeId(ledger, one.charge),
    due_date: seconds(one.dueAt),
    effective_at: seconds(one.finalizedAt),
    ending_balance: final ? 0 : null,
    hosted_invoice_url: final ? hosted : null,
    invoice_pdf: final ? `${hosted}/pdf` : null,
    next_payment_attempt: seconds(one.nextAttemptAt),
    number: one.number && `${invoicePrefix(ledger, one.buyer)}-${one.number}`,
    paid: one.status === 'paid',
    payment_intent: one.payment && id('payment_intent', one.payment),
    period_end: seconds(one.createdAt),
    period_start: seconds(start ?? one.createdAt),
    status: one.status,
    status_transitions: {
      finalized_at: seconds(one.finalizedAt),
      marked_uncollectible_at: seconds(one.uncollectibleAt),
      paid_at: seconds(one.paidAt),
      voided_at: seconds(one.voidedAt),
    },
    webhooks_delivered_at: seconds(one.createdAt),
  }
}

function lines(ledger: Ledger, one: Invoice): JsonObject {
  return {
    object: 'list',
    data: one.lines.map((line) => lineItem(ledger, one, line)),
    has_more: false,
    url: `/v1/invoices/${ledger.id('invoice', one.key)}/lines`,
  }
}

function lineItem({ id, ...ledger }: Ledger, one: Invoice, line: InvoiceLine): JsonObject {
  const { world, livemode } = ledger
  const subscribed = one.subscription && {
    subscription_item: id('subscription_item', one.subscription),
  }
  return {
    id: id('line_item', line.key),
    object: 'line_item',
    amount: line.amount,
    amount_excluding_tax: line.amount,
    currency: one.currency,
    description: line.description,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    livemode,
    metadata: {},
    period: { end: seconds(line.periodEnd), start: seconds(line.periodStart) },
    price: priceObject({ id, ...ledger }, world.get('price', line.price)),
    proration: false,
    proration_details: { credited_items: null },
    quantity: line.quantity,
    subscription: one.subscription && id('subscription', one.subscription),
    ...subscribed,
    tax_amounts: [],
    tax_rates: [],
    type: one.subscription ? 'subscription' : 'invoiceitem',
    unit_amount_excluding_tax: String(Math.round(line.amount / line.quantity)),
  }
}
