import { type Dispute, dispute } from '../../model/dispute.ts'
import { mapping } from '../mapping.ts'
import { objectOf, type Payload } from '../rule.ts'
import { absent, computed, isoTime, link, through, wordIn } from '../rules.ts'
import { amountAt, amountIn, currencyAt } from './amounts.ts'

/** A dispute, read whole. */
export const paypalDispute = mapping(
  dispute,
  {
    partnerRecordId: 'dispute_id',
    created_date: isoTime('create_time'),
    amount: amountAt('dispute_amount'),
    currency: currencyAt('dispute_amount'),
    status: computed(
      ['status', 'dispute_life_cycle_stage', 'dispute_outcome.outcome_code'],
      'by outcome, stage and state',
      statusOf,
    ),
    reason: 'reason',
    evidence_due_date: isoTime('seller_response_due_date'),
    payment_id: link('payment', 'disputed_transactions.0.seller_transaction_id'),
    customer_id: through('payment_id'),
    transaction: absent('holds and fees name the payment, not the dispute'),
    is_refundable: computed(
      ['refund_details.allowed_refund_amount.value'],
      'whether anything may still be refunded',
      isRefundable,
    ),
  },
  { title: 'Dispute' },
)

type Status = NonNullable<Dispute['status']>

const outcomes: { readonly [outcome: string]: Status } = {
  RESOLVED_BUYER_FAVOUR: 'lost',
  ACCEPTED: 'lost',
  RESOLVED_SELLER_FAVOUR: 'won',
  DENIED: 'won',
  RESOLVED_WITH_PAYOUT: 'closed',
  CANCELED_BY_BUYER: 'closed',
  NONE: 'closed',
}

const states: { readonly [state: string]: Status } = {
  OPEN: 'needs_response',
  WAITING_FOR_SELLER_RESPONSE: 'needs_response',
  WAITING_FOR_BUYER_RESPONSE: 'under_review',
  UNDER_REVIEW: 'under_review',
}

/** In the stage of an inquiry buyer and seller only talk. */
function statusOf({ status, dispute_life_cycle_stage, dispute_outcome }: Payload): Status | null {
  if (status === null || status === undefined) return null
  if (status === 'RESOLVED') {
    return wordIn(outcomes, objectOf(dispute_outcome)?.outcome_code) ?? 'closed'
  }
  const known = wordIn(states, status)
  return known && dispute_life_cycle_stage === 'INQUIRY' ? 'warning' : (known ?? 'other')
}

function isRefundable({ refund_details }: Payload): boolean | null {
  const amount = amountIn(objectOf(refund_details)?.allowed_refund_amount)
  return typeof amount === 'number' ? amount > 0 : null
}
