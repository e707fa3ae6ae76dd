import { describe, expect, it } from 'vitest'
import { createShopify, type ShopifyOptions } from '../../../sandbox/shopify/partner.ts'
import { BadAnswer } from '../errors.ts'
import type { ApiRequest, ListRequest, Paging } from '../request.ts'
import type { Payload } from '../rule.ts'
import { exportOf } from './bulk.ts'
import { listOfKind } from './documents.ts'

const kinds = ['customers', 'products', 'orders', 'payment_methods'] as const

function shopOf(options: Partial<ShopifyOptions> = {}) {
  const double = createShopify({ seed: 3, buyers: 30, ...options })
  const headers = { 'x-shopify-access-token': double.access.credential.access_token, host: 'shop' }
  const ask = ({ path, body }: ApiRequest) => {
    const asked = { method: 'POST', path, query: '', headers, body: JSON.stringify(body) }
    return double.answer(asked).body
  }
  const file = (url: string) => {
    const { pathname } = new URL(url)
    const path = pathname.slice('/shopify'.length)
    return String(double.answer({ method: 'GET', path, query: '', headers: {}, body: '' }).body)
  }
  return { ask, file }
}

type Shop = ReturnType<typeof shopOf>

/** Rows of the file, put together as ingest does it. */
function exported({ ask, file }: Shop, kind: (typeof kinds)[number]): readonly Payload[] {
  const { start, started, status, readStatus, isPart, rowOf } = exportOf(kind)
  const told = readStatus(ask(status(String(started(ask(start))))))
  const text = told.state === 'done' ? file(told.file?.url ?? '') : ''
  expect(told).toMatchObject({ file: { bytes: Buffer.byteLength(text) } })
  const rows: { line: Payload; parts: Payload[] }[] = []
  for (const line of text
    .trimEnd()
    .split('\n')
    .map((one) => JSON.parse(one) as Payload)) {
    if (isPart(line)) rows.at(-1)?.parts.push(line)
    else rows.push({ line, parts: [] })
  }
  return rows.map(({ line, parts }) => rowOf(line, parts))
}

/** Rows of the list, page by page; lists inside that were cut stay so. */
function listed({ ask }: Shop, list: ListRequest): readonly Payload[] {
  const paging = list.paging as Paging // each list of Shopify's names its own
  const rows: Payload[] = []
  for (let cursor: string | null = null; ; ) {
    const position = { from_ms: null, to_ms: null, cursor }
    const body = ask(paging.request(list, position))
    const page = paging.read(body, { listed: list, position, headers: {} })
    rows.push(...page.items)
    if (page.next === null) return rows
    cursor = page.next
  }
}

const wasCut = (row: Payload) => /"hasNextPage":true/.test(JSON.stringify(row))
const uncursored = (row: Payload) =>
  JSON.stringify(row).replaceAll(/"endCursor":("[^"]*"|null)/g, '"endCursor":null')

describe('a bulk operation', () => {
  it.each(kinds)('gives the %s as their list does, and lists inside them whole', (kind) => {
    const shop = shopOf()
    const rows = exported(shop, kind)
    const pages = listed(shop, listOfKind(kind))
    expect(rows.length).toBeGreaterThan(10)
    expect(rows.map(({ id }) => id)).toEqual(pages.map(({ id }) => id))
    const pairs = rows.map((row, at) => [row, pages[at] as Payload] as const)
    const whole = pairs.filter(([, page]) => !wasCut(page))
    expect(whole.map(([row]) => uncursored(row))).toEqual(whole.map(([, page]) => uncursored(page)))
    expect(rows.filter(wasCut)).toEqual([])
  })

  it('is worth it from ten pages on, and knows how long the list is', () => {
    const { count, readCount, rows_min } = exportOf('orders')
    expect(rows_min).toBe(200)
    expect(readCount(shopOf().ask(count))).toBeGreaterThan(0)
    expect(readCount({ data: { ordersCount: null } })).toBeNull()
  })

  it('waits while the shop writes other files', () => {
    const shop = shopOf({ bulk: { polls: 5, at_a_time: 1 } })
    const { start, started } = exportOf('orders')
    expect(started(shop.ask(start))).toMatch(/^gid:/)
    expect(started(shop.ask(start))).toBeNull()
  })

  it('says how far it is, and when it failed or is not known', () => {
    const { start, started, status, readStatus } = exportOf('orders')
    const slow = shopOf({ bulk: { polls: 1, fails: true } })
    const id = String(started(slow.ask(start)))
    expect(readStatus(slow.ask(status(id)))).toMatchObject({ state: 'writing' })
    expect(readStatus(slow.ask(status(id)))).toEqual({ state: 'failed', reason: 'TIMEOUT' })
    expect(readStatus(slow.ask(status('gid://shopify/BulkOperation/0')))).toMatchObject({
      state: 'failed',
    })
  })

  it('that is refused or not named ends in an error', () => {
    const { started } = exportOf('orders')
    const refused = { bulkOperation: null, userErrors: [{ code: 'INVALID', message: 'no' }] }
    expect(() => started({ data: { bulkOperationRunQuery: refused } })).toThrow(BadAnswer)
    expect(() => started({ data: {} })).toThrow(BadAnswer)
  })

  it('leaves its file only at Shopify’s own host for files', () => {
    const { isFileHost } = exportOf('customers')
    expect(isFileHost('storage.googleapis.com')).toBe(true)
    for (const host of ['googleapis.com', 'storage.googleapis.com.evil.example', '10.0.0.1']) {
      expect(isFileHost(host)).toBe(false)
    }
  })
})
