// Payments, one for each try; refunds and disputes of them.
import type { Instrument } from '../world/entities.ts'
import type { Charge, Dispute, Payment, Refund } from '../world/sales.ts'
import { DAY } from '../world/sim.ts'
import { brandOf, cardFacts, cardId, customerId } from './customer.ts'
import { address, filled, type Json, money, shiftOf, stamp } from './format.ts'
import { type Account, locationOf, type Stamps } from './types.ts'

const HELD_DAYS = 7

export function paymentId({ id }: Account, charge: string): string {
  return `${id('', 27, 'payment', charge)}ZY`
}

export function refundId(account: Account, refund: Refund): string {
  return `${paymentId(account, refund.charge)}_${account.id('', 43, 'refund', refund.key)}`
}

export function disputeId({ id }: Account, dispute: string): string {
  return id('', 20, 'dispute', dispute)
}

// What is billed has an order of its own from its draft on.
export function orderKeyOf({ invoice, key }: Payment): string {
  return invoice ?? key
}

export function orderId({ id }: Account, key: string): string {
  return `${id('', 27, 'order', key)}YY`
}

export function placeOf(account: Account, payment: Payment): string {
  const { invoice, key } = payment
  const subscription = invoice ? account.world.get('invoice', invoice).subscription : null
  return locationOf(account, subscription ?? invoice ?? key)
}

export function renderPayment(account: Account, charge: Charge, stamps: Stamps): Json {
  const payment = account.world.get('payment', charge.payment)
  const { amount, currency, instrument } = charge
  const status = statusOf(charge)
  const isBad = status === 'FAILED' || status === 'CANCELED'
  const id = paymentId(account, charge.key)
  const whole = money(amount, currency)
  const refunded = charge.expired ? 0 : charge.refunded
  return filled({
    id,
    created_at: stamps.created_at,
    updated_at: stamps.updated_at,
    amount_money: whole,
    total_money: whole,
    approved_money: status === 'FAILED' || status === 'PENDING' ? money(0, currency) : whole,
    refunded_money: refunded > 0 ? money(refunded, currency) : null,
    processing_fee: feesOf(account, charge),
    status,
    ...delayOf(account, charge, id),
    ...sourceOf(account, charge, status),
    location_id: placeOf(account, payment),
    order_id: orderId(account, orderKeyOf(payment)),
    ...payerOf(account, payment),
    refund_ids: account.fixed.get(`refunds ${charge.key}`)?.ids,
    buyer_email_address: instrument.payer.email,
    billing_address: address(instrument.payer.address),
    shipping_address: address(account.world.get('buyer', payment.buyer).shipping?.address ?? null),
    note: payment.description,
    capabilities: status === 'APPROVED' ? ['EDIT_AMOUNT_UP', 'EDIT_AMOUNT_DOWN'] : null,
    receipt_number: isBad ? null : id.slice(0, 4),
    receipt_url: isBad ? null : `https://squareup.example/receipt/preview/${id}`,
    application_details: { square_product: 'ECOMMERCE_API' },
    version_token: `${id.slice(2, 20)}${stamps.version}o`,
  })
}

function statusOf({ status, expired, captured }: Charge): string {
  if (status === 'failed') return 'FAILED'
  if (status === 'pending') return 'PENDING'
  if (expired) return 'CANCELED'
  return captured > 0 ? 'COMPLETED' : 'APPROVED'
}

// Whose it was when it was made, whatever became of the profile.
export function payerOf(account: Account, { key, buyer }: Payment): Json {
  const name = `payer ${key}`
  const known = account.fixed.get(name)
  if (known) return known
  const customer_id = customerId(account, buyer)
  const payer = account.tables.customers.has(customer_id) ? { customer_id } : {}
  account.fixed.set(name, payer)
  return payer
}

// A tax on the fee comes as an adjustment.
function feesOf({ world }: Account, { movement }: Charge): Json[] | null {
  if (movement === null) return null
  const { fees, createdAt, currency } = world.get('movement', movement)
  return fees.map(({ kind, amount }) => ({
    effective_at: stamp(createdAt),
    type: kind === 'tax' ? 'ADJUSTMENT' : 'INITIAL',
    amount_money: money(amount, currency),
  }))
}

function delayOf(account: Account, charge: Charge, id: string): Json {
  if (charge.instrument.type !== 'card') return {}
  const until = charge.createdAt - shiftOf(account.seed, id) + HELD_DAYS * DAY
  return { delay_duration: 'PT168H', delay_action: 'CANCEL', delayed_until: stamp(until) }
}

function sourceOf(account: Account, charge: Charge, status: string): Json {
  const { instrument, failure } = charge
  const errors = failure ? [errorOf(failure.decline ?? failure.code, failure.message)] : null
  if (instrument.type !== 'card') {
    return {
      source_type: 'BANK_ACCOUNT',
      bank_account_details: filled({ ...bankOf(account, instrument), errors }),
    }
  }
  const { saved, key } = instrument
  const card = { ...(saved ? { id: cardId(account, key) } : {}), ...cardFacts(account, instrument) }
  return {
    source_type: 'CARD',
    card_details: filled({
      status: CARD_STATUS[status],
      card,
      entry_method: saved ? 'ON_FILE' : 'KEYED',
      cvv_status: 'CVV_ACCEPTED',
      avs_status: 'AVS_ACCEPTED',
      statement_description: 'SQ *GRUEN SOEHNE',
      card_payment_timeline: timelineOf(charge, status),
      errors,
    }),
  }
}

function timelineOf({ createdAt }: Charge, status: string): Json {
  const at = stamp(createdAt)
  if (status === 'FAILED') return {}
  return filled({ authorized_at: at, captured_at: status === 'COMPLETED' ? at : null })
}

const CARD_STATUS: Record<string, string> = {
  COMPLETED: 'CAPTURED',
  APPROVED: 'AUTHORIZED',
  CANCELED: 'VOIDED',
  FAILED: 'FAILED',
  PENDING: 'AUTHORIZED',
}

function bankOf(account: Account, { key, type, country, last4 }: Instrument): Json {
  const ach = {
    routing_number: '011401533',
    account_number_suffix: last4,
    account_type: 'CHECKING',
  }
  return {
    bank_name: 'Citizens Bank',
    transfer_type: type === 'bankAccount' ? 'ACH' : 'SEPA',
    account_ownership_type: 'INDIVIDUAL',
    fingerprint: account.id('', 32, 'fingerprint', key),
    country,
    statement_description: 'SQ *GRUEN SOEHNE',
    ach_details: type === 'bankAccount' ? ach : null,
  }
}

function errorOf(decline: string, detail: string): Json {
  return { category: 'PAYMENT_METHOD_ERROR', code: DECLINES[decline] ?? 'GENERIC_DECLINE', detail }
}

const DECLINES: Record<string, string> = {
  insufficient_funds: 'INSUFFICIENT_FUNDS',
  generic_decline: 'GENERIC_DECLINE',
  expired_card: 'CARD_EXPIRED',
  incorrect_cvc: 'CVV_FAILURE',
}

export function renderRefund(account: Account, refund: Refund, stamps: Stamps): Json {
  const charge = account.world.get('charge', refund.charge)
  const payment = account.world.get('payment', charge.payment)
  const isCard = charge.instrument.type === 'card'
  return filled({
    id: refundId(account, refund),
    status: REFUND_STATUS[refund.status],
    location_id: placeOf(account, payment),
    unlinked: false,
    destination_type: isCard ? 'CARD' : 'BANK_ACCOUNT',
    destination_details: isCard
      ? { card_details: { card: cardFacts(account, charge.instrument), entry_method: 'KEYED' } }
      : null,
    amount_money: money(refund.amount, refund.currency),
    payment_id: paymentId(account, charge.key),
    order_id: orderId(account, orderKeyOf(payment)),
    reason: refund.reason,
    created_at: stamps.created_at,
    updated_at: stamps.updated_at,
  })
}

const REFUND_STATUS = {
  pending: 'PENDING',
  succeeded: 'COMPLETED',
  failed: 'FAILED',
  canceled: 'REJECTED',
} as const

export function renderDispute(account: Account, dispute: Dispute, stamps: Stamps): Json {
  const charge = account.world.get('charge', dispute.charge)
  const payment = account.world.get('payment', charge.payment)
  const id = disputeId(account, dispute.key)
  return filled({
    id,
    dispute_id: id,
    amount_money: money(dispute.amount, dispute.currency),
    reason: REASONS[dispute.reason] ?? 'AMOUNT_DIFFERS',
    state: dispute.stage === 'inquiry' ? INQUIRY[dispute.status] : CHARGEBACK[dispute.status],
    due_at: stamp(dispute.dueAt),
    disputed_payment: { payment_id: paymentId(account, charge.key) },
    evidence_ids: dispute.answered ? [account.id('', 20, 'evidence', dispute.key)] : null,
    card_brand: brandOf(charge.instrument),
    created_at: stamps.created_at,
    updated_at: stamps.updated_at,
    brand_dispute_id: account.id('', 22, 'brand', dispute.key),
    reported_at: stamp(Math.floor(dispute.createdAt / DAY) * DAY),
    version: stamps.version,
    location_id: placeOf(account, payment),
  })
}

const REASONS: Record<string, string> = {
  fraudulent: 'NO_KNOWLEDGE',
  product_not_received: 'NOT_RECEIVED',
  duplicate: 'DUPLICATE',
  general: 'NOT_AS_DESCRIBED',
  unrecognized: 'NO_KNOWLEDGE',
}
const INQUIRY: Record<string, string> = {
  needsResponse: 'INQUIRY_EVIDENCE_REQUIRED',
  underReview: 'INQUIRY_PROCESSING',
  closed: 'INQUIRY_CLOSED',
}
const CHARGEBACK: Record<string, string> = {
  needsResponse: 'EVIDENCE_REQUIRED',
  underReview: 'PROCESSING',
  won: 'WON',
  lost: 'LOST',
}
