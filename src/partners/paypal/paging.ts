import { hash } from 'node:crypto'
import { BadAnswer } from '../errors.ts'
import type { AskedPage, Headers, ListRequest, Page, Paging, Position, Query } from '../request.ts'
import { objectOf, type Payload, pathReader } from '../rule.ts'
import { timeOfText } from '../rules.ts'

/** How a list is counted in pages. */
interface PageDialect {
  readonly page_size_max: number
  /** Under which name it holds its rows. */
  readonly items: string
  readonly headers?: Headers
  /** The filter on time, where it is more than one parameter. */
  readonly span?: (position: Position) => Told
}

/**
 * Lists in numbered pages. The cursor is the number of the next page and a mark of the first row of
 * the one before it, so that a partner that gives the same page again is noticed.
 */
function numberedPages({ page_size_max, items, headers, span }: PageDialect): Paging {
  return {
    page_size_max,
    request(listed, position) {
      const told = span?.(position) ?? sinceOf(listed, position)
      const { path, body } = listed
      const query = {
        ...listed.query,
        ...told.query,
        page_size: `${sizeOf(listed, page_size_max)}`,
        page: `${placeOf(position.cursor).number}`,
      }
      const asked = { path, query, ...(headers ? { headers } : {}) }
      return body || told.body ? { ...asked, body: { ...body, ...told.body } } : asked
    },
    read: (body, asked) => readPage(body, asked, { items, page_size_max }),
  }
}

/** PayPal refuses pages larger than a list's most. */
function sizeOf({ page_size }: ListRequest, page_size_max: number): number {
  return Math.min(page_size ?? page_size_max, page_size_max)
}

function readPage(
  body: unknown,
  { position, listed }: AskedPage,
  { items, page_size_max }: { items: string; page_size_max: number },
): Page {
  const rows = rowsIn(body, items)
  const { number, before } = placeOf(position.cursor)
  const first = hash('sha256', JSON.stringify(rows[0] ?? null), 'base64').slice(0, 12)
  if (rows.length > 0 && first === before) {
    throw new BadAnswer(`expected page ${number}, got the rows of the one before it`)
  }
  const pages = objectOf(body)?.total_pages
  const isLast =
    typeof pages === 'number' ? number >= pages : rows.length < sizeOf(listed, page_size_max)
  if (!isLast && rows.length === 0) throw new BadAnswer(`expected rows on page ${number}, got none`)
  return { items: rows, next: isLast ? null : `${number + 1} ${first}` }
}

function rowsIn(body: unknown, name: string): readonly Payload[] {
  const held = objectOf(body)
  // An empty list may be left out, but only where nothing is counted either.
  const rows = held?.[name] ?? (held?.total_items === 0 ? [] : null)
  if (!Array.isArray(rows)) throw new BadAnswer(`expected a list under ${name}`)
  if (!rows.every((row) => objectOf(row) !== null)) throw new BadAnswer('expected rows of objects')
  return rows as readonly Payload[] // every one of them was looked at
}

function placeOf(cursor: string | null): { number: number; before: string | null } {
  if (cursor === null) return { number: 1, before: null }
  const at = cursor.indexOf(' ')
  const number = Number(cursor.slice(0, at))
  if (at < 1 || !Number.isSafeInteger(number)) throw new BadAnswer(`cursor "${cursor}" is not ours`)
  return { number, before: cursor.slice(at + 1) }
}

interface Told {
  readonly query?: Query
  readonly body?: Payload
}

function sinceOf({ timeFilter }: ListRequest, { from_ms }: Position): Told {
  return { query: timeFilter && from_ms !== null ? { [timeFilter]: timeText(from_ms) } : {} }
}

function timeText(time_ms: number): string {
  return new Date(time_ms).toISOString()
}

function bounds({ from_ms, to_ms }: Position): readonly [string, string] {
  if (from_ms === null || to_ms === null)
    throw new Error('a report is read in closed spans of time')
  // Both ends are in a span of PayPal's.
  return [timeText(from_ms), timeText(to_ms - 1)]
}

const rows = numberedPages({
  page_size_max: 500,
  items: 'transaction_details',
  span(position) {
    const [start_date, end_date] = bounds(position)
    return { query: { start_date, end_date } }
  },
})

/** Transaction search: a report that is refreshed now and then, and says when it was. */
export const reportPages: Paging = {
  ...rows,
  read(body, asked) {
    const page = rows.read(body, asked)
    const told = objectOf(body)?.last_refreshed_datetime
    const complete_ms = typeof told === 'string' ? Date.parse(timeOfText(told)) : Number.NaN
    return Number.isNaN(complete_ms) ? page : { ...page, complete_ms }
  },
}

export const invoicePages = numberedPages({
  page_size_max: 100,
  items: 'items',
  span(position) {
    const [start, end] = bounds(position)
    return { body: { creation_date_range: { start, end } } }
  },
})

export const productPages = numberedPages({ page_size_max: 20, items: 'products' })
export const subscriptionPages = numberedPages({ page_size_max: 20, items: 'subscriptions' })
export const tokenPages = numberedPages({ page_size_max: 20, items: 'payment_tokens' })

/** Plans are told whole only to those who ask for it. */
export const planPages = numberedPages({
  page_size_max: 20,
  items: 'plans',
  headers: { prefer: 'return=representation' },
})

const dispute_page_size_max = 50
const linksOf = pathReader('links')

/** Disputes: the token of the next page stands in the link to it. */
export const disputePages: Paging = {
  page_size_max: dispute_page_size_max,
  request(listed, position) {
    const { cursor } = position
    const query = {
      ...listed.query,
      ...sinceOf(listed, position).query,
      page_size: `${sizeOf(listed, dispute_page_size_max)}`,
      ...(cursor === null ? {} : { next_page_token: cursor }),
    }
    return { path: listed.path, query }
  },
  read(body) {
    const items = rowsIn(body, 'items')
    const links = linksOf(body)
    const next = Array.isArray(links) ? links.find((link) => objectOf(link)?.rel === 'next') : null
    return { items, next: next ? tokenIn(objectOf(next)?.href) : null }
  },
}

function tokenIn(href: unknown): string {
  const url = String(href)
  const token = new URLSearchParams(url.slice(url.indexOf('?') + 1)).get('next_page_token')
  if (!token) throw new BadAnswer('expected a next_page_token in the link to the next page')
  return token
}
