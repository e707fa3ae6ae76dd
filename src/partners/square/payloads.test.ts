import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { contextOf } from '../../../test/fixtures.ts'
import { normalise } from '../../ingest/normalise.ts'
import type { ObjectType } from '../../model/object.ts'
import { draftsOf, type Mapping } from '../mapping.ts'
import type { Payload } from '../rule.ts'
import { squareCard } from './card.ts'
import { squareCustomer } from './customer.ts'
import { squareGuest } from './guest.ts'
import { square } from './index.ts'
import { squareInvoice } from './invoice.ts'
import { squareOrder } from './order.ts'
import { squarePayment, squareRefund } from './payment.ts'
import { squareSubscription } from './subscription.ts'
import { squareTransaction } from './transaction.ts'

const context = contextOf(square)
const one = <O extends ObjectType>(map: Mapping<O>, payload: Payload) =>
  draftsOf(map, payload, context)[0]

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
