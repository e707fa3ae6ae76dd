import { BadAnswer } from './errors.ts'
import type { Send, SendOptions } from './http.ts'
import type { ListRequest, Page, Paging, Position } from './request.ts'
import type { Payload } from './rule.ts'

const stripe_page_size_max = 100

/**
 * Stripe's lists: newest first, the cursor is the id of the last item seen. Filters on creation
 * time are in whole seconds, so a position is widened outwards to them.
 */
export const cursorByObjectId: Paging = {
  page_size_max: stripe_page_size_max,
  request(listed, { from_ms, to_ms, cursor }) {
    const query: Record<string, string | readonly string[]> = {
      ...listed.query,
      limit: `${listed.page_size ?? stripe_page_size_max}`,
    }
    const filter = listed.timeFilter
    if (filter && from_ms !== null) query[`${filter}[gte]`] = `${Math.floor(from_ms / 1000)}`
    if (filter && to_ms !== null) query[`${filter}[lt]`] = `${Math.ceil(to_ms / 1000)}`
    if (cursor !== null) query.starting_after = cursor
    return { path: listed.path, query }
  },
  read(body) {
    const list = body as { data?: unknown; has_more?: unknown } | null
    const items = list?.data
    if (!Array.isArray(items)) throw new BadAnswer('expected a list with data[]')
    if (!items.every(isPayload)) throw new BadAnswer('expected objects in data[]')
    if (typeof list?.has_more !== 'boolean') throw new BadAnswer('expected has_more in the list')
    return { items, next: list.has_more ? lastId(items) : null }
  },
}

function isPayload(item: unknown): item is Payload {
  return typeof item === 'object' && item !== null && !Array.isArray(item)
}

function lastId(items: readonly Payload[]): string {
  const id = items.at(-1)?.id
  if (items.length === 0) throw new BadAnswer('expected items on a page with has_more, got none')
  if (typeof id !== 'string' || id === '') throw new BadAnswer('expected an id on the last item')
  return id
}

/** Pages a whole list may have when it is read at one go, as lists inside a payload are. */
export const whole_list_pages_max = 1000

/** Start of a list, without a filter on time. */
export const start: Position = { from_ms: null, to_ms: null, cursor: null }

/** Reads a whole list, page by page. Throws BadAnswer on a loop or when it does not end. */
export async function* pagesOf(
  send: Send,
  partnerPaging: Paging,
  listed: ListRequest,
  { position = start, ...options }: SendOptions & { readonly position?: Position } = {},
): AsyncGenerator<Page> {
  const advance = newLoopGuard()
  const paging = listed.paging ?? partnerPaging
  let cursor = position.cursor
  for (let pages = 0; pages < whole_list_pages_max; pages++) {
    const at = { ...position, cursor }
    const { body, headers } = await send(paging.request(listed, at), options)
    const page = paging.read(body, { listed, position: at, headers })
    yield page
    if (page.next === null) return
    advance(page.next)
    cursor = page.next
  }
  throw new BadAnswer(`${listed.path}: expected at most ${whole_list_pages_max} pages, got more`)
}

/** Every item of a whole list. */
export async function itemsOf(
  send: Send,
  paging: Paging,
  listed: ListRequest,
  options: SendOptions = {},
): Promise<Payload[]> {
  const items: Payload[] = []
  for await (const page of pagesOf(send, paging, listed, options)) items.push(...page.items)
  return items
}

/**
 * Notices that cursors go round, whatever the length of the loop, by remembering only one of them:
 * the one seen at the last power of two (Brent). Give it each next cursor; throws BadAnswer.
 */
export function newLoopGuard(): (next: string) => void {
  let remembered: string | null = null
  let steps = 0
  let span = 1
  return (next) => {
    if (next === remembered) throw new BadAnswer(`expected a new cursor, got "${next}" again`)
    if (++steps < span) return
    remembered = next
    steps = 0
    span *= 2
  }
}
