// What is in a list throughout is met exactly once, whatever is written between its pages.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customer } from '../src/model/customer.ts'
import type { Database } from '../src/store/database.ts'
import { testDatabase } from './database.ts'
import { type Client, newClient, newShop, newWorld, type Shop, type World } from './world.ts'

const runs = Number(process.env.PAGING_RUNS ?? 50)
let db: Database
let world: World

beforeAll(async () => {
  db = await testDatabase()
  world = await newWorld(db, { requestsPerMinute: 0 })
})
afterAll(async () => {
  await world.close()
  await db.close()
})

type Kind = 'insert' | 'rename' | 'redate' | 'delete' | 'restore'

interface Write {
  readonly kind: Kind
  /** Which record; taken modulo their number. */
  readonly at: number
  readonly day: number
}

interface Walk {
  readonly sort: 'created_date' | 'modifiedDate'
  readonly backwards: boolean
  readonly limit: number
  readonly days: readonly number[]
  /** What is written after each page. */
  readonly writes: readonly (readonly Write[])[]
}

const day = fc.integer({ min: 0, max: 12 })
const write: fc.Arbitrary<Write> = fc.record({
  kind: fc.constantFrom<Kind>('insert', 'rename', 'redate', 'delete', 'restore'),
  at: fc.nat(30),
  day,
})

function walk(sort: Walk['sort'], backwards: boolean): fc.Arbitrary<Walk> {
  return fc.record({
    sort: fc.constant(sort),
    backwards: fc.constant(backwards),
    limit: fc.integer({ min: 1, max: 6 }),
    days: fc.array(day, { minLength: 2, maxLength: 14 }),
    writes: fc.array(fc.array(write, { maxLength: 3 }), { maxLength: 8 }),
  })
}

/** Records of one business as the test knows them. */
interface Ledger {
  readonly shop: Shop
  readonly days: Map<string, number>
  /** Met in the list from its beginning to its end. */
  readonly throughout: Set<string>
  names: number
  now_ms: number
}

const started_ms = Date.UTC(2026, 5, 1)

function dateOf(at: number): string {
  return new Date(Date.UTC(2026, 0, 1 + at)).toISOString()
}

async function save(ledger: Ledger, partnerRecordId: string, parts: object) {
  const at = ledger.days.get(partnerRecordId) ?? 0
  const name = `name ${++ledger.names}`
  const record = { partnerRecordId, created_date: dateOf(at), name, ...parts }
  // Clocks of writers differ: a later commit may carry an earlier date.
  ledger.now_ms += ledger.names % 3 === 0 ? -5 : 7
  const [id = ''] = await ledger.shop.put(customer, [record], ledger.now_ms)
  return id
}

const deleted = { recordState: 'DELETED', deletedDate: dateOf(40), deletionEvidence: 'event' }

const acts: Readonly<Record<Kind, (ledger: Ledger, name: string, day: number) => Promise<void>>> = {
  async insert(ledger, _, at) {
    const name = `new ${ledger.days.size}`
    ledger.days.set(name, at)
    await save(ledger, name, {})
  },
  async rename(ledger, name) {
    await save(ledger, name, {})
  },
  async redate(ledger, name, at) {
    ledger.days.set(name, at)
    await save(ledger, name, {})
  },
  async delete(ledger, name) {
    const id = await save(ledger, name, deleted)
    ledger.throughout.delete(id)
  },
  async restore(ledger, name) {
    await save(ledger, name, {})
  },
}

async function act(ledger: Ledger, { kind, at, day: on }: Write) {
  const names = [...ledger.days.keys()]
  await acts[kind](ledger, names[at % names.length] ?? '', on)
}

async function filled(shop: Shop, days: readonly number[]): Promise<Ledger> {
  const names = days.map((on, n) => [`old ${n}`, on] as const)
  const known = { shop, days: new Map(names), throughout: new Set<string>() }
  const ledger = { ...known, names: 0, now_ms: started_ms }
  for (const [name] of names) ledger.throughout.add(await save(ledger, name, {}))
  return ledger
}

/** Reads a list to its end, with writes between its pages. Gives the ids in the order met. */
async function read(client: Client, ledger: Ledger, { sort, backwards, limit, writes }: Walk) {
  const { ledgerAccountId } = ledger.shop
  const base = `/v2/customers?ledgerAccountId=${ledgerAccountId}&sort=${sort}&limit=${limit}&fields=id`
  const met: string[] = []
  let next = backwards ? `&ending_before=${await lastOf(client, ledger, sort)}` : ''
  for (let page = 0; page < 200; page++) {
    const { json, data } = await client.get(base + next)
    const ids = data.map(({ id }) => String(id))
    met.push(...(backwards ? ids.toReversed() : ids))
    if (!json.has_more) return met
    for (const one of writes[page] ?? []) await act(ledger, one)
    next = `&cursor=${json.next_cursor}`
  }
  throw new Error('the list does not end')
}

/** The last record of a list, to read it from its end; itself, it is not met then. */
async function lastOf(client: Client, ledger: Ledger, sort: string): Promise<string> {
  const { ledgerAccountId } = ledger.shop
  const query = `ledgerAccountId=${ledgerAccountId}&sort=${sort}&limit=100&fields=id`
  const { data } = await client.get(`/v2/customers?${query}`)
  const id = String(data.at(-1)?.id)
  ledger.throughout.delete(id)
  return id
}

async function check(one: Walk, client: Client, shop: Shop) {
  const ledger = await filled(shop, one.days)
  const met = await read(client, ledger, one)
  const twice = met.filter((id, i) => met.indexOf(id) !== i)
  const never = [...ledger.throughout].filter((id) => !met.includes(id))
  expect({ twice, never }).toEqual({ twice: [], never: [] })
}

const walks = (['created_date', 'modifiedDate'] as const).flatMap((sort) =>
  [false, true].map((backwards) => [sort, backwards ? 'oldest' : 'newest', backwards] as const),
)

describe('a list that is written to while it is read', () => {
  it.each(walks)(
    'by %s, %s first, meets everything once',
    async (sort, _, backwards) => {
      await fc.assert(
        fc.asyncProperty(walk(sort, backwards), async (one) => {
          const shop = await newShop(db, { institutionId: world.institutionId })
          await check(one, world.client, shop)
        }),
        { numRuns: runs, endOnFailure: true },
      )
    },
    300_000,
  )

  it('over several ledger accounts meets everything once', async () => {
    await fc.assert(
      fc.asyncProperty(walk('modifiedDate', false), walk('created_date', false), async (a, b) => {
        const { institutionId } = world
        const shops = [await newShop(db, { institutionId }), await newShop(db, { institutionId })]
        const [first, second] = await Promise.all(shops.map((shop) => filled(shop, a.days)))
        if (!first || !second) throw new Error('two shops were to be made')
        const met: string[] = []
        const ids = shops.map(({ ledgerAccountId }) => ledgerAccountId).join(',')
        let next = ''
        for (let page = 0; ; page++) {
          const query = `ledgerAccountId=${ids}&sort=${a.sort}&limit=${a.limit}&fields=id${next}`
          const { json, data } = await world.client.get(`/v2/customers?${query}`)
          met.push(...data.map(({ id }) => String(id)))
          if (!json.has_more) break
          for (const one of a.writes[page] ?? []) await act(first, one)
          for (const one of b.writes[page] ?? []) await act(second, one)
          next = `&cursor=${json.next_cursor}`
        }
        const never = [...first.throughout, ...second.throughout].filter((id) => !met.includes(id))
        expect({ twice: met.length - new Set(met).size, never }).toEqual({ twice: 0, never: [] })
      }),
      { numRuns: Math.ceil(runs / 5), endOnFailure: true },
    )
  }, 300_000)
})

describe('a key of many ledger accounts', () => {
  it('reads them all as one list in one order', async () => {
    const { institutionId } = world
    const client = await newClient(world.api, db, { institutionId, mode: 'live' })
    const expected: string[] = []
    for (let n = 0; n < 60; n++) {
      const shop = await newShop(db, { institutionId, mode: 'live' })
      expected.push(
        ...(await shop.put(customer, [{ partnerRecordId: 'a', created_date: dateOf(n) }])),
      )
    }
    const met: string[] = []
    let next = ''
    for (;;) {
      const { json, data } = await client.get(`/v2/customers?limit=7&fields=id${next}`)
      met.push(...data.map(({ id }) => String(id)))
      if (!json.has_more) break
      next = `&cursor=${json.next_cursor}`
    }
    expect(met).toEqual(expected.toReversed())
  })
})
