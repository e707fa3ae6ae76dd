// Every path of the API that the seller's data is read at.
import type { Answer, Asked } from '../partner.ts'
import { DAY } from '../world/sim.ts'
import { notFound, ok, Refused } from './errors.ts'
import { locationAnswer, locationsOf, merchantAnswer, merchantOf } from './merchant.ts'
import { type Entry, entriesOf } from './payout.ts'
import { isWithin, limitOf, type Span, span, text } from './question.ts'
import {
  batchOfCatalog,
  customers,
  searchCatalog,
  searchCustomers,
  searchEvents,
  searchOrders,
  searchSubscriptions,
} from './searches.ts'
import type { Kind, Row, Square } from './types.ts'

type Params = Record<string, string>
type List = (square: Square, params: Params, all: URLSearchParams) => Answer

const YEAR_DAYS = 365

export function route(square: Square, asked: Asked): Answer {
  const { method, path } = asked
  const search = method === 'POST' ? SEARCHES[path] : undefined
  if (search) return search(square, asked)
  const [, , ...parts] = path.split('/')
  if (method !== 'GET') return notFound('API endpoint for URL')
  if (path.startsWith('/v2/catalog/object/')) return one(square, 'catalog', parts[2])
  const [name = '', id, inner] = parts.map(decodeURIComponent)
  const all = new URLSearchParams(asked.query)
  const list = LISTS[path]
  if (list) return list(square, Object.fromEntries(all), all)
  if (name === 'payouts' && inner === 'payout-entries') return entries(square, id, all)
  if (inner !== undefined) return notFound('API endpoint for URL')
  if (name === 'merchants') return merchantAnswer(square.account, id)
  if (name === 'locations') return locationAnswer(square.account, id)
  const kind = ONES[name]
  return kind ? one(square, kind, id) : notFound('API endpoint for URL')
}

const SEARCHES: Record<string, (square: Square, asked: Asked) => Answer> = {
  '/v2/customers/search': searchCustomers,
  '/v2/orders/search': searchOrders,
  '/v2/subscriptions/search': searchSubscriptions,
  '/v2/catalog/search': searchCatalog,
  '/v2/catalog/batch-retrieve': batchOfCatalog,
  '/v2/events': searchEvents,
}

const ONES: Record<string, Kind> = {
  customers: 'customers',
  payments: 'payments',
  refunds: 'refunds',
  payouts: 'payouts',
  disputes: 'disputes',
  invoices: 'invoices',
  orders: 'orders',
  subscriptions: 'subscriptions',
  cards: 'cards',
  'bank-accounts': 'bankAccounts',
}

// What an answer of one object calls it.
export const SINGULAR: Record<Kind, string> = {
  customers: 'customer',
  cards: 'card',
  payments: 'payment',
  refunds: 'refund',
  disputes: 'dispute',
  orders: 'order',
  invoices: 'invoice',
  subscriptions: 'subscription',
  catalog: 'object',
  payouts: 'payout',
  bankAccounts: 'bank_account',
}

const LISTS: Record<string, List> = {
  '/v2/merchants': ({ account }) => ok({ merchant: [merchantOf(account)] }),
  '/v2/locations': ({ account }) => ok({ locations: locationsOf(account) }),
  '/v2/customers': (square, { sort_field, sort_order, limit, cursor }) =>
    customers(square, {
      filter: {},
      field: text(sort_field) ?? 'DEFAULT',
      order: text(sort_order) ?? 'ASC',
      limit: limitOf(limit, { most: 100, beyond: 'refused' }),
      cursor: text(cursor),
    }),
  '/v2/payments': (square, params) => stamped(square, 'payments', params),
  '/v2/refunds': (square, params) => stamped(square, 'refunds', params),
  // Without a location it is the main one's.
  '/v2/payouts': (square, params) => {
    const location_id = params.location_id ?? square.account.locations[0]
    return stamped(square, 'payouts', { ...params, location_id })
  },
  '/v2/disputes': (square, { location_id, cursor }, all) => {
    const states = all.getAll('states').flatMap((one) => one.split(','))
    const isAsked = ({ json }: Row) => states.length === 0 || states.includes(String(json.state))
    const question = { by: 'created', cursor, location_id, limit: 50 } as const
    return plain(square, 'disputes', { ...question, isAsked, name: states.join() })
  },
  '/v2/invoices': (square, { location_id, limit, cursor }) => {
    if (!location_id) {
      throw new Refused('MISSING_REQUIRED_PARAMETER', 'location_id is required.', 'location_id')
    }
    const most = limitOf(limit, { most: 200, otherwise: 100, beyond: 'ignored' })
    return plain(square, 'invoices', { location_id, cursor, limit: most, descending: true })
  },
  '/v2/catalog/list': (square, { types = '', cursor }) => {
    const asked = types.toUpperCase().split(',').filter(Boolean)
    const isAsked = ({ json }: Row) =>
      json.is_deleted !== true && (asked.length === 0 || asked.includes(String(json.type)))
    const question = { cursor, limit: 100, isAsked, name: asked.join(), field: 'objects' }
    return plain(square, 'catalog', question)
  },
  '/v2/cards': (square, { customer_id, include_disabled, cursor, sort_order }) => {
    const withDisabled = include_disabled === 'true'
    const isAsked = ({ group, json }: Row) =>
      (!customer_id || group === customer_id) && (withDisabled || json.enabled === true)
    const name = `${customer_id ?? ''} ${withDisabled}`
    const descending = sort_order === 'DESC'
    return plain(square, 'cards', { cursor, limit: 25, isAsked, name, descending })
  },
  '/v2/bank-accounts': (square, { location_id, limit, cursor }) => {
    const most = limitOf(limit, { most: 1000, otherwise: 100, beyond: 'refused' })
    return plain(square, 'bankAccounts', { location_id, cursor, limit: most, field: BANKS })
  },
}

const BANKS = 'bank_accounts'

// Payments, refunds and payouts: since a year ago, unless a time is given.
function stamped({ account, lists }: Square, kind: Kind, params: Params): Answer {
  const { location_id, sort_field = 'CREATED_AT', sort_order = 'DESC', cursor, limit } = params
  const { begin_time, end_time, updated_at_begin_time, updated_at_end_time } = params
  const updated = span(updated_at_begin_time, updated_at_end_time)
  const yearAgo = account.world.now() - YEAR_DAYS * DAY
  const given = span(begin_time, end_time)
  const created: Span | null = updated
    ? given
    : { from: begin_time ? (given?.from ?? 0) : yearAgo, to: given?.to ?? Infinity }
  const by = sort_field === 'UPDATED_AT' ? 'updated' : 'created'
  const isAsked = (row: Row) =>
    (!location_id || row.location === location_id) &&
    (!created || isWithin(created, row.created)) &&
    (!updated || isWithin(updated, row.updated)) &&
    (!params.status || row.json.status === params.status)
  const { cursor: _, limit: __, ...chosen } = params
  return lists.page({
    name: `${kind} ${JSON.stringify(chosen)}`,
    field: kind,
    version: `${account.version[kind]} ${account.world.now()}`,
    rows: () => [...account.tables[kind].values()].filter(isAsked),
    by: (row: Row) => row[by],
    descending: sort_order !== 'ASC',
    limit: limitOf(limit, { most: 100, beyond: 'ignored' }),
    cursor: text(cursor),
  })
}

type Plain = {
  location_id?: string | undefined
  cursor?: string | undefined
  limit: number
  isAsked?: (row: Row) => boolean
  name?: string
  field?: string
  descending?: boolean
}

function plain({ account, lists }: Square, kind: Kind, question: Plain): Answer {
  const { location_id, isAsked = () => true, field = kind, name = '' } = question
  const { descending = false, limit } = question
  return lists.page({
    name: `${kind} ${location_id ?? ''} ${name} ${descending}`,
    field,
    version: `${account.version[kind]}`,
    rows: () =>
      [...account.tables[kind].values()].filter(
        (row) => (!location_id || row.location === location_id) && isAsked(row),
      ),
    by: ({ created }: Row) => created,
    descending,
    limit,
    cursor: text(question.cursor),
  })
}

function entries({ account, lists }: Square, id = '', all: URLSearchParams): Answer {
  const payout = account.tables.payouts.get(id)
  if (!payout) return notFound('Payout')
  return lists.page({
    name: `entries ${id} ${all.get('sort_order')}`,
    field: 'payout_entries',
    version: '',
    rows: () => entriesOf(account, payout.key),
    by: (entry: Entry) => entry.created,
    descending: all.get('sort_order') !== 'ASC',
    limit: limitOf(all.get('limit'), { most: 100, beyond: 'ignored' }),
    cursor: text(all.get('cursor')),
  })
}

function one({ account }: Square, kind: Kind, id = ''): Answer {
  let named = id
  while (account.became.has(named)) named = String(account.became.get(named))
  const row = account.tables[kind].get(named)
  const isThere = row !== undefined && row.json.is_deleted !== true
  return isThere ? ok({ [SINGULAR[kind]]: row.json }) : notFound(SINGULAR[kind])
}
