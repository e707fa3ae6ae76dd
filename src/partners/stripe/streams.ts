import type { Mapping } from '../mapping.ts'
import { inside } from '../mapping.ts'
import type { ApiRequest, Query } from '../request.ts'
import { type Payload, uriPart } from '../rule.ts'
import type { Stream } from '../stream.ts'
import { isGuestKey } from './charge.ts'
import { stripeCustomer } from './customer.ts'
import { stripeDispute } from './dispute.ts'
import {
  stripeBankAccount,
  stripeCard,
  stripePaymentMethod,
  stripeSource,
} from './external_account.ts'
import { stripeBareGuest, stripeGuest } from './guest.ts'
import { stripeInvoice } from './invoice.ts'
import { stripeCharge, stripePayment, stripeRefund } from './payment.ts'
import { stripeProduct } from './product.ts'
import { stripeSettlement } from './settlement.ts'
import { stripeSubscription } from './subscription.ts'
import { stripeTransaction } from './transaction.ts'

const day_ms = 24 * 60 * 60 * 1000

/** Movements appear up to a day after the moment they are dated at, then hold still. */
export const transactions_overlap_ms = day_ms

/** In the order a backfill starts them: parents first. */
export const streams: readonly Stream[] = [
  {
    ...stream('customers', 'Customers', '/v1/customers', [stripeCustomer]),
    owns: (id) => !isGuestKey(id),
  },
  {
    ...stream('products', 'Products', '/v1/products', [stripeProduct]),
    attach: [{ as: 'prices', list: pricesOf }],
  },
  {
    ...stream('subscriptions', 'Subscriptions', '/v1/subscriptions', [stripeSubscription], {
      // Without it, the list leaves out what was cancelled.
      query: { status: 'all' },
    }),
    embedded: [{ at: 'items', list: subscriptionItems }],
  },
  {
    ...stream('invoices', 'Invoices', '/v1/invoices', [stripeInvoice]),
    embedded: [{ at: 'lines', list: invoiceLines }],
  },
  {
    ...stream('payments', 'Payment intents', '/v1/payment_intents', [stripePayment, stripeGuest], {
      expand: ['latest_charge', 'invoice'],
    }),
    owns: startsWith('pi_'),
  },
  {
    ...stream(
      'charges',
      'Charges without an intent',
      '/v1/charges',
      [stripeCharge, stripeBareGuest],
      { expand: ['invoice'] },
    ),
    owns: startsWith('ch_', 'py_'),
  },
  {
    ...stream('refunds', 'Refunds', '/v1/refunds', [stripeRefund], {
      expand: ['charge', 'charge.invoice'],
    }),
    owns: startsWith('re_', 'pyr_'),
  },
  stream(
    'settlements',
    'Payouts',
    '/v1/payouts',
    [
      stripeSettlement,
      inside('destination', stripeBankAccount, "The seller's bank account"),
      inside('destination', stripeCard, "The seller's debit card"),
    ],
    { expand: ['destination'] },
  ),
  {
    ...stream(
      'transactions',
      'Balance transactions',
      '/v1/balance_transactions',
      [stripeTransaction],
      { expand: ['source'] },
    ),
    strategy: 'created',
    overlap_ms: transactions_overlap_ms,
  },
  {
    name: 'settlement_transactions',
    title: 'Balance transactions of each payout',
    strategy: 'children',
    list: { path: '/v1/balance_transactions', query: { 'expand[]': ['data.source'] } },
    parent: {
      object: 'settlement',
      as: 'payout',
      lists: (payout) => [
        { path: '/v1/balance_transactions', query: { payout, 'expand[]': ['data.source'] } },
      ],
      ofDeleted: false,
      // Stripe does not know which movements a payout made by hand is for.
      noneOn: [400],
    },
    maps: [stripeTransaction],
    retrieve: null,
  },
  stream('disputes', 'Disputes', '/v1/disputes', [stripeDispute], { expand: ['charge'] }),
  {
    name: 'external_accounts',
    title: 'Saved payment methods, cards, bank accounts and sources of each customer',
    strategy: 'children',
    list: { path: '/v1/payment_methods' },
    parent: {
      object: 'customer',
      as: 'customer',
      lists: instrumentLists,
      ofDeleted: false,
    },
    maps: [stripePaymentMethod, stripeCard, stripeBankAccount, stripeSource],
    retrieve: retrieveInstrument,
    isDeleted: (payload) => isTombstone(payload) || isDetached(payload),
    // The seller's own hang on no customer; payouts bring them.
    owns: (_id, customer) => customer !== null,
  },
]

interface Reading {
  /** References that come as whole objects. */
  readonly expand?: readonly string[]
  readonly query?: Query
}

/** A list of Stripe's that is backfilled by creation time and kept true by its events. */
function stream(
  name: string,
  title: string,
  path: string,
  maps: readonly Mapping[],
  { expand = [], query = {} }: Reading = {},
): Stream {
  return {
    name,
    title,
    strategy: 'created+events',
    list: {
      path,
      query: { ...query, ...expanded(expand.map((reference) => `data.${reference}`)) },
      timeFilter: 'created',
    },
    maps,
    retrieve: (id) => ({ path: `${path}/${uriPart(id)}`, query: expanded(expand) }),
    isDeleted: isTombstone,
  }
}

function startsWith(...prefixes: string[]): (id: string) => boolean {
  return (id) => prefixes.some((prefix) => id.startsWith(prefix))
}

function expanded(references: readonly string[]): Query {
  return references.length === 0 ? {} : { 'expand[]': references }
}

/** Stripe answers 200 with a tombstone for what was deleted. */
export function isTombstone(payload: Payload): boolean {
  return payload.deleted === true
}

/** A payment method that was detached belongs to nobody and cannot be used again. */
function isDetached(payload: Payload): boolean {
  return payload.object === 'payment_method' && payload.customer === null
}

function pricesOf({ id }: Payload) {
  return { path: '/v1/prices', query: { product: String(id), active: 'true' } }
}

function subscriptionItems({ id }: Payload) {
  return { path: '/v1/subscription_items', query: { subscription: String(id) } }
}

function invoiceLines({ id }: Payload) {
  return { path: `/v1/invoices/${uriPart(id)}/lines` }
}

/** A guest is nobody Stripe knows, and has saved nothing. */
function instrumentLists(customer: string) {
  if (isGuestKey(customer)) return []
  const path = `/v1/customers/${uriPart(customer)}`
  return [{ path: `${path}/payment_methods` }, { path: `${path}/sources` }]
}

/** Payment methods are read by themselves, what is older under its customer. */
function retrieveInstrument(id: string, parentId: string | null): ApiRequest {
  const own = uriPart(id)
  if (id.startsWith('pm_') || parentId === null) return { path: `/v1/payment_methods/${own}` }
  return { path: `/v1/customers/${uriPart(parentId)}/sources/${own}` }
}
