import { Gone } from './errors.ts'
import type { ListRequest, Paging, Position } from './request.ts'

/** A list and a name for it, which cursors carry: one that no other list of them has. */
export type NamedList = readonly [name: string, list: ListRequest]

const place_pattern = /^(\S*) (.*)$/s

/**
 * Several lists of one kind read as one, to the end of each before the next begins: of locations
 * that a partner asks for one by one, or a few at a time. Filters and strategies apply to each, but
 * together they are in no order of time: not for lists that are cut where a page came down to.
 */
export function joinedLists(
  lists: readonly [NamedList, ...NamedList[]],
  paging: Paging,
): ListRequest {
  const [[, first]] = lists
  return {
    ...first,
    paging: {
      page_size_max: paging.page_size_max,
      request(listed, position) {
        const { list, inner } = placeOf(lists, position)
        return paging.request(sized(list, listed), inner)
      },
      read(body, { listed, position, headers }) {
        const { at, name, list, inner } = placeOf(lists, position)
        const asked = { listed: sized(list, listed), position: inner, headers }
        const { items, next } = paging.read(body, asked)
        if (next !== null) return { items, next: `${name} ${next}` }
        const after = lists[at + 1]
        return { items, next: after ? `${after[0]} ` : null }
      },
    },
  }
}

function sized(list: ListRequest, { page_size }: ListRequest): ListRequest {
  return page_size === undefined ? list : { ...list, page_size }
}

/** Throws Gone where the list that a cursor names is none of ours any more. */
function placeOf(lists: readonly [NamedList, ...NamedList[]], position: Position) {
  const [, named, cursor] = place_pattern.exec(position.cursor ?? `${lists[0][0]} `) ?? []
  const at = lists.findIndex(([name]) => name === named)
  const found = lists[at]
  if (!found) throw new Gone(`cursor: expected the name of a list, got "${named ?? ''}"`)
  return { at, name: found[0], list: found[1], inner: { ...position, cursor: cursor || null } }
}
