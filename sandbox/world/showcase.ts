// Rare states that every world shows at its epoch, whatever its seed: one buyer for each.
import { addBuyer, deleteBuyer } from './buyers.ts'
import { pricesFor } from './catalogue.ts'
import type { Buyer, Instrument, Price } from './entities.ts'
import { saveInstrument } from './instruments.ts'
import { finalise, giveUp, invoicePaid, voidInvoice, writeInvoice } from './invoices.ts'
import { newPerson } from './person.ts'
import { purchase } from './purchases.ts'
import { DAY, HOUR, type Sim } from './sim.ts'
import { type Plot, STEADY, subscribe } from './subscriptions.ts'

type Scene = { sim: Sim; buyer: Buyer; instrument: Instrument; monthly: Price }
type Show = { daysBefore: number; play: (scene: Scene) => void }

const SHOWS: readonly Show[] = [
  { daysBefore: 0.3, play: (scene) => start(scene, { firstPayment: 'fails' }) },
  { daysBefore: 20, play: (scene) => start(scene, { firstPayment: 'fails' }) },
  { daysBefore: 5, play: (scene) => start(scene, { trialDays: 14 }) },
  { daysBefore: 40, play: (scene) => start(scene, { trialDays: 14, pausesAfterTrial: true }) },
  { daysBefore: 33, play: (scene) => start(scene, { failsAt: 1, afterFailure: 'canceled' }) },
  { daysBefore: 50, play: (scene) => start(scene, { failsAt: 1, afterFailure: 'unpaid' }) },
  { daysBefore: 60, play: (scene) => start(scene, { endsAfter: 1 }) },
  { daysBefore: 90, play: (scene) => start(scene, { leavesAfterDays: 80 }) },
  ...(['card', 'bankAccount', 'sepaDebit'] as const).map((type) => ({
    daysBefore: 120,
    play: ({ sim, buyer }: Scene) =>
      void saveInstrument(sim, buyer, { number: 2, legacy: true, type }),
  })),
  { daysBefore: 7, play: leave },
  { daysBefore: 3, play: (scene) => void bill(scene) },
  { daysBefore: 12, play: sendOpen },
  { daysBefore: 25, play: sendAndVoid },
  { daysBefore: 70, play: sendAndGiveUp },
  { daysBefore: 28, play: sendAndCollect },
  ...['disputeWon', 'disputeLost', 'disputeIgnored', 'inquiry'].flatMap((fate) => [
    { daysBefore: 80, play: (scene: Scene) => sell(scene, fate) },
    { daysBefore: 26, play: (scene: Scene) => sell(scene, fate) },
  ]),
  ...['refundedTwice', 'refundedToNothing', 'refundFails', 'refundPends'].map((fate) => ({
    daysBefore: 15,
    play: (scene: Scene) => sell(scene, fate),
  })),
  { daysBefore: 4.5, play: (scene) => sell(scene, 'refundPends') },
  { daysBefore: 0.2, play: (scene) => void purchase(scene.sim, 'neverConfirmed', order(scene)) },
  { daysBefore: 0.4, play: (scene) => void purchase(scene.sim, 'abandoned', order(scene)) },
  { daysBefore: 0.5, play: (scene) => void purchase(scene.sim, 'captureExpires', order(scene)) },
  { daysBefore: 0.6, play: (scene) => void purchase(scene.sim, 'debited', order(scene)) },
  { daysBefore: 0.7, play: (scene) => void purchase(scene.sim, 'declined', order(scene)) },
]

export const SHOW_COUNT = SHOWS.length

export function scheduleShows(sim: Sim, epoch: number, count: number): void {
  SHOWS.slice(0, count).forEach((show, i) => {
    sim.at(epoch - show.daysBefore * DAY, () => {
      const { person, place } = newPerson(sim.random('show', i))
      const arrival = { person, paysIn: sim.currencyFor(place.currency), guest: false }
      const buyer = addBuyer(sim, `show${i}`, arrival)
      const instrument = saveInstrument(sim, buyer, { number: 1, legacy: false, type: 'card' })
      const [monthly] = pricesFor(sim, buyer.paysIn, true).filter((p) => p.interval === 'month')
      show.play({ sim, buyer, instrument, monthly: monthly! })
    })
  })
}

function start({ sim, buyer, instrument, monthly }: Scene, plot: Partial<Plot>): void {
  const key = `${buyer.key}/s1`
  const payer = plot.pausesAfterTrial ? null : instrument
  subscribe(sim, { key, buyer, instrument: payer, price: monthly }, { ...STEADY, ...plot })
}

function order({ buyer, instrument, monthly }: Scene) {
  const { amount, currency } = monthly
  const items = [{ price: monthly.key, quantity: 1 }]
  const key = `${buyer.key}/p1`
  return { key, buyer, amount, currency, items, instrument, description: 'Showcase' }
}

function leave(scene: Scene): void {
  start(scene, {})
  scene.sim.at(scene.sim.now() + 5 * DAY, () => deleteBuyer(scene.sim, scene.buyer))
}

function sell(scene: Scene, fate: string): void {
  purchase(scene.sim, 'succeeds', { ...order(scene), fate })
}

function bill({ sim, buyer, monthly }: Scene) {
  const key = `${buyer.key}/i1`
  const [good] = pricesFor(sim, buyer.paysIn, false)
  const line = {
    key: `${key}/l1`,
    price: good!.key,
    quantity: 3,
    amount: good!.amount * 3,
    description: 'Three of a kind',
    periodStart: sim.now(),
    periodEnd: sim.now(),
  }
  return writeInvoice(sim, {
    key,
    buyer,
    currency: monthly.currency,
    cause: 'manual',
    lines: [line],
    dueAt: sim.now() + 30 * DAY,
  })
}

function sendOpen(scene: Scene) {
  const invoice = bill(scene)
  finalise(scene.sim, invoice, null)
  return invoice
}

function sendAndVoid(scene: Scene): void {
  const invoice = sendOpen(scene)
  scene.sim.at(scene.sim.now() + 9 * HOUR, () => voidInvoice(scene.sim, invoice))
}

function sendAndGiveUp(scene: Scene): void {
  const invoice = sendOpen(scene)
  scene.sim.at(scene.sim.now() + 60 * DAY, () => giveUp(scene.sim, invoice))
}

function sendAndCollect(scene: Scene): void {
  const invoice = sendOpen(scene)
  scene.sim.at(scene.sim.now() + 6 * DAY, () => {
    scene.sim.get('payment', invoice.payment!).instrument = scene.instrument.key
    invoicePaid(scene.sim, invoice)
  })
}
