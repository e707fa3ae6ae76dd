import { describe, expect, test } from 'vitest'
import type { Payload } from '../rule.ts'
import { events, touchesOf } from './events.ts'

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
    const at = (created_at: string) => events.created_ms({ created_at })
    expect(at('2022-04-26T10:08:40.454726')).toBe(Date.UTC(2022, 3, 26, 10, 8, 40, 454))
    expect(at('2022-04-26T10:08:40Z')).toBe(Date.UTC(2022, 3, 26, 10, 8, 40))
  })
})
