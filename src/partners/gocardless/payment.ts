import { payment } from '../../model/payment.ts'
import { mapping } from '../mapping.ts'
import { objectOf, type Payload } from '../rule.ts'
import { absent, computed, constant, fold, isoTime, link, through, upper } from '../rules.ts'
import { transactionKey } from './transaction.ts'

const debit = {
  type: constant('bank_debit'),
  country: absent("its bank account's"),
  last4: absent("its bank account's"),
  wallet: absent('a bank is debited'),
} as const

export const gocardlessPayment = mapping(
  payment,
  {
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    type: constant('charge'),
    amount: 'amount',
    currency: upper('currency'),
    description: 'description',
    status: fold(
      'status',
      {
        pending_customer_approval: 'pending',
        pending_submission: 'pending',
        submitted: 'pending',
        confirmed: 'succeeded',
        paid_out: 'succeeded',
        // It was collected; what the bank took back is the dispute.
        charged_back: 'succeeded',
        cancelled: 'cancelled',
        customer_approval_denied: 'cancelled',
        failed: 'failed',
      },
      'unknown',
    ),
    status_reason: {
      outcome: fold(
        'status',
        {
          pending_customer_approval: 'pending',
          pending_submission: 'pending',
          submitted: 'pending',
          confirmed: 'paid',
          paid_out: 'paid',
          charged_back: 'paid',
          cancelled: 'cancelled',
          customer_approval_denied: 'cancelled',
          failed: 'failed',
        },
        'unknown',
      ),
      outcome_reason: absent('only its events tell'),
      outcome_risk_level: absent('a debit has none'),
    },
    refund_reason: absent('only on a refund'),
    refunded_payment_id: absent('only on a refund'),
    amount_refunded: 'amount_refunded',
    customer_id: through('external_account_id'),
    order_id: absent('GoCardless keeps no orders'),
    invoice_id: absent('GoCardless keeps no invoices'),
    subscription_id: link('subscription', 'links.subscription'),
    external_account_id: link('external_account', 'links.mandate'),
    transaction: link(
      'transaction',
      computed(['links.payout'], 'of the payout that pays it out', movementOf),
    ),
    payment_method: { ...debit, brand: 'scheme' },
  },
  { title: 'Payment' },
)

export const gocardlessRefund = mapping(
  payment,
  {
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    type: constant('refund'),
    amount: computed(['amount'], 'below zero', ({ amount }) =>
      typeof amount === 'number' ? 0 - amount : ((amount ?? null) as null),
    ),
    currency: upper('currency'),
    description: 'reference',
    status: fold(
      'status',
      {
        created: 'pending',
        pending_submission: 'pending',
        submitted: 'pending',
        paid: 'succeeded',
        cancelled: 'cancelled',
        bounced: 'failed',
        funds_returned: 'failed',
      },
      'unknown',
    ),
    status_reason: {
      outcome: absent('the state says it'),
      outcome_reason: absent('only its events tell'),
      outcome_risk_level: absent('a debit has none'),
    },
    refund_reason: absent('not told'),
    refunded_payment_id: link('payment', 'links.payment'),
    amount_refunded: absent('only on a charge'),
    customer_id: through('refunded_payment_id', 'external_account_id'),
    order_id: absent('GoCardless keeps no orders'),
    invoice_id: absent('GoCardless keeps no invoices'),
    subscription_id: absent("its payment's"),
    external_account_id: link('external_account', 'links.mandate'),
    transaction: absent('a refund does not name its payout'),
    payment_method: { ...debit, brand: absent("its payment's") },
  },
  { title: 'Refund' },
)

function movementOf({ id, links }: Payload): string | null {
  const payout = objectOf(links)?.payout
  return typeof payout === 'string' && payout !== '' && typeof id === 'string'
    ? transactionKey(payout, 'payment', id)
    : null
}
