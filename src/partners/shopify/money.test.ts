import { describe, expect, test } from 'vitest'
import { contextOf } from '../../../test/fixtures.ts'
import { draftsOf } from '../mapping.ts'
import { shopify } from './index.ts'
import { shopifyOrder } from './order.ts'
import { shopifyPayment, shopifyRefund } from './payment.ts'
import { shopifyProduct } from './product.ts'
import { shopifyTransaction } from './transaction.ts'

const context = contextOf(shopify)

describe('money', () => {
  const bag = (amount: string, currencyCode: string) => ({
    shopMoney: { amount: '99.99', currencyCode: 'USD' },
    presentmentMoney: { amount, currencyCode },
  })
  const order = (currency: string, amount: string, transactions: object[] = []) => ({
    id: 'gid://shopify/Order/1',
    legacyResourceId: '1',
    presentmentCurrencyCode: currency,
    totalPriceSet: bag(amount, currency),
    transactions,
  })
  const part = (id: string, kind: string, more: object) => ({
    id,
    kind,
    status: 'SUCCESS',
    ...more,
  })
  const of = (id: string) => ({ parentTransaction: { id } })

  test.each([
    ['EUR', '28.34', 2834],
    ['JPY', '1500.0', 1500],
    ['KWD', '1.234', 1234],
    ['USD', '0.0', 0],
  ])('of a buyer who pays in %s is read to the unit: %s', (currency, amount, minor) => {
    const sale = part('s', 'SALE', { amountSet: bag(amount, currency) })
    const payload = order(currency, amount, [sale])
    expect(draftsOf(shopifyOrder, payload, context)[0]).toMatchObject({ amount: minor, currency })
    expect(draftsOf(shopifyPayment, payload, context)).toMatchObject([
      { amount: minor, currency, status: 'succeeded', amount_refunded: 0 },
    ])
  })

  test('of a product is in the currency of the shop', () => {
    const product = { legacyResourceId: '1', variants: { nodes: [{ sku: 'A', price: '1500' }] } }
    const yen = { ...context, facts: { currency: 'JPY' } }
    const [read] = draftsOf(shopifyProduct, product, yen)
    expect(read).toMatchObject({ price: 1500, currency: 'JPY', prices: [{ currency: 'JPY' }] })
  })

  test('that was captured is counted once, and what is left of an authorisation stays open', () => {
    const payload = order('EUR', '100.0', [
      part('a', 'AUTHORIZATION', { amountSet: bag('100.0', 'EUR') }),
      part('c', 'CAPTURE', { amountSet: bag('60.0', 'EUR'), ...of('a') }),
      part('d', 'CAPTURE', { amountSet: bag('5.0', 'EUR'), ...of('a'), status: 'FAILURE' }),
      part('r', 'REFUND', { amountSet: bag('10.0', 'EUR'), ...of('c') }),
      part('q', 'REFUND', { amountSet: bag('1.0', 'EUR'), ...of('c'), status: 'FAILURE' }),
    ])
    const payments = draftsOf(shopifyPayment, payload, context)
    expect(payments).toMatchObject([
      { partnerRecordId: 'a', amount: 4000, status: 'pending', amount_refunded: 0 },
      { partnerRecordId: 'c', amount: 6000, status: 'succeeded', amount_refunded: 1000 },
      { partnerRecordId: 'd', amount: 500, status: 'failed', amount_refunded: 0 },
    ])
    expect(draftsOf(shopifyRefund, payload, context)).toMatchObject([
      { amount: -1000, status: 'succeeded', refunded_payment_id: payments[1]?.id },
      { amount: -100, status: 'failed', refunded_payment_id: payments[1]?.id },
    ])
  })

  test('that was authorised and captured whole, voided or let go is no longer open', () => {
    const authorisation = part('a', 'AUTHORIZATION', { amountSet: bag('100.0', 'EUR') })
    const next = (kind: string) => part('b', kind, { amountSet: bag('100.0', 'EUR'), ...of('a') })
    const first = (payload: object) => draftsOf(shopifyPayment, payload as never, context)[0]
    const captured = order('EUR', '100.0', [authorisation, next('CAPTURE')])
    expect(first(captured)).toMatchObject({
      amount: 0,
      status: 'succeeded',
      status_reason: { outcome: 'authorised' },
    })
    expect(first(order('EUR', '100.0', [authorisation, next('VOID')]))).toMatchObject({
      amount: 10000,
      status: 'cancelled',
    })
    const expired = { ...order('EUR', '100.0', [authorisation]), displayFinancialStatus: 'EXPIRED' }
    expect(first(expired)).toMatchObject({ status: 'cancelled' })
    const open = order('EUR', '100.0', [authorisation])
    expect(first(open)).toMatchObject({
      status: 'pending',
      status_reason: { outcome: 'authorised' },
    })
  })

  const movement = (more: object) => ({
    id: 'gid://shopify/ShopifyPaymentsBalanceTransaction/1',
    amount: { amount: '-154.69', currencyCode: 'USD' },
    fee: { amount: '0.0', currencyCode: 'USD' },
    net: { amount: '-154.69', currencyCode: 'USD' },
    associatedPayout: { id: 'gid://shopify/ShopifyPaymentsPayout/7', status: 'PAID' },
    ...more,
  })

  test('that a payout takes away is no part of what it pays out', () => {
    const own = movement({ type: 'TRANSFER', sourceType: 'TRANSFER', sourceId: '7' })
    expect(draftsOf(shopifyTransaction, own, context)[0]).toMatchObject({
      amount: -15469,
      type: 'settlement',
      source_object: 'settlement',
      settlement_id: null,
    })
    // One that failed is paid out again, by another.
    const failed = movement({ type: 'TRANSFER_FAILURE', sourceType: 'TRANSFER', sourceId: '6' })
    const [read] = draftsOf(shopifyTransaction, failed, context)
    expect(read?.settlement_id).toMatch(/^set_/)
  })

  test('has fees, which net leaves out', () => {
    const charge = movement({
      type: 'CHARGE',
      sourceType: 'CHARGE',
      sourceId: '600',
      sourceOrderTransactionId: 42,
      amount: { amount: '20.0', currencyCode: 'USD' },
      fee: { amount: '0.88', currencyCode: 'USD' },
      net: { amount: '19.12', currencyCode: 'USD' },
    })
    const [read] = draftsOf(shopifyTransaction, charge, context)
    expect(read).toMatchObject({ amount: 2000, fee: 88, net: 1912, source_object: 'payment' })
    expect(read?.fee_details).toEqual([
      { type: 'processing', amount: 88, currency: 'USD', description: null },
    ])
    const sale = part('gid://shopify/OrderTransaction/42', 'SALE', {
      amountSet: bag('20.0', 'USD'),
    })
    const [paid] = draftsOf(shopifyPayment, order('USD', '20.0', [sale]), context)
    expect(read?.source_id).toBe(paid?.id)
  })
})
