import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../test/database.ts'
import { newClient, newShop, newWorld, type Shop, type World } from '../../test/world.ts'
import { customer } from '../model/customer.ts'
import { external_account } from '../model/external_account.ts'
import { payment } from '../model/payment.ts'
import { product } from '../model/product.ts'
import { subscription } from '../model/subscription.ts'
import { transaction } from '../model/transaction.ts'

let world: World
let second: Shop
const dates = [3, 1, 2, 5, 4].map((day) => `2026-01-0${day}T00:00:00.000Z`)

beforeAll(async () => {
  const db = await testDatabase()
  world = await newWorld(db)
  await world.shop.put(
    customer,
    dates.map((created_date, n) => ({
      partnerRecordId: `c${n}`,
      created_date,
      name: ['Åke', 'ÅSA', 'Bo', 'b_o%', null][n],
      email: `Person${n}@Example.com`,
      address: { ...address, country: n < 2 ? 'SE' : 'NO' },
    })),
  )
  second = await newShop(db, { institutionId: world.institutionId, institutionAccountId: 'm-2' })
  await second.put(customer, [{ partnerRecordId: 'c0', created_date: null, name: 'Undated' }])
})
afterAll(async () => {
  await world.close()
  await world.db.close()
})

const address = { city: null, postal_code: null, line1: null, line2: null, state: null }

async function names(query: string): Promise<unknown[]> {
  const { shop, client } = world
  const account = /ledger|institution/i.test(query)
    ? ''
    : `&ledgerAccountId=${shop.ledgerAccountId}`
  const reply = await client.get(`/v2/customers?${query}${account}`)
  expect([query, reply.status, reply.json.detail]).toEqual([query, 200, undefined])
  return reply.data.map(({ partnerRecordId }) => partnerRecordId)
}

describe('a list', () => {
  it('is newest first, and records without a date come last', async () => {
    const all = [world.shop.ledgerAccountId, second.ledgerAccountId].join()
    expect(await names(`ledgerAccountId=${all}`)).toEqual(['c3', 'c4', 'c0', 'c2', 'c1', 'c0'])
  })

  it.each([
    ['name=åsa', ['c1']],
    ['name[prefix]=Å', ['c0', 'c1']],
    ['name[prefix]=b_', ['c3']],
    ['name[in]=BO,åke', ['c0', 'c2']],
    ['name[]=bo&name[]=ÅKE', ['c0', 'c2']],
    ['email=PERSON2@example.COM', ['c2']],
    ['address.country=SE', ['c0', 'c1']],
    ['address.country[in]=SE,NO', ['c3', 'c4', 'c0', 'c2', 'c1']],
    ['created_date[gte]=2026-01-04', ['c3', 'c4']],
    ['created_date[gt]=2026-01-04T00:00:00Z', ['c3']],
    ['created_date[lt]=2026-01-02T01:00:00%2B01:00', ['c1']],
    ['created_date=2026-01-02', ['c2']],
    ['partnerSource[]=stripe&limit=1', ['c3']],
    ['partnerSource=square', []],
    ['partnerRecordId=c1', ['c1']],
    ['partnerRecordId[]=c1&partnerRecordId[]=c2', ['c2', 'c1']],
    ['recordState=DELETED', []],
    ['recordState=all&limit=2', ['c3', 'c4']],
    ['institutionAccountId=m-2', ['c0']],
    ['starting_after=ID:c0', ['c2', 'c1']],
    ['ending_before=ID:c0', ['c3', 'c4']],
    ['ending_before=ID:c1&limit=2', ['c0', 'c2']],
    ['id[]=ID:c2&Id[]=ID:c4', ['c4', 'c2']],
  ])('answers %s', async (query, expected) => {
    const given = query.replaceAll(/ID:(\w+)/g, (_, id) => world.shop.idOf(customer, id))
    expect(await names(given)).toEqual(expected)
  })

  it.each(['ledgeraccountid', 'LedgerAccountId', 'ledgerAccountid', 'ledgerAccountId[]'])(
    'takes the capitals of %s',
    async (name) => {
      expect(await names(`${name}=${second.ledgerAccountId}`)).toEqual(['c0'])
    },
  )

  it('takes the names of its version, and no others', async () => {
    const { client } = world
    const found = await client.get(`/v1/customers?ledger_id=${second.ledgerAccountId}`)
    expect(found.data).toMatchObject([
      { partner_source: 'stripe', ledger_id: second.ledgerAccountId },
    ])
    const wrong = await client.get('/v1/customers?partnerSource=stripe')
    expect([wrong.status, wrong.json.detail]).toEqual([
      400,
      'unknown parameter "partnerSource", did you mean partner_source?',
    ])
  })

  it('counts when asked', async () => {
    const reply = await world.client.get('/v2/customers?limit=1&include[]=total_count')
    expect(reply.json.total_count).toBe(6)
  })

  it('tells how fresh it is when asked', async () => {
    const reply = await world.client.get('/v2/customers?limit=1&include=freshness')
    expect(reply.json.freshness).toContainEqual(
      expect.objectContaining({ stream: 'customers', state: 'queued', watermark: null }),
    )
  })

  it('picks fields', async () => {
    const reply = await world.client.get('/v2/customers?limit=1&fields=name,address')
    expect(Object.keys(reply.data[0] ?? {})).toEqual(['object', 'id', 'name', 'address'])
  })
})

describe('a cursor', () => {
  it('goes on where the page ended, in both directions', async () => {
    const account = `ledgerAccountId=${world.shop.ledgerAccountId}`
    const first = await world.client.get(`/v2/customers?${account}&limit=2`)
    const next = await world.client.get(
      `/v2/customers?${account}&limit=2&cursor=${first.json.next_cursor}`,
    )
    expect(next.data.map(({ partnerRecordId }) => partnerRecordId)).toEqual(['c0', 'c2'])
    const last = world.shop.idOf(customer, 'c1')
    const back = await world.client.get(`/v2/customers?${account}&limit=3&ending_before=${last}`)
    const further = await world.client.get(
      `/v2/customers?${account}&limit=3&cursor=${back.json.next_cursor}`,
    )
    expect(further.data.map(({ partnerRecordId }) => partnerRecordId)).toEqual(['c3'])
    expect(further.json).toMatchObject({ has_more: false, next_cursor: null })
  })

  it.each([
    ['of another filter', (cursor: string) => `name[prefix]=b&cursor=${cursor}`],
    ['of another order', (cursor: string) => `sort=modifiedDate&cursor=${cursor}`],
    ['that was cut', (cursor: string) => `cursor=${cursor.slice(0, -5)}`],
    ['that was made up', () => 'cursor=abc'],
    ['with a place that is no moment', () => `cursor=${forged('2026-02-30T00:00:00.000Z')}`],
  ])('%s is refused', async (_, query) => {
    const first = await world.client.get('/v2/customers?limit=1')
    const reply = await world.client.get(`/v2/customers?${query(String(first.json.next_cursor))}`)
    expect([reply.status, reply.json.code, reply.json.param]).toEqual([400, 'bad_cursor', 'cursor'])
  })

  it('of another institution is refused', async () => {
    const first = await world.client.get('/v2/customers?limit=1')
    const client = await newClient(world.api, world.db, { institutionId: 'ins_other' })
    const reply = await client.get(`/v2/customers?cursor=${first.json.next_cursor}`)
    expect(reply.json.code).toBe('bad_cursor')
  })
})

function forged(place: string): string {
  return Buffer.from(JSON.stringify(['x', place, 'cus_1a', 0, []])).toString('base64url')
}

describe('expansion', () => {
  let customerId = ''

  beforeAll(async () => {
    const { shop } = world
    const [instrument] = await shop.put(external_account, [{ partnerRecordId: 'e1' }])
    const [id = ''] = await shop.put(customer, [
      { partnerRecordId: 'x1', created_date: dates[0], external_account_id: instrument },
    ])
    customerId = id
    const [sold] = await shop.put(product, [{ partnerRecordId: 'p1' }])
    const item = { product_id: sold, description: null, quantity: 1, unit_amount: 1 }
    const made = Array.from({ length: 12 }, (_, n) => ({
      partnerRecordId: `s${n}`,
      customer_id: id,
      created_date: `2026-02-${10 + n}T00:00:00.000Z`,
      items: [item, { ...item, product_id: null }],
      external_account_id: shop.idOf(external_account, 'unknown'),
    }))
    await shop.put(subscription, made)
    const [paid] = await shop.put(payment, [{ partnerRecordId: 'y1', customer_id: id }])
    await shop.put(transaction, [{ partnerRecordId: 't1', source_id: paid }])
  })

  async function expanded(...paths: string[]) {
    const query = paths.map((path) => `expand[]=${path}`).join('&')
    return world.client.get(`/v2/customers/${customerId}?${query}`)
  }

  it('puts the object in the place of its id', async () => {
    const { json } = await expanded('external_account_id')
    expect(json.external_account_id).toMatchObject({
      object: 'external_account',
      partnerRecordId: 'e1',
    })
  })

  it('leaves the id of what is not known', async () => {
    const { data } = await world.client.get('/v2/subscriptions?limit=1&expand=external_account_id')
    expect(data[0]?.external_account_id).toBe(world.shop.idOf(external_account, 'unknown'))
  })

  it.each([
    'subscriptions.product_id',
    'subscriptions.items.product_id',
    'subscriptions.data.items.product_id',
    'subscriptions.data.product_id',
  ])('follows %s', async (path) => {
    const { json } = await expanded(path)
    const { data } = json.subscriptions as { data: unknown[] }
    expect(data[0]).toMatchObject({
      items: [{ product_id: { object: 'product' } }, { product_id: null }],
    })
  })

  it('gives the newest ten of a list, and where to read on', async () => {
    const { json } = await expanded('subscriptions')
    const list = json.subscriptions as { data: { partnerRecordId: string }[]; url: string }
    expect(list.data.map(({ partnerRecordId }) => partnerRecordId).slice(0, 2)).toEqual([
      's11',
      's10',
    ])
    expect(list.data).toHaveLength(10)
    expect((await world.client.get(`${list.url}?limit=100`)).data).toHaveLength(12)
  })

  it('takes data. in lists, and several paths at once', async () => {
    const query =
      'expand[]=data.external_account_id&expand[]=subscriptions&expand[]=ledgeraccountid'
    const { data } = await world.client.get(`/v2/customers?id[in]=${customerId}&${query}`)
    expect(data[0]).toMatchObject({
      external_account_id: { object: 'external_account' },
      subscriptions: { object: 'list' },
      ledgerAccountId: { object: 'ledger_account' },
    })
  })

  it('expands what is of several kinds', async () => {
    const { data } = await world.client.get('/v2/transactions?expand[]=source_id.customer_id')
    expect(data[0]?.source_id).toMatchObject({ object: 'payment', customer_id: { id: customerId } })
  })

  it('names the same object twice with what each path asks of it', async () => {
    const path = `/v2/payments?expand[]=customer_id.external_account_id&expand[]=ledgerAccountId`
    const { data } = await world.client.get(path)
    expect(data[0]).toMatchObject({
      customer_id: { external_account_id: { object: 'external_account' } },
    })
  })

  it.each([
    ['foo', /Expandable in customer: ledgerAccountId, external_account_id/],
    ['external_account', /did you mean external_account_id\?/],
    ['subscriptions.foo', /Expandable in subscription: .*product_id/],
    ['subscriptions.items', /expansion/],
    ['name', /expansion/],
    ['__proto__', /expansion/],
    ['subscriptions.customer_id.subscriptions.customer_id.subscriptions', /5 names deep/],
  ])('refuses %s by what is possible', async (path, told) => {
    const { status, json } = await expanded(path)
    expect([status, json.param]).toEqual([400, 'expand'])
    expect(json.detail).toMatch(told)
  })

  it('refuses what would grow beyond the limit', async () => {
    const { shop, client } = world
    const description = 'x'.repeat(20_000)
    const sold = Array.from({ length: 10 }, (_, n) => ({ partnerRecordId: `big${n}`, description }))
    const ids = await shop.put(product, sold)
    const items = ids.map((id) => ({
      product_id: id,
      description: null,
      quantity: 1,
      unit_amount: 1,
    }))
    const many = Array.from({ length: 100 }, (_, n) => ({ partnerRecordId: `many${n}`, items }))
    await shop.put(subscription, many)
    const account = `ledgerAccountId=${shop.ledgerAccountId}`
    const ask = (limit: number) =>
      client.get(`/v2/subscriptions?${account}&limit=${limit}&expand[]=items.product_id`)
    expect((await ask(10)).status).toBe(200)
    const { status, json } = await ask(100)
    expect([status, json.param]).toEqual([400, 'expand'])
    expect(json.detail).toContain('too large')
  })

  it('takes twenty paths and no more', async () => {
    const paths = Array.from({ length: 21 }, () => 'subscriptions')
    expect((await expanded(...paths)).status).toBe(400)
    expect((await expanded(...paths.slice(1))).status).toBe(200)
  })
})
