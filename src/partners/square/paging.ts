import { BadAnswer } from '../errors.ts'
import type { ListRequest, Paging, Position, Query } from '../request.ts'
import { objectOf, type Payload } from '../rule.ts'

/**
 * Before the first of Square's payments. Where no time is asked for, it would answer with the last
 * year only.
 */
export const beginning_ms = Date.UTC(2009, 0, 1)

/** Rows a page where a list does not name its own most. */
export const page_size_max = 100

/**
 * Square's lists, by GET or as a search by POST: the rows under a name of their own, which is left
 * out where there are none, and a cursor as long as there is more. Pages may be of any length.
 * `size` null: the list takes no limit.
 */
export function lists(page_size_max: number, size: number | null = page_size_max): Paging {
  return {
    page_size_max,
    request(listed, position) {
      const limit = size === null ? null : (listed.page_size ?? size)
      return listed.body ? search(listed, position, limit) : listing(listed, position, limit)
    },
    read(body, { listed }) {
      const answer = objectOf(body)
      if (answer === null) throw new BadAnswer(`${listed.path}: expected an object`)
      const items = answer[listed.items ?? ''] ?? []
      if (!Array.isArray(items) || !items.every((item) => objectOf(item) !== null)) {
        throw new BadAnswer(`${listed.path}: expected objects under ${listed.items}`)
      }
      const next = answer.cursor ?? null
      if (next !== null && typeof next !== 'string') {
        throw new BadAnswer(`${listed.path}: expected a text as cursor`)
      }
      return { items: items as Payload[], next: next || null } // every one was looked at
    },
  }
}

/** A time filter is named by its beginning: `updated_at_begin_time` has an `_end_time` beside it. */
function listing({ path, query, timeFilter }: ListRequest, at: Position, limit: number | null) {
  const asked: { [name: string]: Query[string] } = { ...query }
  if (limit !== null) asked.limit = `${limit}`
  if (timeFilter) asked[timeFilter] = timeOf(at.from_ms ?? beginning_ms)
  if (timeFilter && at.to_ms !== null) {
    asked[timeFilter.replace('begin', 'end')] = timeOf(at.to_ms)
  }
  if (at.cursor !== null) asked.cursor = at.cursor
  return { path, query: asked }
}

/** A time filter is the path of a range; without a dot, of the moment after which changes count. */
function search({ path, body = {}, timeFilter }: ListRequest, at: Position, limit: number | null) {
  const { from_ms, to_ms, cursor } = at
  const asked = {
    ...(timeFilter ? filtered(body, timeFilter.split('.'), { from_ms, to_ms }) : body),
    ...(limit === null ? {} : { limit }),
    ...(cursor === null ? {} : { cursor }),
  }
  return { method: 'POST' as const, path, body: asked }
}

type Span = Pick<Position, 'from_ms' | 'to_ms'>

function filtered(body: Payload, [step = '', ...rest]: readonly string[], span: Span): Payload {
  if (rest.length === 0 && step === 'begin_time') {
    return span.from_ms === null ? body : { ...body, [step]: timeOf(span.from_ms - 1) }
  }
  if (rest.length > 0) {
    return { ...body, [step]: filtered(objectOf(body[step]) ?? {}, rest, span) }
  }
  const { from_ms, to_ms } = span
  return {
    ...body,
    [step]: {
      start_at: timeOf(from_ms ?? beginning_ms),
      ...(to_ms === null ? {} : { end_at: timeOf(to_ms) }),
    },
  }
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString()
}
