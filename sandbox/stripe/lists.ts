// Every list of Stripe's that the sandbox answers: its rows, its words and its filters.
import {
  anyOf,
  automaticTax,
  choice,
  created,
  eventType,
  everything,
  exact,
  type Filter,
  flag,
  groups,
  nothing,
  range,
  recurring,
  reference,
} from './filters.ts'
import { fieldOf, type Row } from './table.ts'
import type { TableName } from './tables.ts'

export type List = {
  table: TableName
  // The word and the parameter in "No such …".
  noun: string
  param: string
  scope: string
  filters: Record<string, Filter>
  // Rows that are listed unless a filter of that name is given.
  unless?: { filter: string; test: (row: Row) => boolean }
  // A deleted object still answers, as { id, object, deleted: true }.
  tombstone?: true
}

const customer = reference('customer', 'customers', 'customer')
const charge = reference('charge', 'charges', 'charge')
const intent = reference('payment_intent', 'payment_intents', 'payment_intent')

const SUBSCRIPTION_STATUSES = [
  'active',
  'canceled',
  'incomplete',
  'incomplete_expired',
  'past_due',
  'paused',
  'trialing',
  'unpaid',
]
const COLLECTION = choice('collection_method', ['charge_automatically', 'send_invoice'])

export const LISTS: Record<string, List> = {
  customers: {
    table: 'customers',
    noun: 'customer',
    param: 'id',
    scope: 'customer',
    tombstone: true,
    filters: { created, email: exact('email'), test_clock: nothing },
  },
  payment_methods: {
    table: 'payment_methods',
    noun: 'PaymentMethod',
    param: 'payment_method',
    scope: 'payment_method',
    filters: { customer, type: exact('type') },
    // A method that was used once, or was detached, is in no list.
    unless: { filter: 'customer', test: (row) => row.object.customer !== null },
  },
  payment_intents: {
    table: 'payment_intents',
    noun: 'payment_intent',
    param: 'intent',
    scope: 'payment_intent',
    filters: { created, customer },
  },
  charges: {
    table: 'charges',
    noun: 'charge',
    param: 'id',
    scope: 'charge',
    filters: { created, customer, payment_intent: intent, transfer_group: nothing },
  },
  refunds: {
    table: 'refunds',
    noun: 'refund',
    param: 'id',
    scope: 'charge',
    filters: { created, charge, payment_intent: intent },
  },
  balance_transactions: {
    table: 'balance_transactions',
    noun: 'balance_transaction',
    param: 'id',
    scope: 'balance',
    filters: {
      created,
      currency: exact('currency'),
      payout: reference('payout', 'payouts', 'payout'),
      source: exact('source'),
      type: exact('type'),
    },
  },
  payouts: {
    table: 'payouts',
    noun: 'payout',
    param: 'id',
    scope: 'payout',
    filters: {
      arrival_date: range('arrival_date'),
      created,
      destination: exact('destination'),
      status: choice('status', ['pending', 'paid', 'failed', 'canceled', 'in_transit']),
    },
  },
  disputes: {
    table: 'disputes',
    noun: 'dispute',
    param: 'id',
    scope: 'dispute',
    filters: { created, charge, payment_intent: intent },
  },
  invoices: {
    table: 'invoices',
    noun: 'invoice',
    param: 'id',
    scope: 'invoice',
    filters: {
      collection_method: COLLECTION,
      created,
      customer,
      due_date: range('due_date'),
      status: choice('status', ['draft', 'open', 'paid', 'uncollectible', 'void']),
      subscription: reference('subscription', 'subscriptions', 'subscription'),
    },
  },
  subscriptions: {
    table: 'subscriptions',
    noun: 'subscription',
    param: 'id',
    scope: 'subscription',
    filters: {
      automatic_tax: automaticTax,
      collection_method: COLLECTION,
      created,
      current_period_end: range('current_period_end'),
      current_period_start: range('current_period_start'),
      customer,
      price: reference('price', 'prices', 'price'),
      status: groups('status', {
        ...Object.fromEntries(SUBSCRIPTION_STATUSES.map((status) => [status, [status]])),
        all: SUBSCRIPTION_STATUSES,
        ended: ['canceled', 'incomplete_expired'],
      }),
      test_clock: nothing,
    },
    unless: { filter: 'status', test: (row) => row.object.status !== 'canceled' },
  },
  products: {
    table: 'products',
    noun: 'product',
    param: 'id',
    scope: 'product',
    tombstone: true,
    filters: {
      active: flag('active'),
      created,
      ids: anyOf('id'),
      shippable: flag('shippable'),
      url: nothing,
    },
  },
  prices: {
    table: 'prices',
    noun: 'price',
    param: 'price',
    scope: 'plan',
    filters: {
      active: flag('active'),
      created,
      currency: exact('currency'),
      lookup_keys: nothing,
      product: reference('product', 'products', 'product'),
      recurring,
      type: choice('type', ['one_time', 'recurring']),
    },
  },
  events: {
    table: 'events',
    noun: 'event',
    param: 'id',
    scope: 'event',
    filters: { created, delivery_success: everything, type: eventType, types: anyOf('type') },
  },
}

// Lists below a customer: the same rows, and only that customer's.
export const CUSTOMER_LISTS: Record<string, List> = {
  payment_methods: { ...LISTS.payment_methods!, filters: { type: exact('type') } },
  sources: {
    table: 'sources',
    noun: 'source',
    param: 'id',
    scope: 'customer',
    filters: { object: (param) => objectFilter(param.value) },
  },
}

function objectFilter(value: string | undefined) {
  return { test: (row: Row) => fieldOf(row, 'object') === value }
}
