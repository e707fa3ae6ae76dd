import { describe, expect, it } from 'vitest'
import type { Row } from '../partner.ts'
import { client } from '../testing/client.ts'
import { DAY } from '../world/sim.ts'
import { type Account, createAccount, EVENT_DAYS } from './account.ts'
import { createStripe } from './partner.ts'
import { KINDS, render } from './render/render.ts'
import { TABLE_NAMES } from './tables.ts'
import type { Json, JsonObject, StripeObject } from './types.ts'

const SEEDS = [1, 2, 3]

describe('a Stripe account', () => {
  it.each(SEEDS.flatMap((seed) => [0, 1, 20].map((days) => [seed, days])))(
    'has written down the world as it is (seed %i, day %i)',
    (seed = 0, days = 0) => {
      const account = createAccount({ seed, livemode: false })
      account.advanceTo(account.world.epoch + days * DAY)
      let count = 0
      for (const kind of KINDS) {
        for (const thing of account.world.all(kind).values()) {
          for (const { table, object, deleted = false } of render(account, thing)) {
            const row = account.tables[table].get(object.id)
            expect(row?.object).toEqual(object)
            expect(row?.deleted).toBe(deleted)
            count += 1
          }
        }
      }
      const written = TABLE_NAMES.filter((name) => !['events', 'external_accounts'].includes(name))
      const rows = written.reduce((sum, name) => sum + account.tables[name].rows.length, 0)
      expect(rows).toBe(count)
    },
  )

  it('has the same bytes for the same seed', () => {
    expect(bytes(createAccount({ seed: 5, livemode: false }))).toBe(
      bytes(createAccount({ seed: 5, livemode: false })),
    )
  })

  it('is the same whether time passes in one step or in many', () => {
    const once = createAccount({ seed: 5, livemode: false })
    const often = createAccount({ seed: 5, livemode: false })
    once.advanceTo(once.world.epoch + 100 * DAY)
    for (let day = 1; day <= 100; day++) often.advanceTo(often.world.epoch + day * DAY)
    expect(bytes(once)).toBe(bytes(often))
  })

  it('has other ids in live mode', () => {
    const stripe = createStripe({ seed: 1 })
    const test = client(stripe, stripe.keys.test).all('/v1/customers')
    const live = client(stripe, stripe.keys.live).all('/v1/customers')
    expect(live.every(({ livemode }) => livemode === true)).toBe(true)
    const known = new Set(test.map(({ id }) => id))
    expect(live.filter(({ id }) => known.has(id))).toEqual([])
  })
})

describe.each(SEEDS)('events, seed %i', (seed) => {
  const stripe = createStripe({ seed })
  stripe.advanceTo(stripe.now() + 10 * DAY)
  const { all } = client(stripe)
  // The official test checks that they have this shape.
  const events = all('/v1/events').reverse() as unknown as Event[]

  it('are kept for thirty days', () => {
    const since = (stripe.now() - EVENT_DAYS * DAY) / 1000
    expect(Math.min(...events.map(({ created }) => created))).toBeGreaterThanOrEqual(since)
    expect(Math.min(...events.map(({ created }) => created))).toBeLessThan(since + 86_400)
  })

  it('end with each object as it is now', () => {
    const last = new Map(events.map((event) => [event.data.object.id, event]))
    for (const [id, { type, data }] of last) {
      if (type.endsWith('.deleted') && !type.includes('subscription')) continue
      const now = current(stripe.account, type, String(id))
      expect(quiet(data.object), type).toEqual(quiet(now))
    }
  })

  it('say of an update what was there before', () => {
    const before = new Map<string, JsonObject[]>()
    let compared = 0
    for (const { type, data } of events) {
      const name = `${data.object.object} ${data.object.id}`
      const states = before.get(name) ?? []
      before.set(name, [...states, data.object])
      // Several events tell of one change, so the state before it may be further back.
      const known = states.findLast((one) => JSON.stringify(one) !== JSON.stringify(data.object))
      if (known && data.previous_attributes) {
        const was = undone(data.object, data.previous_attributes)
        expect(quiet(was), type).toEqual(quiet(known))
        compared += 1
      }
    }
    expect(compared).toBeGreaterThan(5)
  })

  it('tell of everything that was made in that time', () => {
    const since = (stripe.now() - EVENT_DAYS * DAY) / 1000
    const told = new Set(events.map(({ data }) => data.object.id))
    const lists = ['customers', 'charges', 'payment_intents', 'refunds', 'disputes', 'payouts']
    for (const list of [...lists, 'invoices', 'products', 'prices']) {
      const made = all(`/v1/${list}`, `created[gte]=${since}`)
      expect(made.filter(({ id }) => !told.has(String(id)))).toEqual([])
    }
  })
})

type Event = {
  type: string
  created: number
  data: { object: StripeObject; previous_attributes?: JsonObject }
}

function bytes({ tables }: Account): string {
  // In their order; the number that makes the order is no part of an answer.
  return JSON.stringify(
    TABLE_NAMES.map((name) => tables[name].rows.map(({ place, ...row }) => row)),
  )
}

function current({ tables }: Account, type: string, id: string): Row {
  const names = type.includes('source') ? (['sources'] as const) : TABLE_NAMES
  for (const name of names) {
    const row = tables[name].get(id)
    // An older card is in two lists; its events tell of the one the type names.
    if (row && (name !== 'sources' || type.includes('source'))) return row.object
  }
  throw new Error(`no ${id}`)
}

// Without what changes silently at Stripe too.
function quiet(object: Row): Row {
  const { next_invoice_sequence, balance_transactions, ...rest } = object
  // A field that came with the update was nothing before it.
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null))
}

function undone(object: JsonObject, previous: JsonObject): JsonObject {
  const back: JsonObject = { ...object }
  for (const [field, was] of Object.entries(previous)) {
    const is: Json = back[field] ?? null
    const inside = plain(is) && plain(was)
    back[field] = inside ? undone(is, was) : was
  }
  return back
}

function plain(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
