import { dispute } from '../../model/dispute.ts'
import { mapping } from '../mapping.ts'
import { objectOf, objectsIn, type Payload } from '../rule.ts'
import { computed, fold, link, referenceId, timeOfSeconds, unixTime, upper } from '../rules.ts'
import { amountAt } from './amount.ts'
import { buyerKey, paymentKey } from './charge.ts'

/** A dispute, with its charge expanded. */
export const stripeDispute = mapping(
  dispute,
  {
    partnerRecordId: 'id',
    created_date: unixTime('created'),
    amount: amountAt('amount'),
    currency: upper('currency'),
    status: fold(
      'status',
      {
        warning_needs_response: 'warning',
        warning_under_review: 'warning',
        warning_closed: 'closed',
        needs_response: 'needs_response',
        under_review: 'under_review',
        won: 'won',
        lost: 'lost',
        charge_refunded: 'closed',
        prevented: 'closed',
      },
      'other',
    ),
    reason: 'reason',
    evidence_due_date: computed(['evidence_details.due_by'], '0 where there is no answer', dueBy),
    payment_id: link(
      'payment',
      computed(['payment_intent', 'charge'], 'the intent, else the charge itself', paymentKey),
    ),
    customer_id: link(
      'customer',
      computed(
        ['charge.customer', 'charge.billing_details.email'],
        "the charge's customer, else the guest by e-mail",
        buyerKey,
      ),
    ),
    transaction: link(
      'transaction',
      computed(['balance_transactions'], 'the one that carries the fee, else the first', movement),
    ),
    is_refundable: 'is_charge_refundable',
  },
  { title: 'Dispute' },
)

function dueBy({ evidence_details }: Payload): string | null {
  const due_by = objectOf(evidence_details)?.due_by
  return due_by ? (timeOfSeconds(due_by) as string) : null
}

function movement({ balance_transactions }: Payload): string | null {
  const movements = objectsIn(balance_transactions)
  return referenceId(movements.find(({ fee }) => Number(fee) > 0) ?? movements[0])
}
