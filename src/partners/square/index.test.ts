import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { contextOf } from '../../../test/fixtures.ts'
import { normalise } from '../../ingest/normalise.ts'
import type { ObjectType } from '../../model/object.ts'
import { BadAnswer, BadSignature } from '../errors.ts'
import { draftsOf, type Mapping } from '../mapping.ts'
import { start } from '../paginate.ts'
import { baseUrlOf, listOf, type Notifications, type Stream } from '../partner.ts'
import type { Payload } from '../rule.ts'
import { hmacSha256 } from '../signature.ts'
import { squareCard } from './card.ts'
import { squareCustomer } from './customer.ts'
import { touchesOf } from './events.ts'
import { squareGuest } from './guest.ts'
import { square } from './index.ts'
import { squareInvoice } from './invoice.ts'
import { squareOrder } from './order.ts'
import { beginning_ms } from './paging.ts'
import { squarePayment, squareRefund } from './payment.ts'
import { squareSubscription } from './subscription.ts'
import { squareTransaction } from './transaction.ts'

const notifications = square.notifications as Notifications // it has them
const streamNamed = (name: string) => square.streams.find((one) => one.name === name) as Stream
const context = contextOf(square)
const one = <O extends ObjectType>(map: Mapping<O>, payload: Payload) =>
  draftsOf(map, payload, context)[0]
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

describe('events', () => {
  const event = (type: string, id: string, object: object = {}) => ({
    type,
    data: { type: type.split('.')[0], id, object },
  })
  const named = (payload: Payload) =>
    touchesOf(payload).map(({ stream, partnerRecordId, deleted }) => [
      stream,
      partnerRecordId,
      deleted,
    ])

  test.each([
    ['customer.updated', 'customers', false],
    ['customer.deleted', 'customers', true],
    ['payment.created', 'payments', false],
    ['refund.updated', 'refunds', false],
    ['order.fulfillment.updated', 'orders', false],
    ['dispute.state.updated', 'disputes', false],
    ['invoice.deleted', 'invoices', true],
    ['subscription.updated', 'subscriptions', false],
    ['card.forgotten', 'cards', true],
    ['bank_account.disabled', 'bank_accounts', false],
  ])('%s says what to read again', (type, stream, deleted) => {
    expect(named(event(type, 'X1'))).toEqual([[stream, 'X1', deleted]])
  })

  test.each([
    'customer.custom_attribute.owned.updated',
    'dispute.evidence.created',
    'catalog.version.updated',
    'oauth.authorization.revoked',
    'toString.called',
    '',
  ])('%j says nothing', (type) => {
    expect(touchesOf(event(type, 'X1'))).toEqual([])
    expect(touchesOf({ type })).toEqual([])
  })

  test('of a payout has its entries read again, too', () => {
    const touch = { partnerRecordId: 'po_1', deleted: false }
    expect(touchesOf(event('payout.paid', 'po_1'))).toEqual([
      { ...touch, stream: 'settlements', parentId: null },
      { ...touch, stream: 'settlement_transactions', parentId: 'po_1', children: true },
    ])
  })

  test('of a merge say who stands for whom', () => {
    const merge = { from_customer_ids: ['C1', 'C2', 7, ''], to_customer_id: 'C3' }
    const read = touchesOf(event('customer.deleted', 'C1', { event_context: { merge } }))
    const gone = { stream: 'customers', parentId: null, deleted: true }
    expect(read).toEqual([
      { ...gone, partnerRecordId: 'C3', deleted: false },
      { ...gone, partnerRecordId: 'C1', mergedInto: 'C3' },
      { ...gone, partnerRecordId: 'C2', mergedInto: 'C3' },
      { ...gone, partnerRecordId: 'C1' },
    ])
    const broken = { from_customer_ids: 'C1', to_customer_id: null }
    const other = touchesOf(event('customer.deleted', 'C1', { event_context: { merge: broken } }))
    expect(other).toEqual([{ ...gone, partnerRecordId: 'C1' }])
  })

  test('are dated in UTC where they do not say', () => {
    const at = (created_at: string) => square.events?.created_ms({ created_at })
    expect(at('2022-04-26T10:08:40.454726')).toBe(Date.UTC(2022, 3, 26, 10, 8, 40, 454))
    expect(at('2022-04-26T10:08:40Z')).toBe(Date.UTC(2022, 3, 26, 10, 8, 40))
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

describe('payments', () => {
  const payment = { id: 'P1', total_money: { amount: 500, currency: 'USD' } }

  test('are of a guest where only an e-mail is known', () => {
    const guest = { ...payment, buyer_email_address: ' Ada@Example.org ' }
    expect(one(squareGuest, guest)).toMatchObject({
      partnerRecordId: 'guest:ada@example.org',
      email: 'Ada@Example.org',
    })
    expect(one(squarePayment, guest)?.customer_id).toBe(one(squareGuest, guest)?.id)
    for (const buyer_email_address of [undefined, null, '', 'nobody']) {
      expect(one(squareGuest, { ...payment, buyer_email_address })).toBeUndefined()
      expect(one(squarePayment, { ...payment, buyer_email_address })?.customer_id).toBeNull()
    }
    const known = { ...guest, customer_id: 'C1' }
    expect(one(squareGuest, known)).toBeUndefined()
  })

  test.each([
    ['APPROVED', 'pending', 'authorised'],
    ['PENDING', 'pending', 'pending'],
    ['COMPLETED', 'succeeded', 'paid'],
    ['CANCELED', 'cancelled', 'cancelled'],
    ['FAILED', 'failed', 'failed'],
    ['NEW', 'unknown', 'unknown'],
  ])('%s is %s, %s', (status, state, outcome) => {
    expect(one(squarePayment, { ...payment, status })).toMatchObject({
      status: state,
      status_reason: { outcome },
    })
  })

  test('say whether a bank refused them', () => {
    const failed = (code: string) =>
      one(squarePayment, { ...payment, status: 'FAILED', card_details: { errors: [{ code }] } })
    expect(failed('CVV_FAILURE')?.status_reason).toMatchObject({ outcome: 'issuer_declined' })
    expect(failed('TEMPORARY_ERROR')?.status_reason).toMatchObject({
      outcome: 'failed',
      outcome_reason: 'temporary_error',
    })
  })

  test('of more than can be counted exactly are refused', () => {
    const whole = { ...payment, created_at: '2026-01-01T00:00:00Z', status: 'COMPLETED' }
    const huge = { ...whole, total_money: { amount: 2 ** 60, currency: 'USD' } }
    const faultOf = (payload: Payload) =>
      normalise([squarePayment], { payload, text: JSON.stringify(payload), stamp: 0 }, context)
        .fault
    expect(faultOf(whole)).toBeNull()
    expect(faultOf(huge)).toMatch(/payment\.amount/)
  })

  test('given back count below zero', () => {
    const amount = (money: unknown) => one(squareRefund, { id: 'R1', amount_money: money })?.amount
    expect(amount({ amount: 500, currency: 'USD' })).toBe(-500)
    expect(Object.is(amount({ amount: 0, currency: 'USD' }), 0)).toBe(true)
    expect(amount(undefined)).toBeNull()
  })
})

describe('traps', () => {
  test('a profile that Square made of a payment is a customer all the same', () => {
    const instant = { id: 'C1', created_at: '2026-01-01T00:00:00Z', birthday: '0000-02-29' }
    expect(one(squareCustomer, instant)).toMatchObject({ name: null, address: null, email: null })
  })

  test('an entry about a dispute names it, opened or decided', () => {
    const entry = {
      id: 'E1',
      type: 'OPEN_DISPUTE',
      type_open_dispute_details: { dispute_id: 'D1' },
    }
    expect(one(squareTransaction, entry)).toMatchObject({
      type: 'dispute',
      source_object: 'dispute',
    })
    expect(one(squareTransaction, { id: 'E2', type: 'constructor' })?.type).toBe('adjustment')
  })

  test.each([
    [0, 0, 'paid'],
    [0, 400, 'partially_refunded'],
    [0, 1000, 'refunded'],
    [600, 0, 'partially_paid'],
    [1000, 0, 'unpaid'],
  ])('an order of 1000 with %i due and %i given back is %s', (due, back, status) => {
    const money = (amount: number) => ({ amount, currency: 'USD' })
    const refunds = back > 0 ? [{ status: 'APPROVED', amount_money: money(back) }] : undefined
    const failed = { status: 'FAILED', amount_money: money(1000) }
    const order = { id: 'O1', total_money: money(1000), net_amount_due_money: money(due) }
    const read = one(squareOrder, { ...order, refunds: refunds && [...refunds, failed] })
    expect(read?.payment_status).toBe(status)
  })

  test('a part of a thing is no number of things', () => {
    const line = (quantity: unknown) =>
      one(squareOrder, { id: 'O1', line_items: [{ quantity }] })?.line_items?.[0]?.quantity
    expect(['2', '2.000', '1.5', '', undefined, 'x'].map(line)).toEqual([
      2,
      2,
      null,
      null,
      null,
      null,
    ])
  })

  test('an invoice is due when its last part is', () => {
    const payment_requests = [{ due_date: '2026-06-10' }, { due_date: '2026-05-10' }]
    expect(one(squareInvoice, { id: 'I1', payment_requests })?.due_date).toBe(
      '2026-06-10T00:00:00.000Z',
    )
  })

  test('a subscription without its plan tells no price, rather than none', () => {
    const bare = { id: 'S1', plan_variation_id: 'P1', plan: [] }
    expect(one(squareSubscription, bare)).toMatchObject({ amount: null, interval: null })
  })

  test('a card is active until it is disabled', () => {
    const status = (enabled: unknown) => one(squareCard, { id: 'ccof:1', enabled })?.status
    expect([status(true), status(undefined), status(false)]).toEqual([
      'active',
      'active',
      'disabled',
    ])
  })

  test('every fixture is recognised as what it is', () => {
    for (const { name } of square.streams) {
      const file = new URL(`fixtures/${name}.json`, import.meta.url)
      for (const { payload } of JSON.parse(readFileSync(file, 'utf8'))) {
        expect(square.recognise?.({ thing: payload }).map(({ stream }) => stream)).toEqual([name])
      }
    }
  })
})
