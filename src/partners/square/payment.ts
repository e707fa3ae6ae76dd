import { type Payment, payment } from '../../model/payment.ts'
import { mapping } from '../mapping.ts'
import { clean, objectOf, objectsIn, type Payload } from '../rule.ts'
import {
  absent,
  computed,
  constant,
  fold,
  isoTime,
  link,
  through,
  upper,
  wordIn,
} from '../rules.ts'
import { amountIn, buyerKey, lower, lowerCase } from './person.ts'

const elsewhere = {
  invoice_id: absent('an invoice names its order, which the payment names too'),
  subscription_id: absent('only an invoice names it'),
  transaction: absent('an entry of a payout names its payment, not the other way round'),
} as const

export const squarePayment = mapping(
  payment,
  {
    ...elsewhere,
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    type: constant('charge'),
    amount: 'total_money.amount',
    currency: upper('total_money.currency'),
    description: 'note',
    status: fold(
      'status',
      {
        APPROVED: 'pending',
        PENDING: 'pending',
        COMPLETED: 'succeeded',
        CANCELED: 'cancelled',
        FAILED: 'failed',
      },
      'unknown',
    ),
    status_reason: {
      outcome: computed(
        ['status', 'card_details.errors[].code'],
        'by status; a failure, by what the card was refused for',
        outcomeOf,
      ),
      outcome_reason: computed(
        ['card_details.errors[].code'],
        'the first, in lower case',
        reasonOf,
      ),
      outcome_risk_level: lower('risk_evaluation.risk_level'),
    },
    refund_reason: absent('only on a refund'),
    refunded_payment_id: absent('only on a refund'),
    amount_refunded: computed(
      ['refunded_money.amount'],
      'none as long as it is not told',
      ({ refunded_money }) => amountIn(refunded_money) ?? 0,
    ),
    customer_id: link(
      'customer',
      computed(['customer_id', 'buyer_email_address'], 'the customer, else the guest', buyerKey),
    ),
    order_id: link('order', 'order_id'),
    external_account_id: link('external_account', 'card_details.card.id'),
    payment_method: {
      type: lower('source_type'),
      brand: computed(
        [
          'card_details.card.card_brand',
          'wallet_details.brand',
          'bank_account_details.bank_name',
          'buy_now_pay_later_details.brand',
        ],
        'by the kind of instrument, in lower case',
        brandOf,
      ),
      last4: 'card_details.card.last_4',
      country: upper('bank_account_details.country'),
      wallet: lower('wallet_details.brand'),
    },
  },
  { title: 'Payment' },
)

const refundStatuses = {
  PENDING: 'pending',
  COMPLETED: 'succeeded',
  REJECTED: 'failed',
  FAILED: 'failed',
} as const

export const squareRefund = mapping(
  payment,
  {
    ...elsewhere,
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    type: constant('refund'),
    amount: computed(['amount_money.amount'], 'below zero', ({ amount_money }) => {
      const amount = amountIn(amount_money)
      return typeof amount === 'number' ? 0 - amount : amount
    }),
    currency: upper('amount_money.currency'),
    description: 'reason',
    status: fold('status', refundStatuses, 'unknown'),
    status_reason: {
      outcome: fold('status', refundStatuses, 'unknown'),
      outcome_reason: absent('not told'),
      outcome_risk_level: absent('only on a charge'),
    },
    refund_reason: absent('a free text, which is the description'),
    refunded_payment_id: link('payment', 'payment_id'),
    amount_refunded: absent('only on a charge'),
    customer_id: through('refunded_payment_id'),
    order_id: absent("its payment's; the order it names is of the return"),
    external_account_id: absent("its payment's"),
    payment_method: {
      type: lower('destination_type'),
      brand: lower('destination_details.card_details.card.card_brand'),
      last4: 'destination_details.card_details.card.last_4',
      country: absent("its payment's"),
      wallet: absent("its payment's"),
    },
  },
  { title: 'Refund' },
)

type Outcome = NonNullable<NonNullable<Payment['status_reason']>['outcome']>

const outcomes: { readonly [status: string]: Outcome } = {
  APPROVED: 'authorised',
  PENDING: 'pending',
  COMPLETED: 'paid',
  CANCELED: 'cancelled',
  FAILED: 'failed',
}

/** What a bank says no with. */
const declined = [
  'CARD_DECLINED',
  'CARD_DECLINED_CALL_ISSUER',
  'CARD_DECLINED_VERIFICATION_REQUIRED',
  'CARD_EXPIRED',
  'CARD_NOT_SUPPORTED',
  'CVV_FAILURE',
  'ADDRESS_VERIFICATION_FAILURE',
  'GENERIC_DECLINE',
  'INSUFFICIENT_FUNDS',
  'INVALID_ACCOUNT',
  'INVALID_EXPIRATION',
  'INVALID_PIN',
  'PAN_FAILURE',
  'TRANSACTION_LIMIT',
  'VOICE_FAILURE',
]

function codeOf({ card_details }: Payload): string | null {
  const [error] = objectsIn(objectOf(card_details)?.errors)
  return clean(error?.code) as string | null // a text, or refused
}

function outcomeOf(payload: Payload): Outcome | null {
  if (clean(payload.status) === null) return null
  const outcome = wordIn(outcomes, payload.status) ?? 'unknown'
  return outcome === 'failed' && declined.includes(String(codeOf(payload)))
    ? 'issuer_declined'
    : outcome
}

function reasonOf(payload: Payload): string | null {
  return lowerCase(codeOf(payload))
}

function brandOf(payload: Payload): string | null {
  const card = objectOf(objectOf(payload.card_details)?.card)
  const others = [
    objectOf(payload.wallet_details)?.brand,
    objectOf(payload.bank_account_details)?.bank_name,
    objectOf(payload.buy_now_pay_later_details)?.brand,
  ]
  return lowerCase([card?.card_brand, ...others].find((brand) => clean(brand) !== null))
}
