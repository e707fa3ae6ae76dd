import { payment } from '../../model/payment.ts'
import { countryCode } from '../country.ts'
import { mapping } from '../mapping.ts'
import { stripeMoney } from '../money.ts'
import { type Context, clean, objectOf, type Payload } from '../rule.ts'
import { absent, computed, constant, fold, link, referenceId, unixTime, upper } from '../rules.ts'
import { amountAt } from './amount.ts'
import { buyerKey, chargeOf, isGuestKey, ofCharge, paymentKey } from './charge.ts'
import {
  chargeStatus,
  instrumentOf,
  intentStatus,
  outcomeOf,
  outcomeReasonOf,
} from './charge_state.ts'
import { subscriptionOfInvoice } from './invoice_links.ts'

const refundOnly = absent('only on a refund')
const noOrders = absent('Stripe keeps no orders')

/** What an intent and a charge without one tell alike. */
const ofPayment = {
  partnerRecordId: 'id',
  created_date: unixTime('created'),
  type: constant('charge'),
  amount: amountAt('amount'),
  currency: upper('currency'),
  description: 'description',
  refund_reason: refundOnly,
  refunded_payment_id: refundOnly,
  order_id: noOrders,
  customer_id: buyer('customer', 'receipt_email'),
  invoice_id: link(
    'invoice',
    computed(['invoice'], 'since 2025 the invoice names its payments instead', invoiceOf),
  ),
  subscription_id: link(
    'subscription',
    computed(['invoice.subscription'], "the invoice's", subscriptionOf),
  ),
  external_account_id: instrument('payment_method'),
} as const

/** A payment intent, with its newest charge and its invoice expanded. */
export const stripePayment = mapping(
  payment,
  {
    ...ofPayment,
    status: computed(
      ['status', 'last_payment_error'],
      'waiting for an instrument is failed once one was tried',
      intentStatus,
    ),
    ...ofNewestCharge('latest_charge.'),
  },
  { title: 'Payment intent' },
)

/** A charge made without an intent; the others are part of their intent's payment. */
export const stripeCharge = mapping(
  payment,
  {
    ...ofPayment,
    status: computed(
      ['status', 'captured', 'refunded'],
      'not captured is pending, given back uncaptured is cancelled',
      chargeStatus,
    ),
    ...ofNewestCharge(''),
  },
  {
    title: 'Charge without an intent',
    when: (payload) => referenceId(payload.payment_intent) === null,
  },
)

const refundStatuses = {
  succeeded: 'succeeded',
  pending: 'pending',
  requires_action: 'pending',
  failed: 'failed',
  canceled: 'cancelled',
} as const

/** A refund, with its charge and the charge's invoice expanded. */
export const stripeRefund = mapping(
  payment,
  {
    partnerRecordId: 'id',
    created_date: unixTime('created'),
    type: constant('refund'),
    amount: computed(['amount'], 'negative', negativeAmount),
    currency: upper('currency'),
    description: 'description',
    status: fold('status', refundStatuses, 'unknown'),
    status_reason: {
      outcome: fold('status', refundStatuses, 'unknown'),
      outcome_reason: 'failure_reason',
      outcome_risk_level: absent('Stripe judges charges, not refunds'),
    },
    refund_reason: fold(
      'reason',
      {
        duplicate: 'duplicate',
        fraudulent: 'fraudulent',
        requested_by_customer: 'requested_by_customer',
        expired_uncaptured_charge: 'expired_uncaptured_charge',
      },
      'other',
    ),
    refunded_payment_id: link(
      'payment',
      computed(['payment_intent', 'charge'], 'the intent, else the charge itself', paymentKey),
    ),
    amount_refunded: absent('only on a charge'),
    order_id: noOrders,
    customer_id: buyer('charge.customer', 'charge.billing_details.email'),
    invoice_id: link('invoice', ofCharge(['charge.invoice'], "the charge's", invoiceOf)),
    subscription_id: link(
      'subscription',
      ofCharge(['charge.invoice.subscription'], "the charge's invoice's", subscriptionOf),
    ),
    external_account_id: instrument('charge.payment_method'),
    transaction: link('transaction', 'balance_transaction'),
    payment_method: instrumentUsed('charge.'),
  },
  { title: 'Refund' },
)

function ofNewestCharge(at: 'latest_charge.' | '') {
  return {
    status_reason: {
      outcome: computed([`${at}outcome.type`], 'the verdict, else the state', outcomeOf),
      outcome_reason: computed(
        [`${at}outcome.reason`, `${at}failure_code`, ...(at ? ['cancellation_reason'] : [])],
        'the first that is there',
        outcomeReasonOf,
      ),
      outcome_risk_level: ofCharge<string>([`${at}outcome.risk_level`], "Radar's", (charge) =>
        clean(objectOf(charge.outcome)?.risk_level),
      ),
    },
    amount_refunded: computed([`${at}amount_refunded`], '0 without a charge', amountRefunded),
    transaction: link(
      'transaction',
      ofCharge<string>(
        [`${at}balance_transaction`],
        "the charge's",
        (charge) => charge.balance_transaction ?? null,
      ),
    ),
    payment_method: instrumentUsed(at),
  }
}

function instrumentUsed(at: string) {
  const part = (name: 'type' | 'brand' | 'last4' | 'country' | 'wallet', path: string) =>
    ofCharge<string>([`${at}payment_method_details.${path}`], 'of any type', (charge) =>
      clean(instrumentOf(charge)?.[name]),
    )
  const country = part('country', 'card.country')
  return {
    type: part('type', 'type'),
    brand: part('brand', 'card.brand'),
    last4: part('last4', 'card.last4'),
    country: {
      ...country,
      read: (payload: Payload, context: Context) => {
        const code = country.read(payload, context)
        return typeof code === 'string' ? countryCode(code) : code
      },
    },
    wallet: part('wallet', 'card.wallet.type'),
  }
}

function buyer(...paths: string[]) {
  return link('customer', computed(paths, 'the customer, else the guest by e-mail', buyerKey))
}

function instrument(path: string) {
  const note = 'none for a guest, whose instrument is not saved'
  return link('external_account', computed([path], note, instrumentKey))
}

function instrumentKey(payload: Payload): string | null | undefined {
  const buyerId = buyerKey(payload)
  if (buyerId === undefined) return undefined
  if (buyerId === null || isGuestKey(buyerId)) return null
  const charge = chargeOf(payload)
  const used = referenceId(payload.payment_method) ?? referenceId(charge?.payment_method)
  return used === null && charge === undefined ? undefined : used
}

function negativeAmount({ amount, currency }: Payload): number | null {
  const converted = stripeMoney(amount, currency)
  return typeof converted === 'number' ? 0 - converted : ((converted ?? null) as null)
}

function amountRefunded(payload: Payload): number | undefined {
  const charge = chargeOf(payload)
  if (charge === undefined) return undefined
  return stripeMoney(charge?.amount_refunded ?? 0, payload.currency) as number
}

function invoiceOf(payload: Payload): string | null | undefined {
  return payload.invoice === undefined ? undefined : referenceId(payload.invoice)
}

function subscriptionOf({ invoice }: Payload): string | null | undefined {
  if (invoice === null) return null
  // Only named: the invoice tells, not its name.
  const told = objectOf(invoice)
  return told ? subscriptionOfInvoice(told) : undefined
}
