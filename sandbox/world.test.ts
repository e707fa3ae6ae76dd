import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Kind } from './world/entities.ts'
import { currency } from './world/money.ts'
import { DAY } from './world/sim.ts'
import { createWorld, HISTORY_DAYS, type World } from './world.ts'

const KINDS: Kind[] = [
  'buyer',
  'instrument',
  'product',
  'price',
  'payment',
  'charge',
  'refund',
  'dispute',
  'movement',
  'payout',
  'subscription',
  'invoice',
]
const SEEDS = [1, 2, 3, 4, 5]

describe('the world', () => {
  it('has the same bytes for the same seed, and others for another', () => {
    expect(digest(lived(7))).toBe(digest(lived(7)))
    expect(digest(lived(7))).not.toBe(digest(lived(8)))
  })

  it('is the same whether time passes in one step or in many', () => {
    const [once, often] = [lived(7), lived(7)]
    once.advanceTo(once.epoch + 60 * DAY)
    for (let day = 1; day <= 60; day++) often.advanceTo(often.epoch + day * DAY)
    expect(digest(once)).toBe(digest(often))
  })

  it('goes on after its epoch', () => {
    const world = lived(7)
    const before = sizes(world)
    world.advanceTo(world.epoch + 60 * DAY)
    const after = sizes(world)
    for (const kind of ['buyer', 'charge', 'payout', 'invoice', 'refund'] as const) {
      expect(after[kind], kind).toBeGreaterThan(before[kind]!)
    }
  })

  it('reaches back eighteen months and has as many buyers as were asked for', () => {
    const world = lived(7)
    const first = Math.min(...things(world, 'buyer').map(({ createdAt }) => createdAt))
    expect(world.epoch - first).toBeGreaterThan((HISTORY_DAYS - 30) * DAY)
    expect(world.all('buyer').size).toBe(200)
    expect(lived(7, 1000).all('buyer').size).toBe(1000)
    expect(lived(7, 5).all('buyer').size).toBe(5)
  })

  it.each(SEEDS)('has people of every sort (seed %i)', (seed) => {
    const buyers = things(lived(seed), 'buyer')
    const some = (sort: (buyer: (typeof buyers)[number]) => boolean) => buyers.some(sort)
    expect(some(({ name }) => name !== null && /[^ -~]/.test(name))).toBe(true)
    expect(some(({ email }) => email === null)).toBe(true)
    expect(some(({ guest }) => guest)).toBe(true)
    expect(some(({ deletedAt }) => deletedAt !== null)).toBe(true)
    const shared = (fact: (buyer: (typeof buyers)[number]) => unknown) => {
      const known = buyers.map(fact).filter((one) => typeof one === 'string')
      return new Set(known).size < known.length
    }
    expect(shared(({ address }) => address?.line1 && JSON.stringify(address))).toBe(true)
    expect(shared(({ name, phone }) => phone && `${name} ${phone}`)).toBe(true)
  })

  it.each(SEEDS)('shows every status at its epoch (seed %i)', (seed) => {
    const world = lived(seed)
    const seen = (kind: 'subscription' | 'invoice' | 'payment' | 'refund' | 'payout') =>
      [...new Set(things(world, kind).map(({ status }) => status))].sort()
    expect(seen('subscription')).toEqual([
      'active',
      'canceled',
      'incomplete',
      'incompleteExpired',
      'pastDue',
      'paused',
      'trialing',
      'unpaid',
    ])
    expect(seen('invoice')).toEqual(['draft', 'open', 'paid', 'uncollectible', 'void'])
    expect(seen('payment')).toHaveLength(7)
    expect(seen('refund')).toEqual(['failed', 'pending', 'succeeded'])
    expect(seen('payout')).toEqual(['failed', 'inTransit', 'paid'])
    const disputes = things(world, 'dispute').map(({ status }) => status)
    expect(disputes).toEqual(expect.arrayContaining(['won', 'lost', 'closed', 'underReview']))
  })

  it('has currencies without, with two and with three decimals', () => {
    const codes = new Set(things(lived(7), 'charge').map((charge) => charge.currency))
    expect(new Set([...codes].map((code) => currency(code).exponent))).toEqual(new Set([0, 2, 3]))
  })

  it('is made in less than 300 ms', () => {
    // The best of a few, since the machine may be busy with something else.
    const times = [1, 2, 3, 4].map((seed) => {
      const start = performance.now()
      lived(seed)
      return performance.now() - start
    })
    expect(Math.min(...times)).toBeLessThan(300)
  })
})

describe.each(SEEDS)('money, seed %i', (seed) => {
  const world = lived(seed)
  world.advanceTo(world.epoch + 30 * DAY)

  it('every net is its amount less its fees', () => {
    for (const { amount, fee, fees, net } of things(world, 'movement')) {
      expect(net).toBe(amount - fee)
      expect(fee).toBe(fees.reduce((sum, one) => sum + one.amount, 0))
    }
  })

  it('every payout is the sum of its movements, its own aside, in one currency', () => {
    for (const payout of things(world, 'payout')) {
      const own = things(world, 'movement').filter((one) => one.payout === payout.key)
      const paid = own.filter(({ type }) => type !== 'payout')
      expect(paid.reduce((sum, { net }) => sum + net, 0)).toBe(payout.amount)
      expect(new Set(own.map((one) => one.currency))).toEqual(new Set([payout.currency]))
      expect(own.filter(({ type }) => type === 'payout')).toMatchObject([{ net: -payout.amount }])
    }
  })

  it('no charge gives back more than it took, and its refunds add up', () => {
    for (const charge of things(world, 'charge')) {
      if (charge.expired) continue
      const refunds = things(world, 'refund').filter((one) => one.charge === charge.key)
      const kept = refunds.filter(({ status }) => status !== 'failed')
      expect(kept.reduce((sum, { amount }) => sum + amount, 0)).toBe(charge.refunded)
      expect(charge.refunded).toBeLessThanOrEqual(charge.captured)
    }
  })

  it('every collected charge moved money, and nothing else did', () => {
    const moved = things(world, 'movement').filter(({ type }) => type === 'charge')
    const collected = things(world, 'charge').filter(({ captured }) => captured > 0)
    expect(moved.map(({ source }) => source.key).sort()).toEqual(
      collected.map(({ key }) => key).sort(),
    )
  })
})

function lived(seed: number, buyers = 200): World {
  const world = createWorld({ seed, buyers })
  world.advanceTo(world.epoch)
  return world
}

function things<K extends Kind>(world: World, kind: K) {
  return [...world.all(kind).values()]
}

function sizes(world: World): Partial<Record<Kind, number>> {
  return Object.fromEntries(KINDS.map((kind) => [kind, world.all(kind).size]))
}

function digest(world: World): string {
  const hash = createHash('sha256')
  for (const kind of KINDS) hash.update(JSON.stringify(things(world, kind)))
  return hash.digest('hex')
}
