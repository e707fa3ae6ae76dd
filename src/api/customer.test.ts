import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../test/database.ts'
import { newWorld, type Parts, type World } from '../../test/world.ts'
import { customer } from '../model/customer.ts'
import { dispute } from '../model/dispute.ts'
import { invoice } from '../model/invoice.ts'
import type { ObjectType } from '../model/object.ts'
import { order } from '../model/order.ts'
import { payment } from '../model/payment.ts'
import { product } from '../model/product.ts'
import { subscription } from '../model/subscription.ts'
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

/** A customer of its own, and a way to save what hangs on it. */
async function buyer() {
  const [id = ''] = await world.shop.put(customer, [
    { partnerRecordId: fresh(), created_date: '2024-12-31T23:59:59.000Z', name: 'Ada' },
  ])
  const put = async (type: ObjectType, ...parts: object[]) => {
    const records = parts.map(
      (part): Parts => ({ partnerRecordId: fresh(), customer_id: id, ...part }),
    )
    return world.shop.put(type, records)
  }
  const get = async (what: string) => (await world.client.get(`/v2/customers/${id}/${what}`)).json
  return { id, put, get }
}

const charge = { type: 'charge', status: 'succeeded', currency: 'EUR' }
const on = (month: number, year = 2026) =>
  `${year}-${String(month).padStart(2, '0')}-15T12:00:00.000Z`

describe('a summary', () => {
  it('sums each currency and year exactly', async () => {
    const { put, get } = await buyer()
    const largest = Number.MAX_SAFE_INTEGER
    const [a, b] = await put(
      payment,
      { ...charge, amount: largest, created_date: on(1, 2025) },
      { ...charge, amount: largest, created_date: on(2) },
      { ...charge, amount: 1000, created_date: on(3), status: 'failed' },
      { ...charge, amount: 700, created_date: on(3), recordState: 'DELETED' },
      { ...charge, amount: 300, currency: 'SEK', created_date: on(4) },
      { ...charge, type: 'refund', amount: -500, created_date: on(5) },
    )
    await put(
      transaction,
      { source_id: a, type: 'payment', amount: 1, fee: 29, net: -28, currency: 'EUR' },
      { source_id: b, type: 'payment', amount: 1, fee: 11, net: -10, currency: 'USD' },
    )
    const { currencies } = await get('summary')
    expect(currencies).toMatchObject([
      { currency: 'EUR', payments: 2 },
      { currency: 'SEK', gross: 300 },
    ])
    const { text } = await world.client.get(
      `/v2/customers/${(await get('summary')).customer_id}/summary`,
    )
    expect(text).toContain(`"gross":${BigInt(largest) * 2n},"refunded":500,"fees":29`)
    expect(text).toContain(`"net":${BigInt(largest) * 2n - 529n}`)
    expect(
      (currencies as { other_fees: unknown; years: { year: number; refunded: number }[] }[])[0],
    ).toMatchObject({
      other_fees: [{ currency: 'USD', fees: 11 }],
      years: [
        { year: 2026, payments: 1, refunded: 500, fees: 0 },
        { year: 2025, payments: 1, refunded: 0, fees: 29 },
      ],
      first_payment: on(1, 2025),
      last_payment: on(2),
      days_since_last_payment: 116,
    })
  })

  it('rounds averages half up and counts disputes', async () => {
    const { put, get } = await buyer()
    await put(
      payment,
      { ...charge, amount: 10 },
      { ...charge, amount: 11 },
      { ...charge, amount: 12 },
    )
    await put(payment, { ...charge, amount: 9, created_date: null })
    await put(
      dispute,
      { amount: 10, currency: 'EUR', status: 'lost' },
      { amount: 7, currency: 'EUR', status: 'won' },
    )
    const { currencies } = await get('summary')
    expect(currencies).toMatchObject([
      {
        payments: 4,
        gross: 42,
        average: 11,
        disputes: 2,
        disputed: 17,
        disputes_lost: 1,
        dispute_rate: 0.5,
      },
    ])
    const years = (currencies as { years: { year: number | null }[] }[])[0]?.years
    expect(years?.map(({ year }) => year)).toEqual([2026, null])
  })

  it.each([
    [1000, 'month', 1, 1000],
    [1000, 'month', 3, 333],
    [1000, 'year', 1, 83],
    [1000, 'week', 1, 4333],
    [1000, 'week', 2, 2167],
    [100, 'day', 1, 3042],
    [1000, null, null, 0],
  ])('brings %d each %s × %s to %d a month', async (amount, interval, interval_count, monthly) => {
    const { put, get } = await buyer()
    const running = { amount, interval, interval_count, currency: 'EUR' }
    await put(subscription, { ...running, status: 'active' }, { ...running, status: 'cancelled' })
    expect((await get('summary')).currencies).toMatchObject([
      { active_subscriptions: 1, monthly_recurring: monthly },
    ])
  })

  it('leaves out drafts and cancelled orders', async () => {
    const { put, get } = await buyer()
    await put(
      order,
      ...['completed', 'draft', 'cancelled', null].map((status) => ({
        status,
        amount: 5,
        currency: 'EUR',
      })),
    )
    expect((await get('summary')).currencies).toMatchObject([
      { orders: 2, ordered: 10, average: null },
    ])
  })

  it('of somebody who did nothing is empty', async () => {
    const { id, get } = await buyer()
    expect(await get('summary')).toEqual({
      object: 'customer_summary',
      customer_id: id,
      currencies: [],
    })
  })
})

describe('a timeline', () => {
  it('is one order over all objects, each told in a line', async () => {
    const { put, get, id } = await buyer()
    await put(payment, { ...charge, amount: 1999, created_date: on(3), description: 'Order 7' })
    await put(order, {
      number: '7',
      status: 'completed',
      amount: 1999,
      currency: 'EUR',
      created_date: on(2),
    })
    await put(dispute, {
      status: 'needs_response',
      amount: 5,
      currency: 'SEK',
      created_date: on(4),
      reason: 'fraud',
    })
    await put(invoice, {
      status: 'paid',
      number: 'F-1',
      amount_due: 12,
      currency: 'EUR',
      created_date: null,
    })
    const page = await get('timeline')
    expect(page.data).toMatchObject([
      {
        date: on(4),
        object: 'dispute',
        kind: 'dispute.needs_response',
        amount: 5,
        currency: 'SEK',
        title: 'Dispute needs response: fraud',
      },
      {
        object: 'payment',
        kind: 'charge.succeeded',
        amount: 1999,
        title: 'Charge succeeded: Order 7',
      },
      { object: 'order', kind: 'order.completed', title: 'Order completed: 7' },
      {
        object: 'customer',
        id,
        kind: 'customer',
        amount: null,
        currency: null,
        title: 'Customer: Ada',
      },
      { date: null, object: 'invoice', amount: 12, title: 'Invoice paid: F-1' },
    ])
  })

  it('is paged without gaps or repeats, also within one moment', async () => {
    const { put, get } = await buyer()
    const same = Array.from({ length: 9 }, () => ({ ...charge, amount: 1, created_date: on(1) }))
    await put(payment, ...same)
    await put(order, ...same.map(() => ({ amount: 1, created_date: on(1) })))
    const met: unknown[] = []
    let next = ''
    for (;;) {
      const page = await get(`timeline?limit=4${next}`)
      met.push(...(page.data as { id: string }[]).map(({ id }) => id))
      if (!page.has_more) break
      next = `&cursor=${page.next_cursor}`
    }
    expect([met.length, new Set(met).size]).toEqual([19, 19])
  })

  it('takes types, and deleted records when asked', async () => {
    const { put, get } = await buyer()
    await put(payment, { ...charge, recordState: 'DELETED' })
    expect((await get('timeline?types[]=payment')).data).toEqual([])
    expect((await get('timeline?types[]=payment&recordState=all')).data).toHaveLength(1)
  })
})

describe('products of a customer', () => {
  it('are those on orders, paid invoices and running subscriptions, counted once', async () => {
    const { put, get } = await buyer()
    const [seeds, spade, box] = await world.shop.put(
      product,
      [fresh(), fresh(), fresh()].map((id) => ({ partnerRecordId: id })),
    )
    const line = (product_id: string | null | undefined, quantity: number | null) => ({
      ...{ product_id, quantity, name: null, sku: null, unit_amount: null, amount: null },
    })
    const [ordered] = await put(
      order,
      {
        status: 'completed',
        placed_date: on(3),
        line_items: [line(seeds, 2), line(spade, null), line(null, 9)],
      },
      { status: 'cancelled', placed_date: on(4), line_items: [line(spade, 5)] },
    )
    const billed = (product_id: string | undefined, quantity: number) => ({
      ...{ product_id, quantity, description: null, unit_amount: null, amount: null },
    })
    await put(
      invoice,
      { status: 'paid', order_id: ordered, created_date: on(3), line_items: [billed(seeds, 2)] },
      { status: 'paid', order_id: null, created_date: on(5), line_items: [billed(seeds, 3)] },
      { status: 'open', order_id: null, created_date: on(6), line_items: [billed(spade, 7)] },
    )
    const items = [billed(box, 1), billed(seeds, 8)].map(({ amount: _, ...item }) => item)
    await put(subscription, { status: 'active', created_date: on(1), items })
    expect((await get('products')).data).toMatchObject([
      {
        object: 'bought_product',
        product_id: seeds,
        quantity: 5,
        purchases: 2,
        first_date: on(1),
        last_date: on(5),
      },
      { product_id: spade, quantity: 1, purchases: 1, last_date: on(3) },
      { product_id: box, quantity: 1, purchases: 1, last_date: on(1) },
    ])
    const first = await get('products?limit=2')
    const rest = await get(`products?limit=2&cursor=${first.next_cursor}&expand[]=product_id`)
    expect(rest).toMatchObject({
      has_more: false,
      data: [{ product_id: { object: 'product', id: box } }],
    })
  })
})
