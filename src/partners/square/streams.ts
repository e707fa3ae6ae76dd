import { joinedLists } from '../joined_lists.ts'
import type { ListRequest } from '../request.ts'
import { type Payload, uriPart } from '../rule.ts'
import type { Stream } from '../stream.ts'
import { squareBankAccount } from './bank_account.ts'
import { squareCard } from './card.ts'
import { squareCustomer } from './customer.ts'
import { squareDispute } from './dispute.ts'
import { squareGuest } from './guest.ts'
import { squareInvoice } from './invoice.ts'
import { perLocation, perLocations } from './locations.ts'
import { squareOrder } from './order.ts'
import { beginning_ms, lists, page_size_max } from './paging.ts'
import { squarePayment, squareRefund } from './payment.ts'
import { isGuestKey } from './person.ts'
import { squareProduct } from './product.ts'
import { squareSettlement } from './settlement.ts'
import { squareSubscription } from './subscription.ts'
import { squareTransaction } from './transaction.ts'

const minute_ms = 60 * 1000
const hour_ms = 60 * minute_ms
const day_ms = 24 * hour_ms

/** Lists see a change up to a minute after it happened. */
const overlap_ms = 2 * minute_ms

const begin_time = new Date(beginning_ms).toISOString()
const oldestChange = { sort_field: 'UPDATED_AT', sort_order: 'ASC' } as const
/** Without a time of creation, only what was made within a year is told. */
const changed = { query: { begin_time, ...oldestChange }, timeFilter: 'updated_at_begin_time' }
const plain = lists(page_size_max)
const unlimited = lists(25, null)
const locations_a_search_max = 10

/** In the order a backfill starts them: parents first. */
export const streams: readonly Stream[] = [
  {
    ...stream('customers', 'customer', 'Customers'),
    strategy: 'updated',
    answersMerged: true,
    // Sorted by creation only: what changes meanwhile leaves a closed span for a later one.
    list: {
      path: '/v2/customers/search',
      body: { query: { sort: { field: 'CREATED_AT', order: 'ASC' } } },
      items: 'customers',
      timeFilter: 'query.filter.updated_at',
    },
    window_ms: 90 * day_ms,
    overlap_ms,
    verify_ms: day_ms,
    maps: [squareCustomer],
    owns: (id) => !isGuestKey(id),
  },
  {
    ...stream('products', 'object', 'Items of the catalogue, with their variations'),
    strategy: 'updated',
    list: {
      path: '/v2/catalog/search',
      body: { object_types: ['ITEM'], include_deleted_objects: true },
      items: 'objects',
      timeFilter: 'begin_time',
      paging: lists(1000),
    },
    overlap_ms,
    verify_ms: day_ms,
    maps: [squareProduct],
    retrieve: (id) => ({ path: `/v2/catalog/object/${uriPart(id)}`, at: 'object' }),
    isDeleted: ({ is_deleted }) => is_deleted === true,
  },
  {
    ...stream('orders', 'order', 'Orders'),
    strategy: 'updated',
    list: ({ locations }) =>
      joinedLists(
        perLocations(locations, locations_a_search_max, (location_ids) => ({
          path: '/v2/orders/search',
          body: { location_ids, query: { sort: oldestChange } },
          items: 'orders',
          timeFilter: 'query.filter.date_time_filter.updated_at',
        })),
        lists(500),
      ),
    overlap_ms,
    maps: [squareOrder],
    absenceTells: never,
  },
  {
    ...stream('payments', 'payment', 'Payments'),
    strategy: 'updated',
    list: ({ locations }) =>
      ofEach(locations, { path: '/v2/payments', items: 'payments', ...changed }),
    overlap_ms,
    maps: [squarePayment, squareGuest],
    absenceTells: never,
  },
  {
    ...stream('refunds', 'refund', 'Refunds'),
    strategy: 'updated',
    list: { path: '/v2/refunds', items: 'refunds', ...changed },
    overlap_ms,
    maps: [squareRefund],
    absenceTells: never,
  },
  {
    ...stream('settlements', 'payout', 'Payouts'),
    strategy: 'windows',
    list: ({ locations }) =>
      ofEach(locations, { path: '/v2/payouts', items: 'payouts', timeFilter: 'begin_time' }),
    window_ms: 90 * day_ms,
    // How long a payout may take until it is paid or has failed.
    overlap_ms: 14 * day_ms,
    maps: [squareSettlement],
    retrieve: (id) => ({ path: `/v2/payouts/${uriPart(id)}`, at: 'payout' }),
  },
  {
    name: 'settlement_transactions',
    title: 'Entries of each payout',
    strategy: 'children',
    list: entriesOf('payout'),
    parent: {
      object: 'settlement',
      as: 'payout',
      lists: (payout) => [entriesOf(payout)],
      ofDeleted: false,
      // A payout by hand has no entries.
      noneOn: [400],
    },
    maps: [squareTransaction],
    retrieve: null,
  },
  {
    ...stream('disputes', 'dispute', 'Disputes'),
    strategy: 'sweep',
    list: { path: '/v2/disputes', items: 'disputes', paging: unlimited },
    verify_ms: hour_ms,
    maps: [squareDispute],
  },
  {
    ...stream('invoices', 'invoice', 'Invoices'),
    strategy: 'sweep',
    list: ({ locations }) =>
      joinedLists(
        perLocation(locations, (location_id) => ({
          path: '/v2/invoices',
          query: { location_id },
          items: 'invoices',
        })),
        lists(200),
      ),
    verify_ms: hour_ms,
    maps: [squareInvoice],
  },
  {
    ...stream('subscriptions', 'subscription', 'Subscriptions, with the variation of their plan'),
    strategy: 'sweep',
    list: {
      path: '/v2/subscriptions/search',
      body: {},
      items: 'subscriptions',
      paging: lists(200),
    },
    verify_ms: 6 * hour_ms,
    maps: [squareSubscription],
    attach: [{ as: 'plan', list: planOf }],
  },
  {
    ...stream('cards', 'card', 'Cards on file, disabled ones too'),
    strategy: 'sweep',
    list: {
      path: '/v2/cards',
      query: { include_disabled: 'true', sort_order: 'ASC' },
      items: 'cards',
      paging: unlimited,
    },
    verify_ms: day_ms,
    maps: [squareCard],
    owns: (id) => !isBankAccount(id),
  },
  {
    ...stream('bank_accounts', 'bank_account', 'Bank accounts'),
    strategy: 'sweep',
    list: { path: '/v2/bank-accounts', items: 'bank_accounts' },
    verify_ms: day_ms,
    maps: [squareBankAccount],
    retrieve: (id) => ({ path: `/v2/bank-accounts/${uriPart(id)}`, at: 'bank_account' }),
    owns: isBankAccount,
  },
]

/** One object stands under its own name in an answer. */
function stream(name: string, at: string, title: string) {
  return {
    name,
    title,
    retrieve: (id: string) => ({ path: `/v2/${name}/${uriPart(id)}`, at }),
  } as const
}

/** Payments, refunds and orders stay for good; that one cannot be read says nothing. */
function never(): boolean {
  return false
}

/** A list that is of the main location unless another one is named. */
function ofEach(locations: string | undefined, list: ListRequest): ListRequest {
  const named = (location_id: string): ListRequest => ({
    ...list,
    query: { ...list.query, location_id },
  })
  return joinedLists(perLocation(locations, named), plain)
}

function entriesOf(payout: string): ListRequest {
  return { path: `/v2/payouts/${uriPart(payout)}/payout-entries`, items: 'payout_entries' }
}

function planOf({ plan_variation_id }: Payload): ListRequest | null {
  if (typeof plan_variation_id !== 'string' || plan_variation_id === '') return null
  return {
    path: '/v2/catalog/batch-retrieve',
    body: { object_ids: [plan_variation_id], include_deleted_objects: true },
    items: 'objects',
    paging: unlimited,
  }
}

function isBankAccount(id: string): boolean {
  return id.startsWith('bact:')
}
