import { describe, expect, test } from 'vitest'
import { asConnection, withHasMore } from './embedded.ts'

describe.each([
  ['has_more', withHasMore, { data: [{ id: 1 }], has_more: true }, { data: [], has_more: false }],
  [
    'pageInfo',
    asConnection,
    { nodes: [{ id: 1 }], pageInfo: { hasNextPage: true, endCursor: 'a' } },
    { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
  ],
])('a list inside a payload that tells by %s', (_, form, cut, whole) => {
  test('is read on only where it was cut', () => {
    expect(form.isCut(cut)).toBe(true)
    expect([whole, {}, null, undefined, 'x', []].some(form.isCut)).toBe(false)
  })

  test('is whole once its items were read', () => {
    const items = [{ id: 1 }, { id: 2 }]
    const made = form.whole(cut, items)
    expect(form.isCut(made)).toBe(false)
    expect(made.data ?? made.nodes).toEqual(items)
  })
})
