import { type Context, objectOf, objectsIn, type Payload, type Rule } from '../rule.ts'
import { computed, referenceId } from '../rules.ts'

/**
 * The charge of a payload: of an intent its newest, of a refund or dispute the one it is about.
 * null: there is none. undefined: it is only named, so nothing can be said of it.
 */
export function chargeOf(payload: Payload): Payload | null | undefined {
  if (payload.object === 'charge') return payload
  const charge = payload.object === 'payment_intent' ? newestCharge(payload) : payload.charge
  if (charge === null || charge === '') return null
  return typeof charge === 'object' ? (charge as Payload) : undefined
}

function newestCharge(intent: Payload): unknown {
  if (intent.latest_charge !== undefined) return intent.latest_charge
  // Until version 2022-11-15 an intent carried the list of its charges, newest first.
  return objectOf(intent.charges) ? (objectsIn(intent.charges)[0] ?? null) : undefined
}

/** Reads from the payload's charge; where the charge is only named, the payload does not say. */
export function ofCharge<T>(
  paths: readonly string[],
  note: string,
  read: (charge: Payload, context: Context) => unknown,
): Rule<T> {
  return computed(paths, note, (payload, context) => {
    const charge = chargeOf(payload)
    return (charge ? read(charge, context) : charge) as T | null | undefined
  })
}

/** Partner id of the payment a refund, dispute or charge belongs to: its intent's, else its own. */
export function paymentKey(payload: Payload): string | null {
  const charge = payload.object === 'charge' ? payload : payload.charge
  return (
    referenceId(payload.payment_intent) ??
    referenceId(objectOf(charge)?.payment_intent) ??
    referenceId(charge)
  )
}

/** Partner id of who paid: the customer, or the guest known by an e-mail address. */
export function buyerKey(payload: Payload): string | null | undefined {
  const charge = chargeOf(payload)
  const named = customerKey(payload) ?? (charge ? customerKey(charge) : null)
  if (named !== null) return named
  if (charge === undefined) return undefined
  return guestKey(payload)
}

/** Since 2026 `customer_account` (Accounts v2) can stand in place of `customer`. */
export function customerKey(payload: Payload): string | null {
  return referenceId(payload.customer) ?? referenceId(payload.customer_account)
}

/** Partner id of the guest who paid without a customer record; null if there is no e-mail. */
export function guestKey(payload: Payload): string | null {
  const email = guestEmail(payload)
  return email === null ? null : guest_prefix + email.toLowerCase()
}

const guest_prefix = 'guest:'

export function isGuestKey(partnerRecordId: string): boolean {
  return partnerRecordId.startsWith(guest_prefix)
}

export function guestEmail(payload: Payload): string | null {
  const charge = chargeOf(payload)
  const billing = objectOf(charge?.billing_details)
  for (const email of [billing?.email, charge?.receipt_email, payload.receipt_email]) {
    if (typeof email === 'string' && email.includes('@')) return email.trim()
  }
  return null
}

/** Whether nobody but a guest can have made the payment. */
export function isGuest(payload: Payload): boolean {
  const charge = chargeOf(payload)
  if (charge === undefined || guestEmail(payload) === null) return false
  return customerKey(payload) === null && (!charge || customerKey(charge) === null)
}
