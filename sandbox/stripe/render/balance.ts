// Movements on the balance, the payouts that empty it, and disputes, which show their movements.
import type { Dispute, Movement, MovementKind, Payout } from '../../world/sales.ts'
import {
  chargeId,
  type Entry,
  intentId,
  isCard,
  type Ledger,
  movementId,
  refundId,
} from '../ledger.ts'
import { type StripeObject, seconds } from '../types.ts'

type Naming = { type: string; category: string; description: string | null }

const NAMING: Record<MovementKind, Naming> = {
  charge: { type: 'charge', category: 'charge', description: null },
  refund: { type: 'refund', category: 'refund', description: 'REFUND FOR CHARGE' },
  refundFailure: { type: 'refund_failure', category: 'refund_failure', description: null },
  dispute: { type: 'adjustment', category: 'dispute', description: 'Chargeback withdrawal' },
  disputeReversal: {
    type: 'adjustment',
    category: 'dispute_reversal',
    description: 'Chargeback reversal',
  },
  payout: { type: 'payout', category: 'payout', description: 'STRIPE PAYOUT' },
  payoutFailure: { type: 'payout_failure', category: 'payout_reversal', description: null },
}

// Movements of anything but cards go by another name.
const NON_CARD: Partial<Record<MovementKind, string>> = {
  charge: 'payment',
  refund: 'payment_refund',
  refundFailure: 'payment_failure_refund',
}

export function balanceTransaction(ledger: Ledger, one: Movement): Entry[] {
  const object = movementObject(ledger, one)
  const facts = { payout: one.payout && ledger.id('payout', one.payout) }
  return [{ table: 'balance_transactions', object, created: seconds(one.createdAt), facts }]
}

function movementObject(ledger: Ledger, one: Movement): StripeObject {
  const { type, category, description } = NAMING[one.type]
  return {
    id: movementId(ledger, one.key)!,
    object: 'balance_transaction',
    amount: one.amount,
    available_on: seconds(one.availableAt),
    created: seconds(one.createdAt),
    currency: one.currency,
    description,
    exchange_rate: one.rate,
    fee: one.fee,
    fee_details: one.fees.map((fee) => ({
      amount: fee.amount,
      application: null,
      currency: one.currency,
      description: fee.description,
      type: fee.kind === 'tax' ? 'tax' : 'stripe_fee',
    })),
    net: one.net,
    reporting_category: category,
    source: sourceId(ledger, one.source),
    status: one.available ? 'available' : 'pending',
    type: byCard(ledger, one.source) ? type : (NON_CARD[one.type] ?? type),
  }
}

export function payout(ledger: Ledger, one: Payout): Entry[] {
  const failed = one.status === 'failed'
  const object = {
    id: ledger.id('payout', one.key),
    object: 'payout',
    amount: one.amount,
    arrival_date: seconds(one.arrivesAt),
    automatic: true,
    balance_transaction: movementId(ledger, one.movement),
    created: seconds(one.createdAt),
    currency: one.currency,
    description: 'STRIPE PAYOUT',
    destination: ledger.id('bank_account', `business ${one.currency}`),
    failure_balance_transaction: movementId(ledger, one.failureMovement),
    failure_code: failed ? 'account_closed' : null,
    failure_message: failed ? 'The bank account has been closed.' : null,
    livemode: ledger.livemode,
    metadata: {},
    method: 'standard',
    original_payout: null,
    reconciliation_status: 'completed',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: null,
    status: { inTransit: 'in_transit', paid: 'paid', failed: 'failed' }[one.status],
    type: 'bank_account',
  }
  return [{ table: 'payouts', object, created: object.created }]
}

const DISPUTE_STATUS: Record<Dispute['stage'], Record<Dispute['status'], string>> = {
  chargeback: {
    needsResponse: 'needs_response',
    underReview: 'under_review',
    won: 'won',
    lost: 'lost',
    closed: 'lost',
  },
  inquiry: {
    needsResponse: 'warning_needs_response',
    underReview: 'warning_under_review',
    won: 'warning_closed',
    lost: 'warning_closed',
    closed: 'warning_closed',
  },
}

const EVIDENCE = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_communication',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'customer_signature',
  'duplicate_charge_documentation',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'receipt',
  'refund_policy',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'service_documentation',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_documentation',
  'shipping_tracking_number',
  'uncategorized_file',
  'uncategorized_text',
]

export function dispute(ledger: Ledger, one: Dispute): Entry[] {
  const { world } = ledger
  const paid = world.get('charge', one.charge)
  const { brand } = paid.instrument
  const movements = one.movements.map((key) => movementObject(ledger, world.get('movement', key)))
  const object = {
    id: ledger.id('dispute', one.key),
    object: 'dispute',
    amount: one.amount,
    balance_transactions: movements,
    charge: chargeId(ledger, one.charge),
    created: seconds(one.createdAt),
    currency: one.currency,
    evidence: Object.fromEntries(EVIDENCE.map((name) => [name, null])),
    evidence_details: {
      due_by: seconds(one.dueAt),
      has_evidence: one.answered,
      past_due: one.status === 'lost' && !one.answered,
      submission_count: one.answered ? 1 : 0,
    },
    is_charge_refundable: one.stage === 'inquiry',
    livemode: ledger.livemode,
    metadata: {},
    payment_intent: intentId(ledger, paid.payment),
    ...(isCard(paid)
      ? { payment_method_details: { card: { brand, network_reason_code: '10.4' }, type: 'card' } }
      : {}),
    reason: one.reason,
    status: DISPUTE_STATUS[one.stage][one.status],
  }
  return [{ table: 'disputes', object, created: object.created }]
}

const SOURCE: Record<Movement['source']['kind'], (ledger: Ledger, key: string) => string> = {
  charge: chargeId,
  refund: (ledger, key) => refundId(ledger, ledger.world.get('refund', key)),
  dispute: (ledger, key) => ledger.id('dispute', key),
  payout: (ledger, key) => ledger.id('payout', key),
}

function sourceId(ledger: Ledger, { kind, key }: Movement['source']): string {
  return SOURCE[kind](ledger, key)
}

// Payouts and disputes are named alike whatever was paid with.
function byCard(ledger: Ledger, { kind, key }: Movement['source']): boolean {
  const { world } = ledger
  if (kind === 'refund') return isCard(world.get('charge', world.get('refund', key).charge))
  return kind !== 'charge' || isCard(world.get('charge', key))
}
