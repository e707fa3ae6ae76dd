// What only Shopify does, at the engine: merges, hidden orders, lists that are cut, fees.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { followed, reread } from '../src/ingest/events.ts'
import { withRun } from '../src/ingest/open.ts'
import { keyOf } from '../src/ingest/run.ts'
import type { Notifications } from '../src/partners/notifications.ts'
import type { Partner } from '../src/partners/partner.ts'
import type { Payload } from '../src/partners/rule.ts'
import { shopify } from '../src/partners/shopify/index.ts'
import { listOf, type Stream } from '../src/partners/stream.ts'
import type { Database } from '../src/store/database.ts'
import { type Business, connected } from './business.ts'
import { testDatabase } from './database.ts'
import { storedRecords, type Values } from './oracle.ts'
import { wholeList } from './partner_lists.ts'

const day_ms = 86_400_000
const orders = shopify.streams.find(({ name }) => name === 'orders') as Stream
let db: Database
let sandbox: Sandbox
let business: Business

beforeAll(async () => {
  db = await testDatabase()
  sandbox = await startSandbox({ seed: 63, buyers: 90 })
  business = await connected(db, sandbox, { partner: 'shopify' })
  expect(await business.sync()).toEqual({ failed: [] })
}, 60_000)
afterAll(async () => {
  await sandbox.stop()
  await db.close()
})

/** Whose each order is, at the shop itself. */
async function owners(): Promise<Map<string, string | null>> {
  const credential = sandbox.partner('shopify').oracle
  const of = { partner: shopify, connection: await business.connection(), credential }
  const rows = await wholeList(of, listOf(orders), [])
  return new Map(
    rows.map(({ legacyResourceId, customer }) => [
      String(legacyResourceId),
      ((customer as Payload | null)?.legacyResourceId as string | undefined) ?? null,
    ]),
  )
}

/** Lets time pass until somebody was merged whom we know; gives who went, and into whom. */
async function untilMerged(): Promise<{ gone: string; kept: string; order: string }> {
  let before = await owners()
  for (let days = 10; days <= 60; days += 10) {
    sandbox.advance(10 * day_ms)
    const now = await owners()
    for (const [order, kept] of now) {
      const gone = before.get(order)
      if (gone && kept && gone !== kept) return { gone, kept, order }
    }
    expect(await business.sync()).toEqual({ failed: [] })
    before = now
  }
  throw new Error('nobody was merged')
}

async function find(object: string, partnerRecordId: string): Promise<Values | undefined> {
  const records = [...(await storedRecords(db, await business.connection())).values()]
  return records.find((one) => one.object === object && one.partnerRecordId === partnerRecordId)
}

/** Reads again what a notification names, as its receiver would. */
async function hear(topic: string, body: object) {
  const { read, touches } = shopify.notifications as Notifications // it has them
  const headers = { 'x-shopify-hmac-sha256': 'verified before', 'x-shopify-topic': topic }
  const told = read(body, headers).flatMap((event) => touches?.(event) ?? [])
  const { keys } = business
  const connection = await business.connection()
  await withRun({ db, keys, connection, partner: shopify }, async (run) => {
    for (const touch of told) {
      const found = await followed(run, touch)
      const key = keyOf(run, touch.stream)
      await run.writer.save({ key, ...found, checkpoint: async () => undefined })
    }
  })
}

async function all(object: string): Promise<Values[]> {
  const records = await storedRecords(db, await business.connection())
  return [...records.values()].filter((one) => one.object === object)
}

describe('what was read at first', () => {
  it('has the rest of every list that the shop had cut', async () => {
    const lines = (await all('order')).map(({ line_items }) => (line_items as unknown[]).length)
    expect(Math.max(...lines)).toBe(8)
    const prices = (await all('product')).map(({ prices }) => (prices as unknown[]).length)
    expect(Math.max(...prices)).toBe(12)
  })

  it('states the fees of each month and currency, to the unit', async () => {
    const fees = new Map<string, number>()
    for (const { created_date, currency, fee } of await all('transaction')) {
      const month = `${String(created_date).slice(0, 7)} ${currency}`
      fees.set(month, (fees.get(month) ?? 0) + Number(fee))
    }
    const stated = (await all('billing_invoice')).map(
      ({ InvoicePeriod, currency, amount }) => [`${InvoicePeriod} ${currency}`, amount] as const,
    )
    const owed = [...fees].filter(([, sum]) => sum !== 0)
    expect(owed.length).toBeGreaterThan(20)
    expect(new Map(stated)).toEqual(new Map(owed))
  })

  it('knows buyers without a customer by their orders', async () => {
    const guests = (await all('customer')).filter(({ origin }) => origin === 'DERIVED')
    expect(guests.length).toBeGreaterThan(2)
    const orders = (await all('order')).filter(({ customer_id }) =>
      guests.some(({ id }) => id === customer_id),
    )
    expect(orders.length).toBeGreaterThanOrEqual(guests.length)
  })
})

describe('a customer who was merged into another', () => {
  it('is gone, and the orders are the other one’s, also where nothing was notified', async () => {
    const { gone, kept, order } = await untilMerged()
    expect(await business.sync()).toEqual({ failed: [] })
    expect(await business.oracle.differences(db)).toEqual([])
    expect(await find('customer', gone)).toMatchObject({
      recordState: 'DELETED',
      deletionEvidence: 'sweep',
      mergedInto: null,
    })
    const survivor = await find('customer', kept)
    expect(survivor?.recordState).toBe('ACTIVE')
    expect((await find('order', order))?.customer_id).toBe(survivor?.id)
  }, 120_000)

  it('says into whom, where the notification came', async () => {
    const { gone, kept } = await untilMerged()
    await hear('customers/merge', {
      admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${kept}`,
      admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${gone}`,
      status: 'completed',
    })
    const survivor = await find('customer', kept)
    expect(await find('customer', gone)).toMatchObject({
      recordState: 'DELETED',
      deletionEvidence: 'event',
      mergedInto: survivor?.id,
    })
    expect(await business.sync()).toEqual({ failed: [] })
    expect(await find('customer', gone)).toMatchObject({ mergedInto: survivor?.id })
    expect(await business.oracle.differences(db)).toEqual([])
  }, 120_000)

  it('is not believed to be gone because somebody says so', async () => {
    const [one] = [...(await owners()).values()].filter((id) => id !== null)
    await hear('customers/delete', { id: Number(one) })
    expect((await find('customer', String(one)))?.recordState).toBe('ACTIVE')
  })
})

describe('an order that cannot be read', () => {
  const read = async (partner: Partner, deleted: boolean) => {
    const { keys } = business
    const connection = await business.connection()
    let records: readonly { readonly record: Values }[] = []
    await withRun({ db, keys, connection, partner }, async (run) => {
      const touch = { partnerRecordId: '1', parentId: null, deleted }
      const stream = partner.streams.find(({ name }) => name === 'orders') as Stream
      records = (await reread(run, stream, touch, 'sweep')).records
    })
    return records.map(({ record }) => record.deletionEvidence)
  }
  const hiding: Partner = {
    ...shopify,
    streams: shopify.streams.map((one) => ({ ...one, absenceTells: () => false })),
  }

  it('was deleted, where the app sees all orders', async () => {
    expect(await read(shopify, false)).toEqual(['sweep'])
  })

  it('may only be old, where it does not; a notification tells all the same', async () => {
    expect(await read(hiding, false)).toEqual([])
    expect(await read(hiding, true)).toEqual(['event'])
  })
})
