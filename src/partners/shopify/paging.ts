import { BadAnswer } from '../errors.ts'
import type { ListRequest, Paging, Position } from '../request.ts'
import { objectOf, type Payload, pathReader } from '../rule.ts'

/** Shopify pages over at most 25,000 objects; before that, the list is begun anew. */
export const depth_max = 25_000

interface Connection {
  readonly size: number
  /** Path of the time that rows come in the order of, and that the list is filtered by. */
  readonly orderedBy?: string
  readonly newestFirst?: boolean
  /** What the list hangs on may be null: then there is none. */
  readonly optional?: boolean
}

/**
 * Connections of GraphQL: `first` and `after` in, `nodes` and `pageInfo` out. A list that grows too
 * deep is begun anew at the time of the last row, whose neighbours are then met twice.
 */
export function connection({ size, orderedBy, newestFirst, optional }: Connection): Paging {
  const timeOf = pathReader(orderedBy ?? 'none')
  return {
    page_size_max: size,
    request(listed, position) {
      const { bound_ms, after } = placeOf(position.cursor)
      const given = objectOf(objectOf(listed.body)?.variables) ?? {}
      const range = rangeOf(listed, position, { bound_ms, newestFirst })
      const query = [given.query, ...range].filter(Boolean).join(' ')
      const first = Math.min(size, listed.page_size ?? size)
      const variables = { ...given, first, after, ...(query === '' ? {} : { query }) }
      return { path: listed.path, body: { ...listed.body, variables } }
    },
    read(body, { listed, position }) {
      const { read, bound_ms, after } = placeOf(position.cursor)
      const held = connectionAt(body, listed.items ?? '', optional === true)
      if (held === null) return { items: [], next: null }
      const { items, end } = pageOf(held)
      if (end === null) return { items, next: null }
      if (end === after) throw new BadAnswer(`expected a new endCursor, got "${end}" again`)
      const depth = read + items.length
      if (!orderedBy || depth + size <= depth_max) {
        return { items, next: cursorOf({ read: depth, bound_ms, after: end }) }
      }
      const last_ms = Date.parse(String(timeOf(items.at(-1))))
      if (Number.isNaN(last_ms)) throw new BadAnswer(`${orderedBy}: expected a time`)
      if (last_ms === bound_ms) throw new BadAnswer(`more than ${depth_max} rows at ${orderedBy}`)
      return { items, next: cursorOf({ read: 0, bound_ms: last_ms, after: null }) }
    },
  }
}

/** Terms of Shopify's search syntax, whose times are in whole seconds. */
function rangeOf(
  { timeFilter }: ListRequest,
  { from_ms, to_ms }: Position,
  { bound_ms, newestFirst }: { bound_ms: number | null; newestFirst: boolean | undefined },
): string[] {
  if (!timeFilter) return []
  const term = (sign: string, ms: number) => `${timeFilter}:${sign}'${secondOf(ms)}'`
  const since_ms = bound_ms !== null && !newestFirst ? bound_ms : from_ms
  const until = bound_ms !== null && newestFirst ? [term('<=', bound_ms)] : []
  return [
    ...(since_ms === null ? [] : [term('>=', since_ms)]),
    ...(to_ms === null ? [] : [term('<', Math.ceil(to_ms / 1000) * 1000)]),
    ...until,
  ]
}

function secondOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

/** The connection at a path; null where what it hangs on is null and may be. */
function connectionAt(body: unknown, path: string, optional: boolean): Payload | null {
  let held: unknown = body
  for (const step of path.split('.')) {
    if (held === null && optional) return null
    held = objectOf(held)?.[step]
  }
  const found = objectOf(held)
  if (found) return found
  throw new BadAnswer(`expected a connection at ${path}`)
}

function pageOf({ nodes, pageInfo }: Payload): { items: Payload[]; end: string | null } {
  const { hasNextPage, endCursor } = objectOf(pageInfo) ?? {}
  if (!Array.isArray(nodes)) throw new BadAnswer('expected a connection with nodes[]')
  if (!nodes.every((node) => objectOf(node) !== null)) {
    throw new BadAnswer('expected objects in nodes[]')
  }
  if (typeof hasNextPage !== 'boolean') throw new BadAnswer('expected pageInfo.hasNextPage')
  if (!hasNextPage) return { items: nodes, end: null }
  if (nodes.length === 0) throw new BadAnswer('expected nodes on a page with hasNextPage')
  if (typeof endCursor !== 'string' || endCursor === '') {
    throw new BadAnswer('expected pageInfo.endCursor on a page with hasNextPage')
  }
  return { items: nodes, end: endCursor }
}

/** Where in a list we are: rows read since it was begun, the time it was begun at, the cursor. */
interface Place {
  readonly read: number
  readonly bound_ms: number | null
  readonly after: string | null
}

function cursorOf({ read, bound_ms, after }: Place): string {
  return `${read}:${bound_ms ?? ''}:${after ?? ''}`
}

function placeOf(cursor: string | null): Place {
  if (cursor === null) return { read: 0, bound_ms: null, after: null }
  const [, read, bound, after] = /^(\d+):(-?\d*):(.*)$/s.exec(cursor) ?? []
  if (read === undefined) throw new BadAnswer(`cursor "${cursor}" is not ours`)
  return { read: Number(read), bound_ms: bound ? Number(bound) : null, after: after || null }
}
