// One page of a list: newest first, from a cursor, within what the filters let through.
import type { Account } from './account.ts'
import { missing, refusal, unknownParameter } from './errors.ts'
import type { Narrowing } from './filters.ts'
import type { List } from './lists.ts'
import { ALWAYS, integerOf, type Params, type Range, textOf } from './query.ts'
import { firstSince, placeOf, type Row } from './table.ts'

const LIMIT_DEFAULT = 10
const LIMIT_MAX = 100
const PAGING = ['limit', 'starting_after', 'ending_before', 'expand']

export type Page = { rows: Row[]; hasMore: boolean }
export type Paging = { limit: number; after: string | null; before: string | null }

export function readPaging(params: Params): Paging {
  const limit = params.get('limit')
  const [after, before] = [params.get('starting_after'), params.get('ending_before')]
  if (after && before) {
    const message = 'You can only provide one of starting_after or ending_before.'
    throw refusal(400, { message, param: 'starting_after' })
  }
  return {
    limit: limit ? inBounds(integerOf('limit', textOf(limit))) : LIMIT_DEFAULT,
    after: after ? textOf(after) : null,
    before: before ? textOf(before) : null,
  }
}

// Only what the list knows may be asked; the answer is what every filter lets through.
export function readFilters(list: List, params: Params, account: Account): Narrowing[] {
  const narrowings: Narrowing[] = []
  for (const [name, param] of params) {
    const filter = list.filters[name]
    if (filter) narrowings.push(filter(param, account))
    else if (!PAGING.includes(name)) throw unknownParameter(name)
  }
  if (list.unless && !params.has(list.unless.filter)) narrowings.push({ test: list.unless.test })
  return narrowings
}

export function page(
  account: Account,
  list: List,
  ask: { paging: Paging; narrowings: Narrowing[] },
): Page {
  const { limit, after, before } = ask.paging
  const table = account.tables[list.table]
  const rows = candidates(table, ask.narrowings)
  const range = createdWithin(ask.narrowings)
  const passes = (row: Row) =>
    !row.deleted && ask.narrowings.every(({ test }) => !test || test(row))
  let low = firstSince(rows, range.from)
  let high = firstSince(rows, range.until) - 1
  if (after !== null) high = Math.min(high, cursor(account, list, { id: after, rows }).older)
  if (before === null) {
    const found: Row[] = []
    for (let i = high; i >= low && found.length <= limit; i--) {
      if (passes(rows[i]!)) found.push(rows[i]!)
    }
    return { rows: found.slice(0, limit), hasMore: found.length > limit }
  }
  low = Math.max(low, cursor(account, list, { id: before, rows, before: true }).newer)
  const found: Row[] = []
  for (let i = low; i <= high && found.length <= limit; i++) {
    if (passes(rows[i]!)) found.push(rows[i]!)
  }
  return { rows: found.slice(0, limit).reverse(), hasMore: found.length > limit }
}

function candidates(table: Account['tables']['charges'], narrowings: Narrowing[]): Row[] {
  for (const { index } of narrowings) {
    const rows = index && table.having(index.field, index.value)
    if (rows) return rows
  }
  return table.rows
}

function createdWithin(narrowings: Narrowing[]): Range {
  return narrowings.find(({ created }) => created)?.created ?? ALWAYS
}

// The places beside the cursor. An object that was deleted since still marks its place.
function cursor(
  account: Account,
  list: List,
  at: { id: string; rows: Row[]; before?: boolean },
): { older: number; newer: number } {
  const row = account.tables[list.table].get(at.id)
  const param = at.before ? 'ending_before' : 'starting_after'
  if (!row) throw missing(list.noun, at.id, { param, status: 400 })
  // Where the cursor does not pass the filters itself, this is where it would be.
  const place = placeOf(at.rows, row)
  return { older: place - 1, newer: at.rows[place] === row ? place + 1 : place }
}

function inBounds(limit: number): number {
  if (limit >= 1 && limit <= LIMIT_MAX) return limit
  const bound = limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${LIMIT_MAX}`
  const message = `This value must be ${bound} (it currently is '${limit}').`
  throw refusal(400, { message, param: 'limit' })
}
