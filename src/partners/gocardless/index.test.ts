import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contextOf, stored } from '../../../test/fixtures.ts'
import { transaction } from '../../model/transaction.ts'
import { faultOf } from '../../model/validate.ts'
import { BadAnswer, BadSignature } from '../errors.ts'
import { draftsOf } from '../mapping.ts'
import type { Notifications } from '../notifications.ts'
import { start } from '../paginate.ts'
import type { Payload } from '../rule.ts'
import { hmacSha256 } from '../signature.ts'
import { touchesOf } from './events.ts'
import { gocardless } from './index.ts'
import { movementsOf } from './movements.ts'
import { cursorAfter } from './paging.ts'
import { gocardlessTransaction } from './transaction.ts'

const context = contextOf(gocardless)

describe('what a payout pays out', () => {
  const item = (type: string, amount: string, links: object) => ({ type, amount, links })
  const payoutOf = (items: object[]): Payload => ({ id: 'PO1', currency: 'GBP', items })

  test('is whole for each payment, and adds up to the unit', () => {
    const items = [1, 2, 3].flatMap((n) => [
      item('payment_paid_out', '1000.0', { payment: `PM${n}` }),
      item('gocardless_fee', n === 3 ? '-21.0' : '-20.5', { payment: `PM${n}` }),
    ])
    const movements = movementsOf(payoutOf(items))
    expect(movements.map(({ amount, fee }) => [amount, fee])).toEqual([
      [1000, 21],
      [1000, 20],
      [1000, 21],
    ])
    expect(movements.reduce((sum, { amount, fee }) => sum + amount - fee, 0)).toBe(2938)
  })

  test('adds up whatever the fractions, as long as they do', () => {
    const cents = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(cents, (fees) => {
        const rest = (10 - (fees.reduce((sum, fee) => sum + fee, 0) % 10)) % 10
        const all = [...fees, rest]
        const items = all.flatMap((fee, n) => [
          item('payment_paid_out', '500.0', { payment: `PM${n}` }),
          item('gocardless_fee', `-${Math.floor(fee / 10)}.${fee % 10}`, { payment: `PM${n}` }),
        ])
        const movements = movementsOf(payoutOf(items))
        const total = movements.reduce((sum, { fee }) => sum + fee, 0)
        expect(total).toBe(all.reduce((sum, fee) => sum + fee, 0) / 10)
        for (const [n, { fee }] of movements.entries()) {
          expect(Math.abs(fee - (all[n] ?? 0) / 10)).toBeLessThan(1)
        }
      }),
    )
  })

  test('is not guessed of a kind of item that nobody knows', () => {
    const strange = item('payment_of_the_future', '5.0', { payment: 'PM1' })
    const payout = payoutOf([strange])
    const [draft] = draftsOf(gocardlessTransaction, payout, context)
    expect(faultOf(transaction, stored({ ...draft }))).toMatch(/type.*payment_of_the_future/)
    expect(movementsOf(payoutOf([item('revenue_share', '5.0', {})]))).toMatchObject([
      { type: 'adjustment', amount: 5, fee: 0 },
    ])
  })

  test('keeps refunds and chargebacks apart from their payments', () => {
    const items = [
      item('payment_refunded', '-150.0', { payment: 'PM1', refund: 'RF1' }),
      item('payment_charged_back', '-1000.0', { payment: 'PM2' }),
      item('gocardless_fee', '-7.0', { payment: 'PM2' }),
      item('revenue_share', '3.0', {}),
    ]
    const read = draftsOf(gocardlessTransaction, payoutOf(items), context)
    expect(read.map(({ type, amount, fee, net }) => [type, amount, fee, net])).toEqual([
      ['refund', -150, 0, -150],
      ['dispute', -1000, 7, -1007],
      ['adjustment', 3, 0, 3],
    ])
  })

  test('that does not add up to whole units is refused rather than rounded', () => {
    const items = [item('gocardless_fee', '-20.5', { payment: 'PM1' })]
    expect(movementsOf(payoutOf(items)).every(({ fee }) => Number.isInteger(fee))).toBe(false)
  })
})

describe('lists', () => {
  test('are filtered by creation and go on after the cursor in meta', () => {
    const listed = { path: '/payments', timeFilter: 'created_at' }
    const position = { from_ms: Date.UTC(2026, 0, 1), to_ms: Date.UTC(2026, 1, 1), cursor: 'PM9' }
    expect(cursorAfter.request(listed, position).query).toEqual({
      limit: '500',
      'created_at[gte]': '2026-01-01T00:00:00.000Z',
      'created_at[lt]': '2026-02-01T00:00:00.000Z',
      after: 'PM9',
    })
    const asked = { listed, position: start, headers: {} }
    const body = { payments: [{ id: 'PM1' }], meta: { cursors: { after: 'PM1' } } }
    expect(cursorAfter.read(body, asked)).toEqual({ items: [{ id: 'PM1' }], next: 'PM1' })
    expect(
      cursorAfter.read({ payments: [], meta: { cursors: { after: null } } }, asked).next,
    ).toBeNull()
    for (const bad of [null, {}, { payments: {} }, { payments: ['PM1'] }]) {
      expect(() => cursorAfter.read(bad, asked)).toThrow(BadAnswer)
    }
  })
})

test('a token says which mode it is of', () => {
  const modeOf = (access_token: string) => gocardless.modeOf({ access_token })
  expect(['live_x', 'sandbox_x', 'x'].map(modeOf)).toEqual(['live', 'test', null])
})

test('nothing is asked until the limit is over', () => {
  const date = 'Thu, 26 Nov 2026 12:00:00 GMT'
  const reset = { date, 'ratelimit-reset': 'Thu, 26 Nov 2026 12:00:07 GMT' }
  const pace = (remaining: string) =>
    gocardless.pace?.({ body: {}, headers: { ...reset, 'ratelimit-remaining': remaining } })
  expect([pace('0'), pace('1')]).toEqual([7000, null])
})

test('an event says to read again everything that it names', () => {
  const links = { payment: 'PM1', mandate: 'MD1', parent_event: 'EV0', customer: '' }
  expect(
    touchesOf({ links }).map(({ stream, partnerRecordId }) => [stream, partnerRecordId]),
  ).toEqual([
    ['mandates', 'MD1'],
    ['payments', 'PM1'],
  ])
  expect(touchesOf({})).toEqual([])
})

test('a notification holds by any of our secrets, over the raw bytes', () => {
  const { verify, read } = gocardless.notifications as Notifications // it has them
  const body = Buffer.from('{"events":[{"id":"EV1"}]}')
  const headers = { 'webhook-signature': hmacSha256('secret', [body], 'hex') }
  verify({ url: '/', headers, body }, ['new', 'secret'], 0)
  expect(() => verify({ url: '/', headers, body }, ['other'], 0)).toThrow(BadSignature)
  expect(() => verify({ url: '/', headers: {}, body }, ['secret'], 0)).toThrow(BadSignature)
  expect(read(JSON.parse(body.toString()), headers)).toEqual([{ id: 'EV1' }])
})
