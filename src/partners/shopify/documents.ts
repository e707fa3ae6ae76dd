import type { ApiRequest, ListRequest, Paging } from '../request.ts'
import {
  contractLine,
  fields,
  type Kind,
  lineItem,
  page,
  paymentMethod,
  variant,
} from './fields.ts'
import { gidOf } from './ids.ts'
import { connection } from './paging.ts'

/** Versions are quarterly, and each is served for a year. */
export const api_version = '2026-07'
export const graphql_path = `/admin/api/${api_version}/graphql.json`

interface Listed {
  /** Type of its objects, which ids are made with. */
  readonly type: string
  /** Name of the list, and what it hangs on where that is not the shop itself. */
  readonly name: string
  readonly under?: string
  /** Root field of one; `node` where there is none. */
  readonly one?: string
  readonly order?: string
  readonly timeFilter?: string
  /** As many as cost at most 1000 points together: see the test of costs. */
  readonly paging: Paging
}

const account = 'shopifyPaymentsAccount'
const oldestChange = { orderedBy: 'updatedAt' } as const

const kinds: { readonly [K in Kind]: Listed } = {
  customers: {
    type: 'Customer',
    name: 'customers',
    one: 'customer',
    order: 'sortKey:UPDATED_AT',
    timeFilter: 'updated_at',
    paging: connection({ size: 150, ...oldestChange }),
  },
  products: {
    type: 'Product',
    name: 'products',
    one: 'product',
    order: 'sortKey:UPDATED_AT',
    timeFilter: 'updated_at',
    paging: connection({ size: 60, ...oldestChange }),
  },
  orders: {
    type: 'Order',
    name: 'orders',
    one: 'order',
    order: 'sortKey:UPDATED_AT',
    timeFilter: 'updated_at',
    paging: connection({ size: 20, ...oldestChange }),
  },
  payment_methods: {
    type: 'Customer',
    name: 'customers',
    one: 'customer',
    order: 'sortKey:UPDATED_AT',
    timeFilter: 'updated_at',
    paging: connection({ size: 100, ...oldestChange }),
  },
  subscriptions: {
    type: 'SubscriptionContract',
    name: 'subscriptionContracts',
    one: 'subscriptionContract',
    order: 'sortKey:UPDATED_AT',
    timeFilter: 'updated_at',
    paging: connection({ size: 40, ...oldestChange }),
  },
  settlements: {
    type: 'ShopifyPaymentsPayout',
    name: 'payouts',
    under: account,
    order: 'sortKey:ISSUED_AT,reverse:true',
    timeFilter: 'issued_at',
    paging: connection({ size: 250, orderedBy: 'issuedAt', newestFirst: true, optional: true }),
  },
  transactions: {
    type: 'ShopifyPaymentsBalanceTransaction',
    name: 'balanceTransactions',
    under: account,
    order: 'sortKey:PROCESSED_AT,reverse:true',
    timeFilter: 'processed_at',
    paging: connection({
      size: 150,
      orderedBy: 'transactionDate',
      newestFirst: true,
      optional: true,
    }),
  },
  disputes: {
    type: 'ShopifyPaymentsDispute',
    name: 'disputes',
    under: account,
    one: 'dispute',
    paging: connection({ size: 150, optional: true }),
  },
  bank_accounts: {
    type: 'ShopifyPaymentsBankAccount',
    name: 'bankAccounts',
    under: account,
    paging: connection({ size: 100, optional: true }),
  },
}

/** A list, within a time where its kind can be asked for that; `query` narrows it further. */
export function listOfKind(kind: Kind, query?: string): ListRequest {
  const { name, under, order, timeFilter, paging } = kinds[kind]
  const searched = timeFilter ? ',query:$query' : ''
  const declared = `$first:Int!,$after:String${timeFilter ? ',$query:String' : ''}`
  const sorted = order ? `,${order}` : ''
  const list = `${name}(first:$first,after:$after${searched}${sorted}){nodes{${fields[kind]}}${page}}`
  return {
    path: graphql_path,
    body: {
      query: `query(${declared}){${under ? `${under}{${list}}` : list}}`,
      variables: query === undefined ? {} : { query },
    },
    items: ['data', under, name].filter(Boolean).join('.'),
    paging,
    ...(timeFilter ? { timeFilter } : {}),
  }
}

/** One object by its id; null in the answer is one that is not there. */
export function oneOfKind(kind: Kind, id: string): ApiRequest {
  const { type, one = 'node' } = kinds[kind]
  const inner = one === 'node' ? `... on ${type}{${fields[kind]}}` : fields[kind]
  return request(one, '', inner, gidOf(type, id))
}

/** One saved payment method, revoked or not. */
export function onePaymentMethod(id: string): ApiRequest {
  return request('customerPaymentMethod', ',showRevoked:true', paymentMethod, id)
}

function request(one: string, more: string, inner: string, id: string): ApiRequest {
  return {
    path: graphql_path,
    body: { query: `query($id:ID!){${one}(id:$id${more}){${inner}}}`, variables: { id } },
    at: `data.${one}`,
  }
}

const inner = {
  lineItems: { of: 'orders', more: '', fields: lineItem, size: 150 },
  variants: { of: 'products', more: '', fields: variant, size: 250 },
  lines: { of: 'subscriptions', more: '', fields: contractLine, size: 250 },
  paymentMethods: {
    of: 'payment_methods',
    more: ',showRevoked:true',
    fields: paymentMethod,
    size: 250,
  },
} as const satisfies {
  readonly [name: string]: {
    readonly of: Kind
    readonly more: string
    readonly fields: string
    readonly size: number
  }
}

/** A whole connection inside one object. */
export function innerList(name: keyof typeof inner, id: string): ListRequest {
  const { of, more, fields: asked, size } = inner[name]
  const { type, one = 'node' } = kinds[of]
  const list = `${name}(first:$first,after:$after${more}){nodes{${asked}}${page}}`
  return {
    path: graphql_path,
    body: {
      query: `query($id:ID!,$first:Int!,$after:String){${one}(id:$id){${list}}}`,
      variables: { id: gidOf(type, id) },
    },
    items: `data.${one}.${name}`,
    paging: connection({ size }),
  }
}

/** The list inside objects of a kind, if there is one. */
export function partsOf(kind: Kind): keyof typeof inner | null {
  const names = Object.keys(inner) as (keyof typeof inner)[] // Object.keys forgets the names
  return names.find((name) => inner[name].of === kind) ?? null
}

/** The whole list for a bulk operation, whose lists have no sizes and are written as edges. */
export function bulkQuery(kind: Kind): string {
  const parts = partsOf(kind)
  const asked = parts === null ? fields[kind] : uncut(parts)
  return `{${kinds[kind].name}{edges{node{${asked}}}}}`
}

function uncut(name: keyof typeof inner): string {
  const { of, more, fields: asked } = inner[name]
  const cut = new RegExp(`${name}\\(first:\\d+${more}\\)`)
  const args = more === '' ? '' : `(${more.slice(1)})`
  return fields[of]
    .replace(cut, `${name}${args}`)
    .replace(`{nodes{${asked}}${page}}`, `{edges{node{${asked}}}}`)
}

/** Whose shop it is, and what the app may read there. */
export const shop = `{shop{id name myshopifyDomain currencyCode createdAt
  shopAddress{countryCodeV2}}
  currentAppInstallation{accessScopes{handle}} shopifyPaymentsAccount{id}}`
