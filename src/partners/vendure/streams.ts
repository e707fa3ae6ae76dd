import type { Stream } from '../stream.ts'
import { vendureCustomer } from './customer.ts'
import { type Kind, listOfKind, oneOfKind } from './documents.ts'
import { vendureOrder } from './order.ts'
import { vendurePayment, vendureRefund } from './payment.ts'
import { vendureProduct } from './product.ts'

const minute_ms = 60 * 1000
const hour_ms = 60 * minute_ms

/** In the order a backfill starts them: parents first. */
export const streams: readonly Stream[] = [
  {
    ...stream('customers', 'Customers, with their addresses'),
    maps: [vendureCustomer],
    verify_ms: hour_ms,
  },
  { ...stream('products', 'Products'), maps: [vendureProduct], verify_ms: 24 * hour_ms },
  {
    // A cart is no order yet.
    ...stream('orders', 'Orders, with their payments and refunds', { active: { eq: false } }),
    maps: [vendureOrder, vendurePayment, vendureRefund],
    verify_ms: hour_ms,
  },
]

function stream(name: Kind, title: string, filter: object = {}) {
  return {
    name,
    title,
    strategy: 'updated',
    // Stamps are written when a request begins and seen when it ends.
    overlap_ms: 5 * minute_ms,
    list: listOfKind(name, filter),
    retrieve: (id: string) => oneOfKind(name, id),
  } as const
}
