import { describe, expect, test } from 'vitest'
import { BadAnswer } from '../errors.ts'
import { partnerNamed } from '../index.ts'
import type { Payload } from '../rule.ts'
import { listOf } from '../stream.ts'
import { stripe } from './index.ts'

const streamNamed = (name: string) => {
  const stream = stripe.streams.find((one) => one.name === name)
  if (!stream) throw new Error(`no stream ${name}`)
  return stream
}

test('Stripe is found by its name, and nothing else is', () => {
  expect(partnerNamed('stripe')).toBe(stripe)
  expect(partnerNamed('toString')).toBeNull()
})

describe('a credential', () => {
  test.each([
    ['sk_test_1', 'test'],
    ['rk_test_1', 'test'],
    ['sk_live_1', 'live'],
    ['rk_live_1', 'live'],
    ['pk_live_1', null],
    ['', null],
  ])('%s belongs to mode %s', (api_key, mode) => {
    expect(stripe.modeOf({ api_key })).toBe(mode)
  })

  test('goes with the pinned version, and with the connected account', () => {
    expect(stripe.headers({ api_key: 'sk_test_1' })).toEqual({
      authorization: 'Bearer sk_test_1',
      'stripe-version': '2023-08-16',
    })
    const connected = stripe.headers({ api_key: 'sk_test_1', stripe_account: 'acct_2' })
    expect(connected).toMatchObject({ 'stripe-account': 'acct_2' })
  })
})

describe('the account', () => {
  const account = { object: 'account', id: 'acct_1', country: 'SE', created: 1_600_000_000 }
  const read = (more: Payload) => stripe.account.read([{ ...account, ...more }], {})

  test('is told with its name, wherever that is', () => {
    const profile = { business_profile: { name: 'Furrow Farm' } }
    expect(read(profile)).toEqual({
      partnerAccountId: 'acct_1',
      accountName: 'Furrow Farm',
      country: 'SE',
      created_ms: 1_600_000_000_000,
    })
    const dashboard = { settings: { dashboard: { display_name: 'Farm' } }, email: 'f@example.com' }
    expect(read({ business_profile: { name: null }, ...dashboard }).accountName).toBe('Farm')
    expect(read({ email: 'f@example.com' }).accountName).toBe('f@example.com')
    expect(read({}).accountName).toBeNull()
  })

  test('without a date is as old as Stripe', () => {
    expect(new Date(read({ created: null }).created_ms).getUTCFullYear()).toBe(2011)
  })

  test.each([null, {}, { object: 'customer', id: 'cus_1' }, { object: 'account' }])(
    'is not %j',
    (body) => {
      expect(() => stripe.account.read([body], {})).toThrow(BadAnswer)
    },
  )
})

test.each([
  [{ error: { message: 'No such customer', code: 'resource_missing' } }, 'resource_missing'],
  [
    { error: { message: 'No such customer', type: 'invalid_request_error' } },
    'invalid_request_error',
  ],
])('a refusal is told in the words of %j', (body, code) => {
  expect(stripe.errors(404, body)).toEqual({ message: 'No such customer', code })
})

test.each([null, 'x', {}, { error: 'x' }, { error: { message: 5 } }])(
  'a refusal may be %j',
  (body) => {
    expect(stripe.errors(500, body)).toEqual({ message: 'without a reason', code: null })
  },
)

describe('any body of Stripe’s finds its stream', () => {
  const streams = (body: unknown) =>
    (stripe.recognise?.(body) ?? []).map(({ stream, deleted }) => (deleted ? `-${stream}` : stream))

  test.each([
    [{ object: 'customer', id: 'cus_1' }, ['customers']],
    [{ object: 'customer', id: 'cus_1', deleted: true }, ['-customers']],
    [
      { object: 'list', data: [{ object: 'charge' }, null, { object: 'refund' }] },
      ['charges', 'refunds'],
    ],
    [{ object: 'search_result', data: [{ object: 'payment_intent' }] }, ['payments']],
    [{ object: 'event', data: { object: { object: 'payout' } } }, ['settlements']],
    [
      [{ object: 'dispute' }, { object: 'bank_account' }],
      ['disputes', 'external_accounts'],
    ],
    [{ object: 'price' }, []],
    [{ object: 'constructor' }, []],
    [null, []],
    ['customer', []],
  ])('%j', (body, expected) => {
    expect(streams(body)).toEqual(expected)
  })

  test('a notification is read only if it is an event', () => {
    const event = { object: 'event', id: 'evt_1' }
    expect(stripe.notifications?.read(event, {})).toEqual([event])
    expect(stripe.notifications?.read({ object: 'charge' }, {})).toEqual([])
  })
})

test.each([
  [{}, true],
  [{ livemode: false, account: 'acct_1' }, true],
  [{ livemode: true }, false],
  [{ livemode: false, account: 'acct_2' }, false],
])('an event with %j is for our account: %s', (event, expected) => {
  const account = { partnerAccountId: 'acct_1', mode: 'test' } as const
  expect(stripe.notifications?.isFor?.(event, account)).toBe(expected)
})

describe('streams', () => {
  test('ask for whole references, alone and in a list', () => {
    const refunds = streamNamed('refunds')
    const { retrieve } = refunds
    expect(listOf(refunds).query).toEqual({ 'expand[]': ['data.charge', 'data.charge.invoice'] })
    expect(retrieve?.('re/1', null)).toEqual({
      path: '/v1/refunds/re%2F1',
      query: { 'expand[]': ['charge', 'charge.invoice'] },
    })
  })

  test('read subscriptions that have ended too', () => {
    expect(listOf(streamNamed('subscriptions')).query).toEqual({ status: 'all' })
  })

  test('read instruments under their customer, but none of a guest', () => {
    const { parent, retrieve } = streamNamed('external_accounts')
    expect(parent?.lists('cus_1')).toEqual([
      { path: '/v1/customers/cus_1/payment_methods' },
      { path: '/v1/customers/cus_1/sources' },
    ])
    expect(parent?.lists('guest:ada@example.com')).toEqual([])
    expect(retrieve?.('pm_1', 'cus_1').path).toBe('/v1/payment_methods/pm_1')
    expect(retrieve?.('card_1', 'cus_1').path).toBe('/v1/customers/cus_1/sources/card_1')
  })

  test('take a detached payment method and a tombstone for deleted', () => {
    const { isDeleted } = streamNamed('external_accounts')
    const method = { object: 'payment_method', id: 'pm_1', customer: 'cus_1' }
    expect(isDeleted?.(method)).toBe(false)
    expect(isDeleted?.({ ...method, customer: null })).toBe(true)
    expect(isDeleted?.({ object: 'card', id: 'card_1', deleted: true })).toBe(true)
  })

  test('put all prices on sale beside their product', () => {
    const [prices] = streamNamed('products').attach ?? []
    expect(prices?.list({ id: 'prod_1' })).toEqual({
      path: '/v1/prices',
      query: { product: 'prod_1', active: 'true' },
    })
  })

  test('complete the lines of an invoice and the items of a subscription', () => {
    const [lines] = streamNamed('invoices').embedded ?? []
    const [items] = streamNamed('subscriptions').embedded ?? []
    expect([lines?.at, lines?.list({ id: 'in_1' }).path]).toEqual([
      'lines',
      '/v1/invoices/in_1/lines',
    ])
    expect([items?.at, items?.list({ id: 'sub_1' }).query]).toEqual([
      'items',
      { subscription: 'sub_1' },
    ])
  })

  test('know which payments are theirs', () => {
    const owner = (id: string) =>
      ['payments', 'charges', 'refunds'].filter((name) => streamNamed(name).owns?.(id, null))
    expect(['pi_1', 'ch_1', 'py_1', 're_1', 'pyr_1'].map(owner)).toEqual([
      ['payments'],
      ['charges'],
      ['charges'],
      ['refunds'],
      ['refunds'],
    ])
    expect(streamNamed('customers').owns?.('guest:a@example.com', null)).toBe(false)
    expect(streamNamed('external_accounts').owns?.('ba_1', null)).toBe(false)
  })
})
