import { type Payload, uriPart } from '../rule.ts'
import type { Stream } from '../stream.ts'
import { paypalPayer, paypalRecipient, paypalSubscriber } from './customer.ts'
import { paypalDispute } from './dispute.ts'
import { paypalPaymentToken } from './external_account.ts'
import { paypalInvoice } from './invoice.ts'
import { paypalOrder } from './order.ts'
import {
  disputePages,
  invoicePages,
  planPages,
  productPages,
  reportPages,
  subscriptionPages,
  tokenPages,
} from './paging.ts'
import { paypalPayment, paypalRefund } from './payment.ts'
import { paypalProduct } from './product.ts'
import { paypalSettlement } from './settlement.ts'
import { paypalSubscription } from './subscription.ts'
import { paypalTransaction } from './transaction.ts'

const minute_ms = 60 * 1000
const hour_ms = 60 * minute_ms
const day_ms = 24 * hour_ms

/** The report takes spans of at most 31 days, and both their ends are in it. */
const window_ms = 30 * day_ms

const report = {
  list: {
    path: '/v1/reporting/transactions',
    // What has not touched the balance may be listed under the id of what has.
    query: { fields: 'all', balance_affecting_records_only: 'Y' },
    paging: reportPages,
  },
  window_ms,
  splitOn: ['RESULTSET_TOO_LARGE'],
  maps: [
    paypalTransaction,
    paypalPayment,
    paypalRefund,
    paypalSettlement,
    paypalOrder,
    paypalPayer,
  ],
  // Only within a span of time; and what is new is in no span for up to three hours.
  retrieve: null,
  idAt: 'transaction_info.transaction_id',
  stampAt: 'transaction_info.transaction_updated_date',
} as const

/** In the order a backfill starts them: parents first. */
export const streams: readonly Stream[] = [
  {
    ...report,
    name: 'transactions',
    title: 'Report of transactions, three years back',
    strategy: 'windows',
    // Three years and no day more, also where one of them is a leap year.
    reach_ms: 3 * 365 * day_ms - day_ms,
    // Rows may appear three hours late.
    overlap_ms: day_ms + 3 * hour_ms,
    delay_ms: 3 * hour_ms,
    every_ms: 15 * minute_ms,
    verify_ms: 30 * day_ms,
  },
  {
    ...report,
    name: 'transactions_again',
    title: 'The last 45 days of the report again: what was pending may have changed',
    strategy: 'sweep',
    reach_ms: 45 * day_ms,
    // Other spans than those of the whole report, so that the two are told apart in a log.
    window_ms: 15 * day_ms,
    verify_ms: 12 * hour_ms,
  },
  {
    ...summaries('products', 'Products, with the plans they are sold by', {
      path: '/v1/catalogs/products',
      paging: productPages,
    }),
    strategy: 'sweep',
    maps: [paypalProduct],
    attach: [{ as: 'plans', list: plansOf }],
    verify_ms: day_ms,
  },
  {
    ...summaries('subscriptions', 'Subscriptions, with their subscribers', {
      path: '/v1/billing/subscriptions',
      query: { statuses: 'APPROVAL_PENDING,APPROVED,ACTIVE,SUSPENDED,CANCELLED,EXPIRED' },
      // What was paid meanwhile moves no stamp.
      timeFilter: 'status_updated_after',
      paging: subscriptionPages,
    }),
    retrieve: (id) => ({
      path: `/v1/billing/subscriptions/${uriPart(id)}`,
      query: { fields: 'plan' },
    }),
    strategy: 'updated',
    maps: [paypalSubscription, paypalSubscriber],
    overlap_ms: hour_ms,
    verify_ms: day_ms,
  },
  {
    name: 'invoices',
    title: 'Invoices, with their recipients',
    strategy: 'windows',
    list: {
      path: '/v2/invoicing/search-invoices',
      query: { total_required: 'true' },
      body: { fields: ['items', 'payments', 'refunds'] },
      paging: invoicePages,
    },
    window_ms: 365 * day_ms,
    overlap_ms: day_ms,
    verify_ms: day_ms,
    maps: [paypalInvoice, paypalRecipient],
    retrieve: (id) => ({ path: `/v2/invoicing/invoices/${uriPart(id)}` }),
  },
  {
    ...summaries('disputes', 'Disputes, 180 days back', {
      path: '/v1/customer/disputes',
      timeFilter: 'update_time_after',
      paging: disputePages,
    }),
    strategy: 'updated',
    idAt: 'dispute_id',
    maps: [paypalDispute],
    overlap_ms: hour_ms,
    reach_ms: 179 * day_ms,
  },
  {
    name: 'payment_tokens',
    title: 'Instruments in the vault, asked for payer by payer',
    strategy: 'children',
    list: { path: '/v3/vault/payment-tokens', paging: tokenPages },
    parent: {
      object: 'customer',
      as: 'customer',
      lists: tokensOf,
      ofDeleted: false,
      ofDerived: true,
      // Whoever was never vaulted is not known there.
      noneOn: [400, 404, 422],
    },
    maps: [paypalPaymentToken],
    verify_ms: 7 * day_ms,
    retrieve: (id) => ({ path: `/v3/vault/payment-tokens/${uriPart(id)}` }),
  },
]

/** A list of summaries, whose objects are read by id under the same path. */
function summaries(name: string, title: string, list: Stream['list'] & { readonly path: string }) {
  const retrieve = (id: string) => ({ path: `${list.path}/${uriPart(id)}` })
  return { name, title, list, retrieve, summaries: true } as const
}

function plansOf({ id }: Payload) {
  return { path: '/v1/billing/plans', query: { product_id: String(id) }, paging: planPages }
}

/** Guests are not in the vault: they have no id there. */
function tokensOf(payer: string) {
  if (payer.startsWith('guest:')) return []
  const query = { customer_id: payer }
  return [{ path: '/v3/vault/payment-tokens', query, paging: tokenPages }]
}
