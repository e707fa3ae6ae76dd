import { describe, expect, test } from 'vitest'
import { contextOf } from '../../../test/fixtures.ts'
import { BadAnswer, BadSignature } from '../errors.ts'
import { draftsOf } from '../mapping.ts'
import type { Notifications } from '../notifications.ts'
import { BadAddress } from '../own_host.ts'
import { start } from '../paginate.ts'
import { baseUrlOf } from '../partner.ts'
import { hmacSha256 } from '../signature.ts'
import { listOf, type Stream } from '../stream.ts'
import { woocommerce } from './index.ts'
import { wooOrder } from './order.ts'
import { wooPayment, wooRefund } from './payment.ts'
import { wooProduct } from './product.ts'

const notifications = woocommerce.notifications as Notifications // it has them
const streamNamed = (name: string) => woocommerce.streams.find((one) => one.name === name) as Stream

describe('an account', () => {
  const currency = { code: 'EUR' }
  const read = (...bodies: unknown[]) => woocommerce.account.read(bodies, {})

  test('is known by the address its WordPress has, whatever way it is reached', () => {
    const site = { name: 'Garden', home: 'https://garden.example/shop/' }
    expect(read(currency, site)).toMatchObject({
      partnerAccountId: 'garden.example/shop',
      accountName: 'Garden',
      facts: { currency: 'EUR' },
    })
  })

  test.each([
    [null, { home: 'https://a.example' }],
    [{}, { home: 'https://a.example' }],
    [currency, {}],
    [currency, { home: 'nowhere' }],
  ])('that does not say who it is, is refused: %j %j', (one, other) => {
    expect(() => read(one, other)).toThrow(BadAnswer)
  })

  test.each([
    'http://a.example',
    'https://127.0.0.1',
    'https://[::1]',
    'https://localhost',
    'ftp://x',
  ])('is not asked at %s', (url) => {
    expect(() => baseUrlOf(woocommerce, { url }, 'live')).toThrow(BadAddress)
  })

  test('is asked under its own path', () => {
    const url = 'https://garden.example/shop/'
    expect(baseUrlOf(woocommerce, { url }, 'live')).toBe('https://garden.example/shop')
  })
})

describe('lists', () => {
  const { paging } = woocommerce

  test('ask for what changed a second before, in GMT, oldest change first', () => {
    const from_ms = Date.UTC(2026, 2, 14, 9, 26, 53)
    const { query } = paging.request(listOf(streamNamed('orders')), { ...start, from_ms })
    expect(query).toMatchObject({
      modified_after: '2026-03-14T09:26:52',
      dates_are_gmt: 'true',
      orderby: 'modified',
      order: 'asc',
      per_page: '100',
    })
  })

  test('of customers are never filtered by time: the shop would not say that it ignores it', () => {
    const list = listOf(streamNamed('customers'))
    const { query } = paging.request(list, { ...start, from_ms: 1 })
    expect(Object.keys(query ?? {})).toEqual(['role', 'orderby', 'order', 'per_page'])
  })
})

describe('money', () => {
  const shopOf = (currency: string) => ({ ...contextOf(woocommerce), facts: { currency } })
  const order = (currency: string, total: string) => ({
    id: 1,
    status: 'processing',
    currency,
    total,
    total_tax: '0.00',
    date_paid_gmt: '2026-01-01T00:00:00',
    refunds: [{ id: 2, total: `-${total}` }],
    line_items: [{ product_id: 3, quantity: 1, total, total_tax: '0.00', price: Number(total) }],
  })

  test.each([
    ['EUR', '28.34', 2834],
    ['JPY', '1500.00', 1500],
    ['KWD', '1.23', 1230],
  ])('of a shop in %s is read to the unit, with the shop’s two decimals', (code, total, minor) => {
    const payload = order(code, total)
    const [read] = draftsOf(wooOrder, payload, shopOf(code))
    expect(read).toMatchObject({ amount: minor, payment_status: 'refunded' })
    expect(read?.line_items?.[0]).toMatchObject({ amount: minor, unit_amount: minor })
    const [paid] = draftsOf(wooPayment, payload, shopOf(code))
    expect(paid).toMatchObject({ amount: minor, amount_refunded: minor, status: 'succeeded' })
    const refund = { id: 2, parent_id: 1, amount: total }
    expect(draftsOf(wooRefund, refund, shopOf(code))[0]).toMatchObject({ amount: -minor })
  })

  test('finer than the currency is the shop’s reckoning, not a price', () => {
    const [read] = draftsOf(wooProduct, { id: 1, price: '12.345' }, shopOf('EUR'))
    expect(read).toMatchObject({ price: null, prices: [{ amount: null, currency: 'EUR' }] })
  })
})

describe('notifications', () => {
  const secret = 'whsec_local'
  const body = Buffer.from('{"id":7}')
  const signed = (signature?: string) => ({
    url: '/',
    body,
    headers: {
      'content-type': 'application/json',
      ...(signature ? { 'x-wc-webhook-signature': signature } : {}),
    },
  })

  test('hold by the current secret or the one before, over the raw bytes', () => {
    const request = signed(hmacSha256(secret, [body], 'base64'))
    notifications.verify(request, ['new', secret], 0)
    const spaced = { ...request, body: Buffer.from('{"id": 7}') }
    expect(() => notifications.verify(spaced, [secret], 0)).toThrow(BadSignature)
    expect(() => notifications.verify(request, ['other'], 0)).toThrow(BadSignature)
    expect(() => notifications.verify(signed(), [secret], 0)).toThrow(BadSignature)
  })

  test('of a deletion only ask to read the id again, as what they name may be another thing', () => {
    const headers = { 'x-wc-webhook-resource': 'product', 'x-wc-webhook-event': 'deleted' }
    const touches = notifications
      .read({ id: 16 }, headers)
      .flatMap((e) => notifications.touches?.(e))
    expect(touches).toEqual([
      { stream: 'products', partnerRecordId: '16', parentId: null, deleted: false },
    ])
    expect(notifications.read({ id: 16 }, {})).toEqual([])
  })

  test('that only test the address are pings, and nothing else is', () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const ping = { url: '/', headers: form, body: Buffer.from('webhook_id=1') }
    expect(notifications.isPing?.(ping)).toBe(true)
    expect(notifications.isPing?.({ ...ping, body: Buffer.from('webhook_id=1&id=2') })).toBe(false)
    expect(notifications.isPing?.(signed())).toBe(false)
  })
})
