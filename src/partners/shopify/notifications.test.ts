import { describe, expect, test } from 'vitest'
import { BadSignature } from '../errors.ts'
import { hmacSha256 } from '../signature.ts'
import { notifications } from './notifications.ts'

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
