// Every partner against what its own API says: backfill, changes, deletions, faults.
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type PartnerName, partnerNames } from '../sandbox/partners.ts'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { tombstone } from '../src/ingest/tombstone.ts'
import { customer } from '../src/model/customer.ts'
import { partners } from '../src/partners/index.ts'
import type { Partner } from '../src/partners/partner.ts'
import type { Database } from '../src/store/database.ts'
import { save } from '../src/store/save.ts'
import { masterKeysFrom, newMasterKey } from '../src/store/seal.ts'
import { resetWatermark } from '../src/store/segment.ts'
import { type Business, connected } from './business.ts'
import { testDatabase } from './database.ts'
import { storedRecords, type Values } from './oracle.ts'
import { type Json, newWorld, type World } from './world.ts'

const hour_ms = 3_600_000
const day_ms = 24 * hour_ms
/** Past the longest bound that a partner states for what its API hides. */
const bound_days = 1.1
const started: Sandbox[] = []
let db: Database

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
afterEach(async () => {
  for (const sandbox of started.splice(0)) await sandbox.stop()
})

async function sandboxOf(seed: number, buyers = 40) {
  const sandbox = await startSandbox({ seed, buyers })
  started.push(sandbox)
  return sandbox
}

async function afterSync(business: Business): Promise<string[]> {
  expect(await business.sync()).toEqual({ failed: [] })
  return business.oracle.differences(db)
}

/** As if the partner had said that the customer is gone. */
async function takeForDeleted(business: Business, partnerRecordId: string) {
  const { id, ledgerAccountId, ...origin } = await business.connection()
  const context = { ...origin, ledgerAccountId, partnerAccountConnectionId: id }
  const deletion = { partnerRecordId, evidence: 'refetch', stamp: Date.now() } as const
  const records = [tombstone(customer, context, deletion)]
  await save(db, { ledgerAccountId, records, now_ms: Date.now() })
}

/** Reads a stream from its beginning, as a full sync does. */
async function readAnew({ ledgerAccountId, connectionId, sync }: Business, stream: string) {
  await resetWatermark(db, { ledgerAccountId, connectionId, stream }, null)
  expect(await sync()).toEqual({ failed: [] })
}

async function customersOf(business: Business): Promise<Values[]> {
  const records = await storedRecords(db, await business.connection())
  return [...records.values()].filter(({ object }) => object === 'customer')
}

describe.each(partnerNames)('%s', (name) => {
  const partner: Partner = partners[name]
  // Whether the partner keeps customers of its own, which can be deleted.
  const nameOfCustomers =
    partner.streams.find(({ maps }) =>
      maps.some((map) => map.object.name === 'customer' && !map.derived),
    )?.name ?? ''
  const keeps = nameOfCustomers !== ''

  it('is as its API says after a backfill, and as time goes by', async () => {
    const sandbox = await sandboxOf(31)
    const business = await connected(db, sandbox, { partner: name })
    expect(await afterSync(business)).toEqual([])
    for (const days of [bound_days, 6, 25]) {
      sandbox.advance(days * day_ms)
      expect([days, ...(await afterSync(business))]).toEqual([days])
    }
  }, 120_000)

  it('changes nothing when nothing happened', async () => {
    const sandbox = await sandboxOf(32, 20)
    const business = await connected(db, sandbox, { partner: name })
    await business.sync()
    const before = await storedRecords(db, await business.connection())
    expect(await business.sync()).toEqual({ failed: [] })
    expect(await storedRecords(db, await business.connection())).toEqual(before)
  }, 60_000)

  it.skipIf(!keeps)(
    'sees within its bound that a customer was deleted, with evidence',
    async () => {
      const sandbox = await sandboxOf(33, 20)
      const business = await connected(db, sandbox, { partner: name })
      await business.sync()
      const [one] = (await customersOf(business)).filter(
        ({ origin, recordState }) => origin === 'PARTNER' && recordState === 'ACTIVE',
      )
      expect(sandbox.partner(name).remove(String(one?.partnerRecordId))).toBe(true)
      sandbox.advance(bound_days * day_ms)
      expect(await afterSync(business)).toEqual([])
      const gone = (await customersOf(business)).find(({ id }) => id === one?.id)
      expect(gone).toMatchObject({ recordState: 'DELETED', name: one?.name })
      expect(gone?.deletionEvidence).toMatch(/^(event|refetch|sweep)$/)
    },
    60_000,
  )

  it.skipIf(!keeps)(
    'knows a customer again who was taken for deleted',
    async () => {
      const sandbox = await sandboxOf(36, 20)
      const business = await connected(db, sandbox, { partner: name })
      await business.sync()
      const one = (await customersOf(business)).find(
        ({ origin, recordState }) => origin === 'PARTNER' && recordState === 'ACTIVE',
      )
      await takeForDeleted(business, String(one?.partnerRecordId))
      const state = async () =>
        (await customersOf(business)).find(({ id }) => id === one?.id)?.recordState
      expect(await state()).toBe('DELETED')
      await readAnew(business, nameOfCustomers)
      expect(await state()).toBe('ACTIVE')
      expect(await business.oracle.differences(db)).toEqual([])
    },
    60_000,
  )

  it('keeps an account apart for each business, and knows one again', async () => {
    const sandbox = await sandboxOf(36, 8)
    const [one, other] = [
      await connected(db, sandbox, { partner: name }),
      await connected(db, sandbox, { partner: name }),
    ]
    for (const days of [bound_days, 3]) {
      const results = await Promise.all([one.sync(), other.sync()])
      expect(results).toEqual([{ failed: [] }, { failed: [] }])
      for (const business of [one, other]) expect(await business.oracle.differences(db)).toEqual([])
      sandbox.advance(days * day_ms)
    }
    const ids = new Set((await customersOf(one)).map(({ id }) => id))
    expect((await customersOf(other)).filter(({ id }) => ids.has(id))).toEqual([])
    const { ledgerAccountId, keys } = one
    const again = await connected(db, sandbox, { partner: name, ledgerAccountId, keys })
    expect(again.connectionId).toBe(one.connectionId)
  }, 60_000)

  it.each([-1, 1])(
    'misses nothing where our clock shows %i hour to the partner’s',
    async (hours) => {
      const sandbox = await sandboxOf(37, 8)
      vi.useFakeTimers({ toFake: ['Date'] })
      onTestFinished(() => void vi.useRealTimers())
      const setClock = () => vi.setSystemTime(sandbox.now() + hours * hour_ms)
      setClock()
      const business = await connected(db, sandbox, { partner: name })
      expect(await afterSync(business)).toEqual([])
      for (const days of [bound_days, 0.02, bound_days]) {
        sandbox.advance(days * day_ms)
        setClock()
        if (days > 1) expect([days, ...(await afterSync(business))]).toEqual([days])
        else expect(await business.sync()).toEqual({ failed: [] })
      }
    },
    60_000,
  )

  const passing = ['reset_mid_body', 'error_503_seconds', 'html_200', 'truncated_json']
  it.each([...passing, 'duplicate_rows', 'unauthorised', 'scope_lost', 'page_shrinks'])(
    'heals after %s',
    async (fault) => {
      const sandbox = await sandboxOf(34, 20)
      const business = await connected(db, sandbox, { partner: name })
      for (let i = 1; i < 4; i++) {
        sandbox.inject({ name: fault, partner: name, path: '*', after: i * 3, times: 1 })
      }
      await business.sync({ patience_ms: 1 })
      sandbox.clearFaults()
      sandbox.advance(bound_days * day_ms)
      expect(await afterSync(business)).toEqual([])
    },
    60_000,
  )
})

describe('a business that sells at every partner', () => {
  it('has one list of customers over all of them', async () => {
    const sandbox = await sandboxOf(35, 20)
    const keys = masterKeysFrom(newMasterKey())
    const world = await newWorld(db)
    const { ledgerAccountId } = world.shop
    const expected = new Map<PartnerName, number>()
    for (const name of partnerNames) {
      const business = await connected(db, sandbox, { partner: name, ledgerAccountId, keys })
      expect(await business.sync()).toEqual({ failed: [] })
      expected.set(name, (await customersOf(business)).length)
    }
    const found = await pagedOver(world)
    await world.close()
    const counts = new Map<PartnerName, number>()
    for (const { partnerSource } of found) {
      const name = partnerSource as PartnerName // it is one of those connected above
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    expect(counts).toEqual(expected)
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
  }, 180_000)
})

/** Every customer of a world's business, page by page, as the API gives them. */
async function pagedOver({ client, shop }: World): Promise<Json[]> {
  const found: Json[] = []
  let cursor = ''
  do {
    const url = `/v2/customers?ledgerAccountId=${shop.ledgerAccountId}&limit=50${cursor}`
    const { data, json } = await client.get(url)
    found.push(...data)
    cursor = json.next_cursor ? `&cursor=${json.next_cursor}` : ''
  } while (cursor !== '')
  return found
}
