import { createTable, type Table } from './table.ts'

// Every list an account keeps, and the fields its rows are indexed by.
const INDEXED = {
  customers: ['email'],
  sources: ['customer'],
  payment_methods: ['customer'],
  payment_intents: ['customer'],
  charges: ['customer', 'payment_intent'],
  refunds: ['charge', 'payment_intent'],
  balance_transactions: ['payout', 'source', 'type'],
  payouts: ['status'],
  disputes: ['charge', 'payment_intent'],
  invoices: ['customer', 'subscription'],
  subscriptions: ['customer'],
  products: [],
  prices: ['product'],
  external_accounts: [],
  events: [],
} as const satisfies Record<string, readonly string[]>

export type TableName = keyof typeof INDEXED
export type Tables = Record<TableName, Table>

export const TABLE_NAMES = Object.keys(INDEXED) as TableName[] // Object.keys forgets the names

export function createTables(): Tables {
  const made = TABLE_NAMES.map((name) => [name, createTable(INDEXED[name])] as const)
  return Object.fromEntries(made) as Tables // fromEntries forgets the names
}
