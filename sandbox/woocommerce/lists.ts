// The REST routes of the shop: filters, order, paging, and what it says to a wrong question.
import type { Answer } from '../partner.ts'
import type { Row, RowKind, Shop } from './shop.ts'

const PER_PAGE_DEFAULT = 10
const PER_PAGE_MAX = 100
const KINDS: readonly string[] = ['customers', 'products', 'orders', 'refunds']

export function isKind(text: string): text is RowKind {
  return KINDS.includes(text)
}

export function listAnswer(shop: Shop, kind: RowKind, query: URLSearchParams): Answer {
  const perPage = Number(query.get('per_page') ?? PER_PAGE_DEFAULT)
  if (!Number.isInteger(perPage) || perPage < 1 || perPage > PER_PAGE_MAX) return outOfBounds()
  const rows = sorted(shop, kind, query)
  const page = Math.max(1, Number(query.get('page') ?? 1))
  const skip = query.has('offset') ? Number(query.get('offset')) : (page - 1) * perPage
  const found = rows.slice(skip, skip + perPage)
  const headers = {
    'x-wp-total': `${rows.length}`,
    'x-wp-totalpages': `${Math.ceil(rows.length / perPage)}`,
  }
  return { status: 200, headers, body: found.map((row) => shop.rendered(kind, row)) }
}

export function oneAnswer(shop: Shop, kind: RowKind, id: string): Answer {
  const row = shop.tables[kind].get(Number(id))
  if (row) return { status: 200, headers: {}, body: shop.rendered(kind, row) }
  const noun = kind === 'customers' ? '' : `shop_${kind.slice(0, -1)}_`
  return refusal(404, `woocommerce_rest_${noun}invalid_id`, 'Invalid ID.')
}

export function refusal(status: number, code: string, message: string): Answer {
  return { status, headers: {}, body: { code, message, data: { status } } }
}

// Kept as long as nothing changes: the same list is paged over again and again.
const kept = new WeakMap<Shop, Map<string, { mark: string; rows: Row[] }>>()

function sorted(shop: Shop, kind: RowKind, query: URLSearchParams): Row[] {
  const asked = ['orderby', 'order', 'modified_after', 'role'].map((name) => query.get(name) ?? '')
  const name = [kind, ...asked].join(' ')
  const mark = `${shop.world.now()} ${shop.tables[kind].size}`
  const lists = kept.get(shop) ?? new Map<string, { mark: string; rows: Row[] }>()
  kept.set(shop, lists)
  const known = lists.get(name)
  if (known?.mark === mark) return known.rows
  const rows = [...shop.tables[kind].values()].filter((row) => isListed(shop, kind, row, query))
  rows.sort(orderOf(query))
  lists.set(name, { mark, rows })
  return rows
}

function isListed(shop: Shop, kind: RowKind, row: Row, query: URLSearchParams): boolean {
  if (row.trashed) return false
  // Of customers, a filter on changes is passed over without a word; the default is one role.
  if (kind === 'customers') {
    const role = query.get('role') ?? 'customer'
    return role === 'all' || shop.rendered(kind, row).role === role
  }
  const after = query.get('modified_after')
  if (after === null) return true
  const zone = query.get('dates_are_gmt') === 'true' ? 'Z' : '+02:00'
  return row.modified > Date.parse(after + zone)
}

function orderOf(query: URLSearchParams): (one: Row, other: Row) => number {
  const way = query.get('order') === 'asc' ? 1 : -1
  const by = query.get('orderby')
  const place = ({ created, modified }: Row) => (by === 'modified' ? modified : created)
  if (by === 'id') return (one, other) => way * (one.id - other.id)
  return (one, other) => way * (place(one) - place(other) || one.id - other.id)
}

function outOfBounds(): Answer {
  const message = 'per_page must be between 1 (inclusive) and 100 (inclusive)'
  return {
    status: 400,
    headers: {},
    body: {
      code: 'rest_invalid_param',
      message: 'Invalid parameter(s): per_page',
      data: {
        status: 400,
        params: { per_page: message },
        details: { per_page: { code: 'rest_out_of_bounds', message, data: null } },
      },
    },
  }
}
