// Asks the simulated Square without a network: what a test needs to read everything.
import type { Answer, Row } from '../partner.ts'
import { createSquare, type SquarePartner } from './partner.ts'

const DAY = 86_400_000
const MAX_PAGES = 500

let made: SquarePartner | undefined
// Advanced past its epoch, so that there was something to change after the history.
export function square(): SquarePartner {
  made ??= livedIn()
  return made
}

function livedIn(): SquarePartner {
  const partner = createSquare({ seed: 3, buyers: 240 })
  partner.advanceTo(partner.now() + 5 * DAY)
  return partner
}

export type Question = { path: string; query?: string; body?: Row }

export function ask({ path, query = '', body }: Question, key = ''): Answer {
  const token = key || square().access.credential.access_token
  const headers = { authorization: `Bearer ${token}`, 'square-version': '2025-08-20' }
  const method = body ? 'POST' : 'GET'
  const written = body ? JSON.stringify(body) : ''
  const answer = square().answer({ method, path, query, headers, body: written })
  // Through text, as it would come over the wire.
  return { ...answer, body: JSON.parse(JSON.stringify(answer.body)) }
}

// Every page of a list, and what is on them.
export function pages(question: Question, field: string): { bodies: Row[]; rows: Row[] } {
  const bodies: Row[] = []
  let cursor: unknown
  do {
    const { query = '', body } = question
    const next = cursor ? `&cursor=${encodeURIComponent(String(cursor))}` : ''
    const asked = body
      ? { ...question, body: { ...body, ...(cursor ? { cursor } : {}) } }
      : { ...question, query: `${query}${next}` }
    const answer = ask(asked)
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
    bodies.push(answer.body as Row)
    cursor = (answer.body as Row).cursor
  } while (cursor && bodies.length < MAX_PAGES)
  return { bodies, rows: bodies.flatMap((body) => (body[field] ?? []) as Row[]) }
}

export const places = () => [...square().account.locations]
export const FAR = 'begin_time=2020-01-01T00:00:00Z'
export const DELETED = { include_deleted_objects: true, limit: 1000 }

// Each list, how it is asked for, and where one of it is read.
type List = { field: string; schema: string; question: () => Question; one?: string; type?: string }
export const LISTS: Record<string, List> = {
  merchants: {
    field: 'merchant',
    schema: 'ListMerchantsResponse',
    question: () => ({ path: '/v2/merchants' }),
    one: '/v2/merchants/',
    type: 'RetrieveMerchantResponse',
  },
  locations: {
    field: 'locations',
    schema: 'ListLocationsResponse',
    question: () => ({ path: '/v2/locations' }),
    one: '/v2/locations/',
    type: 'RetrieveLocationResponse',
  },
  customers: {
    field: 'customers',
    schema: 'ListCustomersResponse',
    question: () => ({ path: '/v2/customers', query: 'limit=30' }),
    one: '/v2/customers/',
    type: 'RetrieveCustomerResponse',
  },
  'customers searched': {
    field: 'customers',
    schema: 'SearchCustomersResponse',
    question: () => ({ path: '/v2/customers/search', body: { limit: 20 } }),
  },
  payments: {
    field: 'payments',
    schema: 'ListPaymentsResponse',
    question: () => ({ path: '/v2/payments', query: FAR }),
    one: '/v2/payments/',
    type: 'GetPaymentResponse',
  },
  refunds: {
    field: 'refunds',
    schema: 'ListPaymentRefundsResponse',
    question: () => ({ path: '/v2/refunds', query: FAR }),
    one: '/v2/refunds/',
    type: 'GetPaymentRefundResponse',
  },
  payouts: {
    field: 'payouts',
    schema: 'ListPayoutsResponse',
    question: () => ({ path: '/v2/payouts', query: FAR }),
    one: '/v2/payouts/',
    type: 'GetPayoutResponse',
  },
  disputes: {
    field: 'disputes',
    schema: 'ListDisputesResponse',
    question: () => ({ path: '/v2/disputes' }),
    one: '/v2/disputes/',
    type: 'RetrieveDisputeResponse',
  },
  invoices: {
    field: 'invoices',
    schema: 'ListInvoicesResponse',
    question: () => ({ path: '/v2/invoices', query: `location_id=${places()[0]}` }),
    one: '/v2/invoices/',
    type: 'GetInvoiceResponse',
  },
  orders: {
    field: 'orders',
    schema: 'SearchOrdersResponse',
    question: () => ({ path: '/v2/orders/search', body: { location_ids: places() } }),
    one: '/v2/orders/',
    type: 'RetrieveOrderResponse',
  },
  subscriptions: {
    field: 'subscriptions',
    schema: 'SearchSubscriptionsResponse',
    question: () => ({ path: '/v2/subscriptions/search', body: {} }),
    one: '/v2/subscriptions/',
    type: 'RetrieveSubscriptionResponse',
  },
  catalog: {
    field: 'objects',
    schema: 'ListCatalogResponse',
    question: () => ({ path: '/v2/catalog/list' }),
    one: '/v2/catalog/object/',
    type: 'RetrieveCatalogObjectResponse',
  },
  'catalog searched': {
    field: 'objects',
    schema: 'SearchCatalogObjectsResponse',
    question: () => ({ path: '/v2/catalog/search', body: DELETED }),
  },
  cards: {
    field: 'cards',
    schema: 'ListCardsResponse',
    question: () => ({ path: '/v2/cards', query: 'include_disabled=true' }),
    one: '/v2/cards/',
    type: 'RetrieveCardResponse',
  },
  'bank accounts': {
    field: 'bank_accounts',
    schema: 'ListBankAccountsResponse',
    question: () => ({ path: '/v2/bank-accounts' }),
    one: '/v2/bank-accounts/',
    type: 'GetBankAccountResponse',
  },
  events: {
    field: 'events',
    schema: 'SearchEventsResponse',
    question: () => ({ path: '/v2/events', body: { limit: 100 } }),
  },
}
