import { describe, expect, test } from 'vitest'
import { BadAnswer } from './errors.ts'
import type { Send } from './http.ts'
import { cursorByObjectId, itemsOf, newLoopGuard, pagesOf, start } from './paginate.ts'
import type { ApiRequest } from './request.ts'

const list = { path: '/v1/customers', timeFilter: 'created', query: { 'expand[]': ['data.x'] } }

const readPage = (body: unknown) =>
  cursorByObjectId.read(body, { listed: list, position: start, headers: {} })

describe('lists with the id of an object as cursor', () => {
  test('ask for whole pages, and for a span of time in whole seconds around it', () => {
    const position = { from_ms: 1999, to_ms: 2001, cursor: 'cus_1' }
    expect(cursorByObjectId.request(list, position)).toEqual({
      path: '/v1/customers',
      query: {
        'expand[]': ['data.x'],
        limit: '100',
        'created[gte]': '1',
        'created[lt]': '3',
        starting_after: 'cus_1',
      },
    })
  })

  test('leave the filter out where the list has none', () => {
    const request = cursorByObjectId.request({ path: '/x' }, { ...start, from_ms: 1000 })
    expect(request).toEqual({ path: '/x', query: { limit: '100' } })
  })

  test('go on after the last item while there is more', () => {
    const data = [{ id: 'a' }, { id: 'b' }]
    expect(readPage({ data, has_more: true })).toEqual({ items: data, next: 'b' })
    expect(readPage({ data, has_more: false }).next).toBeNull()
    expect(readPage({ data: [], has_more: false }).items).toEqual([])
  })

  test.each([
    ['no list', null],
    ['data that is no list', { data: {}, has_more: false }],
    ['no has_more', { data: [] }],
    ['an item that is no object', { data: ['cus_1'], has_more: false }],
    ['an empty page with more to come', { data: [], has_more: true }],
    ['a last item without an id', { data: [{}], has_more: true }],
  ])('refuse %s', (_title, body) => {
    expect(() => readPage(body)).toThrow(BadAnswer)
  })
})

describe('a whole list', () => {
  test('is read to its end', async () => {
    const { send, asked } = serving([['a', 'b'], ['c', 'd'], ['e']])
    const items = await itemsOf(send, cursorByObjectId, list)
    expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(asked.map(({ query }) => query?.starting_after)).toEqual([undefined, 'b', 'd'])
  })

  test('is not read further than it is used', async () => {
    const { send, asked } = serving([['a'], ['b'], ['c']])
    for await (const page of pagesOf(send, cursorByObjectId, list)) {
      if (page.items[0]?.id === 'b') break
    }
    expect(asked).toHaveLength(2)
  })

  test.each([1, 2, 7, 100])('that loops after %i pages is noticed', async (length) => {
    let asked = 0
    const send: Send = async () => answer([`id_${asked++ % length}`], true)
    await expect(itemsOf(send, cursorByObjectId, list)).rejects.toThrow(/expected a new cursor/)
    expect(asked).toBeLessThanOrEqual(4 * length + 2)
  })

  test('that never ends is given up', async () => {
    let asked = 0
    const send: Send = async () => answer([`id_${asked++}`], true)
    await expect(itemsOf(send, cursorByObjectId, list)).rejects.toThrow(/at most 1000 pages/)
  })
})

test('a long list of new cursors is no loop', () => {
  const advance = newLoopGuard()
  expect(() => {
    for (let page = 0; page < 10_000; page++) advance(`id_${page}`)
  }).not.toThrow()
})

function serving(pages: readonly (readonly string[])[]) {
  const asked: ApiRequest[] = []
  const send: Send = async (request) => {
    const at = asked.push(request) - 1
    return answer(pages[at] ?? [], at < pages.length - 1)
  }
  return { send, asked }
}

function answer(ids: readonly string[], has_more: boolean) {
  const body = { object: 'list', data: ids.map((id) => ({ id })), has_more }
  return { status: 200, headers: {}, body, started_ms: 0, date_ms: null }
}
