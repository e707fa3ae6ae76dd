import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contextOf } from '../../../test/fixtures.ts'
import { BadAnswer } from '../errors.ts'
import { draftsOf } from '../mapping.ts'
import type { Notifications } from '../notifications.ts'
import { start } from '../paginate.ts'
import type { Session } from '../partner.ts'
import type { Paging } from '../request.ts'
import type { Stream } from '../stream.ts'
import { listOf } from '../stream.ts'
import { timesOf, wholeOf } from './amounts.ts'
import { hasMoved, kindOf, meaningOf } from './event_codes.ts'
import { paypal } from './index.ts'
import { touchesOf } from './notifications.ts'
import { disputePages, invoicePages, reportPages, subscriptionPages } from './paging.ts'
import { payerKey, phoneIn, spokenName } from './person.ts'
import { paypalTransaction } from './transaction.ts'

const session = paypal.session as Session // it has one
const context = contextOf(paypal)
const streamNamed = (name: string) => paypal.streams.find((one) => one.name === name) as Stream
const money = (currency_code: string, value: string) => ({ currency_code, value })
const rowOf = (info: object) => ({
  transaction_info: { transaction_id: '5TY05013RG002845M', ...info },
})

describe('a session', () => {
  test('is opened by the client, and lasts as long as PayPal says', () => {
    expect(session.request({})).toEqual({
      path: '/v1/oauth2/token',
      form: { grant_type: 'client_credentials' },
    })
    const { authorization = '' } = paypal.headers({ client_id: 'A', client_secret: 'E' })
    expect(authorization).toBe(`Basic ${Buffer.from('A:E').toString('base64')}`)
    const body = { access_token: 'A21', expires_in: 32_400, scope: '', app_id: 'APP' }
    expect(session.read({ body, headers: {} })).toEqual({
      headers: { authorization: 'Bearer A21' },
      lives_ms: 32_400_000,
    })
  })

  test('is broken without a token or its life', () => {
    for (const body of [null, {}, { access_token: 'A21' }, { expires_in: 1 }]) {
      expect(() => session.read({ body, headers: {} })).toThrow(BadAnswer)
    }
  })
})

describe('the account', () => {
  test('is the one whose balances these are', () => {
    const balances = [{ currency: 'EUR' }, { currency: 'USD', primary: true }]
    const facts = paypal.account.read([{ account_id: 'DUVQ8MC2HT3PA', balances }], {})
    expect(facts).toMatchObject({ partnerAccountId: 'DUVQ8MC2HT3PA', facts: { currency: 'USD' } })
    expect(() => paypal.account.read([{ balances }], {})).toThrow(BadAnswer)
  })

  test('is of no mode that its client id would tell', () => {
    expect(paypal.modeOf({ client_id: 'sandbox' })).toBeNull()
  })
})

describe('errors', () => {
  test.each([
    [{ name: 'RESULTSET_TOO_LARGE', message: 'Too many.', debug_id: 'f1' }, 'RESULTSET_TOO_LARGE'],
    [
      { name: 'INVALID_REQUEST', message: 'No.', details: [{ issue: 'RESULTSET_TOO_LARGE' }] },
      'RESULTSET_TOO_LARGE',
    ],
    [{ name: 'INVALID_REQUEST', message: 'No.' }, 'INVALID_REQUEST'],
    [{ error: 'invalid_client', error_description: 'No.' }, 'invalid_client'],
    [null, null],
  ])('%j have a code', (body, code) => {
    expect(paypal.errors(400, body).code).toBe(code)
  })

  test('name the debug id, which PayPal asks for', () => {
    const body = { name: 'X', message: 'Not so.', debug_id: '1f5f4a9cb5a11' }
    expect(paypal.errors(500, body).message).toBe('Not so. (debug id 1f5f4a9cb5a11)')
  })

  test('of a report that is too large make its span be halved', () => {
    const { code } = paypal.errors(400, { name: 'RESULTSET_TOO_LARGE' })
    expect(streamNamed('transactions').splitOn).toContain(code)
  })
})

describe('lists', () => {
  const read = (paging: Paging, body: unknown, cursor: string | null = null) =>
    paging.read(body, { listed: { path: '/' }, position: { ...start, cursor }, headers: {} })
  const span = { from_ms: Date.UTC(2026, 0, 1), to_ms: Date.UTC(2026, 0, 31), cursor: null }

  test('of the report are asked for in a span whose end is in it, from page one', () => {
    const { path, query } = reportPages.request(listOf(streamNamed('transactions')), span)
    expect([path, query]).toEqual([
      '/v1/reporting/transactions',
      {
        fields: 'all',
        balance_affecting_records_only: 'Y',
        start_date: '2026-01-01T00:00:00.000Z',
        end_date: '2026-01-30T23:59:59.999Z',
        page_size: '500',
        page: '1',
      },
    ])
  })

  test('of the report say until when they are complete', () => {
    const body = {
      transaction_details: [],
      total_pages: 0,
      last_refreshed_datetime: '2026-01-05T01:59:59-0800',
    }
    expect(read(reportPages, body)).toEqual({
      items: [],
      next: null,
      complete_ms: Date.UTC(2026, 0, 5, 9, 59, 59),
    })
    expect(read(reportPages, { ...body, last_refreshed_datetime: 'soon' })).not.toHaveProperty(
      'complete_ms',
    )
  })

  test('of invoices are searched for by the day they were written', () => {
    const { body, query } = invoicePages.request(listOf(streamNamed('invoices')), span)
    expect(query).toEqual({ total_required: 'true', page_size: '100', page: '1' })
    expect(body).toEqual({
      fields: ['items', 'payments', 'refunds'],
      creation_date_range: { start: '2026-01-01T00:00:00.000Z', end: '2026-01-30T23:59:59.999Z' },
    })
  })

  test('of subscriptions name every state, and those that changed since', () => {
    const { query } = subscriptionPages.request(listOf(streamNamed('subscriptions')), span)
    expect(query?.statuses).toContain('CANCELLED')
    expect(query?.status_updated_after).toBe('2026-01-01T00:00:00.000Z')
  })

  test('go on until the last page, told or not full', () => {
    const rows = (count: number) => Array.from({ length: count }, (_, id) => ({ id }))
    const told = read(reportPages, { transaction_details: rows(3), total_pages: 2 })
    expect(told.next).toMatch(/^2 /)
    expect(
      read(reportPages, { transaction_details: rows(2), total_pages: 2 }, '2 x').next,
    ).toBeNull()
    expect(read(subscriptionPages, { subscriptions: rows(20) }).next).toMatch(/^2 /)
    expect(read(subscriptionPages, { subscriptions: rows(19) }).next).toBeNull()
    expect(read(subscriptionPages, { total_items: 0 }).items).toEqual([])
    expect(() => read(subscriptionPages, { links: [] })).toThrow(BadAnswer)
  })

  test('that give the same page again are refused, and so is what is no list', () => {
    const body = { transaction_details: [{ id: 1 }], total_pages: 9 }
    const { next } = read(reportPages, body)
    expect(() => read(reportPages, body, next)).toThrow(BadAnswer)
    for (const bad of [null, { transaction_details: {} }, { transaction_details: ['x'] }]) {
      expect(() => read(reportPages, bad)).toThrow(BadAnswer)
    }
    expect(() => read(reportPages, { total_pages: 2 })).toThrow(BadAnswer)
    expect(() => reportPages.request({ path: '/' }, { ...span, cursor: 'x' })).toThrow(BadAnswer)
  })

  test('of disputes go on by the token in a link', () => {
    const href = 'https://api-m.paypal.com/v1/customer/disputes?page_size=50&next_page_token=NTA%3D'
    const links = [
      { rel: 'self', href: 'x' },
      { rel: 'next', href },
    ]
    expect(read(disputePages, { items: [], links }).next).toBe('NTA=')
    expect(read(disputePages, { items: [] }).next).toBeNull()
    expect(() => read(disputePages, { links: [{ rel: 'next', href: 'x' }] })).toThrow(BadAnswer)
    const asked = disputePages.request(listOf(streamNamed('disputes')), { ...span, cursor: 'NTA=' })
    expect(asked.query).toEqual({
      page_size: '50',
      update_time_after: '2026-01-01T00:00:00.000Z',
      next_page_token: 'NTA=',
    })
  })
})

describe('event codes', () => {
  test.each([
    ['T0006', '1.00', 'payment'],
    ['T0006', '-1.00', 'other'],
    ['T0099', '1.00', 'payment'],
    ['T1107', '-1.00', 'refund'],
    ['T1107', '1.00', 'other'],
    ['T0400', '-1.00', 'withdrawal'],
    ['T1101', '1.00', 'returned withdrawal'],
    ['T0114', '-1.00', 'fee'],
    ['T1201', '-1.00', 'other'],
    ['T9900', '1.00', 'other'],
    [null, '1.00', 'other'],
  ])('%s of %s is a %s', (transaction_event_code, value, kind) => {
    const row = rowOf({ transaction_event_code, transaction_amount: money('USD', value) })
    expect(kindOf(row)).toBe(kind)
  })

  test('that are not known have the meaning of their group', () => {
    expect([meaningOf('T2199').text, meaningOf('T9900').text]).toEqual([
      'Reserve or hold, or its release',
      'Unknown',
    ])
    expect(meaningOf('toString').kind).toBe('other')
  })

  test('of rows that are pending or denied have moved nothing', () => {
    const moved = ['S', 'V', 'P', 'D'].map((transaction_status) =>
      hasMoved(rowOf({ transaction_status })),
    )
    expect(moved).toEqual([true, true, false, false])
  })
})

describe('money', () => {
  const read = (info: object) => draftsOf(paypalTransaction, rowOf(info), context)[0]
  const paid = { transaction_event_code: 'T0006', transaction_status: 'S' }

  test.each([
    ['JPY', '1500', '-99', [1500, 99, 1401]],
    ['TND', '12.345', '-0.001', [12_345, 1, 12_344]],
    ['KWD', '1.230', '-0.100', [1230, 100, 1130]],
    ['USD', '90071992547409.91', '-0.01', [9_007_199_254_740_991, 1, 9_007_199_254_740_990]],
    ['USD', '.50', '-.05', [50, 5, 45]],
  ])('in %s is exact: %s less %s', (code, amount, fee, expected) => {
    const row = { ...paid, transaction_amount: money(code, amount), fee_amount: money(code, fee) }
    const { amount: gross, fee: taken, net } = read(row) ?? {}
    expect([gross, taken, net]).toEqual(expected)
  })

  test('of a fee in another currency is not added up', () => {
    const row = {
      ...paid,
      transaction_amount: money('USD', '1.00'),
      fee_amount: money('EUR', '-0.10'),
    }
    const { fee, net } = read(row) ?? {}
    expect([typeof fee, net]).toEqual(['object', null])
  })

  test('is amount less fee, whatever they are', () => {
    const cents = fc.integer({ min: -10_000_000, max: 10_000_000 })
    const text = (value: number) => {
      const digits = String(Math.abs(value)).padStart(3, '0')
      return `${value < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
    }
    fc.assert(
      fc.property(cents, cents, fc.constantFrom('T0006', 'T0106', 'T1110'), (gross, fee, code) => {
        const row = {
          transaction_event_code: code,
          transaction_amount: money('USD', text(gross)),
          fee_amount: money('USD', text(fee)),
        }
        const { amount, fee: taken, net } = read(row) ?? {}
        expect(Number(amount) - Number(taken)).toBe(net)
        expect(net).toBe(gross + fee)
      }),
    )
  })

  test('of quantities is whole or not told', () => {
    expect([
      timesOf(200, '1.5'),
      timesOf(333, '0.5'),
      timesOf(2, 'x'),
      timesOf(200, '.5'),
      timesOf(null, '1'),
    ]).toEqual([300, null, null, 100, null])
    expect([wholeOf('2.000'), wholeOf('1.5'), wholeOf(undefined), wholeOf('')]).toEqual([
      2,
      null,
      null,
      null,
    ])
  })
})

describe('people', () => {
  test('are known by id, else by e-mail in lower case, else not at all', () => {
    const keys = [payerKey('7ADA', 'a@b.se'), payerKey('', ' A@B.se '), payerKey(null, 'none')]
    expect(keys).toEqual(['7ADA', 'guest:a@b.se', null])
  })

  test('have names and numbers as one would write them', () => {
    expect(['Ada, Åkerström', 'Acme, Inc, Ltd', 'Ada'].map(spokenName)).toEqual([
      'Ada Åkerström',
      'Acme, Inc, Ltd',
      'Ada',
    ])
    const phones = [{ country_code: '46', national_number: '70' }, { national_number: '70' }, {}]
    expect(phones.map(phoneIn)).toEqual(['+46 70', '70', null])
  })

  test('who are guests have nothing in the vault', () => {
    const lists = streamNamed('payment_tokens').parent?.lists
    expect(lists?.('guest:a@b.se')).toEqual([])
    expect(lists?.('7ADAKERSTROM2')).toMatchObject([{ query: { customer_id: '7ADAKERSTROM2' } }])
  })
})

describe('notifications', () => {
  const { read, isFor } = paypal.notifications as Notifications // it has them
  const event = (event_type: string, resource: object, host = 'api.sandbox.paypal.com') => ({
    id: 'WH-1',
    event_type,
    resource,
    links: [{ href: `https://${host}/v1/notifications/webhooks-events/WH-1`, rel: 'self' }],
  })

  test.each([
    ['CUSTOMER.DISPUTE.UPDATED', { dispute_id: 'PP-D-1' }, 'disputes', 'PP-D-1'],
    ['INVOICING.INVOICE.PAID', { invoice: { id: 'INV2-1' } }, 'invoices', 'INV2-1'],
    ['BILLING.SUBSCRIPTION.CANCELLED', { id: 'I-1' }, 'subscriptions', 'I-1'],
    ['BILLING.PLAN.DEACTIVATED', { id: 'P-1', product_id: 'PROD-1' }, 'products', 'PROD-1'],
    ['CATALOG.PRODUCT.UPDATED', { id: 'PROD-1' }, 'products', 'PROD-1'],
  ])('%s says to read again what it is about', (name, resource, stream, partnerRecordId) => {
    expect(touchesOf(event(name, resource))).toEqual([
      { stream, partnerRecordId, parentId: null, deleted: false },
    ])
  })

  test('of a token name its customer, and whether it is gone', () => {
    const resource = { id: '8kk8451t', customer: { id: '7ADAKERSTROM2' } }
    const touches = ['VAULT.PAYMENT-TOKEN.CREATED', 'VAULT.PAYMENT-TOKEN.DELETED'].flatMap((name) =>
      touchesOf(event(name, resource)),
    )
    expect(touches.map(({ parentId, deleted }) => [parentId, deleted])).toEqual([
      ['7ADAKERSTROM2', false],
      ['7ADAKERSTROM2', true],
    ])
  })

  test('of payments and of what is not known touch nothing', () => {
    expect(touchesOf(event('PAYMENT.CAPTURE.COMPLETED', { id: '1' }))).toEqual([])
    expect(touchesOf(event('CUSTOMER.DISPUTE.CREATED', {}))).toEqual([])
    expect(read({ id: 'WH-1' }, {})).toEqual([])
  })

  test('are of the environment that they link to, and of the seller that they name', () => {
    const account = { partnerAccountId: 'DUVQ8MC2HT3PA', mode: 'test' } as const
    const resource = (merchant_id: string) => ({ id: 'I-1', payee: { merchant_id } })
    const is = (resource: object, host?: string) => isFor?.(event('X', resource, host), account)
    expect([
      is({}),
      is({}, 'api.paypal.com'),
      is(resource('DUVQ8MC2HT3PA')),
      is(resource('SOMEBODYELSE2')),
    ]).toEqual([true, false, true, false])
  })
})
