import { describe, expect, test } from 'vitest'
import { contextOf } from '../../../test/fixtures.ts'
import { BadAnswer, Refused } from '../errors.ts'
import { draftsOf } from '../mapping.ts'
import { start } from '../paginate.ts'
import type { Session } from '../partner.ts'
import { listOf, type Stream } from '../stream.ts'
import { vendure } from './index.ts'
import { vendureOrder } from './order.ts'
import { vendurePayment, vendureRefund } from './payment.ts'

const session = vendure.session as Session // it has one
const streamNamed = (name: string) => vendure.streams.find((one) => one.name === name) as Stream

describe('a session', () => {
  const answer = (login: object, headers = {}) => ({ body: { data: { login } }, headers })
  const user = { __typename: 'CurrentUser' }

  test('is opened by the token in the header of a log-in', () => {
    const { headers } = session.read(answer(user, { 'vendure-auth-token': 'abc' }))
    expect(headers).toEqual({ authorization: 'Bearer abc' })
  })

  test('is refused by a result that is no user, and broken without a token', () => {
    const no = { __typename: 'InvalidCredentialsError', errorCode: 'INVALID_CREDENTIALS_ERROR' }
    expect(() => session.read(answer(no))).toThrow(Refused)
    expect(() => session.read(answer(user))).toThrow(BadAnswer)
  })

  test('asks with the password as a variable, never in the document', () => {
    const { body } = session.request({ username: 'furrow', password: 'secret"}' })
    expect((body as { query: string }).query).not.toContain('secret')
    expect((body as { variables: object }).variables).toEqual({
      username: 'furrow',
      password: 'secret"}',
    })
  })
})

describe('errors that come with 200', () => {
  const refused = (code: string) =>
    vendure.refused?.({ errors: [{ message: 'No', extensions: { code } }], data: null })

  test.each([
    ['FORBIDDEN', 401],
    ['USER_INPUT_ERROR', 400],
    ['INTERNAL_SERVER_ERROR', 500],
    ['toString', 500],
  ])('%s stands for %i', (code, status) => {
    expect(refused(code)).toEqual({ status })
  })

  test('are none without errors', () => {
    expect([null, {}, { data: {} }, { errors: [] }].map((body) => vendure.refused?.(body))).toEqual(
      [null, null, null, null],
    )
  })
})

test('lists of orders leave carts out and ask for what changed a second before', () => {
  const from_ms = Date.UTC(2026, 2, 14, 9, 26, 53)
  const { body } = vendure.paging.request(listOf(streamNamed('orders')), { ...start, from_ms })
  expect((body as { variables: object }).variables).toEqual({
    options: {
      sort: { updatedAt: 'ASC' },
      filter: { active: { eq: false }, updatedAt: { after: '2026-03-14T09:26:52.000Z' } },
      skip: 0,
      take: 200,
    },
  })
})

describe('money, counted in the decimals of the server', () => {
  const order = (currencyCode: string, amount: number) => ({
    id: '1',
    code: 'A1',
    currencyCode,
    totalWithTax: amount,
    total: amount,
    payments: [
      {
        id: '7',
        amount,
        state: 'Settled',
        refunds: [{ id: '9', total: amount, state: 'Settled' }],
      },
    ],
  })
  const shopOf = (precision?: string) => ({
    ...contextOf(vendure),
    facts: { currency: 'EUR', ...(precision ? { precision } : {}) },
  })

  test.each([
    ['USD', 336260, undefined, 336260],
    ['JPY', 150000, '2', 1500],
    ['KWD', 123, '2', 1230],
    ['KWD', 1234, '3', 1234],
    ['EUR', 12340, '3', 1234],
  ])('%s %i with %s decimals is %i', (code, amount, precision, minor) => {
    const payload = order(code, amount)
    const context = shopOf(precision)
    expect(draftsOf(vendureOrder, payload, context)[0]).toMatchObject({
      amount: minor,
      payment_status: 'refunded',
    })
    const [paid] = draftsOf(vendurePayment, payload, context)
    expect(paid).toMatchObject({ amount: minor, amount_refunded: minor, status: 'succeeded' })
    expect(draftsOf(vendureRefund, payload, context)[0]).toMatchObject({
      amount: -minor,
      partnerRecordId: 'refund:9',
      refunded_payment_id: paid?.id,
    })
  })

  test.each([
    [86_280, 863],
    [150_049, 1500],
    [150_050, 1501],
  ])('finer than the currency is told as it is charged: %i hundredths of yen', (amount, minor) => {
    const [paid] = draftsOf(vendurePayment, order('JPY', amount), shopOf('2'))
    const [refund] = draftsOf(vendureRefund, order('JPY', amount), shopOf('2'))
    expect([paid?.amount, refund?.amount]).toEqual([minor, -minor])
  })

  test('that failed to be given back, was not', () => {
    const payload = order('EUR', 100)
    const failed = { ...payload.payments[0], refunds: [{ id: '9', total: 100, state: 'Failed' }] }
    const context = shopOf()
    const [read] = draftsOf(vendureOrder, { ...payload, payments: [failed] }, context)
    expect(read?.payment_status).toBe('paid')
  })
})
