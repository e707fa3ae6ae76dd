import { uriPart } from '../rule.ts'
import type { Stream } from '../stream.ts'
import { medusaCustomer } from './customer.ts'
import { medusaGuest } from './guest.ts'
import { medusaOrder } from './order.ts'
import { medusaPayment, medusaRefund } from './payment.ts'
import { medusaProduct } from './product.ts'

const minute_ms = 60 * 1000
const hour_ms = 60 * minute_ms

const orderFields = [
  ...['id', 'display_id', 'status', 'payment_status', 'fulfillment_status', 'currency_code'],
  ...['total', 'tax_total', 'shipping_total', 'discount_total', 'email', 'customer_id'],
  ...['created_at', 'updated_at', 'canceled_at', 'version', '*items', '*shipping_address'],
  ...['*billing_address', '*payment_collections', '*payment_collections.payments'],
  ...['*payment_collections.payments.captures', '*payment_collections.payments.refunds'],
].join(',')

/** In the order a backfill starts them: parents first. */
export const streams: readonly Stream[] = [
  {
    ...stream('customers', 'Customers, with their addresses', 'customer', '*addresses'),
    maps: [medusaCustomer],
    owns: (id) => !id.startsWith('guest:'),
    verify_ms: hour_ms,
  },
  {
    ...stream('products', 'Products', 'product', '*variants,*variants.prices,*categories'),
    maps: [medusaProduct],
    verify_ms: 24 * hour_ms,
  },
  {
    ...stream('orders', 'Orders, with their payments and refunds', 'order', orderFields),
    maps: [medusaOrder, medusaPayment, medusaRefund, medusaGuest],
    verify_ms: hour_ms,
  },
]

function stream(name: string, title: string, object: string, fields: string) {
  const path = `/admin/${name}`
  return {
    name,
    title,
    strategy: 'updated',
    // Stamps are written when a request begins and seen when it ends.
    overlap_ms: 5 * minute_ms,
    list: { path, query: { fields, order: 'updated_at' }, items: name, timeFilter: 'updated_at' },
    retrieve: (id: string) => ({ path: `${path}/${uriPart(id)}`, query: { fields }, at: object }),
  } as const
}
