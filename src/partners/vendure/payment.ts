import { payment } from '../../model/payment.ts'
import { among, mapping, partsAt } from '../mapping.ts'
import { type Context, clean, objectOf, objectsIn, type Payload } from '../rule.ts'
import { absent, computed, constant, fold, idText, isoTime, link } from '../rules.ts'
import { minorUnitsOf } from './amounts.ts'
import { settledRefunds, sum } from './order.ts'

const handler = absent('the payment handler keeps it')
const method = { brand: handler, last4: handler, country: handler, wallet: handler }

const shared = {
  currency: 'whole.currencyCode',
  customer_id: link('customer', 'whole.customer'),
  order_id: link('order', idText('whole.id')),
  invoice_id: absent('Vendure keeps no invoices'),
  subscription_id: absent('Vendure keeps no subscriptions'),
  external_account_id: handler,
  transaction: handler,
} as const

/** A payment of an order. */
export const vendurePayment = among(
  'payments',
  partsAt('payments'),
  mapping(
    payment,
    {
      ...shared,
      partnerRecordId: idText('id'),
      created_date: isoTime('createdAt'),
      type: constant('charge'),
      amount: computed(
        ['amount'],
        "in the server's decimals, rounded to what can be paid",
        amountOf('amount'),
      ),
      description: computed(['whole.code'], "the order's code", ({ whole }) => {
        return clean(objectOf(whole)?.code) as string | null // a text, or refused
      }),
      status: fold(
        'state',
        {
          Created: 'pending',
          Authorized: 'pending',
          Settled: 'succeeded',
          Declined: 'failed',
          Error: 'failed',
          Cancelled: 'cancelled',
        },
        'unknown',
      ),
      status_reason: {
        outcome: fold(
          'state',
          {
            Created: 'pending',
            Authorized: 'authorised',
            Settled: 'paid',
            Declined: 'issuer_declined',
            Error: 'failed',
            Cancelled: 'cancelled',
          },
          'unknown',
        ),
        outcome_reason: 'errorMessage',
        outcome_risk_level: handler,
      },
      refund_reason: absent('only on a refund'),
      refunded_payment_id: absent('only on a refund'),
      amount_refunded: computed(['refunds'], 'the sum of those that did not fail', refundedOf),
      payment_method: { type: 'method', ...method },
    },
    { title: 'Payment of an order' },
  ),
)

/** Money given back of a payment. Refunds are numbered apart from payments. */
export const vendureRefund = among(
  'payments[].refunds',
  refundsIn,
  mapping(
    payment,
    {
      ...shared,
      partnerRecordId: computed(['id'], '`refund:` and the id', ({ id }) => {
        return clean(id) === null ? null : `refund:${id}`
      }),
      created_date: isoTime('createdAt'),
      type: constant('refund'),
      amount: computed(
        ['total'],
        "in the server's decimals, rounded to what can be paid, below zero",
        givenBack,
      ),
      description: 'reason',
      status: fold(
        'state',
        { Pending: 'pending', Settled: 'succeeded', Failed: 'failed' },
        'unknown',
      ),
      status_reason: {
        outcome: fold(
          'state',
          { Pending: 'pending', Settled: 'succeeded', Failed: 'failed' },
          'unknown',
        ),
        outcome_reason: 'reason',
        outcome_risk_level: handler,
      },
      refund_reason: computed(['reason'], 'free text in Vendure', ({ reason }) => {
        return clean(reason) === null ? null : 'other'
      }),
      refunded_payment_id: link(
        'payment',
        computed(
          ['whole.payments[].id'],
          "its payment's",
          ({ payment_id }) => payment_id as string,
        ),
      ),
      amount_refunded: absent('only on a charge'),
      payment_method: {
        type: computed(['whole.payments[].method'], "its payment's", ({ method: used }) => {
          return clean(used) as string | null // a text, or refused
        }),
        ...method,
      },
    },
    { title: 'Refund' },
  ),
)

/** Each with what only its payment tells. */
function refundsIn(order: Payload): readonly Payload[] {
  return objectsIn(order.payments).flatMap(({ id, method: used, refunds }) =>
    objectsIn(refunds).map((refund) => ({ ...refund, payment_id: id, method: used, whole: order })),
  )
}

function amountOf(name: string) {
  return (part: Payload, context: Context) =>
    minorUnitsOf(part[name], objectOf(part.whole)?.currencyCode, context)
}

function refundedOf({ refunds, whole }: Payload, context: Context): number | null {
  const total = sum(settledRefunds(refunds).map((refund) => refund.total))
  return minorUnitsOf(total, objectOf(whole)?.currencyCode, context)
}

function givenBack(refund: Payload, context: Context): number | null {
  const amount = amountOf('total')(refund, context)
  return typeof amount === 'number' ? 0 - amount : amount
}
