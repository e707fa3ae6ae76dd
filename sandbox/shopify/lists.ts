// Lists and objects, as a document asks for them.
import { type Field, sizeOf } from './cost.ts'
import { paymentMethodId, renderPaymentMethod } from './customer.ts'
import type { Json } from './format.ts'
import { renderers } from './render.ts'
import { selected } from './selected.ts'
import type { Kind, Row, Shop } from './shop.ts'

export type Variables = { first?: number; after?: string | null; query?: string; id?: string }

export class BadCursor extends Error {}

// By what a kind is sorted and filtered, and in which direction.
const SORTED: Record<Kind, { by: 'updated' | 'created'; filter: string; newestFirst: boolean }> = {
  customers: { by: 'updated', filter: 'updated_at', newestFirst: false },
  products: { by: 'updated', filter: 'updated_at', newestFirst: false },
  orders: { by: 'updated', filter: 'updated_at', newestFirst: false },
  subscriptionContracts: { by: 'updated', filter: 'updated_at', newestFirst: false },
  payouts: { by: 'created', filter: 'issued_at', newestFirst: true },
  balanceTransactions: { by: 'created', filter: 'processed_at', newestFirst: true },
  disputes: { by: 'created', filter: 'initiated_at', newestFirst: false },
  bankAccounts: { by: 'created', filter: 'none', newestFirst: false },
}

// Lists inside objects, of which only so many are shown.
const INNER = ['paymentMethods', 'variants', 'lineItems', 'lines'] as const

export function listOf(shop: Shop, kind: Kind, field: Field, variables: Variables): Json {
  const { first = 50, after = null, query = '' } = variables
  const rows = rowsOf(shop, kind, query)
  const from = after === null ? 0 : placeAfter(kind, rows, after)
  const page = rows.slice(from, from + first)
  const nodes = field.fields.find(({ name }) => name === 'nodes')
  const last = page.at(-1)
  return {
    nodes: page.map((row) => objectOf(shop, kind, row, nodes?.fields ?? [])),
    pageInfo: {
      hasNextPage: rows.length > from + page.length,
      endCursor: last ? cursorOf(kind, last) : null,
    },
  }
}

export function oneOf(shop: Shop, kind: Kind, field: Field, variables: Variables): Json | null {
  const row = shop.tables[kind].get(numberIn(variables.id ?? ''))
  if (!row) return null
  const inner = field.fields.find(({ name, args }) => isInner(name) && args.includes('$first'))
  if (!inner) return objectOf(shop, kind, row, field.fields)
  const whole = rendererOf(kind, field.fields)(shop, row)
  const items = whole[inner.name] as Json[] // it is one of INNER
  const from = variables.after ? Number(Buffer.from(variables.after, 'base64').toString()) : 0
  if (!Number.isInteger(from)) throw new BadCursor()
  const whole_list = cut(items, from, variables.first ?? 50)
  return selected({ [inner.name]: whole_list }, field.fields) as Json // of an object, an object
}

// Of a customer who is gone, nothing saved is left.
export function paymentMethodOf(shop: Shop, id: string): Json | null {
  for (const [buyer, saved] of shop.methods) {
    const number = shop.idOf('customers', buyer)
    const found = saved.find(({ key }) => paymentMethodId(key) === id)
    if (found) return shop.tables.customers.has(number) ? renderPaymentMethod(number, found) : null
  }
  return null
}

export function numberIn(id: string): number {
  return Number(/^gid:\/\/shopify\/\w+\/(\d+)$/.exec(id)?.[1] ?? Number.NaN)
}

function isInner(name: string): boolean {
  return (INNER as readonly string[]).includes(name)
}

function rendererOf(kind: Kind, asked: readonly Field[]) {
  const isMethods = asked.some(({ name }) => name === 'paymentMethods')
  return renderers[isMethods ? 'paymentMethods' : kind]
}

function objectOf(shop: Shop, kind: Kind, row: Row, asked: readonly Field[]): Json {
  const known = row.rendered.get(asked)
  if (known) return known
  const inner = asked.find(({ name }) => isInner(name))
  const whole = rendererOf(kind, asked)(shop, row)
  const size = inner ? (sizeOf(inner, undefined) ?? 0) : 0
  const items = inner ? { [inner.name]: cut(whole[inner.name] as Json[], 0, size) } : {}
  const object = selected({ ...whole, ...items }, asked) as Json // of an object, an object
  row.rendered.set(asked, object)
  return object
}

// An object and, apart, what the list inside it holds.
export function splitOf(
  shop: Shop,
  kind: Kind,
  row: Row,
  asked: readonly Field[],
): { object: Json; items: Json[] } {
  const inner = asked.find(({ name }) => isInner(name))
  const own = asked.filter((field) => field !== inner)
  const whole = rendererOf(kind, asked)(shop, row)
  const node = inner?.fields.find(({ name }) => name === 'edges')?.fields[0]
  const items = inner ? (whole[inner.name] as Json[]) : [] // it is one of INNER
  return {
    object: selected(whole, own) as Json, // of an object, one
    items: items.map((item) => selected(item, node?.fields ?? []) as Json),
  }
}

function cut(items: readonly Json[], from: number, size: number): Json {
  const nodes = items.slice(from, from + size)
  const end = from + nodes.length
  return {
    nodes,
    pageInfo: {
      hasNextPage: items.length > end,
      endCursor: nodes.length === 0 ? null : Buffer.from(`${end}`).toString('base64'),
    },
  }
}

// Kept as long as nothing changes: the same list is paged over again and again.
const kept = new WeakMap<Shop, Map<string, { version: number; rows: Row[] }>>()

export function rowsOf(shop: Shop, kind: Kind, query: string): Row[] {
  const lists = kept.get(shop) ?? new Map<string, { version: number; rows: Row[] }>()
  kept.set(shop, lists)
  const name = `${kind} ${query}`
  const version = shop.version[kind]
  const known = lists.get(name)
  if (known?.version === version) return known.rows
  const rows = query === '' ? sorted(shop, kind) : filtered(shop, kind, query)
  if (lists.size > LISTS_MAX) lists.clear()
  lists.set(name, { version, rows })
  return rows
}

const LISTS_MAX = 500

function sorted(shop: Shop, kind: Kind): Row[] {
  const { newestFirst } = SORTED[kind]
  const rows = [...shop.tables[kind].values()]
  rows.sort((one, other) => compare(kind, one, other))
  return newestFirst ? rows.reverse() : rows
}

function compare(kind: Kind, one: Pick<Row, Place>, other: Pick<Row, Place>): number {
  const { by } = SORTED[kind]
  return one[by] - other[by] || one.id - other.id
}
type Place = 'id' | 'created' | 'updated'

// Terms that are not known are passed over, as a search does.
function filtered(shop: Shop, kind: Kind, query: string): Row[] {
  const { by, filter } = SORTED[kind]
  const terms = [...query.matchAll(/(\w+):(>=|<=|<|>)?'?([^'\s]+)'?/g)]
  const payout = terms.find(([, name]) => name === 'payments_transfer_id')?.[3]
  const rows = payout === undefined ? rowsOf(shop, kind, '') : paidBy(shop, Number(payout))
  const tests = terms.flatMap(([, name, sign = '=', value = '']) => {
    const test = TESTS[sign]
    return name === filter && test ? [{ test, time: Date.parse(value) }] : []
  })
  return rows.filter((row) => tests.every(({ test, time }) => test(row[by], time)))
}

const TESTS: Record<string, (one: number, other: number) => boolean> = {
  '>=': (one, other) => one >= other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '<': (one, other) => one < other,
  '=': (one, other) => one === other,
}

const payoutRows = new WeakMap<Shop, { version: number; rows: Map<number, Row[]> }>()

function paidBy(shop: Shop, payout: number): Row[] {
  const version = shop.version.balanceTransactions
  let known = payoutRows.get(shop)
  if (known?.version !== version) {
    known = { version, rows: new Map() }
    for (const row of rowsOf(shop, 'balanceTransactions', '')) {
      if (row.thing.kind !== 'movement' || row.thing.payout === null) continue
      const id = shop.idOf('payouts', row.thing.payout)
      const rows = known.rows.get(id) ?? []
      known.rows.set(id, rows)
      rows.push(row)
    }
    payoutRows.set(shop, known)
  }
  return known.rows.get(payout) ?? []
}

// A cursor says what the last row was sorted by, so that rows may come and go before it.
function cursorOf(kind: Kind, row: Row): string {
  const last_value = row[SORTED[kind].by]
  return Buffer.from(JSON.stringify({ last_id: row.id, last_value })).toString('base64')
}

function placeAfter(kind: Kind, rows: readonly Row[], cursor: string): number {
  const { last_id, last_value } = readCursor(cursor)
  const last = { id: last_id, created: last_value, updated: last_value }
  const isBefore = (row: Row) => {
    const order = compare(kind, row, last)
    return SORTED[kind].newestFirst ? order >= 0 : order <= 0
  }
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBefore(rows[middle] as Row)) low = middle + 1
    else high = middle
  }
  return low
}

function readCursor(cursor: string): { last_id: number; last_value: number } {
  try {
    const read = JSON.parse(Buffer.from(cursor, 'base64').toString())
    if (Number.isFinite(read.last_id) && Number.isFinite(read.last_value)) return read
  } catch {
    // Whatever it is, it is none of ours.
  }
  throw new BadCursor()
}

export function typeOf(id: string): string {
  return /^gid:\/\/shopify\/(\w+)\//.exec(id)?.[1] ?? ''
}
