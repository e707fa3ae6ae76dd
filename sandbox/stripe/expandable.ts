// What expand[] may be asked for, by the type of the object.
import type { Account } from './account.ts'
import { LISTS } from './lists.ts'
import type { Row } from './table.ts'
import type { TableName } from './tables.ts'
import type { Json, JsonObject } from './types.ts'

// Where a field's id is looked up; a list is put in where there was nothing; null stays null.
export type Rule = TableName | 'anywhere' | ((account: Account, owner: JsonObject) => Json) | null
const NO_LIST =
  (name: string) =>
  (_: Account, { id }: JsonObject) =>
    listBody(`/v1/customers/${id}/${name}`, [])

export const EXPANDABLE: Record<string, Record<string, Rule>> = {
  customer: {
    cash_balance: null,
    default_source: 'sources',
    discount: null,
    'invoice_settings.default_payment_method': 'payment_methods',
    sources: (account, owner) => below(account, 'sources', owner),
    subscriptions: (account, owner) => below(account, 'subscriptions', owner),
    tax: null,
    tax_ids: NO_LIST('tax_ids'),
    test_clock: null,
  },
  payment_method: { customer: 'customers' },
  card: { account: null, customer: 'customers' },
  bank_account: { account: null, customer: 'customers' },
  source: {},
  payment_intent: {
    application: null,
    customer: 'customers',
    invoice: 'invoices',
    latest_charge: 'charges',
    on_behalf_of: null,
    payment_method: 'payment_methods',
    review: null,
  },
  charge: {
    application: null,
    application_fee: null,
    balance_transaction: 'balance_transactions',
    customer: 'customers',
    failure_balance_transaction: 'balance_transactions',
    invoice: 'invoices',
    on_behalf_of: null,
    payment_intent: 'payment_intents',
    refunds: (account, owner) => refundsOf(account, owner),
    review: null,
    source_transfer: null,
  },
  refund: {
    balance_transaction: 'balance_transactions',
    charge: 'charges',
    failure_balance_transaction: 'balance_transactions',
    payment_intent: 'payment_intents',
    source_transfer_reversal: null,
    transfer_reversal: null,
  },
  balance_transaction: { source: 'anywhere' },
  payout: {
    balance_transaction: 'balance_transactions',
    destination: 'external_accounts',
    failure_balance_transaction: 'balance_transactions',
    original_payout: null,
    reversed_by: null,
  },
  dispute: { charge: 'charges', payment_intent: 'payment_intents' },
  invoice: {
    account_tax_ids: null,
    application: null,
    charge: 'charges',
    customer: 'customers',
    default_payment_method: 'payment_methods',
    default_source: 'sources',
    discounts: null,
    latest_revision: null,
    on_behalf_of: null,
    payment_intent: 'payment_intents',
    quote: null,
    subscription: 'subscriptions',
    test_clock: null,
  },
  line_item: { discounts: null, subscription: 'subscriptions' },
  subscription: {
    application: null,
    customer: 'customers',
    default_payment_method: 'payment_methods',
    default_source: 'sources',
    latest_invoice: 'invoices',
    on_behalf_of: null,
    pending_setup_intent: null,
    schedule: null,
    test_clock: null,
  },
  product: { default_price: 'prices', tax_code: null },
  price: { product: 'products' },
}

// The same in a form the specification can be compared with.
export function expandableFields(): [string, string][] {
  return Object.entries(EXPANDABLE).flatMap(([type, fields]) =>
    Object.keys(fields).map((field): [string, string] => [type, field]),
  )
}

export function listBody(url: string, data: Json[], hasMore = false): JsonObject {
  return { object: 'list', data, has_more: hasMore, url }
}

// The lists inside a customer show the newest ten, and of subscriptions those that are not over.
function below(
  account: Account,
  name: 'sources' | 'subscriptions',
  { id }: JsonObject,
): JsonObject {
  const rows = account.tables[name].having('customer', String(id)) ?? []
  const unless = LISTS[name]?.unless
  const kept = rows.filter((row) => !row.deleted && (!unless || unless.test(row))).reverse()
  return embedded(`/v1/customers/${id}/${name}`, kept)
}

function refundsOf({ tables }: Account, { id }: JsonObject): JsonObject {
  const rows = tables.refunds.having('charge', String(id)) ?? []
  return embedded(`/v1/charges/${id}/refunds`, [...rows].reverse())
}

function embedded(url: string, rows: Row[]): JsonObject {
  const data = rows.slice(0, 10).map(({ object }) => object)
  return listBody(url, data, rows.length > data.length)
}
