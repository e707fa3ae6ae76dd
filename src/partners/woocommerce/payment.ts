import { type Payment, payment } from '../../model/payment.ts'
import { mapping } from '../mapping.ts'
import { decimal, minorOf } from '../money.ts'
import { clean, type Payload } from '../rule.ts'
import {
  absent,
  computed,
  constant,
  idText,
  isoTime,
  link,
  through,
  upper,
  wordIn,
} from '../rules.ts'
import { refundedOf } from './amounts.ts'
import { buyerKey } from './guest.ts'

const gateway = absent('the payment gateway keeps it')

/** What an order's buyer paid or is to pay. */
export const wooPayment = mapping(
  payment,
  {
    partnerRecordId: idText('id'),
    created_date: isoTime('date_created_gmt'),
    type: constant('charge'),
    amount: decimal('total', 'currency'),
    currency: upper('currency'),
    description: computed(['number'], "the order's number", ({ number }) => {
      return clean(number) === null ? null : `Order ${clean(number)}`
    }),
    status: computed(['date_paid_gmt', 'status'], 'paid since a date, else by status', statusOf),
    status_reason: {
      outcome: computed(['date_paid_gmt', 'status'], 'by the state', outcomeOf),
      outcome_reason: absent('the payment gateway knows'),
      outcome_risk_level: absent('the payment gateway knows'),
    },
    refund_reason: absent('only on a refund'),
    refunded_payment_id: absent('only on a refund'),
    amount_refunded: computed(['refunds'], 'the sum of the refunds', refundedOf),
    customer_id: link(
      'customer',
      computed(['customer_id', 'billing.email'], 'the customer, else the guest', buyerKey),
    ),
    order_id: link('order', idText('id')),
    invoice_id: absent('WooCommerce keeps no invoices'),
    subscription_id: absent('a plug-in keeps them'),
    external_account_id: gateway,
    transaction: gateway,
    payment_method: {
      type: 'payment_method',
      brand: gateway,
      last4: gateway,
      country: gateway,
      wallet: gateway,
    },
  },
  { title: 'Payment of an order', when: isNoDraft },
)

/** Money given back for an order. */
export const wooRefund = mapping(
  payment,
  {
    partnerRecordId: idText('id'),
    created_date: isoTime('date_created_gmt'),
    type: constant('refund'),
    amount: computed(['amount'], "in the shop's currency, below zero", givenBack),
    currency: computed([], "the shop's", (_payload, { facts }) => facts?.currency ?? null),
    description: 'reason',
    status: constant('succeeded'),
    status_reason: {
      outcome: constant('succeeded'),
      outcome_reason: 'reason',
      outcome_risk_level: absent('the payment gateway knows'),
    },
    refund_reason: computed(['reason'], 'free text in WooCommerce', ({ reason }) => {
      return clean(reason) === null ? null : 'other'
    }),
    refunded_payment_id: link('payment', idText('parent_id')),
    amount_refunded: absent('only on a charge'),
    customer_id: through('refunded_payment_id'),
    order_id: link('order', idText('parent_id')),
    invoice_id: absent('WooCommerce keeps no invoices'),
    subscription_id: absent('a plug-in keeps them'),
    external_account_id: gateway,
    transaction: gateway,
    payment_method: {
      type: gateway,
      brand: gateway,
      last4: gateway,
      country: gateway,
      wallet: gateway,
    },
  },
  { title: 'Refund' },
)

function isNoDraft({ status }: Payload): boolean {
  return status !== 'auto-draft' && status !== 'checkout-draft'
}

type Status = NonNullable<Payment['status']>

const statuses: { readonly [status: string]: Status } = {
  pending: 'pending',
  'on-hold': 'pending',
  processing: 'pending',
  completed: 'succeeded',
  refunded: 'succeeded',
  cancelled: 'cancelled',
  failed: 'failed',
}

/** An order that was paid stays paid, whatever becomes of it later. */
function statusOf({ date_paid_gmt, status }: Payload): Status {
  if (clean(date_paid_gmt) !== null) return 'succeeded'
  return wordIn(statuses, status) ?? 'unknown'
}

const outcomes = {
  succeeded: 'paid',
  pending: 'pending',
  cancelled: 'cancelled',
  failed: 'failed',
  unknown: 'unknown',
} as const

function outcomeOf(order: Payload) {
  return outcomes[statusOf(order)]
}

function givenBack(
  { amount }: Payload,
  { facts }: { readonly facts?: { readonly [name: string]: string } },
): number | null {
  const minor = minorOf(amount, facts?.currency)
  return typeof minor === 'number' ? 0 - minor : (minor as null)
}
