import type { ObjectType } from '../model/object.ts'
import type { Decision } from './decide.ts'
import { bookkeeping, type Column, columnsOf, no_date, quoted } from './table.ts'
import { TextArray } from './text_array.ts'

/** How the rows of one object are written and read: statements made once from the model. */
export interface RowPlan {
  readonly insert: string
  readonly upsert: string
  readonly touch: string
  readonly select: string
  readonly selectTexts: string
  readonly columns: readonly Column[]
}

const plans = new Map<ObjectType, RowPlan>()

export function rowPlan(type: ObjectType): RowPlan {
  const plan = plans.get(type) ?? makePlan(type)
  plans.set(type, plan)
  return plan
}

function makePlan(type: ObjectType): RowPlan {
  const columns = columnsOf(type)
  const names = ['id', ...columns.map((c) => quoted(c.name)), ...Object.keys(bookkeeping)]
  const types = ['text', ...columns.map((c) => arrayType(c.sql)), ...bookkeepingTypes]
  const table = quoted(type.name)
  const arrays = types.map((sql, i) => `$${i + 2}::${sql}[]`).join(', ')
  const insert = `insert into ${table} as stored (ledger_account_id, ${names.join(', ')})
      select $1, r.* from unnest(${arrays}) as r(${names.join(', ')})`
  const updates = names.filter((n) => n !== 'id' && n !== 'payload')
  return {
    columns,
    insert,
    upsert: `${insert}
      on conflict (ledger_account_id, id) do update set
      ${updates.map((n) => `${n} = excluded.${n}`).join(', ')},
      payload = coalesce(excluded.payload, stored.payload)`,
    touch: `update ${table} as t
      set stamp = r.stamp, payload = coalesce(r.payload, t.payload), mapping_version = r.version
      from (
        select k.*, found.row
        from unnest($2::text[], $3::bigint[], $4::text[], $5::integer[])
          as k(id, stamp, payload, version)
        ${keyed(`select ctid as row from ${table}`)}
      ) as r
      where t.ledger_account_id = $1 and t.ctid = r.row`,
    select: `select k.id, found.stamp, found.hash, found.record
      from unnest($2::text[], $3::boolean[]) as k(id, wanted)
      ${keyed(`select stamp, visible_hash as hash, case when k.wanted then record end as record
        from ${table}`)}`,
    selectTexts: `select k.id, found.record from unnest($2::text[]) as k(id)
      ${keyed(`select record from ${table}`)}`,
  }
}

/**
 * Finds one row a key. The limit keeps the planner from turning this into a join, which on a table
 * without statistics reads the whole ledger account for each page (20 times slower).
 */
function keyed(select: string): string {
  return `cross join lateral (${select}
        where ledger_account_id = $1 and id = k.id limit 1) as found`
}

function arrayType(sql: string): string {
  return sql.replace(' collate "C"', '')
}

const bookkeepingTypes = ['text', 'text', 'integer', 'bigint', 'text']

/** The parameters of an upsert: one array a column. */
export function upsertArrays(plan: RowPlan, decisions: readonly Decision[]): unknown[] {
  const typed = plan.columns.map((column) => {
    const values = decisions.map((d) => columnValue(column, d))
    return column.kind.sql === 'text' ? new TextArray(values as (string | null)[]) : values
  })
  return [
    new TextArray(decisions.map((d) => d.incoming.id)),
    ...typed,
    new TextArray(decisions.map((d) => d.text)),
    new TextArray(decisions.map((d) => d.incoming.payload)),
    decisions.map((d) => d.incoming.mappingVersion),
    decisions.map((d) => d.incoming.stamp),
    new TextArray(decisions.map((d) => d.hash)),
  ]
}

function columnValue(column: Column, decision: Decision): unknown {
  if (column.name === 'modifiedDate') return modifiedDateOf(decision.text)
  let value: unknown = decision.record
  for (const part of column.path) value = (value as Record<string, unknown> | null)?.[part] ?? null
  return value === null && column.name === 'created_date' ? no_date : value
}

const modified_key = '"modifiedDate":"'
const timestamp_length = 24

function modifiedDateOf(text: string): string {
  const at = text.lastIndexOf(modified_key) + modified_key.length
  return text.slice(at, at + timestamp_length)
}
