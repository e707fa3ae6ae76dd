import { describe, expect, test } from 'vitest'
import { BadAnswer, BadSignature } from '../errors.ts'
import type { Notifications } from '../notifications.ts'
import { start } from '../paginate.ts'
import { baseUrlOf } from '../partner.ts'
import type { Payload } from '../rule.ts'
import { hmacSha256 } from '../signature.ts'
import { listOf, type Stream } from '../stream.ts'
import { square } from './index.ts'
import { beginning_ms } from './paging.ts'

const notifications = square.notifications as Notifications // it has them
const streamNamed = (name: string) => square.streams.find((one) => one.name === name) as Stream
const from_ms = Date.UTC(2026, 0, 1)
const to_ms = Date.UTC(2026, 1, 1)

function requestOf(name: string, position = {}, facts = { locations: 'L1,L2' }) {
  const list = listOf(streamNamed(name), facts)
  return (list.paging ?? square.paging).request(list, { ...start, ...position })
}

describe('an account', () => {
  const merchant = { id: 'ML1', business_name: 'Garden', country: 'US', currency: 'USD' }
  const told = (own: object, ...locations: object[]) =>
    square.account.read([{ merchant: own }, { locations }], {})

  test('is the merchant, with the currency and the locations that lists are asked for', () => {
    const first = { id: 'L1', created_at: '2016-09-19T17:33:12Z' }
    const later = { ...merchant, created_at: '2021-12-10T19:25:52.484Z' }
    expect(told(later, first, { id: 'L2' })).toEqual({
      partnerAccountId: 'ML1',
      accountName: 'Garden',
      country: 'US',
      created_ms: Date.UTC(2016, 8, 19, 17, 33, 12),
      facts: { currency: 'USD', locations: 'L1,L2' },
    })
    expect(told(merchant, { id: 'L1' }).created_ms).toBe(beginning_ms)
  })

  test('that tells too little is no account', () => {
    expect(() => told({ business_name: 'Garden' }, { id: 'L1' })).toThrow(BadAnswer)
    expect(() => told(merchant)).toThrow(BadAnswer)
    expect(() => told({ id: 'ML1' }, { id: 'L1' })).toThrow(BadAnswer)
    expect(() => square.account.read([null, null], {})).toThrow(BadAnswer)
  })

  test('is asked at the host of its mode, by a pinned version', () => {
    expect(baseUrlOf(square, {}, 'live')).toBe('https://connect.squareup.com')
    expect(baseUrlOf(square, {}, 'test')).toBe('https://connect.squareupsandbox.com')
    expect(square.headers({ access_token: 'EAAAx' })).toEqual({
      authorization: 'Bearer EAAAx',
      'square-version': '2026-05-20',
    })
    expect(square.modeOf({ access_token: 'EAAAx' })).toBeNull()
  })
})

describe('lists', () => {
  test('of customers are searched by a closed span of their last change', () => {
    expect(requestOf('customers', { from_ms, to_ms, cursor: 'c' })).toEqual({
      method: 'POST',
      path: '/v2/customers/search',
      body: {
        query: {
          sort: { field: 'CREATED_AT', order: 'ASC' },
          filter: {
            updated_at: {
              start_at: '2026-01-01T00:00:00.000Z',
              end_at: '2026-02-01T00:00:00.000Z',
            },
          },
        },
        limit: 100,
        cursor: 'c',
      },
    })
  })

  test('of payments ask for old ones too, of each location', () => {
    const everything = { begin_time: '2009-01-01T00:00:00.000Z' }
    const { query } = requestOf('payments')
    expect(query).toMatchObject({
      ...everything,
      updated_at_begin_time: '2009-01-01T00:00:00.000Z',
      sort_field: 'UPDATED_AT',
      sort_order: 'ASC',
      location_id: 'L1',
      limit: '100',
    })
    // What was paid years ago may have been changed just now.
    expect(requestOf('refunds', { from_ms, to_ms }).query).toEqual({
      ...everything,
      updated_at_begin_time: '2026-01-01T00:00:00.000Z',
      updated_at_end_time: '2026-02-01T00:00:00.000Z',
      sort_field: 'UPDATED_AT',
      sort_order: 'ASC',
      limit: '100',
    })
    expect(requestOf('payments', { cursor: 'L2 x' }).query).toMatchObject({
      location_id: 'L2',
      cursor: 'x',
    })
  })

  test('of orders are of ten locations at most, sorted by what they are filtered by', () => {
    const locations = Array.from({ length: 12 }, (_, n) => `L${n}`)
    const facts = { locations: locations.join(',') }
    const { body } = requestOf('orders', { from_ms }, facts) as { body: Payload }
    expect(body).toEqual({
      location_ids: locations.slice(0, 10),
      query: {
        sort: { sort_field: 'UPDATED_AT', sort_order: 'ASC' },
        filter: { date_time_filter: { updated_at: { start_at: '2026-01-01T00:00:00.000Z' } } },
      },
      limit: 500,
    })
    const rest = requestOf('orders', { from_ms, cursor: 'L10 ' }, facts) as { body: Payload }
    expect(rest.body.location_ids).toEqual(['L10', 'L11'])
  })

  test('of the catalogue count from after a moment, which is meant to be in', () => {
    const { body } = requestOf('products', { from_ms }) as { body: Payload }
    expect(body).toMatchObject({
      begin_time: '2025-12-31T23:59:59.999Z',
      include_deleted_objects: true,
      object_types: ['ITEM'],
    })
    expect(requestOf('products')).not.toHaveProperty('body.begin_time')
  })

  test('are as long as they are: an empty page may have one after it', () => {
    const listed = { path: '/v2/refunds', items: 'refunds' }
    const read = (body: unknown) =>
      square.paging.read(body, { listed, position: start, headers: {} })
    expect(read({ refunds: [{ id: 'R1' }], cursor: 'c' })).toEqual({
      items: [{ id: 'R1' }],
      next: 'c',
    })
    expect(read({ cursor: 'c' })).toEqual({ items: [], next: 'c' })
    expect(read({})).toEqual({ items: [], next: null })
    for (const bad of [null, [], 'x', { refunds: {} }, { refunds: ['R1'] }, { cursor: 7 }]) {
      expect(() => read(bad)).toThrow(BadAnswer)
    }
  })

  test('of a subscription’s plan are left out where it has none', () => {
    const [plan] = streamNamed('subscriptions').attach ?? []
    expect(plan?.list({ plan_variation_id: null })).toBeNull()
    expect(plan?.list({ plan_variation_id: 'P1' })?.body).toMatchObject({ object_ids: ['P1'] })
  })
})

describe('a notification', () => {
  const url = 'https://furrow.example/notifications/pac_1'
  const body = Buffer.from('{"merchant_id":"ML1","type":"payment.created"}')
  const header = 'x-square-hmacsha256-signature'
  const headers = { [header]: hmacSha256('key', [url, body], 'base64') }
  const verify = (request: object, secrets = ['key']) =>
    notifications.verify({ url, headers, body, ...request }, secrets, 0)

  test('holds by any of our keys, over its address and its raw bytes', () => {
    verify({}, ['new', 'key'])
    expect(() => verify({}, ['other'])).toThrow(BadSignature)
    expect(() => verify({ headers: {} })).toThrow(BadSignature)
    expect(() => verify({ url: `${url}/` })).toThrow(BadSignature)
    expect(() => verify({ url: url.replace('https', 'http') })).toThrow(BadSignature)
    expect(() => verify({ body: Buffer.concat([body, Buffer.from('\n')]) })).toThrow(BadSignature)
  })

  test('is one event, of one account', () => {
    const [event] = notifications.read(JSON.parse(body.toString()), headers)
    const isFor = (partnerAccountId: string) =>
      notifications.isFor?.(event as Payload, { partnerAccountId, mode: 'live' })
    expect([isFor('ML1'), isFor('ML2')]).toEqual([true, false])
    expect(notifications.read([], headers)).toEqual([])
    expect(notifications.read(null, headers)).toEqual([])
  })
})

test('an error is told in Square’s words', () => {
  const error = { category: 'AUTHENTICATION_ERROR', code: 'UNAUTHORIZED', detail: 'No such token.' }
  expect(square.errors(401, { errors: [error] })).toEqual({
    message: 'No such token.',
    code: 'UNAUTHORIZED',
  })
  expect(square.errors(429, { errors: [{ code: 'RATE_LIMITED' }] }).message).toBe('RATE_LIMITED')
  for (const body of [null, 'x', [], { errors: 'x' }]) {
    expect(square.errors(500, body)).toEqual({ message: 'without a reason', code: null })
  }
})
