// The life of a buyer: arrives, saves instruments, buys, subscribes, moves house, is deleted.
import { pricesFor } from './catalogue.ts'
import type { Buyer, Instrument, Person } from './entities.ts'
import {
  firstInstruments,
  removeInstrument,
  renewInstrument,
  saveInstrument,
} from './instruments.ts'
import { NOTES, PLACES } from './names.ts'
import { email, newAddress, newPerson, phone } from './person.ts'
import { buy } from './purchases.ts'
import type { Random } from './random.ts'
import { DAY, type Sim } from './sim.ts'
import { end, type Plot, STEADY, subscribe } from './subscriptions.ts'

export type Arrival = Partial<Pick<Buyer, 'shipping' | 'note' | 'labels'>> & {
  person: Person
  paysIn: string
  guest: boolean
}

export function addBuyer(sim: Sim, key: string, arrival: Arrival): Buyer {
  const { person, paysIn, guest, ...rest } = arrival
  const buyer: Buyer = {
    kind: 'buyer',
    key,
    createdAt: sim.now(),
    deletedAt: null,
    mergedInto: null,
    guest,
    paysIn,
    ...person,
    shipping: null,
    note: null,
    labels: {},
    billedIn: null,
    delinquent: false,
    invoiceCount: 0,
    defaultInstrument: null,
    ...rest,
  }
  sim.happen('buyer.created', buyer)
  return buyer
}

// Buyers arrive one after another, in slots as long as the gap, and never stop arriving.
export function buyersArrive(sim: Sim, { start, gap }: { start: number; gap: number }): void {
  const next = (index: number) => {
    const time = start + (index + sim.random('arrival', index).next()) * gap
    sim.at(time, () => {
      arrive(sim, index)
      next(index + 1)
    })
  }
  next(0)
}

export function deleteBuyer(sim: Sim, buyer: Buyer): void {
  if (buyer.deletedAt !== null) return
  for (const subscription of sim.all('subscription').values()) {
    if (subscription.buyer === buyer.key) end(sim, subscription, 'requested')
  }
  buyer.deletedAt = sim.now()
  for (const instrument of instrumentsOf(sim, buyer)) removeInstrument(sim, instrument)
  sim.happen('buyer.deleted', buyer)
}

// The seller found out that two are one: the later record goes, and says whom it became.
export function mergeBuyer(sim: Sim, buyer: Buyer, into: Buyer): void {
  if (buyer.deletedAt !== null || into.deletedAt !== null || into.guest) return
  buyer.mergedInto = into.key
  deleteBuyer(sim, buyer)
}

export function instrumentsOf(sim: Sim, buyer: Buyer): Instrument[] {
  const saved: Instrument[] = []
  // Numbers are given in turn, so the first one that is missing ends the search.
  for (let number = 1; ; number++) {
    const one = sim.all('instrument').get(`${buyer.key}/m${number}`)
    if (!one) return saved
    if (one.removedAt === null) saved.push(one)
  }
}

function arrive(sim: Sim, index: number): void {
  const r = sim.random('buyer', index)
  const arrival = someone(sim, r, index)
  const { name, phone: number, address } = arrival.person
  const shipped = r.chance(0.3) && name !== null && address !== null
  const shipping = shipped ? { name, phone: number, address } : null
  const buyer = addBuyer(sim, `b${index}`, { ...arrival, shipping })
  if (sim.idle) return
  const instruments = buyer.guest ? [] : firstInstruments(sim, buyer, r)
  const days = (low: number, high: number) => sim.now() + r.between(low * 24, high * 24) * 3.6e6
  shop(sim, buyer, r.between(25, 120))
  if (buyer.guest) return
  if (instruments[0] && r.chance(0.3)) {
    const [instrument] = instruments
    sim.at(days(0, 20), () => startSubscription(sim, buyer, instrument))
  }
  for (let edits = r.below(3); edits > 0; edits--) {
    sim.at(days(5, 300), () => edit(sim, buyer, r))
  }
  if (r.chance(0.1)) sim.at(days(10, 300), () => deleteBuyer(sim, buyer))
  if (sim.merges) mergeLater(sim, buyer, index)
}

function mergeLater(sim: Sim, buyer: Buyer, index: number): void {
  // Drawn apart, so that the same people do the same where nobody is merged.
  const r = sim.random('merge', index)
  if (index === 0 || !r.chance(0.08)) return
  const other = `b${r.below(index)}`
  const time = sim.now() + r.between(3, 60) * DAY
  sim.at(time, () => mergeBuyer(sim, buyer, sim.get('buyer', other)))
}

// Some share an address with an earlier buyer, some are an earlier buyer come again.
function someone(sim: Sim, r: Random, index: number): Arrival {
  // Every fourth is a person who buys at every partner's.
  const { person, place } = newPerson(index % 4 === 0 ? sim.passerBy(index) : r)
  const arrival = { person, paysIn: sim.currencyFor(place.currency), guest: r.chance(0.15) }
  const draw = r.next()
  const earlier = index > 0 ? sim.all('buyer').get(`b${r.below(index)}`) : undefined
  if (!earlier || earlier.name === null) return arrival
  const { name, email: mail, phone: number, address, locale } = earlier
  if (draw < 0.07) {
    const again = { name, email: mail && r.chance(0.3) ? mail.toUpperCase() : mail }
    return { ...arrival, person: { ...again, phone: number, address, locale } }
  }
  return draw < 0.15 ? { ...arrival, person: { ...person, address } } : arrival
}

function shop(sim: Sim, buyer: Buyer, meanDays: number): void {
  const r = sim.random('orders', buyer.key)
  const goOn = (count: number, wait: number) => {
    sim.at(sim.now() + wait, () => {
      if (buyer.deletedAt !== null) return
      buy(sim, { buyer, count, instruments: instrumentsOf(sim, buyer) }, r)
      goOn(count + 1, -Math.log(1 - r.next()) * meanDays * DAY)
    })
  }
  goOn(1, r.between(1, 120) * 60_000)
}

function startSubscription(sim: Sim, buyer: Buyer, instrument: Instrument): void {
  if (buyer.deletedAt !== null || instrument.removedAt !== null) return
  const r = sim.random('subscription', buyer.key)
  const price = r.pick(pricesFor(sim, buyer.paysIn, true))
  subscribe(sim, { key: `${buyer.key}/s1`, buyer, instrument, price }, newPlot(r))
}

function newPlot(r: Random): Plot {
  return {
    ...STEADY,
    quantity: r.chance(0.15) ? r.between(2, 5) : 1,
    trialDays: r.chance(0.25) ? 14 : 0,
    firstPayment: r.weighted([
      ['succeeds', 92],
      ['recovers', 4],
      ['fails', 4],
    ]),
    failsAt: r.chance(0.35) ? r.between(1, 12) : null,
    afterFailure: r.weighted([
      ['recovers', 6],
      ['canceled', 3],
      ['unpaid', 1],
    ]),
    endsAfter: r.chance(0.25) ? r.between(1, 14) : null,
    leavesAfterDays: r.chance(0.1) ? r.between(3, 200) : null,
  }
}

const EDITS: readonly ((sim: Sim, buyer: Buyer, r: Random) => void)[] = [
  (_, buyer, r) => (buyer.email = email(r, buyer.name ?? 'buyer')),
  (_, buyer, r) => (buyer.phone = phone(r, placeOf(buyer))),
  (_, buyer, r) => (buyer.address = newAddress(r, placeOf(buyer))),
  (_, buyer, r) => (buyer.note = r.pick(NOTES)),
  (_, buyer, r) => (buyer.labels = { tier: r.pick(['gold', 'silver']), shelf: 'ä-1' }),
  (sim, buyer) => swapInstrument(sim, buyer),
]

function edit(sim: Sim, buyer: Buyer, r: Random): void {
  if (buyer.deletedAt !== null) return
  r.pick(EDITS)(sim, buyer, r)
  sim.happen('buyer.changed', buyer)
}

// The card is replaced by a new one; one that is kept is renewed by its bank.
function swapInstrument(sim: Sim, buyer: Buyer): void {
  const [first, second] = instrumentsOf(sim, buyer)
  if (!first) return
  let number = 1
  while (sim.all('instrument').has(`${buyer.key}/m${number}`)) number++
  const added = saveInstrument(sim, buyer, { number, legacy: first.legacy, type: 'card' })
  removeInstrument(sim, first)
  if (second) renewInstrument(sim, second)
  buyer.defaultInstrument = added.key
}

function placeOf(buyer: Buyer) {
  const found = PLACES.find(([place]) => place.country === buyer.address?.country)
  return (found ?? PLACES[0]!)[0]
}
