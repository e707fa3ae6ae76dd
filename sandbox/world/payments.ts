// How a purchase goes: a payment, its tries (charges), and the money that moves.
import type { Buyer, Instrument } from './entities.ts'
import { chargeFate } from './fates.ts'
import { feesOn } from './money.ts'
import { move } from './movements.ts'
import type { Charge, Failure, Item, Payment } from './sales.ts'
import type { Sim } from './sim.ts'

export type Order = {
  key: string
  buyer: Buyer
  amount: number
  currency: string
  items?: readonly Item[]
  instrument: Instrument | null
  direct?: boolean
  captureLater?: boolean
  invoice?: string
  description: string | null
  fate?: string
}

export const FAILURES: readonly Failure[] = [
  {
    code: 'card_declined',
    decline: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
  },
  { code: 'card_declined', decline: 'generic_decline', message: 'Your card was declined.' },
  { code: 'expired_card', decline: 'expired_card', message: 'Your card has expired.' },
  {
    code: 'incorrect_cvc',
    decline: 'incorrect_cvc',
    message: 'Your card’s security code is incorrect.',
  },
]

export function openPayment(sim: Sim, order: Order): Payment {
  const payment: Payment = {
    kind: 'payment',
    key: order.key,
    createdAt: sim.now(),
    buyer: order.buyer.key,
    direct: order.direct ?? false,
    instrument: order.instrument?.key ?? null,
    invoice: order.invoice ?? null,
    amount: order.amount,
    currency: order.currency,
    items: order.items ?? [],
    description: order.description,
    captureLater: order.captureLater ?? false,
    fate: order.fate ?? null,
    status: order.instrument ? 'awaitingConfirmation' : 'awaitingInstrument',
    canceledAt: null,
    cancelReason: null,
    received: 0,
    lastCharge: null,
    lastFailure: null,
  }
  sim.happen('payment.created', payment)
  return payment
}

export function chargeSucceeds(sim: Sim, payment: Payment): Charge {
  const charge = newCharge(sim, payment, 'succeeded')
  payment.lastCharge = charge.key
  if (payment.captureLater) {
    payment.status = 'awaitingCapture'
    sim.happen('charge.succeeded', charge)
    sim.happen('payment.authorised', payment)
  } else {
    collect(sim, payment, charge)
    sim.happen('charge.succeeded', charge)
    sim.happen('payment.succeeded', payment)
    chargeFate(sim, charge, payment.fate)
  }
  return charge
}

export function chargeFails(sim: Sim, payment: Payment, failure: Failure): Charge {
  const charge = newCharge(sim, payment, 'failed')
  charge.failure = failure
  payment.lastCharge = charge.key
  sim.happen('charge.failed', charge)
  fail(sim, payment, failure)
  return charge
}

// Bank debits: the charge exists at once and is known to be good or bad days later.
export function chargePends(sim: Sim, payment: Payment): Charge {
  const charge = newCharge(sim, payment, 'pending')
  payment.lastCharge = charge.key
  payment.status = 'processing'
  sim.happen('charge.pending', charge)
  sim.happen('payment.processing', payment)
  return charge
}

export function pendingSettles(sim: Sim, payment: Payment, failure: Failure | null): void {
  const charge = sim.get('charge', payment.lastCharge!)
  if (failure) {
    charge.status = 'failed'
    charge.failure = failure
    sim.happen('charge.failed', charge)
    fail(sim, payment, failure)
    return
  }
  charge.status = 'succeeded'
  collect(sim, payment, charge)
  sim.happen('charge.succeeded', charge)
  sim.happen('payment.succeeded', payment)
  chargeFate(sim, charge, payment.fate)
}

export function capture(sim: Sim, payment: Payment): void {
  const charge = sim.get('charge', payment.lastCharge!)
  collect(sim, payment, charge)
  sim.happen('charge.captured', charge)
  sim.happen('payment.succeeded', payment)
  chargeFate(sim, charge, payment.fate)
}

export function cancelPayment(sim: Sim, payment: Payment, reason: string | null): void {
  const charge = payment.lastCharge ? sim.get('charge', payment.lastCharge) : null
  if (charge && payment.status === 'awaitingCapture') {
    charge.expired = true
    charge.refunded = charge.amount
    sim.happen('charge.expired', charge)
  }
  payment.status = 'canceled'
  payment.canceledAt = sim.now()
  payment.cancelReason = reason
  sim.happen('payment.canceled', payment)
}

function collect(sim: Sim, payment: Payment, charge: Charge): void {
  charge.captured = charge.amount
  payment.received = charge.amount
  payment.status = 'succeeded'
  payment.lastFailure = null
  charge.movement = move(sim, {
    type: 'charge',
    amount: charge.amount,
    chargedIn: charge.currency,
    fees: feesOn(charge.currency, charge.amount),
    source: { kind: 'charge', key: charge.key },
  }).key
}

function fail(sim: Sim, payment: Payment, failure: Failure): void {
  payment.status = 'awaitingInstrument'
  payment.lastFailure = failure
  sim.happen('payment.failed', payment)
}

function newCharge(sim: Sim, payment: Payment, status: Charge['status']): Charge {
  const tries = payment.lastCharge ? Number(payment.lastCharge.split('~')[1]) + 1 : 1
  return sim.add({
    kind: 'charge',
    key: `${payment.key}~${tries}`,
    createdAt: sim.now(),
    payment: payment.key,
    instrument: { ...sim.get('instrument', payment.instrument!) },
    amount: payment.amount,
    captured: 0,
    refunded: 0,
    currency: payment.currency,
    status,
    expired: false,
    failure: null,
    disputed: false,
    movement: null,
  })
}
