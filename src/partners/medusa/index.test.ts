import { describe, expect, test } from 'vitest'
import { contextOf } from '../../../test/fixtures.ts'
import { BadAnswer } from '../errors.ts'
import { draftsOf } from '../mapping.ts'
import { start } from '../paginate.ts'
import { listOf, type Stream } from '../stream.ts'
import { medusa } from './index.ts'
import { medusaOrder } from './order.ts'
import { medusaPayment, medusaRefund } from './payment.ts'
import { medusaProduct } from './product.ts'

const context = contextOf(medusa)

describe('an account', () => {
  const read = (body: unknown) => medusa.account.read([body], {})

  test('is the store, with its main currency', () => {
    const supported_currencies = [
      { currency_code: 'usd', is_default: false },
      { currency_code: 'eur', is_default: true },
    ]
    const stores = [{ id: 'store_1', name: 'Garden', supported_currencies }]
    expect(read({ stores })).toMatchObject({
      partnerAccountId: 'store_1',
      accountName: 'Garden',
      facts: { currency: 'EUR' },
    })
  })

  test.each([null, {}, { stores: [] }, { stores: [{}] }])(
    'is refused without an id: %j',
    (body) => {
      expect(() => read(body)).toThrow(BadAnswer)
    },
  )
})

test('lists ask for what changed since, oldest change first, with what is nested', () => {
  const customers = medusa.streams.find(({ name }) => name === 'customers') as Stream
  const from_ms = Date.UTC(2026, 2, 14, 9, 26, 53, 589)
  const { query } = medusa.paging.request(listOf(customers), { ...start, from_ms })
  expect(query).toEqual({
    fields: '*addresses',
    order: 'updated_at',
    'updated_at[$gte]': '2026-03-14T09:26:53.589Z',
    limit: '200',
    offset: '0',
  })
})

test('an order that was cancelled stays so when it is archived', () => {
  const archived = { id: 'order_1', status: 'archived' }
  const [kept] = draftsOf(medusaOrder, archived, context)
  expect(kept?.status).toBe('completed')
  const cancelled = { ...archived, canceled_at: '2026-03-14T09:26:53.589Z' }
  const [read] = draftsOf(medusaOrder, cancelled, context)
  expect(read?.status).toBe('cancelled')
})

describe('money in major units', () => {
  const exact = (value: string) => ({ amount: Number(value), raw_amount: { value, precision: 20 } })
  const order = (currency_code: string, value: string) => ({
    id: 'order_1',
    currency_code,
    total: Number(value),
    items: [{ quantity: 1, unit_price: Number(value), total: Number(value) }],
    payment_collections: [
      {
        payments: [
          {
            id: 'pay_1',
            currency_code,
            ...exact(value),
            refunds: [{ id: 'ref_1', ...exact(value) }],
          },
        ],
      },
    ],
  })

  test.each([
    ['sek', '37.5', 3750],
    ['jpy', '1500', 1500],
    ['kwd', '1.234', 1234],
    ['eur', '0.07', 7],
  ])('of %s %s is %i', (code, value, minor) => {
    const payload = order(code, value)
    const [read] = draftsOf(medusaOrder, payload, context)
    expect(read).toMatchObject({ amount: minor, currency: code.toUpperCase() })
    expect(read?.line_items?.[0]).toMatchObject({ unit_amount: minor, amount: minor })
    const [paid] = draftsOf(medusaPayment, payload, context)
    expect(paid).toMatchObject({ amount: minor, amount_refunded: minor })
    const [refund] = draftsOf(medusaRefund, payload, context)
    expect(refund).toMatchObject({ amount: -minor, refunded_payment_id: paid?.id })
  })

  test('is read from its exact text, and a sum of floats as what it stands for', () => {
    const payload = { ...order('eur', '30'), total: 30.000000000000004 }
    expect(draftsOf(medusaOrder, payload, context)[0]?.amount).toBe(3000)
    const precise = { currency_code: 'eur', amount: 0.1, raw_amount: { value: '90071992547.09' } }
    const held = {
      id: 'order_1',
      payment_collections: [{ payments: [{ id: 'pay_1', ...precise }] }],
    }
    expect(draftsOf(medusaPayment, held, context)[0]?.amount).toBe(9007199254709)
  })

  test.each([
    ['sek', '24.9875', 2499],
    ['sek', '24.984', 2498],
    ['jpy', '321.84', 322],
    ['jpy', '5.5', 6],
  ])('that the server never rounded is told as charged: %s %s is %i', (code, value, minor) => {
    const payload = order(code, value)
    const [read] = draftsOf(medusaOrder, payload, context)
    expect([read?.amount, read?.line_items?.[0]?.amount]).toEqual([minor, minor])
    const [paid] = draftsOf(medusaPayment, payload, context)
    expect(paid).toMatchObject({ amount: minor, amount_refunded: minor })
    expect(draftsOf(medusaRefund, payload, context)[0]?.amount).toBe(-minor)
  })

  test('is read without the noise of whoever computed it before it was stored', () => {
    const payload = order('sek', '46.400000000000006')
    const [read] = draftsOf(medusaOrder, payload, context)
    expect(read?.line_items?.[0]).toMatchObject({ unit_amount: 4640, amount: 4640 })
  })

  test('finer than the currency is no price', () => {
    const variants = [{ prices: [{ currency_code: 'eur', ...exact('0.333') }] }]
    const [read] = draftsOf(medusaProduct, { id: 'prod_1', variants }, context)
    expect(read).toMatchObject({ price: null, prices: [{ amount: null, currency: 'EUR' }] })
  })
})

test('an id tells only the kind, never the partner', () => {
  expect(medusa.recognise?.({ customers: [{ id: 'cus_1' }], count: 1 })).toEqual([
    { stream: 'customers', payload: { id: 'cus_1' }, deleted: false },
  ])
  expect(medusa.recognise?.({ id: 'toString_1' })).toEqual([])
})
