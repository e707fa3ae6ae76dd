// Pages of lists. A cursor says what the last row was sorted by, so rows may come and go before
// it; it is good for the question that it was given for, and for no other.
import type { Answer } from '../partner.ts'
import { token } from '../world/random.ts'
import { Refused } from './errors.ts'
import type { Json } from './format.ts'

export type Listed = { id: string; json: Json }
export type SortKey = number | string

export type Question<R extends Listed> = {
  // The list, and everything of the question that chooses or sorts rows.
  name: string
  field: string
  // Which state of its rows it is; the rows are sought again when it is another.
  version: string
  rows: () => R[]
  by: (row: R) => SortKey
  descending: boolean
  limit: number
  cursor: string | null
  // The limit is advisory: some pages are shorter, and some are empty.
  advisory?: boolean
}

type Kept = { version: string; rows: Listed[] }
export type Lists = { page: <R extends Listed>(question: Question<R>) => Answer }

const LISTS_MAX = 500
// What follows the last row of any list.
export const END_CURSOR = Buffer.from('{"end":1}').toString('base64url')

export function createLists(): Lists {
  const kept = new Map<string, Kept>()
  const rowsOf = <R extends Listed>({ name, version, rows, by, descending }: Question<R>): R[] => {
    const known = kept.get(name)
    // Of one name there are only rows of one kind.
    if (known?.version === version) return known.rows as R[]
    const found = rows().sort((one, other) => compare([by(one), one.id], [by(other), other.id]))
    if (descending) found.reverse()
    if (kept.size > LISTS_MAX) kept.clear()
    kept.set(name, { version, rows: found })
    return found
  }
  return {
    page: (question) => {
      const { name, cursor, limit, field } = question
      if (cursor === END_CURSOR) return listAnswer(field, [], null)
      const after = cursor === null ? null : readCursor(cursor, name)
      const rows = rowsOf(question)
      const place = after?.last === undefined ? 0 : placeAfter(rows, question, after.last)
      const size = question.advisory ? advised(name, { place, limit, after }) : limit
      const page = rows.slice(place, place + size)
      const last = page.at(-1)
      if (place + size >= rows.length) return listAnswer(field, page, null)
      const place_ = last ? [question.by(last), last.id] : after?.last
      const next = writeCursor({ of: markOf(name), last: place_, waited: size === 0 })
      return listAnswer(field, page, next)
    },
  }
}

type Last = readonly [SortKey, string]
type Cursor = { of: string; last?: Last; waited: boolean }

// An empty list is not there at all.
function listAnswer(field: string, page: readonly Listed[], cursor: string | null): Answer {
  const rows = page.length > 0 ? page.map(({ json }) => json) : undefined
  return { status: 200, headers: {}, body: { [field]: rows, ...(cursor ? { cursor } : {}) } }
}

function advised(
  name: string,
  { place, limit, after }: { place: number; limit: number; after: Cursor | null },
): number {
  const draw = token(1, name, place, limit)
  if (draw < '6' && place > 0 && !after?.waited) return 0
  return draw > 'h' ? Math.max(1, Math.floor(limit * 0.7)) : limit
}

function placeAfter<R extends Listed>(rows: readonly R[], question: Question<R>, last: Last) {
  const way = question.descending ? -1 : 1
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    const row = rows[middle]!
    if (way * compare([question.by(row), row.id], last) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

function compare([one, oneId]: Last, [other, otherId]: Last): number {
  if (one !== other) return one < other ? -1 : 1
  return oneId < otherId ? -1 : oneId > otherId ? 1 : 0
}

const marks = new Map<string, string>()

function markOf(name: string): string {
  const known = marks.get(name)
  if (known !== undefined) return known
  if (marks.size > LISTS_MAX) marks.clear()
  const mark = token(8, 'cursor', name)
  marks.set(name, mark)
  return mark
}

function writeCursor(cursor: { of: string; last: unknown; waited: boolean }): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

function readCursor(text: string, name: string): Cursor {
  const read = parsed(text)
  if (read?.of !== markOf(name)) throw new Refused('INVALID_CURSOR', BAD_CURSOR, 'cursor')
  return read
}

const BAD_CURSOR = 'The pagination cursor is invalid.'

function parsed(text: string): Cursor | null {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    // Whatever it is, it is none of ours.
    return null
  }
}
