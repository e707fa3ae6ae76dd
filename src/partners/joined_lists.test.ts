import { describe, expect, test } from 'vitest'
import { Gone } from './errors.ts'
import { joinedLists } from './joined_lists.ts'
import { start } from './paginate.ts'
import type { ListRequest, Paging, Position } from './request.ts'

const pages: { readonly [path: string]: readonly string[] } = {
  '/a': ['a1', 'a2'],
  '/b': [''],
  '/c': ['c1'],
}

/** Cursors are numbers of pages, written with a space in them. */
const numbered: Paging = {
  page_size_max: 1,
  request: ({ path, page_size }, { from_ms, cursor }) => ({
    path,
    query: { page: cursor ?? '', from: `${from_ms}`, size: `${page_size}` },
  }),
  read(_body, { listed, position }) {
    const rows = pages[listed.path] ?? []
    const at = Number(position.cursor?.slice('page '.length) ?? 0)
    const items = rows[at] ? [{ id: rows[at] }] : []
    return { items, next: at + 1 < rows.length ? `page ${at + 1}` : null }
  },
}

const list = joinedLists(
  [
    ['A', { path: '/a' }],
    ['B', { path: '/b' }],
    ['C', { path: '/c' }],
  ],
  numbered,
)

function pageAt(listed: ListRequest, position: Position) {
  const paging = listed.paging as Paging // joinedLists gives it one
  const request = paging.request(listed, position)
  const { items, next } = paging.read({}, { listed, position, headers: {} })
  return { request, ids: items.map(({ id }) => id), next }
}

describe('lists read in turn', () => {
  test('are one list, each to its end before the next', () => {
    const ids: unknown[] = []
    const cursors: (string | null)[] = [null]
    while (cursors.length <= 5) {
      const page = pageAt(list, { ...start, cursor: cursors.at(-1) ?? null })
      ids.push(...page.ids)
      if (page.next === null) break
      cursors.push(page.next)
    }
    expect(ids).toEqual(['a1', 'a2', 'c1'])
    expect(cursors).toEqual([null, 'A page 1', 'B ', 'C '])
  })

  test('are each asked for the same time and size', () => {
    const position = { from_ms: 7, to_ms: null, cursor: 'A page 1' }
    expect(pageAt({ ...list, page_size: 3 }, position).request).toEqual({
      path: '/a',
      query: { page: 'page 1', from: '7', size: '3' },
    })
  })

  test('one that is no more is not taken for another one', () => {
    expect(() => pageAt(list, { ...start, cursor: 'D page 1' })).toThrow(Gone)
    expect(() => pageAt(list, { ...start, cursor: 'A' })).toThrow(Gone)
  })
})
