import { BadAnswer } from '../errors.ts'
import type { Paging, Query } from '../request.ts'
import { objectOf, type Payload, pathReader } from '../rule.ts'

const page_size_max = 500
const nextOf = pathReader('meta.cursors.after')

/** Lists under their own name, newest first; the cursor of the next page stands in `meta`. */
export const cursorAfter: Paging = {
  page_size_max,
  request({ path, query, timeFilter, page_size = page_size_max }, { from_ms, to_ms, cursor }) {
    const asked: { [name: string]: Query[string] } = { ...query, limit: `${page_size}` }
    const time = (ms: number) => new Date(ms).toISOString()
    if (timeFilter && from_ms !== null) asked[`${timeFilter}[gte]`] = time(from_ms)
    if (timeFilter && to_ms !== null) asked[`${timeFilter}[lt]`] = time(to_ms)
    if (cursor !== null) asked.after = cursor
    return { path, query: asked }
  },
  read(body, { listed }) {
    const items = objectOf(body)?.[listed.path.slice(1)]
    if (!Array.isArray(items)) throw new BadAnswer(`expected a list under ${listed.path.slice(1)}`)
    if (!items.every((item) => objectOf(item) !== null)) throw new BadAnswer('expected objects')
    const next = nextOf(body) ?? null
    if (next !== null && typeof next !== 'string') throw new BadAnswer('expected a text as cursor')
    return { items: items as Payload[], next: next || null } // every one was looked at
  },
}
