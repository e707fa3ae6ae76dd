import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../test/database.ts'
import { newWorld, type World } from '../../test/world.ts'
import { settlement } from '../model/settlement.ts'
import { transaction } from '../model/transaction.ts'

let world: World
const now_ms = Date.UTC(2026, 5, 11, 1)

beforeAll(async () => {
  world = await newWorld(await testDatabase(), { now: () => now_ms })
})
afterAll(async () => {
  await world.close()
  await world.db.close()
})

let count = 0
const fresh = () => `r${++count}`
const on = (month: number, year = 2026) =>
  `${year}-${String(month).padStart(2, '0')}-15T12:00:00.000Z`

describe('a settlement summary', () => {
  it('tells what settlements of a period are made of', async () => {
    const { shop, client } = world
    const ids = await shop.put(settlement, [
      {
        partnerRecordId: fresh(),
        amount: 2400,
        currency: 'EUR',
        status: 'paid',
        arrival_date: on(4),
      },
      {
        partnerRecordId: fresh(),
        amount: 100,
        currency: 'EUR',
        status: 'paid',
        arrival_date: on(4),
      },
      {
        partnerRecordId: fresh(),
        amount: 50,
        currency: 'SEK',
        status: 'paid',
        arrival_date: on(5),
      },
      {
        partnerRecordId: fresh(),
        amount: 999,
        currency: 'EUR',
        status: 'failed',
        arrival_date: on(4),
      },
      {
        partnerRecordId: fresh(),
        amount: 999,
        currency: 'EUR',
        status: 'paid',
        arrival_date: on(1),
      },
    ])
    const move = (type: string, amount: number, fee: number) => ({
      ...{ partnerRecordId: fresh(), settlement_id: ids[0], type, amount, fee, net: amount - fee },
      currency: 'EUR',
    })
    const moves = [
      move('payment', 3000, 90),
      move('refund', -500, 0),
      move('dispute', -100, 15),
      move('settlement', -2400, 0),
    ]
    await shop.put(transaction, [...moves, move('adjustment', 105, 0)])
    const base = `/v2/insights/settlement_summary?ledgerAccountId=${shop.ledgerAccountId}`
    const { json } = await client.get(`${base}&milestone_date=2026-05-31&periods=2`)
    expect(json).toMatchObject({ from: '2026-04-01T00:00:00.000Z', to: '2026-06-01T00:00:00.000Z' })
    const sums = {
      settled_amount: 2500,
      settled_count: 2,
      gross: 3000,
      fees: 105,
      refunds: -500,
      disputes: -100,
      adjustments: 105,
    }
    const account_id = shop.partnerAccountId
    expect(json.data).toEqual([
      expect.objectContaining({ period: '2026-05-01', currency: 'SEK', settled_amount: 50 }),
      {
        ...{ period: '2026-04-01', currency: 'EUR', ...sums },
        partners: [{ partnerSource: 'stripe', ...sums }],
        accounts: [{ partnerSource: 'stripe', account_id, ...sums }],
      },
    ])
    const none = await client.get(`${base}&milestone_date=2026-05-31&account_id=other`)
    expect(none.json.data).toEqual([])
    const yearly = await client.get(`${base}&granularity=yearly&partnerSource[]=stripe`)
    expect(yearly.json.data).toMatchObject([
      { period: '2026-01-01', settled_amount: 3499 },
      { currency: 'SEK' },
    ])
    const daily = await client.get(`${base}&granularity=daily&milestone_date=2026-04-15&periods=1`)
    expect(daily.json.data).toMatchObject([{ period: '2026-04-15', settled_amount: 2500 }])
  })
})
