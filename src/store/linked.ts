import type { ObjectType } from '../model/object.ts'
import type { Executor } from './database.ts'
import { quoted } from './table.ts'
import { TextArray } from './text_array.ts'

/** A record as stored, with what a change to one of its links has to carry along. */
export interface LinkedRecord {
  readonly id: string
  readonly record: string
  readonly stamp: number
  readonly mappingVersion: number
}

/** What records of an object say in one of their columns, by id; those that say nothing left out. */
export async function toldBy(
  tx: Executor,
  { type, ledgerAccountId, column, ids }: ColumnQuery & { readonly ids: readonly string[] },
): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; value: string | null }>(
    `select k.id, found.value from unnest($2::text[]) as k(id)
     cross join lateral (
       select ${quoted(column)} as value from ${quoted(type.name)}
       where ledger_account_id = $1 and id = k.id limit 1
     ) as found`,
    [ledgerAccountId, new TextArray(ids)],
    { replan: true },
  )
  return new Map(rows.flatMap(({ id, value }) => (value === null ? [] : [[id, value] as const])))
}

interface ColumnQuery {
  readonly type: ObjectType
  readonly ledgerAccountId: string
  /** One of the object's typed columns. */
  readonly column: string
}

/** Records whose column names one of these ids; in id order, those without `unless` only. */
export async function linkedTo(
  tx: Executor,
  query: ColumnQuery & {
    readonly ids: readonly string[]
    /** A column that is still empty. */
    readonly unless: string | null
    readonly after: string
    readonly limit: number
  },
): Promise<(LinkedRecord & { readonly linked: string })[]> {
  const { type, column, unless } = query
  return tx.query(
    `select t.id, t.record, t.stamp, t.mapping_version as "mappingVersion", k.id as linked
     from unnest($2::text[]) as k(id)
     join ${quoted(type.name)} as t on t.ledger_account_id = $1 and t.${quoted(column)} = k.id
     where t.id > $4 ${unless === null ? '' : `and t.${quoted(unless)} is null`}
     order by t.id limit $3`,
    [query.ledgerAccountId, new TextArray(query.ids), query.limit, query.after],
    { replan: true },
  )
}
