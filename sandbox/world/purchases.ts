// One purchase by a buyer, by one of the ways a purchase can go.
import { pricesFor } from './catalogue.ts'
import type { Buyer, Instrument } from './entities.ts'
import { typeInCard } from './instruments.ts'
import {
  cancelPayment,
  capture,
  chargeFails,
  chargePends,
  chargeSucceeds,
  FAILURES,
  type Order,
  openPayment,
  pendingSettles,
} from './payments.ts'
import type { Random } from './random.ts'
import type { Payment } from './sales.ts'
import { DAY, HOUR, MINUTE, type Sim } from './sim.ts'

export type Purchase = (sim: Sim, payment: Payment, r: Random) => void

// What happens after the payment was opened, by name.
export const PURCHASES: Record<string, Purchase> = {
  succeeds: (sim, payment) => void chargeSucceeds(sim, payment),
  declinedThenPaid: (sim, payment, r) => {
    chargeFails(sim, payment, r.pick(FAILURES))
    sim.at(sim.now() + 4 * MINUTE, () => chargeSucceeds(sim, payment))
  },
  declined: (sim, payment, r) => {
    chargeFails(sim, payment, r.pick(FAILURES))
    if (r.chance(0.5)) cancelLater(sim, payment, 'abandoned')
  },
  confirmedByBuyer: (sim, payment) => {
    awaitBuyer(sim, payment)
    sim.at(sim.now() + 2 * MINUTE, () => chargeSucceeds(sim, payment))
  },
  neverConfirmed: (sim, payment, r) => {
    awaitBuyer(sim, payment)
    if (r.chance(0.5)) cancelLater(sim, payment, null)
  },
  capturedLater: (sim, payment) => {
    chargeSucceeds(sim, payment)
    sim.at(sim.now() + 2 * DAY, () => capture(sim, payment))
  },
  captureExpires: (sim, payment) => {
    chargeSucceeds(sim, payment)
    sim.at(sim.now() + 7 * DAY, () => cancelPayment(sim, payment, 'automatic'))
  },
  abandoned: () => undefined,
  // Only bank debits: good or bad after some days.
  debited: (sim, payment) => {
    chargePends(sim, payment)
    sim.at(sim.now() + 3 * DAY, () => pendingSettles(sim, payment, null))
  },
  debitReturned: (sim, payment) => {
    chargePends(sim, payment)
    sim.at(sim.now() + 4 * DAY, () => pendingSettles(sim, payment, RETURNED))
  },
}

const RETURNED = {
  code: 'payment_method_provider_decline',
  decline: 'generic_decline',
  message: 'The bank returned the debit.',
}

type Odds = readonly (readonly [string, number])[]

const CARD_ODDS: Odds = [
  ['succeeds', 850],
  ['declinedThenPaid', 50],
  ['declined', 35],
  ['confirmedByBuyer', 20],
  ['neverConfirmed', 8],
  ['capturedLater', 20],
  ['captureExpires', 7],
  ['abandoned', 10],
]
const DEBIT_ODDS: Odds = [
  ['debited', 92],
  ['debitReturned', 8],
]
// A direct payment is a single try.
const DIRECT_ODDS: Odds = [
  ['succeeds', 93],
  ['declined', 7],
]
const CAPTURED_LATER = ['capturedLater', 'captureExpires']

export function buy(
  sim: Sim,
  who: { buyer: Buyer; count: number; instruments: Instrument[] },
  r: Random,
): void {
  const price = r.pick(pricesFor(sim, who.buyer.paysIn, false))
  const saved = who.instruments.length > 0 ? r.pick(who.instruments) : null
  const debit = saved !== null && saved.type !== 'card'
  const direct = !debit && r.chance(who.buyer.guest ? 0.45 : 0.2)
  const way = r.weighted(debit ? DEBIT_ODDS : direct ? DIRECT_ODDS : CARD_ODDS)
  const quantity = r.chance(0.2) ? r.between(2, 4) : 1
  const key = `${who.buyer.key}/p${who.count}`
  const typedIn = () => typeInCard(sim, who.buyer, { key: `${key}/card`, legacy: direct })
  const instrument = way === 'abandoned' ? null : (saved ?? typedIn())
  purchase(sim, way, {
    key,
    buyer: who.buyer,
    amount: price.amount * quantity,
    currency: price.currency,
    items: [{ price: price.key, quantity }],
    instrument,
    direct,
    description: r.chance(0.6) ? `Order ${r.between(1000, 9999)}` : null,
  })
}

export function purchase(sim: Sim, way: string, order: Order): Payment {
  const captureLater = CAPTURED_LATER.includes(way)
  const payment = openPayment(sim, { ...order, captureLater })
  PURCHASES[way]!(sim, payment, sim.random('purchase', order.key))
  return payment
}

function awaitBuyer(sim: Sim, payment: Payment): void {
  payment.status = 'awaitingBuyer'
  sim.happen('payment.needsBuyer', payment)
}

function cancelLater(sim: Sim, payment: Payment, reason: string | null): void {
  sim.at(sim.now() + 24 * HOUR, () => cancelPayment(sim, payment, reason))
}
