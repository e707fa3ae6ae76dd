import { describe, expect, test } from 'vitest'
import { BadAnswer } from './errors.ts'
import { anchoredOffsets } from './offset.ts'
import { pagesOf } from './paginate.ts'
import type { ApiRequest } from './request.ts'

const paging = anchoredOffsets({
  page_size_max: 3,
  request: ({ path }, { skip, take }) => ({ path, query: { skip: `${skip}`, take: `${take}` } }),
  items: (body) => body,
})

/** A partner with these rows, which does something before each page after the first. */
function serving(rows: number[], meanwhile: (page: number) => void = () => undefined) {
  let page = 0
  return async ({ query }: ApiRequest) => {
    meanwhile(page++)
    const skip = Number(query?.skip)
    const body = rows.slice(skip, skip + Number(query?.take)).map((id) => ({ id }))
    return { status: 200, headers: {}, body, started_ms: 0, date_ms: null }
  }
}

async function idsOf(send: ReturnType<typeof serving>): Promise<unknown[]> {
  const ids: unknown[] = []
  for await (const { items } of pagesOf(send, paging, { path: '/x' })) {
    ids.push(...items.map(({ id }) => id))
  }
  return ids
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

describe('rows that are counted', () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7, 20])('are each read once: %i of them', async (count) => {
    expect(await idsOf(serving(upTo(count)))).toEqual(upTo(count))
  })

  test.each([0, 1, 2, 4, 5])('are all read when the row at %i vanishes meanwhile', async (at) => {
    for (const page of [1, 2, 3]) {
      const rows = upTo(10)
      const gone = rows[at]
      const ids = await idsOf(serving(rows, (now) => now === page && rows.splice(at, 1)))
      expect([...new Set(ids)].filter((id) => id !== gone)).toEqual(
        upTo(10).filter((id) => id !== gone),
      )
    }
  })

  test('are all read when one moves to the end meanwhile', async () => {
    const rows = upTo(9)
    const send = serving(rows, (page) => page === 1 && rows.push(...rows.splice(0, 1)))
    expect([...new Set(await idsOf(send))].sort()).toEqual(upTo(9))
  })

  test('are not taken for none by an empty page that counts some', () => {
    const counting = anchoredOffsets({
      page_size_max: 3,
      request: ({ path }) => ({ path }),
      items: (body) => (body as { rows: unknown }).rows,
      total: (body) => (body as { count: unknown }).count,
    })
    const asked = {
      listed: { path: '/x' },
      position: { from_ms: null, to_ms: null, cursor: null },
      headers: {},
    }
    expect(() => counting.read({ rows: [], count: 7 }, asked)).toThrow('some of 7 rows, got none')
    expect(counting.read({ rows: [], count: 0 }, asked)).toEqual({ items: [], next: null })
    expect(counting.read({ rows: [] }, asked)).toEqual({ items: [], next: null })
  })

  test('of another kind are refused', () => {
    const asked = {
      listed: { path: '/x' },
      position: { from_ms: null, to_ms: null, cursor: null },
      headers: {},
    }
    for (const body of [null, {}, [1], [null]]) {
      expect(() => paging.read(body, asked)).toThrow(BadAnswer)
    }
    const odd = { ...asked.position, cursor: 'odd' }
    expect(() => paging.request({ path: '/x' }, odd)).toThrow(BadAnswer)
  })
})
