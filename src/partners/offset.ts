import { BadAnswer } from './errors.ts'
import type { ApiRequest, AskedPage, ListRequest, Paging, Position } from './request.ts'
import { objectOf, type Payload } from './rule.ts'
import { referenceId } from './rules.ts'

/** How a partner that counts rows is asked for some of them. */
export interface OffsetDialect {
  readonly page_size_max: number
  /** The request for `take` rows after the first `skip`, within the position's time. */
  readonly request: (
    listed: ListRequest,
    part: Pick<Position, 'from_ms' | 'to_ms'> & { readonly skip: number; readonly take: number },
  ) => ApiRequest
  /** The rows of an answer; anything but objects is refused. Throws BadAnswer. */
  readonly items: (body: unknown, asked: AskedPage) => unknown
  /** Rows of the whole list, as the answer counts them, where it does. */
  readonly total?: (body: unknown, asked: AskedPage) => unknown
}

/**
 * Lists that are paged by counting rows skip one whenever a row before the page vanishes. So each
 * page begins with the last row of the page before it; where that is another row by now, the page
 * before is read again. The cursor says how many rows were read, and the id of the last of them.
 */
export function anchoredOffsets({ page_size_max, request, items, total }: OffsetDialect): Paging {
  return {
    page_size_max,
    request(listed, { from_ms, to_ms, cursor }) {
      const { read } = placeOf(cursor)
      const skip = Math.max(0, read - 1)
      const take = listed.page_size ?? page_size_max
      return request(listed, { from_ms, to_ms, skip, take })
    },
    read(body, asked) {
      const found = rowsOf(items(body, asked))
      const { read, anchor } = placeOf(asked.position.cursor)
      // Taken for the end, it would be a list without rows.
      const counted = read === 0 && found.length === 0 ? Number(total?.(body, asked) ?? 0) : 0
      if (counted > 0) throw new BadAnswer(`expected some of ${counted} rows, got none`)
      const overlap = read > 0 ? 1 : 0
      const size = asked.listed.page_size ?? page_size_max
      if (anchor !== null && referenceId(found[0]?.id) !== anchor) {
        // A row before this page is gone, and those behind it moved up.
        return { items: found, next: cursorOf(Math.max(0, read - size), null) }
      }
      if (found.length < size) return { items: found.slice(overlap), next: null }
      const last = referenceId(found.at(-1)?.id)
      if (last === null) throw new BadAnswer('expected an id on the last row of a full page')
      const next = cursorOf(read - overlap + found.length, last)
      return { items: anchor === null ? found : found.slice(overlap), next }
    },
  }
}

function rowsOf(found: unknown): readonly Payload[] {
  if (!Array.isArray(found)) throw new BadAnswer('expected a list of rows')
  if (!found.every((row) => objectOf(row) !== null)) throw new BadAnswer('expected rows of objects')
  return found as Payload[] // every one of them was looked at
}

function cursorOf(read: number, anchor: string | null): string {
  return `${read}:${anchor ?? ''}`
}

/** Rows read so far, and the id of the last one; null where it is not known. */
function placeOf(cursor: string | null): { read: number; anchor: string | null } {
  if (cursor === null) return { read: 0, anchor: null }
  const at = cursor.indexOf(':')
  const read = Number(cursor.slice(0, at))
  if (at < 1 || !Number.isSafeInteger(read)) throw new BadAnswer(`cursor "${cursor}" is not ours`)
  return { read, anchor: cursor.slice(at + 1) || null }
}
