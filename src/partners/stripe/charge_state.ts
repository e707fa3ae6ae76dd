import type { Payment } from '../../model/payment.ts'
import { clean, objectOf, type Payload } from '../rule.ts'
import { wordIn } from '../rules.ts'
import { chargeOf } from './charge.ts'

type Status = NonNullable<Payment['status']>
type Outcome = NonNullable<NonNullable<Payment['status_reason']>['outcome']>

const intentStatuses: { readonly [theirs: string]: Status } = {
  succeeded: 'succeeded',
  canceled: 'cancelled',
  processing: 'pending',
  requires_action: 'pending',
  requires_capture: 'pending',
  requires_confirmation: 'pending',
}

/** An intent that waits for another instrument has failed once it was tried with one. */
export function intentStatus(intent: Payload): Status {
  if (intent.status !== 'requires_payment_method') {
    return wordIn(intentStatuses, intent.status) ?? 'unknown'
  }
  const hasFailed = chargeOf(intent)?.status === 'failed' || declineOf(intent) !== null
  return hasFailed ? 'failed' : 'pending'
}

const chargeStatuses: { readonly [theirs: string]: Status } = {
  succeeded: 'succeeded',
  pending: 'pending',
  failed: 'failed',
}

/** "Succeeded" before the capture is only an authorisation; given back then, it was cancelled. */
export function chargeStatus(charge: Payload): Status {
  if (charge.status === 'succeeded' && charge.captured === false) {
    return charge.refunded === true ? 'cancelled' : 'pending'
  }
  return wordIn(chargeStatuses, charge.status) ?? 'unknown'
}

const outcomes: { readonly [theirs: string]: Outcome } = {
  authorized: 'authorised',
  manual_review: 'authorised',
  issuer_declined: 'issuer_declined',
  blocked: 'blocked',
  invalid: 'failed',
}

/** The verdict on the newest charge; where there is none, what the state amounts to. */
export function outcomeOf(payload: Payload): Outcome | undefined {
  if (payload.status === 'canceled') return 'cancelled'
  const charge = chargeOf(payload)
  if (charge === undefined) return undefined
  const verdict = objectOf(charge?.outcome)?.type
  if (typeof verdict === 'string') return wordIn(outcomes, verdict) ?? 'unknown'
  return payload.object === 'charge' ? chargeStatus(payload) : intentStatus(payload)
}

/** Why: the network's or Stripe's reason, the decline, or why the intent was cancelled. */
export function outcomeReasonOf(payload: Payload): string | null | undefined {
  const charge = chargeOf(payload)
  if (charge === undefined) return undefined
  const verdict = objectOf(charge?.outcome)
  const tried = verdict?.reason ?? charge?.failure_code ?? declineOf(payload)
  return clean(tried ?? payload.cancellation_reason) as string | null
}

function declineOf(intent: Payload): unknown {
  const error = objectOf(intent.last_payment_error)
  return error?.decline_code ?? error?.code ?? null
}

export interface Instrument {
  readonly type: unknown
  readonly brand: unknown
  readonly last4: unknown
  readonly country: unknown
  readonly wallet: unknown
}

/** What was charged: the details sit under the name of their type. */
export function instrumentOf(charge: Payload): Instrument | null {
  const details = objectOf(charge.payment_method_details)
  if (typeof details?.type !== 'string') return null
  const own = Object.hasOwn(details, details.type) ? objectOf(details[details.type]) : null
  return {
    type: details.type,
    brand: own?.brand ?? own?.bank_name ?? own?.bank ?? null,
    last4: own?.last4 ?? null,
    country: own?.country ?? null,
    wallet: objectOf(own?.wallet)?.type ?? null,
  }
}
