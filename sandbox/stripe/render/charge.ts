import { token } from '../../world/random.ts'
import type { Charge, Refund } from '../../world/sales.ts'
import {
  chargeId,
  customerId,
  type Entry,
  instrumentId,
  intentId,
  type Ledger,
  movementId,
  refundId,
} from '../ledger.ts'
import { type JsonObject, seconds } from '../types.ts'
import { billingDetails, methodDetails } from './instrument.ts'

// What this business never uses.
const UNUSED = {
  application: null,
  application_fee: null,
  application_fee_amount: null,
  failure_balance_transaction: null,
  fraud_details: {},
  metadata: {},
  on_behalf_of: null,
  receipt_email: null,
  receipt_number: null,
  review: null,
  shipping: null,
  source_transfer: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
}

export function charge(ledger: Ledger, one: Charge): Entry[] {
  const { world, livemode, id } = ledger
  const payment = world.get('payment', one.payment)
  const { instrument } = one
  const chargeIdNow = chargeId(ledger, one.key)
  const object = {
    id: chargeIdNow,
    object: 'charge',
    ...UNUSED,
    amount: one.amount,
    amount_captured: one.captured,
    amount_refunded: one.refunded,
    balance_transaction: movementId(ledger, one.movement),
    billing_details: billingDetails(instrument.payer),
    calculated_statement_descriptor: 'GRUEN SOEHNE GARDEN',
    captured: one.captured > 0,
    created: seconds(one.createdAt),
    currency: one.currency,
    customer: customerId(ledger, payment.buyer),
    description: payment.description,
    disputed: one.disputed,
    failure_code: one.failure?.code ?? null,
    failure_message: one.failure?.message ?? null,
    invoice: payment.invoice && id('invoice', payment.invoice),
    livemode,
    outcome: outcome(one),
    paid: one.status === 'succeeded',
    payment_intent: intentId(ledger, one.payment),
    payment_method: instrumentId(ledger, instrument),
    payment_method_details: methodDetails(instrument),
    receipt_url: receipt(one, chargeIdNow),
    refunded: one.refunded === one.amount,
    status: one.status,
  }
  return [{ table: 'charges', object, created: object.created, facts: { key: one.key } }]
}

export function refund(ledger: Ledger, one: Refund): Entry[] {
  const paid = ledger.world.get('charge', one.charge)
  const failed = one.failureMovement && {
    failure_balance_transaction: movementId(ledger, one.failureMovement),
    failure_reason: 'lost_or_stolen_card',
  }
  const object = {
    id: refundId(ledger, one),
    object: 'refund',
    amount: one.amount,
    balance_transaction: movementId(ledger, one.movement),
    charge: chargeId(ledger, one.charge),
    created: seconds(one.createdAt),
    currency: one.currency,
    metadata: {},
    payment_intent: intentId(ledger, paid.payment),
    reason: one.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: one.status,
    transfer_reversal: null,
    ...failed,
  }
  return [{ table: 'refunds', object, created: object.created }]
}

const OUTCOMES: Record<Charge['status'], JsonObject> = {
  succeeded: {
    network_status: 'approved_by_network',
    reason: null,
    risk_level: 'normal',
    seller_message: 'Payment complete.',
    type: 'authorized',
  },
  pending: {
    network_status: 'approved_by_network',
    reason: null,
    risk_level: 'not_assessed',
    seller_message: 'Payment complete.',
    type: 'authorized',
  },
  failed: {
    network_status: 'declined_by_network',
    risk_level: 'normal',
    seller_message: 'The bank did not return any further details with this decline.',
    type: 'issuer_declined',
  },
}

function outcome(one: Charge): JsonObject {
  const reason = one.failure ? { reason: one.failure.decline ?? one.failure.code } : {}
  return { ...OUTCOMES[one.status], ...reason }
}

function receipt(one: Charge, chargeIdNow: string): string | null {
  if (one.status !== 'succeeded') return null
  return `https://pay.stripe.com/receipts/payment/${token(24, 'receipt', chargeIdNow)}`
}
