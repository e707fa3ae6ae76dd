import { describe, expect, test } from 'vitest'
import type { Payload } from '../rule.ts'
import { events, touchesOf } from './events.ts'

function event(type: string, object: Payload, previous_attributes?: Payload): Payload {
  const data = { object, ...(previous_attributes ? { previous_attributes } : {}) }
  return { id: 'evt_1', object: 'event', created: 1_773_480_413, type, data }
}

const touch = (stream: string, partnerRecordId: string, more = {}) => ({
  stream,
  partnerRecordId,
  parentId: null,
  deleted: false,
  ...more,
})

describe('an event says what to read again', () => {
  test.each([
    ['customer.updated', { object: 'customer', id: 'cus_1' }, [touch('customers', 'cus_1')]],
    [
      'customer.deleted',
      { object: 'customer', id: 'cus_1' },
      [touch('customers', 'cus_1', { deleted: true })],
    ],
    [
      'customer.subscription.deleted',
      { object: 'subscription', id: 'sub_1' },
      [touch('subscriptions', 'sub_1')],
    ],
    [
      'invoice.deleted',
      { object: 'invoice', id: 'in_1' },
      [touch('invoices', 'in_1', { deleted: true })],
    ],
    [
      'price.deleted',
      { object: 'price', id: 'price_1', product: 'prod_1' },
      [touch('products', 'prod_1')],
    ],
    [
      'charge.updated',
      { object: 'charge', id: 'ch_1', payment_intent: { id: 'pi_1', object: 'payment_intent' } },
      [touch('payments', 'pi_1')],
    ],
    [
      'charge.updated',
      { object: 'charge', id: 'ch_1', payment_intent: null },
      [touch('charges', 'ch_1')],
    ],
    [
      'charge.refunded',
      { object: 'charge', id: 'ch_1', refunds: { object: 'list', data: [{ id: 're_1' }] } },
      [touch('charges', 'ch_1'), touch('refunds', 're_1')],
    ],
    [
      'refund.created',
      { object: 'refund', id: 're_1', payment_intent: 'pi_1' },
      [touch('refunds', 're_1'), touch('payments', 'pi_1')],
    ],
    [
      'payout.paid',
      { object: 'payout', id: 'po_1' },
      [
        touch('settlements', 'po_1'),
        touch('settlement_transactions', 'po_1', { parentId: 'po_1', children: true }),
      ],
    ],
    [
      'payment_method.attached',
      { object: 'payment_method', id: 'pm_1', customer: 'cus_1' },
      [touch('external_accounts', 'pm_1', { parentId: 'cus_1' })],
    ],
    [
      'customer.source.deleted',
      { object: 'card', id: 'card_1', customer: 'cus_1' },
      [touch('external_accounts', 'card_1', { parentId: 'cus_1', deleted: true })],
    ],
    ['account.external_account.updated', { object: 'bank_account', id: 'ba_1' }, []],
    ['balance.available', { object: 'balance' }, []],
    ['invoice.upcoming', { object: 'invoice' }, []],
    ['odd.object', { object: 'constructor', id: 'x' }, []],
  ])('%s of %j', (type, object, expected) => {
    expect(touchesOf(event(type, object))).toEqual(expected)
  })

  test('a payment method that was detached is gone from the customer it had', () => {
    const detached = { object: 'payment_method', id: 'pm_1', customer: null }
    expect(touchesOf(event('payment_method.detached', detached, { customer: 'cus_1' }))).toEqual([
      touch('external_accounts', 'pm_1', { parentId: 'cus_1', deleted: true }),
    ])
  })

  test.each([null, undefined, {}, { data: null }, { data: { object: 'x' } }])(
    '%j says nothing',
    (broken) => {
      expect(touchesOf((broken ?? {}) as Payload)).toEqual([])
    },
  )
})

test('an event has an id and a time', () => {
  const one = event('customer.updated', {})
  expect([events.eventId(one), events.created_ms(one)]).toEqual(['evt_1', 1_773_480_413_000])
})
