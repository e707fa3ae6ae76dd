// The seller's balance: every movement on it, when it becomes available, and the payouts that
// empty it. What a payout pays is exactly the sum of the nets of its movements.

import { currency, type Fee } from './money.ts'
import type { Movement, MovementKind, Payout } from './sales.ts'
import { DAY, type Sim } from './sim.ts'

const SETTLEMENT_DAYS = 2
const TRANSIT_DAYS = 2
const PAYOUT_FAILURE_RATE = 0.03

export type Move = {
  type: MovementKind
  amount: number
  chargedIn: string
  fees?: Fee[]
  source: Movement['source']
  availableNow?: boolean
}

export function move(sim: Sim, { type, amount, chargedIn, fees = [], source, ...rest }: Move) {
  const { settlesIn, rate } = currency(chargedIn)
  const foreign = settlesIn !== chargedIn
  const exchanged = (sum: number) => Math.round(sum * rate)
  const landed = exchanged(amount)
  const landedFees = fees.map((fee) => ({ ...fee, amount: exchanged(fee.amount) }))
  const fee = landedFees.reduce((sum, one) => sum + one.amount, 0)
  const movement: Movement = {
    kind: 'movement',
    key: `${source.key}:${type}`,
    createdAt: sim.now(),
    type,
    amount: landed,
    fee,
    fees: landedFees,
    net: landed - fee,
    currency: settlesIn,
    rate: foreign ? rate : null,
    source,
    availableAt: rest.availableNow ? sim.now() : midnight(sim.now()) + (1 + SETTLEMENT_DAYS) * DAY,
    available: rest.availableNow ?? false,
    payout: null,
  }
  sim.happen('movement.created', movement)
  return movement
}

// Every midnight: what is due becomes available, and what is available is paid out (dollars daily,
// the other balances on Mondays).
export function openTheBank(sim: Sim): void {
  const waiting: Movement[] = []
  const available = new Map<string, Movement[]>()
  const ready = (movement: Movement) => {
    const balance = available.get(movement.currency) ?? []
    available.set(movement.currency, balance)
    balance.push(movement)
  }
  sim.listen(({ verb, subject }) => {
    if (verb !== 'movement.created' || subject.kind !== 'movement') return
    if (subject.type === 'payout') return
    if (subject.available) ready(subject)
    else waiting.push(subject)
  })
  const settle = () => {
    for (const movement of waiting.splice(0)) {
      if (movement.availableAt > sim.now()) {
        waiting.push(movement)
        continue
      }
      movement.available = true
      sim.happen('movement.changed', movement)
      ready(movement)
    }
    const monday = new Date(sim.now()).getUTCDay() === 1
    for (const [code, movements] of available) {
      if ((code === 'usd' || monday) && payOut(sim, code, movements)) available.delete(code)
    }
    sim.at(sim.now() + DAY, settle)
  }
  sim.at(midnight(sim.now()) + DAY, settle)
}

function payOut(sim: Sim, code: string, movements: Movement[]): boolean {
  const amount = movements.reduce((sum, movement) => sum + movement.net, 0)
  // A balance in the red waits until sales have filled it.
  if (amount <= 0) return false
  const key = `${code}-${new Date(sim.now()).toISOString().slice(0, 10)}`
  const payout: Payout = sim.add({
    kind: 'payout',
    key,
    createdAt: sim.now(),
    arrivesAt: sim.now() + TRANSIT_DAYS * DAY,
    amount,
    currency: code,
    status: 'inTransit',
    movement: `${key}:payout`,
    failureMovement: null,
  })
  for (const movement of movements) {
    movement.payout = key
    sim.happen('movement.changed', movement)
  }
  const own = moveBack(sim, payout, { type: 'payout', amount: -amount })
  own.payout = key
  sim.happen('movement.changed', own)
  sim.happen('payout.created', payout)
  const fails = sim.random('payout', key).chance(PAYOUT_FAILURE_RATE)
  sim.at(payout.arrivesAt, () => arrive(sim, payout, fails))
  return true
}

function arrive(sim: Sim, payout: Payout, fails: boolean): void {
  payout.status = fails ? 'failed' : 'paid'
  if (fails) {
    const { key } = moveBack(sim, payout, { type: 'payoutFailure', amount: payout.amount })
    payout.failureMovement = key
  }
  sim.happen(fails ? 'payout.failed' : 'payout.paid', payout)
}

function moveBack(sim: Sim, payout: Payout, what: Pick<Move, 'type' | 'amount'>): Movement {
  const source = { kind: 'payout', key: payout.key } as const
  return move(sim, { ...what, chargedIn: payout.currency, source, availableNow: true })
}

function midnight(time: number): number {
  return Math.floor(time / DAY) * DAY
}
