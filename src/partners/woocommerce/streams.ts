import { type Payload, uriPart } from '../rule.ts'
import type { Stream } from '../stream.ts'
import { wooCustomer } from './customer.ts'
import { wooGuest } from './guest.ts'
import { wooOrder } from './order.ts'
import { wooPayment, wooRefund } from './payment.ts'
import { wooProduct } from './product.ts'

const api = '/wp-json/wc/v3'
const hour_ms = 60 * 60 * 1000
const day_ms = 24 * hour_ms

/** Stamps are written when a request begins and seen when it ends. */
const overlap_ms = 10 * 60 * 1000

/** In the order a backfill starts them: parents first. */
export const streams: readonly Stream[] = [
  {
    name: 'customers',
    title: 'Customers',
    // A filter on modification is ignored without a word, and there is no order by it.
    strategy: 'sweep',
    verify_ms: hour_ms,
    list: { path: `${api}/customers`, query: { role: 'all', orderby: 'id', order: 'asc' } },
    maps: [wooCustomer],
    retrieve: (id) => ({ path: `${api}/customers/${uriPart(id)}` }),
    owns: (id) => !id.startsWith('guest:'),
  },
  {
    ...byModification('products', 'Products', 'products'),
    maps: [wooProduct],
    attach: [{ as: 'variation_list', list: variationsOf }],
  },
  {
    ...byModification('orders', 'Orders, each with its payment', 'orders'),
    maps: [wooOrder, wooPayment, wooGuest],
  },
  {
    ...byModification('refunds', 'Refunds', 'refunds'),
    maps: [wooRefund],
    // Only under its order, which nothing but the refund itself names.
    retrieve: null,
  },
]

function byModification(name: string, title: string, route: string) {
  const path = `${api}/${route}`
  return {
    name,
    title,
    strategy: 'updated',
    overlap_ms,
    verify_ms: day_ms,
    list: {
      path,
      query: {
        ...(route === 'refunds' ? {} : { status: 'any' }),
        orderby: 'modified',
        order: 'asc',
      },
      timeFilter: 'modified_after',
    },
    retrieve: (id: string) => ({ path: `${path}/${uriPart(id)}` }),
    isDeleted: isTrash,
  } as const
}

/** What is in the trash can still be read by its id, and is in no list. */
export function isTrash({ status }: Payload): boolean {
  return status === 'trash'
}

function variationsOf({ id, type }: Payload) {
  if (type !== 'variable') return null
  return { path: `${api}/products/${uriPart(id)}/variations`, query: { status: 'any' } }
}
