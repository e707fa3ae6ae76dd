import { token } from '../../world/random.ts'
import type { Failure, Payment, PaymentStatus } from '../../world/sales.ts'
import { chargeId, customerId, type Entry, instrumentId, type Ledger } from '../ledger.ts'
import { type Json, type JsonObject, seconds } from '../types.ts'
import { paymentMethod } from './instrument.ts'

const STATUS: Record<PaymentStatus, string> = {
  awaitingInstrument: 'requires_payment_method',
  awaitingConfirmation: 'requires_confirmation',
  awaitingBuyer: 'requires_action',
  awaitingCapture: 'requires_capture',
  processing: 'processing',
  succeeded: 'succeeded',
  canceled: 'canceled',
}

// What this business never uses.
const UNUSED = {
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: null,
  metadata: {},
  on_behalf_of: null,
  payment_method_options: {},
  processing: null,
  receipt_email: null,
  review: null,
  setup_future_usage: null,
  shipping: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
}

// A direct payment has no intent: its charge is all there is.
export function paymentIntent(ledger: Ledger, payment: Payment): Entry[] {
  if (payment.direct) return []
  const { livemode, id } = ledger
  const intent = id('payment_intent', payment.key)
  const object = {
    id: intent,
    object: 'payment_intent',
    ...UNUSED,
    amount: payment.amount,
    amount_capturable: payment.status === 'awaitingCapture' ? payment.amount : 0,
    amount_details: { tip: {} },
    amount_received: payment.received,
    canceled_at: seconds(payment.canceledAt),
    cancellation_reason: payment.cancelReason,
    capture_method: payment.captureLater ? 'manual' : 'automatic',
    client_secret: `${intent}_secret_${token(25, 'secret', intent)}`,
    confirmation_method: 'automatic',
    created: seconds(payment.createdAt),
    currency: payment.currency,
    customer: customerId(ledger, payment.buyer),
    description: payment.description,
    invoice: payment.invoice && id('invoice', payment.invoice),
    last_payment_error: lastError(ledger, payment),
    latest_charge: payment.lastCharge && chargeId(ledger, payment.lastCharge),
    livemode,
    next_action: nextAction(payment, intent),
    payment_method: methodId(ledger, payment),
    payment_method_types: ['card'],
    status: STATUS[payment.status],
  }
  return [{ table: 'payment_intents', object, created: object.created }]
}

// After a failure the intent lets go of its method; the error keeps it.
function methodId(ledger: Ledger, payment: Payment): string | null {
  if (payment.instrument === null || payment.status === 'awaitingInstrument') return null
  return instrumentId(ledger, ledger.world.get('instrument', payment.instrument))
}

function lastError(ledger: Ledger, payment: Payment): JsonObject | null {
  const failure = payment.lastFailure
  if (!failure || !payment.lastCharge) return null
  const { instrument: one } = ledger.world.get('charge', payment.lastCharge)
  return {
    charge: chargeId(ledger, payment.lastCharge),
    ...errorOf(failure),
    // An older source or bank account is no PaymentMethod, so it is left out.
    ...(one.legacy && one.type !== 'card' ? {} : { payment_method: paymentMethod(ledger, one) }),
    type: 'card_error',
  }
}

function errorOf({ code, decline, message }: Failure): JsonObject {
  const doc_url = `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`
  return { code, ...(decline ? { decline_code: decline } : {}), doc_url, message }
}

function nextAction(payment: Payment, intent: string): Json {
  if (payment.status !== 'awaitingBuyer') return null
  const url = `https://hooks.stripe.com/redirect/authenticate/${intent}`
  const redirect_to_url = { return_url: 'https://garden.example/thanks', url }
  return { redirect_to_url, type: 'redirect_to_url' }
}
