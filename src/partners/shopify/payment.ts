import { payment } from '../../model/payment.ts'
import { among, mapping, partsAt } from '../mapping.ts'
import { clean, objectOf, type Payload } from '../rule.ts'
import { absent, computed, constant, fold, idText, isoTime, link } from '../rules.ts'
import { buyersAmount, buyersCurrency } from './amounts.ts'
import { amountTaken, givenBack, isCharge, isRefund, outcomeOf, statusOf } from './movement.ts'
import { buyerKey } from './person.ts'

const shared = {
  partnerRecordId: 'id',
  created_date: isoTime('createdAt'),
  currency: computed(['amountSet.presentmentMoney.currencyCode'], "the buyer's", ({ amountSet }) =>
    buyersCurrency(amountSet),
  ),
  customer_id: link(
    'customer',
    computed(['whole.customer', 'whole.email'], 'the customer, else the guest', ({ whole }) =>
      buyerKey(objectOf(whole) ?? {}),
    ),
  ),
  order_id: link('order', idText('whole.legacyResourceId')),
  invoice_id: absent('Shopify keeps no invoices'),
  subscription_id: absent('only the lines of an order name a contract'),
  external_account_id: absent('a transaction names no saved payment method'),
  transaction: absent('a balance transaction names its payment, not the other way round'),
  payment_method: {
    type: computed(
      ['paymentDetails.__typename', 'paymentDetails.paymentMethodName', 'gateway'],
      'card, else what it is called, else the gateway',
      typeOf,
    ),
    brand: computed(['paymentDetails.company'], 'in lower case', ({ paymentDetails }) =>
      lowerCase(objectOf(paymentDetails)?.company),
    ),
    last4: computed(['paymentDetails.number'], 'its last four digits', last4Of),
    country: absent('not told'),
    wallet: computed(['paymentDetails.wallet'], 'in lower case', ({ paymentDetails }) =>
      lowerCase(objectOf(paymentDetails)?.wallet),
    ),
  },
} as const

/** A sale, a capture or an authorisation of an order. */
export const shopifyPayment = among(
  'transactions',
  partsAt('transactions'),
  mapping(
    payment,
    {
      ...shared,
      type: constant('charge'),
      amount: computed(
        ['amountSet.presentmentMoney.amount', 'parentTransaction'],
        'what the buyer pays; of an authorisation, what is not captured yet',
        amountTaken,
      ),
      description: 'whole.name',
      status: computed(
        ['status', 'kind', 'whole.displayFinancialStatus'],
        'by status; an authorisation is pending until it is captured, voided or expired',
        statusOf,
      ),
      status_reason: {
        outcome: computed(['status', 'kind', 'errorCode'], 'by status and error', outcomeOf),
        outcome_reason: 'errorCode',
        outcome_risk_level: absent('an order has several assessments, a payment none'),
      },
      refund_reason: absent('only on a refund'),
      refunded_payment_id: absent('only on a refund'),
      amount_refunded: computed(
        ['whole.transactions[].parentTransaction.id'],
        'the sum of those that did not fail',
        givenBack,
      ),
    },
    { title: 'Payment of an order: sale, capture or authorisation', when: isCharge },
  ),
)

/** Money given back of a sale or capture. */
export const shopifyRefund = among(
  'transactions',
  partsAt('transactions'),
  mapping(
    payment,
    {
      ...shared,
      type: constant('refund'),
      amount: computed(
        ['amountSet.presentmentMoney.amount'],
        'what the buyer gets, below zero',
        ({ amountSet }) => {
          const amount = buyersAmount(amountSet)
          return typeof amount === 'number' ? 0 - amount : amount
        },
      ),
      description: 'whole.name',
      status: fold(
        'status',
        {
          SUCCESS: 'succeeded',
          PENDING: 'pending',
          AWAITING_RESPONSE: 'pending',
          FAILURE: 'failed',
          ERROR: 'failed',
        },
        'unknown',
      ),
      status_reason: {
        outcome: fold(
          'status',
          {
            SUCCESS: 'succeeded',
            PENDING: 'pending',
            AWAITING_RESPONSE: 'pending',
            FAILURE: 'failed',
            ERROR: 'failed',
          },
          'unknown',
        ),
        outcome_reason: 'errorCode',
        outcome_risk_level: absent('only on a charge'),
      },
      refund_reason: absent('the note of a refund is not told with its transactions'),
      refunded_payment_id: link('payment', 'parentTransaction.id'),
      amount_refunded: absent('only on a charge'),
    },
    { title: 'Refund', when: isRefund },
  ),
)

function typeOf({ paymentDetails, gateway }: Payload): string | null {
  const details = objectOf(paymentDetails)
  if (details?.__typename === 'CardPaymentDetails') return 'card'
  return (clean(details?.paymentMethodName) ?? clean(gateway)) as string | null // or refused
}

/** Shopify masks a number as `•••• •••• •••• 4242`. */
function last4Of({ paymentDetails }: Payload): string | null {
  const number = objectOf(paymentDetails)?.number
  return typeof number === 'string' ? (/\d{4}$/.exec(number)?.[0] ?? null) : null
}

function lowerCase(value: unknown): string | null {
  const text = clean(value)
  return (typeof text === 'string' ? text.toLowerCase() : text) as string | null
}
