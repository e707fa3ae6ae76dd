import { describe, expect, test } from 'vitest'
import { contextOf } from '../../../test/fixtures.ts'
import { BadAnswer, BadSignature } from '../errors.ts'
import { draftsOf } from '../mapping.ts'
import { BadAddress } from '../own_host.ts'
import { start } from '../paginate.ts'
import { baseUrlOf, listOf, type Notifications, type Stream } from '../partner.ts'
import { hmacSha256 } from '../signature.ts'
import { shopifyCustomer } from './customer.ts'
import { shopifyGuest } from './guest.ts'
import { shopify } from './index.ts'
import { shopifyOrder } from './order.ts'
import { shopifyPayment, shopifyRefund } from './payment.ts'
import { shopifyProduct } from './product.ts'
import { shopifyTransaction } from './transaction.ts'

const notifications = shopify.notifications as Notifications // it has them
const streamNamed = (name: string) => shopify.streams.find((one) => one.name === name) as Stream
const context = contextOf(shopify)

describe('a shop', () => {
  test.each(['garden.myshopify.com', 'a.myshopify.com', 'GARDEN-2.MyShopify.com'])(
    'is asked at its own domain: %s',
    (shop) => {
      expect(baseUrlOf(shopify, { shop }, 'live')).toBe(`https://${shop.toLowerCase()}`)
    },
  )

  test.each([
    ...['', 'garden', 'myshopify.com', '.myshopify.com', '-a.myshopify.com', 'a_b.myshopify.com'],
    ...['a.b.myshopify.com', 'a.myshopify.com.', 'a.myshopify.com:8443', 'a.myshopify.com/x'],
    ...['a.myshopify.com@evil.example', 'evil.example/a.myshopify.com', 'a.myshopify.com#x'],
    ...[
      'https://a.myshopify.com',
      'evil.example?a.myshopify.com',
      'a.myshopify.com\n',
      'a myshopify.com',
    ],
    ...['xmyshopify.com', 'a.myshopify.com.evil.example', '127.0.0.1', 'ä.myshopify.com'],
  ])('is not asked at %j', (shop) => {
    expect(() => baseUrlOf(shopify, { shop }, 'live')).toThrow(BadAddress)
  })

  const told = (shop: object, more: object = {}) =>
    shopify.account.read([{ data: { shop, ...more } }], {})
  const whole = { name: 'Garden', myshopifyDomain: 'Garden.myshopify.com', currencyCode: 'EUR' }
  const scopes = (...handles: string[]) => ({
    currentAppInstallation: { accessScopes: handles.map((handle) => ({ handle })) },
  })

  test('is known by its domain, its currency and what the app may see of it', () => {
    const facts = told(
      { ...whole, createdAt: '2024-01-02T03:04:05Z', shopAddress: { countryCodeV2: 'SE' } },
      { ...scopes('read_orders', 'read_all_orders'), shopifyPaymentsAccount: { id: 'gid' } },
    )
    expect(facts).toEqual({
      partnerAccountId: 'garden.myshopify.com',
      accountName: 'Garden',
      country: 'SE',
      created_ms: Date.UTC(2024, 0, 2, 3, 4, 5),
      facts: { currency: 'EUR', orders: 'all', payments: 'Shopify Payments' },
    })
  })

  test('is told apart from one that does not say whether it is on Shopify Payments', () => {
    const others = { ...scopes('read_orders'), shopifyPaymentsAccount: null }
    expect(told(whole, others).facts).toMatchObject({ orders: '60 days', payments: 'others' })
    const errors = [{ message: 'No', extensions: { code: 'ACCESS_DENIED' } }]
    const body = { data: { shop: whole, ...others }, errors }
    expect(shopify.refused?.(body)).toBeNull()
    expect(shopify.account.read([body], {}).facts).toMatchObject({ payments: 'not told' })
  })

  test.each([{}, { ...whole, myshopifyDomain: 7 }, { ...whole, currencyCode: null }])(
    'that does not say who it is, is refused: %j',
    (shop) => {
      expect(() => told(shop)).toThrow(BadAnswer)
    },
  )

  test('that hides old orders has not deleted them', () => {
    const { absenceTells } = streamNamed('orders')
    expect(absenceTells?.({ currency: 'EUR', orders: '60 days' })).toBe(false)
    expect(absenceTells?.({ currency: 'EUR', orders: 'all' })).toBe(true)
    expect(absenceTells?.({})).toBe(false)
  })
})

describe('errors that come with 200', () => {
  const errors = (code?: string, more: object = {}) => [
    { message: 'No', ...(code ? { extensions: { code } } : {}), ...more },
  ]
  const cost = (requestedQueryCost: number, currentlyAvailable: number, restoreRate = 100) => ({
    cost: { requestedQueryCost, throttleStatus: { currentlyAvailable, restoreRate } },
  })

  test.each([
    ['ACCESS_DENIED', 403],
    ['MAX_COST_EXCEEDED', 400],
    ['INTERNAL_SERVER_ERROR', 500],
    ['toString', 400],
    [undefined, 400],
  ])('%s stands for %i', (code, status) => {
    expect(shopify.refused?.({ errors: errors(code) })).toEqual({ status })
  })

  test('a throttled query waits until the bucket holds what it costs', () => {
    const body = { errors: errors('THROTTLED'), extensions: cost(752, 252) }
    expect(shopify.refused?.(body)).toEqual({ status: 429, wait_ms: 5000 })
    expect(shopify.refused?.({ errors: errors('THROTTLED') })).toEqual({ status: 429 })
    const stuck = { errors: errors('THROTTLED'), extensions: cost(752, 252, 0) }
    expect(shopify.refused?.(stuck)).toEqual({ status: 429 })
  })

  test('the next page waits as long, before it is refused', () => {
    const paceAfter = (extensions: object) => shopify.pace?.({ body: { extensions }, headers: {} })
    expect(paceAfter(cost(982, 500))).toBe(4820)
    expect(paceAfter(cost(982, 500, 1000))).toBe(482)
    expect(paceAfter(cost(982, 1500))).toBeNull()
    expect(paceAfter({})).toBeNull()
  })

  test('fields that an app was not approved for are null; a list that it may not read is refused', () => {
    const nodes = [{ id: 'gid://shopify/Customer/1', defaultEmailAddress: null }]
    const path = ['customers', 'nodes', 0, 'defaultEmailAddress']
    const some = { data: { customers: { nodes } }, errors: errors('ACCESS_DENIED', { path }) }
    expect(shopify.refused?.(some)).toBeNull()
    const none = {
      data: { customers: null },
      errors: errors('ACCESS_DENIED', { path: ['customers'] }),
    }
    expect(shopify.refused?.(none)).toEqual({ status: 403 })
    const both = { ...some, errors: [...some.errors, ...errors('THROTTLED')] }
    expect(shopify.refused?.(both)).toMatchObject({ status: 429 })
  })

  test('are told in their own words, whatever the form', () => {
    const words = (body: unknown) => shopify.errors(401, body)
    expect(words({ errors: '[API] Invalid API key' })).toEqual({
      message: '[API] Invalid API key',
      code: null,
    })
    expect(words({ errors: errors('THROTTLED') })).toEqual({ message: 'No', code: 'THROTTLED' })
    expect(words({ errors: { shop: ['is frozen'] } }).message).toBe('shop is frozen')
    expect([null, {}, { errors: null }, { errors: {} }].map((body) => words(body).message)).toEqual(
      new Array(4).fill('without a reason'),
    )
  })
})

describe('lists', () => {
  const list = listOf(streamNamed('customers'))
  const paging = list.paging as NonNullable<typeof list.paging> // each names its own
  const variables = (position: object, of = list) =>
    (paging.request(of, { ...start, ...position }).body as { variables: object }).variables
  const page = (nodes: object[], pageInfo: object) => ({ data: { customers: { nodes, pageInfo } } })
  const read = (body: unknown, cursor: string | null = null) =>
    paging.read(body, { listed: list, position: { ...start, cursor }, headers: {} })
  const one = { id: 'gid://shopify/Customer/1', updatedAt: '2026-03-14T09:26:53Z' }

  test('ask for what changed since, in whole seconds', () => {
    expect(variables({})).toEqual({ first: 150, after: null })
    const from_ms = Date.UTC(2026, 2, 14, 9, 26, 53, 999)
    expect(variables({ from_ms })).toEqual({
      first: 150,
      after: null,
      query: "updated_at:>='2026-03-14T09:26:53Z'",
    })
    const members = streamNamed('settlement_transactions').parent?.lists('77')[0] as typeof list
    expect(variables({}, members)).toMatchObject({ query: 'payments_transfer_id:77' })
  })

  test('go on after the last cursor', () => {
    const { next } = read(page([one], { hasNextPage: true, endCursor: 'b:"c' }))
    expect(variables({ cursor: next })).toEqual({ first: 150, after: 'b:"c' })
    expect(read(page([one], { hasNextPage: false, endCursor: 'b' })).next).toBeNull()
  })

  test('are begun anew before they are deeper than Shopify pages', () => {
    const rows = Array.from({ length: 150 }, () => one)
    const body = page(rows, { hasNextPage: true, endCursor: 'z' })
    expect(read(body, '24600::a').next).toBe('24750::z')
    const { next } = read(body, '24750::a')
    expect(variables({ cursor: next, from_ms: 0 })).toEqual({
      first: 150,
      after: null,
      query: "updated_at:>='2026-03-14T09:26:53Z'",
    })
    // As many at one moment cannot be told apart.
    expect(() => read(body, `24750:${Date.parse(one.updatedAt)}:a`)).toThrow(BadAnswer)
  })

  test('that come newest first are begun anew before the last row', () => {
    const of = listOf(streamNamed('transactions'))
    const own = of.paging as NonNullable<typeof of.paging>
    const row = { id: 'x', transactionDate: '2026-03-14T09:26:53Z' }
    const balanceTransactions = { nodes: [row], pageInfo: { hasNextPage: true, endCursor: 'z' } }
    const body = { data: { shopifyPaymentsAccount: { balanceTransactions } } }
    const position = { from_ms: 0, to_ms: 4e12, cursor: '24900::a' }
    const { next } = own.read(body, { listed: of, position, headers: {} })
    const { body: sent } = own.request(of, { ...position, cursor: next })
    expect((sent as { variables: { query: string } }).variables.query).toBe(
      "processed_at:>='1970-01-01T00:00:00Z' processed_at:<'2096-10-02T07:06:40Z' " +
        "processed_at:<='2026-03-14T09:26:53Z'",
    )
    const none = { data: { shopifyPaymentsAccount: null } }
    expect(own.read(none, { listed: of, position, headers: {} })).toEqual({ items: [], next: null })
  })

  test.each([
    null,
    {},
    { data: null },
    { data: { customers: null } },
    page([one], {}),
    page([one], { hasNextPage: true, endCursor: null }),
    page([], { hasNextPage: true, endCursor: 'b' }),
    page([null as never], { hasNextPage: false, endCursor: null }),
    { data: { customers: { nodes: {}, pageInfo: { hasNextPage: false } } } },
  ])('that are none are refused: %j', (body) => {
    expect(() => read(body)).toThrow(BadAnswer)
  })

  test('that go round, or are taken up at a strange cursor, are refused', () => {
    expect(() => read(page([one], { hasNextPage: true, endCursor: 'a' }), '0::a')).toThrow(
      BadAnswer,
    )
    expect(() => variables({ cursor: 'a' })).toThrow(BadAnswer)
  })
})

describe('money', () => {
  const bag = (amount: string, currencyCode: string) => ({
    shopMoney: { amount: '99.99', currencyCode: 'USD' },
    presentmentMoney: { amount, currencyCode },
  })
  const order = (currency: string, amount: string, transactions: object[] = []) => ({
    id: 'gid://shopify/Order/1',
    legacyResourceId: '1',
    presentmentCurrencyCode: currency,
    totalPriceSet: bag(amount, currency),
    transactions,
  })
  const part = (id: string, kind: string, more: object) => ({
    id,
    kind,
    status: 'SUCCESS',
    ...more,
  })
  const of = (id: string) => ({ parentTransaction: { id } })

  test.each([
    ['EUR', '28.34', 2834],
    ['JPY', '1500.0', 1500],
    ['KWD', '1.234', 1234],
    ['USD', '0.0', 0],
  ])('of a buyer who pays in %s is read to the unit: %s', (currency, amount, minor) => {
    const sale = part('s', 'SALE', { amountSet: bag(amount, currency) })
    const payload = order(currency, amount, [sale])
    expect(draftsOf(shopifyOrder, payload, context)[0]).toMatchObject({ amount: minor, currency })
    expect(draftsOf(shopifyPayment, payload, context)).toMatchObject([
      { amount: minor, currency, status: 'succeeded', amount_refunded: 0 },
    ])
  })

  test('of a product is in the currency of the shop', () => {
    const product = { legacyResourceId: '1', variants: { nodes: [{ sku: 'A', price: '1500' }] } }
    const yen = { ...context, facts: { currency: 'JPY' } }
    const [read] = draftsOf(shopifyProduct, product, yen)
    expect(read).toMatchObject({ price: 1500, currency: 'JPY', prices: [{ currency: 'JPY' }] })
  })

  test('that was captured is counted once, and what is left of an authorisation stays open', () => {
    const payload = order('EUR', '100.0', [
      part('a', 'AUTHORIZATION', { amountSet: bag('100.0', 'EUR') }),
      part('c', 'CAPTURE', { amountSet: bag('60.0', 'EUR'), ...of('a') }),
      part('d', 'CAPTURE', { amountSet: bag('5.0', 'EUR'), ...of('a'), status: 'FAILURE' }),
      part('r', 'REFUND', { amountSet: bag('10.0', 'EUR'), ...of('c') }),
      part('q', 'REFUND', { amountSet: bag('1.0', 'EUR'), ...of('c'), status: 'FAILURE' }),
    ])
    const payments = draftsOf(shopifyPayment, payload, context)
    expect(payments).toMatchObject([
      { partnerRecordId: 'a', amount: 4000, status: 'pending', amount_refunded: 0 },
      { partnerRecordId: 'c', amount: 6000, status: 'succeeded', amount_refunded: 1000 },
      { partnerRecordId: 'd', amount: 500, status: 'failed', amount_refunded: 0 },
    ])
    expect(draftsOf(shopifyRefund, payload, context)).toMatchObject([
      { amount: -1000, status: 'succeeded', refunded_payment_id: payments[1]?.id },
      { amount: -100, status: 'failed', refunded_payment_id: payments[1]?.id },
    ])
  })

  test('that was authorised and captured whole, voided or let go is no longer open', () => {
    const authorisation = part('a', 'AUTHORIZATION', { amountSet: bag('100.0', 'EUR') })
    const next = (kind: string) => part('b', kind, { amountSet: bag('100.0', 'EUR'), ...of('a') })
    const first = (payload: object) => draftsOf(shopifyPayment, payload as never, context)[0]
    const captured = order('EUR', '100.0', [authorisation, next('CAPTURE')])
    expect(first(captured)).toMatchObject({
      amount: 0,
      status: 'succeeded',
      status_reason: { outcome: 'authorised' },
    })
    expect(first(order('EUR', '100.0', [authorisation, next('VOID')]))).toMatchObject({
      amount: 10000,
      status: 'cancelled',
    })
    const expired = { ...order('EUR', '100.0', [authorisation]), displayFinancialStatus: 'EXPIRED' }
    expect(first(expired)).toMatchObject({ status: 'cancelled' })
    const open = order('EUR', '100.0', [authorisation])
    expect(first(open)).toMatchObject({
      status: 'pending',
      status_reason: { outcome: 'authorised' },
    })
  })

  const movement = (more: object) => ({
    id: 'gid://shopify/ShopifyPaymentsBalanceTransaction/1',
    amount: { amount: '-154.69', currencyCode: 'USD' },
    fee: { amount: '0.0', currencyCode: 'USD' },
    net: { amount: '-154.69', currencyCode: 'USD' },
    associatedPayout: { id: 'gid://shopify/ShopifyPaymentsPayout/7', status: 'PAID' },
    ...more,
  })

  test('that a payout takes away is no part of what it pays out', () => {
    const own = movement({ type: 'TRANSFER', sourceType: 'TRANSFER', sourceId: '7' })
    expect(draftsOf(shopifyTransaction, own, context)[0]).toMatchObject({
      amount: -15469,
      type: 'settlement',
      source_object: 'settlement',
      settlement_id: null,
    })
    // One that failed is paid out again, by another.
    const failed = movement({ type: 'TRANSFER_FAILURE', sourceType: 'TRANSFER', sourceId: '6' })
    const [read] = draftsOf(shopifyTransaction, failed, context)
    expect(read?.settlement_id).toMatch(/^set_/)
  })

  test('has fees, which net leaves out', () => {
    const charge = movement({
      type: 'CHARGE',
      sourceType: 'CHARGE',
      sourceId: '600',
      sourceOrderTransactionId: 42,
      amount: { amount: '20.0', currencyCode: 'USD' },
      fee: { amount: '0.88', currencyCode: 'USD' },
      net: { amount: '19.12', currencyCode: 'USD' },
    })
    const [read] = draftsOf(shopifyTransaction, charge, context)
    expect(read).toMatchObject({ amount: 2000, fee: 88, net: 1912, source_object: 'payment' })
    expect(read?.fee_details).toEqual([
      { type: 'processing', amount: 88, currency: 'USD', description: null },
    ])
    const sale = part('gid://shopify/OrderTransaction/42', 'SALE', {
      amountSet: bag('20.0', 'USD'),
    })
    const [paid] = draftsOf(shopifyPayment, order('USD', '20.0', [sale]), context)
    expect(read?.source_id).toBe(paid?.id)
  })
})

describe('a buyer', () => {
  const name = (payload: object) =>
    draftsOf(shopifyCustomer, { legacyResourceId: '1', ...payload }, context)[0]?.name

  test('is called by a name, never by what Shopify shows for want of one', () => {
    const email = { defaultEmailAddress: { emailAddress: 'Mo@garden.example' } }
    const phone = { defaultPhoneNumber: { phoneNumber: '+46812345' } }
    expect(name({ firstName: 'Mo', lastName: null, displayName: 'Mo' })).toBe('Mo')
    expect(name({ ...email, displayName: 'mo@garden.example' })).toBeNull()
    expect(name({ ...phone, displayName: '+46812345' })).toBeNull()
    expect(name({ ...phone, displayName: 'Garden AB' })).toBe('Garden AB')
    expect(name({ displayName: 'x@hidden.example', defaultAddress: { name: 'Mo Moss' } })).toBe(
      'Mo Moss',
    )
  })

  test('whose account is disabled is not deleted, and may be nothing but a number', () => {
    const [read] = draftsOf(shopifyCustomer, { legacyResourceId: '1', state: 'DISABLED' }, context)
    expect(read).toMatchObject({ recordState: 'ACTIVE', name: null, email: null, address: null })
  })

  test('who has no customer is known by the e-mail address of an order, else not at all', () => {
    const guest = (payload: object) => draftsOf(shopifyGuest, payload as never, context)
    const order = { legacyResourceId: '5', customer: null, email: ' Ines@Example.com ' }
    const [found] = guest(order)
    expect(found).toMatchObject({
      partnerRecordId: 'guest:ines@example.com',
      email: 'Ines@Example.com',
      origin: 'DERIVED',
    })
    const [read] = draftsOf(shopifyOrder, order, context)
    expect(read?.customer_id).toBe(found?.id)
    expect(guest({ ...order, email: null })).toEqual([])
    expect(guest({ ...order, customer: { legacyResourceId: '1' } })).toEqual([])
  })
})

describe('notifications', () => {
  const secret = 'hush_local'
  const body = Buffer.from('{"id":7}')
  const signed = (prefix: string, key = secret) => ({
    url: '/',
    body,
    headers: { [`${prefix}hmac-sha256`]: hmacSha256(key, [body], 'base64') },
  })
  const told = (topic: string, payload: object, prefix = 'x-shopify-') => {
    const headers = { ...signed(prefix).headers, [`${prefix}topic`]: topic }
    return notifications.read(payload, headers).flatMap((one) => notifications.touches?.(one) ?? [])
  }
  const touch = (stream: string, partnerRecordId: string, deleted = false) => {
    return { stream, partnerRecordId, parentId: null, deleted }
  }

  test.each(['x-shopify-', 'shopify-'])('with %s headers hold over the raw bytes', (prefix) => {
    notifications.verify(signed(prefix), ['new', secret], 0)
    const spaced = { ...signed(prefix), body: Buffer.from('{"id": 7}') }
    expect(() => notifications.verify(spaced, [secret], 0)).toThrow(BadSignature)
    expect(() => notifications.verify(signed(prefix, 'other'), [secret], 0)).toThrow(BadSignature)
    expect(() => notifications.verify(signed(prefix), [], 0)).toThrow(BadSignature)
    expect(() => notifications.verify({ url: '/', body, headers: {} }, [secret], 0)).toThrow(
      BadSignature,
    )
  })

  test('are of a shop, and of no other', () => {
    const headers = {
      ...signed('x-shopify-').headers,
      'x-shopify-shop-domain': 'Garden.myshopify.com',
    }
    const [event] = notifications.read({ id: 7 }, headers)
    const isFor = (partnerAccountId: string) =>
      notifications.isFor?.(event ?? {}, { partnerAccountId, mode: 'live' })
    expect(isFor('garden.myshopify.com')).toBe(true)
    expect(isFor('other.myshopify.com')).toBe(false)
    const [nobody] = notifications.read({ id: 7 }, signed('x-shopify-').headers)
    expect(notifications.isFor?.(nobody ?? {}, { partnerAccountId: '', mode: 'live' })).toBe(false)
  })

  test.each([
    ['customers/create', { id: 7 }, touch('customers', '7')],
    ['customers/delete', { id: 7 }, touch('customers', '7', true)],
    ['customers/update', { id: 'gid://shopify/Customer/7' }, touch('customers', '7')],
    ['orders/edited', { id: 8 }, touch('orders', '8')],
    ['orders/delete', { id: 8 }, touch('orders', '8', true)],
    ['refunds/create', { id: 9, order_id: 8 }, touch('orders', '8')],
    ['order_transactions/create', { id: 9, order_id: 8 }, touch('orders', '8')],
    ['products/delete', { id: 6 }, touch('products', '6', true)],
    ['disputes/update', { id: 5 }, touch('disputes', '5')],
    [
      'customer_payment_methods/revoke',
      { admin_graphql_api_id: 'gid://shopify/CustomerPaymentMethod/a1' },
      touch('payment_methods', 'gid://shopify/CustomerPaymentMethod/a1'),
    ],
    [
      'subscription_contracts/update',
      { id: 3, admin_graphql_api_id: 'gid://shopify/SubscriptionContract/3' },
      touch('subscriptions', 'gid://shopify/SubscriptionContract/3'),
    ],
  ])('%s asks to read again what it names', (topic, payload, wanted) => {
    expect(told(topic, payload)).toEqual([wanted])
    expect(told(topic, payload, 'shopify-')).toEqual([wanted])
  })

  test('of a merge say into whom; one that failed says nothing', () => {
    const merge = {
      admin_graphql_api_customer_kept_id: 'gid://shopify/Customer/1',
      admin_graphql_api_customer_deleted_id: 'gid://shopify/Customer/2',
      status: 'completed',
    }
    expect(told('customers/merge', merge)).toEqual([
      touch('customers', '1'),
      { ...touch('customers', '2', true), mergedInto: '1' },
    ])
    expect(told('customers/merge', { ...merge, status: 'failed' })).toEqual([])
    expect(told('customers/merge', {})).toEqual([])
  })

  test.each([
    'customers/data_request',
    'customers/redact',
    'shop/redact',
    'app/uninstalled',
    'orders',
  ])('%s is taken, and asks for nothing', (topic) => {
    expect(told(topic, { id: 7, shop_id: 1, customer: { id: 7 } })).toEqual([])
  })
})
