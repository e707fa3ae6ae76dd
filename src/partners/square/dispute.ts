import { dispute } from '../../model/dispute.ts'
import { mapping } from '../mapping.ts'
import { absent, fold, isoTime, link, through, upper } from '../rules.ts'
import { lower } from './person.ts'

export const squareDispute = mapping(
  dispute,
  {
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    amount: 'amount_money.amount',
    currency: upper('amount_money.currency'),
    status: fold(
      'state',
      {
        INQUIRY_EVIDENCE_REQUIRED: 'warning',
        INQUIRY_PROCESSING: 'warning',
        INQUIRY_CLOSED: 'closed',
        EVIDENCE_REQUIRED: 'needs_response',
        PROCESSING: 'under_review',
        WON: 'won',
        LOST: 'lost',
        // The seller agreed with the buyer.
        ACCEPTED: 'lost',
      },
      'other',
    ),
    reason: lower('reason'),
    evidence_due_date: isoTime('due_at'),
    payment_id: link('payment', 'disputed_payment.payment_id'),
    customer_id: through('payment_id'),
    transaction: absent('an entry of a payout names its dispute, not the other way round'),
    is_refundable: absent('not told'),
  },
  { title: 'Dispute' },
)
