// Cards and accounts a buyer saved, and what happens to them over time.
import type { Buyer, Instrument, InstrumentKind } from './entities.ts'
import { personOf } from './person.ts'
import type { Random } from './random.ts'
import type { Sim } from './sim.ts'

const BRANDS = ['visa', 'visa', 'mastercard', 'amex', 'discover', 'jcb'] as const
const WALLETS = ['apple_pay', 'google_pay', null, null, null, null] as const

// Which bank account a buyer could pay from, beside cards.
const DEBIT: Record<string, InstrumentKind> = { eur: 'sepaDebit', usd: 'bankAccount' }

export function saveInstrument(
  sim: Sim,
  buyer: Buyer,
  facts: { number: number; legacy: boolean; type?: InstrumentKind },
): Instrument {
  const key = `${buyer.key}/m${facts.number}`
  const debit = DEBIT[buyer.paysIn]
  const type = debit && sim.random('debit', key).chance(0.25) ? debit : 'card'
  const instrument = newInstrument(sim, buyer, { key, type, saved: true, ...facts })
  sim.happen('instrument.added', instrument)
  return instrument
}

// A card that is typed in for one payment and not kept.
export function typeInCard(sim: Sim, buyer: Buyer, facts: { key: string; legacy: boolean }) {
  const instrument = newInstrument(sim, buyer, { ...facts, saved: false, type: 'card' })
  sim.happen('instrument.used', instrument)
  return instrument
}

function newInstrument(
  sim: Sim,
  buyer: Buyer,
  facts: Pick<Instrument, 'key' | 'type' | 'saved' | 'legacy'>,
): Instrument {
  const { key, type, saved, legacy } = facts
  const r = sim.random('instrument', key)
  return {
    kind: 'instrument',
    key,
    createdAt: sim.now(),
    removedAt: null,
    buyer: buyer.key,
    payer: personOf(buyer),
    type,
    saved,
    legacy,
    brand: r.pick(BRANDS),
    last4: String(r.between(0, 9999)).padStart(4, '0'),
    expMonth: r.between(1, 12),
    expYear: new Date(sim.now()).getUTCFullYear() + r.between(1, 5),
    country: buyer.address?.country ?? 'US',
    funding: r.pick(['credit', 'debit', 'prepaid']),
    wallet: legacy ? null : r.pick(WALLETS),
  }
}

export function renewInstrument(sim: Sim, instrument: Instrument): void {
  if (instrument.removedAt !== null) return
  instrument.expYear += 4
  sim.happen('instrument.changed', instrument)
}

export function removeInstrument(sim: Sim, instrument: Instrument): void {
  if (instrument.removedAt !== null) return
  instrument.removedAt = sim.now()
  const buyer = sim.get('buyer', instrument.buyer)
  const wasDefault = buyer.defaultInstrument === instrument.key
  if (wasDefault) buyer.defaultInstrument = null
  sim.happen('instrument.removed', instrument)
  if (wasDefault && buyer.deletedAt === null) sim.happen('buyer.changed', buyer)
}

// How many instruments a buyer saves, and of what age.
export function firstInstruments(sim: Sim, buyer: Buyer, r: Random): Instrument[] {
  const legacy = r.chance(0.15)
  const count = r.weighted([
    [0, 10],
    [1, 60],
    [2, 22],
    [3, 8],
  ])
  const saved: Instrument[] = []
  for (let number = 1; number <= count; number++) {
    saved.push(saveInstrument(sim, buyer, { number, legacy }))
  }
  // The default may well be missing although instruments exist.
  if (saved[0] && r.chance(0.75)) {
    buyer.defaultInstrument = saved[0].key
    sim.happen('buyer.changed', buyer)
  }
  return saved
}
