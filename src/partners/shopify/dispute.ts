import { type Dispute, dispute } from '../../model/dispute.ts'
import { mapping } from '../mapping.ts'
import { clean, objectOf, objectsIn, type Payload } from '../rule.ts'
import { absent, computed, idText, isoTime, link, upper, wordIn } from '../rules.ts'
import { money } from './amounts.ts'
import { legacyId } from './ids.ts'

/** A chargeback or an inquiry at Shopify Payments. */
export const shopifyDispute = mapping(
  dispute,
  {
    partnerRecordId: legacyId,
    created_date: isoTime('initiatedAt'),
    amount: money('amount'),
    currency: upper('amount.currencyCode'),
    status: computed(['status', 'type'], 'an open inquiry is a warning', statusOf),
    reason: computed(['reasonDetails.reason'], 'in lower case', ({ reasonDetails }) => {
      const reason = clean(objectOf(reasonDetails)?.reason)
      return typeof reason === 'string' ? reason.toLowerCase() : (reason as null)
    }),
    evidence_due_date: isoTime('evidenceDueBy'),
    payment_id: link(
      'payment',
      computed(['order.transactions'], "the order's only payment, where it has one", paymentOf),
    ),
    customer_id: link('customer', idText('order.customer.legacyResourceId')),
    transaction: absent('a balance transaction names its dispute, not the other way round'),
    is_refundable: absent('not told'),
  },
  { title: 'Dispute' },
)

type Status = NonNullable<Dispute['status']>

const statuses: { readonly [status: string]: Status } = {
  NEEDS_RESPONSE: 'needs_response',
  UNDER_REVIEW: 'under_review',
  WON: 'won',
  LOST: 'lost',
  // The shop agreed with the buyer.
  ACCEPTED: 'lost',
  CHARGE_REFUNDED: 'closed',
  PREVENTED: 'closed',
}

function statusOf({ status, type }: Payload): Status | null {
  if (clean(status) === null) return null
  const known = wordIn(statuses, status) ?? 'other'
  const isOpen = known === 'needs_response' || known === 'under_review'
  return isOpen && type === 'INQUIRY' ? 'warning' : known
}

/** A dispute names its order; which of several payments it is about, it does not tell. */
function paymentOf({ order }: Payload): string | null {
  const taken = objectsIn(objectOf(order)?.transactions).filter(
    ({ kind, status }) => (kind === 'SALE' || kind === 'CAPTURE') && status === 'SUCCESS',
  )
  return taken.length === 1 ? (clean(taken[0]?.id) as string | null) : null // an id, or refused
}
