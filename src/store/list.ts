import type { ObjectType } from '../model/object.ts'
import { type Condition, conditionsSql } from './condition.ts'
import type { Executor } from './database.ts'
import { type Heads, heads_mark, heads_max, headsIn, headsSql } from './heads.ts'
import { no_date, quoted } from './table.ts'

export type Sort = 'created_date' | 'modifiedDate'
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
  /** Heads when paging began: what has moved in the list since is read at its old place. */
  readonly since?: Heads | null
}

export interface ListPage {
  /** Texts of the records, newest first. */
  readonly records: string[]
  readonly hasMore: boolean
  /** Where the page ends in the direction of reading; null on an empty page. */
  readonly end: Place | null
  /** Heads of the moment the page was read; empty where the scope is too wide to note them. */
  readonly heads: Heads
}

export const list_limit_max = 100

const empty: ListPage = { records: [], hasMore: false, end: null, heads: new Map() }

/** One page of records, newest first, as the texts that the API serves. */
export async function list(db: Executor, query: ListQuery): Promise<ListPage> {
  if (query.scope.length === 0) return empty
  const { sql, parameters } = query.since ? pagedSql(query, query.since) : firstSql(query)
  const all = await db.query<Row>(sql, parameters)
  const heads = headsIn(query, all)
  const rows = all.filter((row) => !row.record.startsWith(heads_mark))
  const page = rows.length > query.limit ? rows.slice(0, query.limit) : rows
  const last = page.at(-1)
  const end = last ? endAt(last, query.sort) : null
  if (query.before) page.reverse()
  const records = page.map((row) => row.record)
  return { records, hasMore: rows.length > query.limit, end, heads }
}

interface Row {
  readonly record: string
  readonly value?: string
  readonly id?: string
}

function endAt(row: Row, sort: Sort): Place {
  if (row.value === undefined || row.id === undefined) return placeAt(row.record, sort)
  return { value: row.value, id: row.id }
}

/** Number of records that a list holds in all. */
export async function count(db: Executor, query: ListQuery): Promise<number> {
  if (query.scope.length === 0) return 0
  const parameters: unknown[] = [query.scope]
  const conditions = conditionsSql(query.type, query.where, parameters)
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
  const text = await retrieve(db, type, { scope, id })
  return text === null ? null : placeAt(text, sort)
}

/** The place of a record's text in a list. Ids stand before the nested parts, dates behind them. */
export function placeAt(text: string, sort: Sort): Place {
  const date = text.lastIndexOf(`"${sort}":`) + sort.length + 3
  const value = text[date] === '"' ? text.slice(date + 1, text.indexOf('"', date + 1)) : no_date
  const id = text.indexOf('"id":"') + 6
  return { value, id: text.slice(id, text.indexOf('"', id)) }
}

/** The text of one record of the scope; null where there is none. Deleted ones are found too. */
export async function retrieve(
  db: Executor,
  type: ObjectType,
  { scope, id }: { scope: readonly string[]; id: string },
): Promise<string | null> {
  if (scope.length === 0) return null
  const table = quoted(type.name)
  const [row] = await (scope.length === 1
    ? db.query<{ record: string }>(
        `select record from ${table} where ledger_account_id = $1 and id = $2`,
        [scope[0], id],
        { quick: true },
      )
    : db.query<{ record: string }>(
        `select found.record from unnest($1::text[]) as k(ledger_account_id)
         cross join lateral (
           select record from ${table}
           where ledger_account_id = k.ledger_account_id and id = $2 limit 1
         ) as found limit 1`,
        [scope, id],
      ))
  return row?.record ?? null
}

const row_counts = [2, 11, 26, 51, list_limit_max + 1]

/**
 * Rows to ask for, one more than the page to see whether there are others. Written into the
 * statement: Postgres keeps no plan for a limit that it is only told later, and planning takes
 * longer than reading the page. A few counts, so that there are a few statements.
 */
function rowCount(limit: number): number {
  return row_counts.find((count) => count > limit) ?? limit + 1
}

/** A page read from the list's own order, and the heads in the same snapshot. */
function firstSql(query: ListQuery): { sql: string; parameters: unknown[] } {
  const { type, scope, sort, limit } = query
  const order = orderSql(query, quoted(sort))
  const parameters: unknown[] = [scope.length === 1 ? scope[0] : scope]
  const rows_max = rowCount(limit)
  const rest =
    conditionsSql(type, query.where, parameters) + placeSql(query, parameters, quoted(sort))
  const rows = (account: string) =>
    `from ${quoted(type.name)} where ledger_account_id = ${account}${rest} ${order} limit ${rows_max}`
  if (scope.length === 1) {
    return {
      sql: `(select '${heads_mark}' || seq as record from feed where ledger_account_id = $1)
        union all (select record ${rows('$1')})`,
      parameters,
    }
  }
  // Each ledger account gives its own first rows by index; then they are merged.
  const sql = `${scope.length > heads_max ? '' : `${headsSql} union all`}
    (select record from unnest($1::text[]) as k(account)
     cross join lateral (select record, id, ${quoted(sort)} ${rows('k.account')}) as found
     ${order} limit ${rows_max})`
  return { sql, parameters }
}

/**
 * A later page. A record whose place has changed since paging began is read where it stood then,
 * and nowhere else: so whatever exists throughout is met exactly once.
 */
function pagedSql(query: ListQuery, since: Heads): { sql: string; parameters: unknown[] } {
  const { type, scope, sort, limit } = query
  const table = quoted(type.name)
  // An account that has come into the scope since has no old places.
  const parameters: unknown[] = [scope, scope.map((id) => since.get(id) ?? null)]
  const rows_max = rowCount(limit)
  const where = conditionsSql(type, query.where, parameters)
  const [value, at] = [
    placeSql(query, parameters, quoted(sort)),
    placeSql(query, parameters, 'moved_from'),
  ]
  const sql = `select found.record, ${momentSql('found.value')} as value, found.id
    from unnest($1::text[], $2::bigint[]) as k(account, since)
    cross join lateral (
      with moved as materialized (${movedSql(type, sort)})
      select record, value, id from (
        (select record, ${quoted(sort)} as value, id from ${table}
         where ledger_account_id = k.account${where}${value}
           and not exists (select 1 from moved where moved_id = id)
         ${orderSql(query, quoted(sort))} limit ${rows_max})
        union all
        (select record, moved_from, id from moved
         join ${table} on ledger_account_id = k.account and id = moved_id
         where true${where}${at})
      ) as both_kinds ${orderSql(query, 'value')} limit ${rows_max}
    ) as found ${orderSql(query, 'found.value')} limit ${rows_max}`
  return { sql, parameters }
}

function momentSql(value: string): string {
  const moment = `to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
  return `case when ${value} = '${no_date}' then '${no_date}' else ${moment} end`
}

/** Records whose place has changed since, with the place they had. */
function movedSql(type: ObjectType, sort: Sort): string {
  // Every visible change sets modifiedDate; the other date is named where it changed.
  const relevant = sort === 'modifiedDate' ? '' : ` and '${sort}' = any(changed)`
  return `select c.id as moved_id, h.moved_from from (
      select id, min(seq) as seq from change
      where ledger_account_id = k.account and seq > k.since and object = '${type.name}'
        and kind <> 'created'${relevant}
      group by id
    ) as c
    cross join lateral (
      select coalesce((record::jsonb->>'${sort}')::timestamptz, '${no_date}') as moved_from
      from history where ledger_account_id = k.account and object = '${type.name}'
        and id = c.id and seq = c.seq
    ) as h`
}

function orderSql({ before }: ListQuery, value: string): string {
  const direction = before ? 'asc' : 'desc'
  return `order by ${value} ${direction}, id ${direction}`
}

function placeSql({ after, before }: ListQuery, parameters: unknown[], value: string): string {
  const place = before ?? after
  if (!place) return ''
  parameters.push(place.value, place.id)
  const [at, id] = [`$${parameters.length - 1}::timestamptz`, `$${parameters.length}`]
  return ` and (${value}, id) ${before ? '>' : '<'} (${at}, ${id})`
}
