// The rows of one list: ascending by (created, order of arrival), found by id and by field.
import type { Json, StripeObject } from './types.ts'

export type Row = {
  object: StripeObject
  created: number
  // Tells rows of the same second apart: the order in which they came.
  place: number
  // Facts a list filters by that the object does not show.
  facts: Record<string, Json>
  deleted: boolean
}

export type Table = {
  rows: Row[]
  get: (id: string) => Row | undefined
  put: (row: Omit<Row, 'place'>) => void
  dropBefore: (created: number) => void
  // The rows whose field has the value, ascending, when the field is indexed.
  having: (field: string, value: string) => Row[] | undefined
}

export function createTable(indexed: readonly string[]): Table {
  const rows: Row[] = []
  const byId = new Map<string, Row>()
  const indexes = new Map(indexed.map((field) => [field, new Map<string, Row[]>()]))
  let count = 0
  return {
    rows,
    get: (id) => byId.get(id),
    put: (written) => {
      const known = byId.get(written.object.id)
      if (known) {
        change(indexes, known, written)
        return
      }
      const row = { ...written, place: count++ }
      insert(rows, row)
      byId.set(row.object.id, row)
      eachIndex(indexes, row, insert)
    },
    dropBefore: (created) => {
      for (const row of rows.splice(0, firstSince(rows, created))) {
        byId.delete(row.object.id)
        eachIndex(indexes, row, remove)
      }
    },
    having: (field, value) => {
      const byValue = indexes.get(field)
      return byValue && (byValue.get(value) ?? [])
    },
  }
}

export function fieldOf(row: Row, field: string): Json {
  return row.facts[field] ?? row.object[field] ?? null
}

// The index of the first row that was created at or after the time.
export function firstSince(rows: readonly { created: number }[], created: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]!.created < created) low = middle + 1
    else high = middle
  }
  return low
}

// Where a row is, or where it would be.
export function placeOf(rows: readonly Row[], row: Row): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (before(rows[middle]!, row)) low = middle + 1
    else high = middle
  }
  return low
}

function before(one: Row, other: Row): boolean {
  return one.created < other.created || (one.created === other.created && one.place < other.place)
}

function insert(rows: Row[], row: Row): void {
  const last = rows[rows.length - 1]
  if (!last || before(last, row)) rows.push(row)
  else rows.splice(placeOf(rows, row), 0, row)
}

function remove(rows: Row[], row: Row): void {
  const place = placeOf(rows, row)
  if (rows[place] === row) rows.splice(place, 1)
}

type Indexes = Map<string, Map<string, Row[]>>

// The row keeps its place and its created, whatever is said of it later.
function change(indexes: Indexes, known: Row, written: Omit<Row, 'place'>): void {
  const { object, facts, deleted } = written
  const is = { ...known, object, facts, deleted }
  const moved = [...indexes.keys()].some((field) => fieldOf(known, field) !== fieldOf(is, field))
  if (moved) eachIndex(indexes, known, remove)
  Object.assign(known, { object, facts, deleted })
  if (moved) eachIndex(indexes, known, insert)
}

function eachIndex(indexes: Indexes, row: Row, act: (rows: Row[], row: Row) => void): void {
  for (const [field, byValue] of indexes) {
    const value = fieldOf(row, field)
    if (typeof value !== 'string') continue
    const rows = byValue.get(value) ?? []
    byValue.set(value, rows)
    act(rows, row)
  }
}
