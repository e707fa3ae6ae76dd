import { describe, expect, test } from 'vitest'
import { BadAnswer } from '../errors.ts'
import { BadAddress } from '../own_host.ts'
import { baseUrlOf } from '../partner.ts'
import type { Stream } from '../stream.ts'
import { shopify } from './index.ts'

const streamNamed = (name: string) => shopify.streams.find((one) => one.name === name) as Stream

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
