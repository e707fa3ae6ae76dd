import { asConnection } from '../embedded.ts'
import type { Facts } from '../partner.ts'
import type { Payload } from '../rule.ts'
import type { EmbeddedList, Stream } from '../stream.ts'
import { shopifyBankAccount } from './bank_account.ts'
import { exportOf } from './bulk.ts'
import { shopifyCustomer } from './customer.ts'
import { shopifyDispute } from './dispute.ts'
import { innerList, listOfKind, oneOfKind, onePaymentMethod } from './documents.ts'
import type { Kind } from './fields.ts'
import { shopifyGuest } from './guest.ts'
import { shopifyOrder } from './order.ts'
import { shopifyPayment, shopifyRefund } from './payment.ts'
import { shopifyPaymentMethod } from './payment_method.ts'
import { shopifyProduct } from './product.ts'
import { shopifySettlement } from './settlement.ts'
import { shopifySubscription } from './subscription.ts'
import { shopifyTransaction } from './transaction.ts'

const minute_ms = 60 * 1000
const hour_ms = 60 * minute_ms
const day_ms = 24 * hour_ms

/** In the order a backfill starts them: parents first. */
export const streams: readonly Stream[] = [
  {
    ...byChange('customers', 'Customers'),
    bulk: exportOf('customers'),
    maps: [shopifyCustomer],
    idAt: 'legacyResourceId',
    owns: (id) => !id.startsWith('guest:'),
  },
  {
    ...byChange('products', 'Products, with their variants'),
    bulk: exportOf('products'),
    maps: [shopifyProduct],
    idAt: 'legacyResourceId',
    embedded: [inner('variants')],
  },
  {
    ...byChange('orders', 'Orders, with their transactions'),
    bulk: exportOf('orders'),
    maps: [shopifyOrder, shopifyPayment, shopifyRefund, shopifyGuest],
    idAt: 'legacyResourceId',
    embedded: [inner('lineItems')],
    absenceTells: seesAllOrders,
  },
  {
    ...byChange('payment_methods', 'Saved payment methods of each customer, revoked ones too'),
    bulk: exportOf('payment_methods'),
    maps: [shopifyPaymentMethod],
    idAt: 'legacyResourceId',
    embedded: [inner('paymentMethods')],
    retrieve: (id) =>
      isPaymentMethod(id) ? onePaymentMethod(id) : oneOfKind('payment_methods', id),
    owns: isPaymentMethod,
  },
  {
    ...byChange('subscriptions', 'Subscription contracts'),
    maps: [shopifySubscription],
    embedded: [inner('lines')],
  },
  {
    ...stream('settlements', 'Payouts of Shopify Payments'),
    strategy: 'created',
    // How long a payout may take until it is paid or has failed.
    overlap_ms: 45 * day_ms,
    maps: [shopifySettlement],
    idAt: 'legacyResourceId',
  },
  {
    ...stream('transactions', 'Balance transactions of Shopify Payments'),
    strategy: 'created',
    overlap_ms: 2 * day_ms,
    maps: [shopifyTransaction],
  },
  {
    name: 'settlement_transactions',
    title: 'Balance transactions of each payout',
    strategy: 'children',
    list: listOfKind('transactions'),
    parent: {
      object: 'settlement',
      as: 'payout',
      lists: (payout) => [listOfKind('transactions', `payments_transfer_id:${payout}`)],
      ofDeleted: false,
    },
    maps: [shopifyTransaction],
    retrieve: null,
  },
  {
    ...stream('disputes', 'Disputes at Shopify Payments'),
    // Neither sorted nor filtered by change, and few.
    strategy: 'sweep',
    verify_ms: hour_ms,
    maps: [shopifyDispute],
    idAt: 'legacyResourceId',
  },
  {
    ...stream('bank_accounts', "The seller's bank accounts at Shopify Payments"),
    strategy: 'sweep',
    verify_ms: day_ms,
    maps: [shopifyBankAccount],
    owns: (id) => !isPaymentMethod(id),
  },
]

function stream<K extends Kind>(name: K, title: string) {
  return {
    name,
    title,
    list: listOfKind(name),
    retrieve: (id: string) => oneOfKind(name, id),
  } as const
}

/** Searches see a change some time after it happened; nothing tells what was deleted. */
function byChange<K extends Kind>(name: K, title: string) {
  return {
    ...stream(name, title),
    strategy: 'updated',
    overlap_ms: 10 * minute_ms,
    verify_ms: day_ms,
  } as const
}

function inner(at: Parameters<typeof innerList>[0]): EmbeddedList {
  return { at, list: ({ id }: Payload) => innerList(at, String(id)), form: asConnection }
}

/** Without `read_all_orders`, an order of more than 60 days ago is as good as not there. */
export function seesAllOrders({ orders }: Facts): boolean {
  return orders === 'all'
}

function isPaymentMethod(id: string): boolean {
  return id.startsWith('gid://shopify/CustomerPaymentMethod/')
}
