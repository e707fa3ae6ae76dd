import type { ObjectType } from '../model/object.ts'
import type { Executor } from './database.ts'
import {
  type Column,
  columnsOf,
  comparable,
  isCaseless,
  lowered,
  no_date,
  quoted,
} from './table.ts'

export type Sort = 'created_date' | 'modifiedDate'
export type Comparison = 'eq' | 'in' | 'gt' | 'gte' | 'lt' | 'lte' | 'prefix'

/** One condition on a typed column; `in` takes several values. */
export interface Condition {
  /** Name of the column: an attribute, `address_country` for a part, or `id`. */
  readonly column: string
  readonly operator: Comparison
  readonly value: string | number | boolean | readonly string[]
}

/** A place in a list: the row that a page starts after or ends before. */
export interface Place {
  readonly value: string
  readonly id: string
}

export interface ListQuery {
  readonly type: ObjectType
  /** Ledger accounts that may be read. Never empty, never taken from a request unchecked. */
  readonly scope: readonly string[]
  readonly where: readonly Condition[]
  readonly sort: Sort
  readonly limit: number
  readonly after?: Place | null
  readonly before?: Place | null
}

export interface ListPage {
  /** Texts of the records, newest first. */
  readonly records: string[]
  readonly hasMore: boolean
}

export const list_limit_max = 100

/** One page of records, newest first, as the texts that the API serves. */
export async function list(db: Executor, query: ListQuery): Promise<ListPage> {
  if (query.scope.length === 0) return { records: [], hasMore: false }
  const { sql, parameters } = listSql(query)
  const rows = await db.query<{ record: string }>(sql, parameters)
  const records = rows.slice(0, query.limit).map((row) => row.record)
  if (query.before) records.reverse()
  return { records, hasMore: rows.length > query.limit }
}

/** Number of records that a list holds in all. */
export async function count(db: Executor, query: ListQuery): Promise<number> {
  if (query.scope.length === 0) return 0
  const parameters: unknown[] = [query.scope]
  const conditions = conditionsSql(query, parameters)
  const [row] = await db.query<{ total: number }>(
    `select count(*) as total from ${quoted(query.type.name)}
     where ledger_account_id = any($1::text[])${conditions}`,
    parameters,
  )
  return row?.total ?? 0
}

/** The place of a record in a list; null where the scope does not hold it. */
export async function placeOf(
  db: Executor,
  { type, scope, sort }: Pick<ListQuery, 'type' | 'scope' | 'sort'>,
  id: string,
): Promise<Place | null> {
  const [row] = await db.query<{ record: string }>(retrieveSql(type), [scope, id])
  return row ? placeAt(row.record, sort) : null
}

/** The place of a record's text in a list. */
export function placeAt(text: string, sort: Sort): Place {
  const record = JSON.parse(text) as { id: string; [attribute: string]: unknown }
  return { value: (record[sort] as string | null) ?? no_date, id: record.id }
}

/** The text of one record of the scope; null where there is none. Deleted ones are found too. */
export async function retrieve(
  db: Executor,
  type: ObjectType,
  { scope, id }: { scope: readonly string[]; id: string },
): Promise<string | null> {
  if (scope.length === 0) return null
  const [row] = await db.query<{ record: string }>(retrieveSql(type), [scope, id])
  return row?.record ?? null
}

function retrieveSql(type: ObjectType): string {
  return `select found.record from unnest($1::text[]) as k(ledger_account_id)
    cross join lateral (
      select record from ${quoted(type.name)}
      where ledger_account_id = k.ledger_account_id and id = $2 limit 1
    ) as found limit 1`
}

function listSql(query: ListQuery): { sql: string; parameters: unknown[] } {
  const { type, scope, sort, limit } = query
  const backwards = Boolean(query.before)
  const direction = backwards ? 'asc' : 'desc'
  const order = `order by ${quoted(sort)} ${direction}, id ${direction}`
  const parameters: unknown[] = [scope.length === 1 ? scope[0] : scope, limit + 1]
  const rest = conditionsSql(query, parameters) + placeSql(query, parameters)
  const rows = (account: string) =>
    `from ${quoted(type.name)} where ledger_account_id = ${account}${rest} ${order} limit $2`
  if (scope.length === 1) return { sql: `select record ${rows('$1')}`, parameters }
  // Each ledger account gives its own first rows by index; then they are merged.
  const sql = `select record from unnest($1::text[]) as k(account)
    cross join lateral (select record, id, ${quoted(sort)} ${rows('k.account')}) as found
    ${order} limit $2`
  return { sql, parameters }
}

function placeSql({ sort, after, before }: ListQuery, parameters: unknown[]): string {
  const place = before ?? after
  if (!place) return ''
  parameters.push(place.value, place.id)
  const [value, id] = [`$${parameters.length - 1}::timestamptz`, `$${parameters.length}`]
  return ` and (${quoted(sort)}, id) ${before ? '>' : '<'} (${value}, ${id})`
}

function conditionsSql({ type, where }: ListQuery, parameters: unknown[]): string {
  return where.map((condition) => ` and ${conditionSql(type, condition, parameters)}`).join('')
}

const signs = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const

function conditionSql(type: ObjectType, condition: Condition, parameters: unknown[]): string {
  const { column: name, operator, value } = condition
  const column = columnsOf(type).find((c) => c.name === name)
  if (name === 'id') return `id = any($${parameters.push(value)}::text[])`
  if (!column) throw new Error(`${type.name} has no column ${name}`)
  const left = comparable(column)
  const right = rightSide(column, `$${parameters.push(value)}`)
  if (operator === 'eq') return `${left} = ${right}`
  if (operator === 'in') return `${left} = any(${arraySide(column, parameters.length)})`
  if (operator === 'prefix') return `${left} >= ${right} and ${left} < ${right} || chr(1114111)`
  const told = name === 'created_date' ? ` and created_date > '${no_date}'` : ''
  return `${left} ${signs[operator]} ${right}${told}`
}

function rightSide(column: Column, parameter: string): string {
  const typed = `${parameter}::${column.kind.sql}`
  return isCaseless(column.kind) ? `${lowered(typed)} collate "C"` : typed
}

function arraySide(column: Column, index: number): string {
  const array = `$${index}::${column.kind.sql}[]`
  return isCaseless(column.kind)
    ? `array(select ${lowered('v')} from unnest(${array}) as v)`
    : array
}
