import type { Payment } from '../../model/payment.ts'
import { clean, objectOf, objectsIn, type Payload } from '../rule.ts'
import { wordIn } from '../rules.ts'
import { buyersAmount, sum } from './amounts.ts'

/**
 * What an order's transactions say about each other. Each has `whole`, its order, beside its own
 * attributes (see `partsAt`).
 */

const taking = ['SALE', 'CAPTURE', 'AUTHORIZATION', 'EMV_AUTHORIZATION']

/** Takes money, or lays a hand on it. */
export function isCharge({ kind }: Payload): boolean {
  return taking.includes(String(kind))
}

export function isRefund({ kind }: Payload): boolean {
  return kind === 'REFUND'
}

export function isAuthorisation({ kind }: Payload): boolean {
  return kind === 'AUTHORIZATION' || kind === 'EMV_AUTHORIZATION'
}

function followers(part: Payload, kind: string, statuses: readonly string[]): readonly Payload[] {
  const { id, whole } = part
  return objectsIn(objectOf(whole)?.transactions).filter((one) => {
    const isOfIt = clean(id) !== null && objectOf(one.parentTransaction)?.id === id
    return isOfIt && one.kind === kind && statuses.includes(String(one.status))
  })
}

/**
 * An authorisation takes no money; the captures that follow it do, and are payments of their own.
 * So it counts only what was not captured of it yet: nothing is counted twice.
 */
export function amountTaken(part: Payload): number | null {
  const amount = buyersAmount(part.amountSet)
  if (!isAuthorisation(part) || typeof amount !== 'number') return amount
  const captures = followers(part, 'CAPTURE', ['SUCCESS'])
  const captured = sum(captures.map(({ amountSet }) => buyersAmount(amountSet)))
  return typeof captured === 'number' ? Math.max(0, amount - captured) : captured
}

/** How much of a payment was given back, or is on its way back. */
export function givenBack(part: Payload): number | null {
  const refunds = followers(part, 'REFUND', ['SUCCESS', 'PENDING', 'AWAITING_RESPONSE'])
  return sum(refunds.map(({ amountSet }) => buyersAmount(amountSet)))
}

type Status = NonNullable<Payment['status']>

const statuses: { readonly [status: string]: Status } = {
  SUCCESS: 'succeeded',
  PENDING: 'pending',
  AWAITING_RESPONSE: 'pending',
  FAILURE: 'failed',
  ERROR: 'failed',
}

export function statusOf(part: Payload): Status {
  const status = wordIn(statuses, part.status) ?? 'unknown'
  if (!isAuthorisation(part) || status !== 'succeeded') return status
  if (isVoid(part)) return 'cancelled'
  return amountTaken(part) === 0 ? 'succeeded' : 'pending'
}

/** Given up by the shop, or run out. */
function isVoid(part: Payload): boolean {
  const isOver = objectOf(part.whole)?.displayFinancialStatus === 'EXPIRED'
  return isOver || followers(part, 'VOID', ['SUCCESS']).length > 0
}

type Outcome = NonNullable<NonNullable<Payment['status_reason']>['outcome']>

const declined = [
  'CARD_DECLINED',
  'DO_NOT_HONOR',
  'CALL_ISSUER',
  'EXPIRED_CARD',
  'INSUFFICIENT_FUNDS',
  'INCORRECT_CVC',
  'INCORRECT_PIN',
  'INSTRUMENT_DECLINED',
  'PICK_UP_CARD',
  'RETRY_DECLINED',
]
const blocked = ['FRAUD_SUSPECTED', 'CARD_TESTING', 'MERCHANT_RULE']

export function outcomeOf(part: Payload): Outcome {
  const status = statusOf(part)
  const code = String(part.errorCode)
  if (status === 'failed' && blocked.includes(code)) return 'blocked'
  if (status === 'failed' && declined.includes(code)) return 'issuer_declined'
  if (isAuthorisation(part) && part.status === 'SUCCESS' && status !== 'cancelled') {
    return 'authorised'
  }
  return status === 'succeeded' ? 'paid' : status
}
