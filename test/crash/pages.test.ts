import { describe, expect, it } from 'vitest'
import { queryText } from '../../src/partners/http_request.ts'
import { partnerList } from '../../src/partners/index.ts'
import type { Facts, Partner } from '../../src/partners/partner.ts'
import type { ApiRequest, ListRequest, Position } from '../../src/partners/request.ts'
import { listOf } from '../../src/partners/stream.ts'
import { newPageOf } from './pages.ts'

/** A list that needs one of these would ask for nothing without it. */
const facts: Facts = { currency: 'EUR', locations: 'L1', precision: '2' }
const within = (from_ms: number): Position => ({ from_ms, to_ms: from_ms + 9e7, cursor: null })
const [first, second] = [within(1.7e12), within(1.75e12)]

function logged({ path, query, body }: ApiRequest) {
  const sent = body === undefined ? '' : JSON.stringify(body)
  return { path, query: queryText(query).slice(1), body: sent }
}

/** The same but for functions, of which lists of several locations make new ones. */
const sameText = (one: ListRequest, other: ListRequest) =>
  JSON.stringify(one) === JSON.stringify(other)

describe.each(partnerList)('$name', (partner: Partner) => {
  const pageOf = newPageOf(partner, facts)
  const asked = (list: ListRequest, at: Position) =>
    pageOf(logged((list.paging ?? partner.paging).request(list, at)))
  const top = partner.streams.filter(({ parent }) => !parent)
  const children = partner.streams.filter(({ parent }) => parent)

  it.each(top)('tells a page of $name from every other', (stream) => {
    const list = listOf(stream, facts)
    const pages = [first, second].map((position) => asked(list, position))
    // Two streams may read one list; then the log tells them apart by their spans of time.
    const alike = top.filter((one) => sameText(listOf(one, facts), list))
    expect(alike.map(({ name }) => name)).toContain(pages[0]?.stream)
    expect(pages[0]?.ofParent).toBe(false)
    if (list.timeFilter) expect(pages[0]).not.toEqual(pages[1])
  })

  it.each(children)('tells the lists of $name by their parent', (stream) => {
    for (const list of stream.parent?.lists('id_1') ?? []) {
      const page = { stream: stream.name, page: 'id_1', ofParent: true }
      expect(asked(list, { from_ms: null, to_ms: null, cursor: null })).toEqual(page)
    }
  })

  it('takes no single object for a page', () => {
    for (const { retrieve } of partner.streams) {
      const request = retrieve?.('id_1', 'id_2')
      if (request) expect([request.path, pageOf(logged(request))]).toEqual([request.path, null])
    }
  })
})
