import { payment } from '../../model/payment.ts'
import { among, mapping } from '../mapping.ts'
import { clean, objectsIn, type Payload } from '../rule.ts'
import { absent, computed, constant, isoTime, link, upper } from '../rules.ts'
import { amountOf, majorAmount } from './amounts.ts'
import { buyerKey } from './guest.ts'

const at = 'payment_collections[].payments'
const provider = absent('the payment provider keeps it')

const buyer = link(
  'customer',
  computed(['whole.customer_id', 'whole.email'], "the order's", ({ whole }) => {
    return buyerKey((whole ?? {}) as Payload)
  }),
)

const method = { brand: provider, last4: provider, country: provider, wallet: provider }
const shared = {
  customer_id: buyer,
  order_id: link('order', 'whole.id'),
  invoice_id: absent('Medusa keeps no invoices'),
  subscription_id: absent('Medusa keeps no subscriptions'),
  external_account_id: provider,
  transaction: provider,
}

/** A payment of an order. */
export const medusaPayment = among(
  at,
  paymentsIn,
  mapping(
    payment,
    {
      partnerRecordId: 'id',
      created_date: isoTime('created_at'),
      type: constant('charge'),
      amount: computed(['raw_amount.value'], 'major units, rounded as charged', amountOf('amount')),
      currency: upper('currency_code'),
      description: computed(['whole.display_id'], "the order's number", describe),
      status: computed(['captured_at', 'canceled_at'], 'captured, cancelled or waiting', statusOf),
      status_reason: {
        outcome: computed(['captured_at', 'canceled_at'], 'by the state', outcomeOf),
        outcome_reason: provider,
        outcome_risk_level: provider,
      },
      refund_reason: absent('only on a refund'),
      refunded_payment_id: absent('only on a refund'),
      amount_refunded: computed(['refunds'], 'the sum of the refunds', refundedOf),
      ...shared,
      payment_method: { type: 'provider_id', ...method },
    },
    { title: 'Payment of an order' },
  ),
)

/** Money given back of a payment. */
export const medusaRefund = among(
  `${at}[].refunds`,
  refundsIn,
  mapping(
    payment,
    {
      partnerRecordId: 'id',
      created_date: isoTime('created_at'),
      type: constant('refund'),
      amount: computed(
        ['raw_amount.value'],
        'major units, rounded as charged, below zero',
        givenBack,
      ),
      currency: computed([`whole.${at}[].currency_code`], "its payment's", currencyOf),
      description: 'note',
      status: constant('succeeded'),
      status_reason: {
        outcome: constant('succeeded'),
        outcome_reason: 'note',
        outcome_risk_level: provider,
      },
      refund_reason: absent('the reasons of a server are its own'),
      refunded_payment_id: link('payment', 'payment_id'),
      amount_refunded: absent('only on a charge'),
      ...shared,
      payment_method: {
        type: computed([`whole.${at}[].provider_id`], "its payment's", providerOf),
        ...method,
      },
    },
    { title: 'Refund' },
  ),
)

function paymentsIn(order: Payload): readonly Payload[] {
  const collections = objectsIn(order.payment_collections)
  return collections.flatMap(({ payments }) =>
    objectsIn(payments).map((one) => ({ ...one, whole: order })),
  )
}

/** Each with what only its payment tells. */
function refundsIn(order: Payload): readonly Payload[] {
  return paymentsIn(order).flatMap(({ id, currency_code, provider_id, refunds }) =>
    objectsIn(refunds).map((refund) => {
      return { ...refund, payment_id: id, currency_code, provider_id, whole: order }
    }),
  )
}

function currencyOf({ currency_code }: Payload): string | null {
  const code = clean(currency_code)
  return typeof code === 'string' ? code.toUpperCase() : (code as null)
}

function providerOf({ provider_id }: Payload): string | null {
  return clean(provider_id) as string | null // validation refuses what is no text
}

function describe({ whole }: Payload): string | null {
  const number = (whole as Payload | undefined)?.display_id
  return typeof number === 'number' ? `Order ${number}` : null
}

function statusOf({ captured_at, canceled_at }: Payload) {
  if (clean(captured_at) !== null) return 'succeeded'
  return clean(canceled_at) === null ? 'pending' : 'cancelled'
}

function outcomeOf(one: Payload) {
  return ({ succeeded: 'paid', pending: 'authorised', cancelled: 'cancelled' } as const)[
    statusOf(one)
  ]
}

function refundedOf({ refunds, currency_code }: Payload): number | null {
  let sum = 0
  for (const refund of objectsIn(refunds)) {
    const amount = majorAmount(refund, 'amount', currency_code)
    // Anything else is left for validation to refuse.
    if (typeof amount !== 'number') return amount as null
    sum += amount
  }
  return sum
}

function givenBack(refund: Payload): number | null {
  const amount = majorAmount(refund, 'amount', refund.currency_code)
  return typeof amount === 'number' ? 0 - amount : (amount as null)
}
