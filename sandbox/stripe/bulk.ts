// An account with up to ten million customers and nothing else. Customer i is a pure function of
// (seed, i): nothing is kept, and every position is found by arithmetic.
import { base62, fromBase62, random } from '../world/random.ts'
import type { Account } from './account.ts'
import { missing, unknownParameter } from './errors.ts'
import { expand } from './expand.ts'
import { type Paging, readPaging } from './page.ts'
import { ALWAYS, type Params, type Range, rangeOf, textOf } from './query.ts'
import type { JsonObject } from './types.ts'

export const BULK_MAX = 10_000_000

// Two customers share each second that has any, four seconds a customer: ten million fit between
// the start of the history and the epoch.
const SECONDS_EACH = 4
const SHARING = 2
const HASH_LENGTH = 8
const INDEX_LENGTH = 6
const ID = /^cus_([0-9A-Za-z]{8})([0-9A-Za-z]{6})$/

export type Bulk = { salt: number; count: number; start: number }

export function createBulk(
  seed: number | string,
  { count, start }: { count: number; start: number },
): Bulk {
  if (count > BULK_MAX)
    throw new Error(`bulk: expected at most ${BULK_MAX} customers, got ${count}`)
  return { salt: random('bulk', seed).below(2 ** 31), count, start }
}

export function bulkList(bulk: Bulk, account: Account, params: Params): string | JsonObject {
  const paging = readPaging(params)
  const { low, high } = bounds(bulk, params)
  const { from, to } = window(bulk, paging, { low, high })
  const rows: string[] = []
  for (let i = to; i >= from; i--) rows.push(bulkCustomer(bulk, i))
  const hasMore = paging.before === null ? from > low : to < high
  const end = `"has_more":${hasMore},"url":"/v1/customers"}`
  const text = `{"object":"list","data":[${rows.join(',')}],${end}`
  return params.has('expand') ? expand(account, JSON.parse(text), params) : text
}

export function bulkRetrieve(
  bulk: Bulk,
  account: Account,
  { id, params }: { id: string; params: Params },
): string | JsonObject {
  const i = indexOf(bulk, id)
  if (i === null) throw missing('customer', id, { param: 'id', status: 404 })
  for (const name of params.keys()) if (name !== 'expand') throw unknownParameter(name)
  const text = bulkCustomer(bulk, i)
  return params.has('expand') ? expand(account, JSON.parse(text), params) : text
}

export function bulkCreated({ start }: Bulk, i: number): number {
  return start + Math.floor(i / SHARING) * SHARING * SECONDS_EACH
}

export function bulkId({ salt }: Bulk, i: number): string {
  return `cus_${base62(mix(salt, i), HASH_LENGTH)}${base62(i, INDEX_LENGTH)}`
}

function indexOf(bulk: Bulk, id: string): number | null {
  const [, , tail] = ID.exec(id) ?? []
  if (tail === undefined) return null
  const i = fromBase62(tail)
  return i < bulk.count && bulkId(bulk, i) === id ? i : null
}

// The first and the last index that the filters let through.
function bounds(bulk: Bulk, params: Params): { low: number; high: number } {
  const known = ['created', 'email', 'limit', 'starting_after', 'ending_before', 'expand']
  for (const name of params.keys()) if (!known.includes(name)) throw unknownParameter(name)
  const created = params.get('created')
  const range = created ? rangeOf(created) : ALWAYS
  const within = { low: firstSince(bulk, range.from), high: firstSince(bulk, range.until) - 1 }
  const email = params.get('email')
  if (!email) return within
  const [, digits] = /^buyer(\d{1,8})@example\.com$/.exec(textOf(email)) ?? []
  const i = digits === undefined ? -1 : Number(digits)
  const there = i >= within.low && i <= within.high
  return there ? { low: i, high: i } : { low: 0, high: -1 }
}

function firstSince(bulk: Bulk, created: Range['from']): number {
  if (created <= bulk.start) return 0
  const i = Math.ceil((created - bulk.start) / (SHARING * SECONDS_EACH)) * SHARING
  return Math.min(i, bulk.count)
}

function window(
  bulk: Bulk,
  { limit, after, before }: Paging,
  { low, high }: { low: number; high: number },
): { from: number; to: number } {
  if (before !== null) {
    const from = Math.max(low, place(bulk, before, 'ending_before') + 1)
    return { from, to: Math.min(high, from + limit - 1) }
  }
  const to = after === null ? high : Math.min(high, place(bulk, after, 'starting_after') - 1)
  return { from: Math.max(low, to - limit + 1), to }
}

function place(bulk: Bulk, id: string, param: string): number {
  const i = indexOf(bulk, id)
  if (i === null) throw missing('customer', id, { param, status: 400 })
  return i
}

const NAMES = [
  'Ava Miller',
  'Jörg Weiß',
  '佐藤 さくら',
  'فاطمة الصباح',
  'Siân Brontë',
  'José Ó Dálaigh',
]
const CITIES = [
  '"city":"Berlin","country":"DE","line1":"Lange Gasse 7","line2":null,"postal_code":"10179"',
  '"city":"Austin","country":"US","line1":"Elm Ave 12","line2":"Apt 4","postal_code":"78701"',
  '"city":"渋谷区","country":"JP","line1":"道玄坂 3","line2":null,"postal_code":"150-0043"',
]

// Written out by hand: serialising objects would be several times slower.
export function bulkCustomer(bulk: Bulk, i: number): string {
  const draw = mix(bulk.salt, i)
  const name = NAMES[draw % NAMES.length]!
  const address = draw % 7 === 0 ? 'null' : `{${CITIES[draw % CITIES.length]},"state":null}`
  const email = draw % 11 === 0 ? 'null' : `"buyer${i}@example.com"`
  const phone = draw % 3 === 0 ? `"+1415555${String(draw % 10_000).padStart(4, '0')}"` : 'null'
  return (
    `{"id":"${bulkId(bulk, i)}","object":"customer","address":${address},"balance":0,` +
    `"created":${bulkCreated(bulk, i)},"currency":null,"default_source":null,` +
    `"delinquent":false,"description":null,"discount":null,"email":${email},` +
    `"invoice_prefix":"${base62(i, 8).toUpperCase()}","invoice_settings":{"custom_fields":null,` +
    '"default_payment_method":null,"footer":null,"rendering_options":null},"livemode":false,' +
    `"metadata":{"number":"${i}"},"name":"${name}","next_invoice_sequence":1,"phone":${phone},` +
    '"preferred_locales":[],"shipping":null,"tax_exempt":"none","test_clock":null}'
  )
}

// A quick mix of the seed and the index: 32 bits that look like chance.
function mix(salt: number, i: number): number {
  let h = Math.imul(i ^ salt, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
