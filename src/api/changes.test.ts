import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../test/database.ts'
import { newShop, newWorld, type Shop, type World } from '../../test/world.ts'
import { customer } from '../model/customer.ts'
import { payment } from '../model/payment.ts'

let world: World
let shop: Shop

beforeAll(async () => {
  world = await newWorld(await testDatabase())
  shop = await newShop(world.db, { institutionId: world.institutionId })
  await shop.put(customer, [{ partnerRecordId: 'a' }, { partnerRecordId: 'b' }])
  await shop.put(payment, [{ partnerRecordId: 'p' }])
  await shop.put(customer, [{ partnerRecordId: 'a', name: 'New', email: 'new@example.com' }])
  const gone = {
    recordState: 'DELETED',
    deletedDate: '2026-01-01T00:00:00.000Z',
    deletionEvidence: 'event',
  }
  await shop.put(customer, [{ partnerRecordId: 'b', ...gone }])
})
afterAll(async () => {
  await world.close()
  await world.db.close()
})

const read = (query: string, version = 'v2') => {
  const name = version === 'v1' ? 'ledger_id' : 'ledgerAccountId'
  return world.client.get(`/${version}/changes?${name}=${shop.ledgerAccountId}${query}`)
}

describe('the change feed', () => {
  it('is dense, oldest first, and tells what changed', async () => {
    const { data, json } = await read('')
    const head = Number(json.head)
    expect(data.map(({ seq }) => seq)).toEqual(Array.from({ length: head }, (_, i) => i + 1))
    expect(data.slice(-2)).toMatchObject([
      { object: 'customer', kind: 'updated', changed: ['name', 'email'] },
      { object: 'customer', kind: 'deleted', id: shop.idOf(customer, 'b') },
    ])
    expect(json).toMatchObject({ has_more: false, next_after: head })
  })

  it('goes on where it was left, and rebuilds everything from 0', async () => {
    const records = new Map<unknown, unknown>()
    let after = 0
    for (;;) {
      const { data, json } = await read(`&limit=2&include[]=record&after=${after}`)
      for (const { id, record } of data) records.set(id, record)
      after = Number(json.next_after)
      if (!json.has_more) break
    }
    expect(records.get(shop.idOf(customer, 'a'))).toMatchObject({ name: 'New' })
    expect(records.get(shop.idOf(customer, 'b'))).toMatchObject({ recordState: 'DELETED' })
    expect(records.get(shop.ledgerAccountId)).toMatchObject({ object: 'ledger_account' })
    expect((await read(`&after=${after}`)).data).toEqual([])
  })

  it('takes types, and then goes on behind what it looked through', async () => {
    const { data, json } = await read('&types[]=payment&limit=1')
    expect(data).toMatchObject([{ object: 'payment' }])
    const rest = await read(`&types[]=payment&limit=1&after=${json.next_after}`)
    expect(rest.json).toMatchObject({ data: [], has_more: false, next_after: json.head })
  })

  it('is told again from beyond its head only when there is more', async () => {
    const { json } = await read('&after=1000')
    expect(json).toMatchObject({ data: [], has_more: false, next_after: 1000 })
  })

  it('speaks the names of its version', async () => {
    const { data } = await read('&include[]=record&types[]=customer&limit=1', 'v1')
    expect(data[0]?.record).toMatchObject({
      partner_source: 'stripe',
      ledger_id: shop.ledgerAccountId,
    })
  })
})

describe('the heads', () => {
  it('come most recently changed first, a page at a time', async () => {
    await world.shop.put(customer, [{ partnerRecordId: 'z' }], Date.now() + 10_000)
    const first = await world.client.get('/v2/changes/heads?limit=1')
    expect(first.data).toMatchObject([{ ledgerAccountId: world.shop.ledgerAccountId }])
    const next = await world.client.get(
      `/v2/changes/heads?limit=1&cursor=${first.json.next_cursor}`,
    )
    expect(next.data).toMatchObject([{ ledgerAccountId: shop.ledgerAccountId }])
    expect(next.json.has_more).toBe(false)
  })
})
