import { dispute } from '../../model/dispute.ts'
import { mapping } from '../mapping.ts'
import { clean, type Payload } from '../rule.ts'
import { absent, computed, constant, isoTime, link, through, upper } from '../rules.ts'

/** A payment that its buyer's bank took back. */
export const gocardlessDispute = mapping(
  dispute,
  {
    partnerRecordId: computed(['id'], '`chargeback:` and the payment', chargebackKey),
    // The day of the chargeback is told by events only.
    created_date: isoTime('created_at'),
    amount: 'amount',
    currency: upper('currency'),
    status: constant('lost'),
    reason: absent('only its events tell'),
    evidence_due_date: absent('a debit that was charged back is not argued over'),
    payment_id: link('payment', 'id'),
    customer_id: through('payment_id'),
    transaction: absent('not named'),
    is_refundable: constant(false),
  },
  { title: 'Chargeback of a payment', when: ({ status }) => status === 'charged_back' },
)

function chargebackKey({ id }: Payload): string | null {
  return clean(id) === null ? null : `chargeback:${id}`
}
