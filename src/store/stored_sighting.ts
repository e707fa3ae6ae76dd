import type { ObjectType } from '../model/object.ts'
import type { Executor } from './database.ts'
import { quoted } from './table.ts'
import { TextArray } from './text_array.ts'

/** What was last seen of a record, without its text. */
export interface StoredSighting {
  readonly id: string
  /** MD5 of the payload in hexadecimal digits; null where there is none. */
  readonly digest: string | null
  readonly mapping_version: number
  readonly stamp: number
}

/** What was last seen of records, by id. */
export async function storedSightings(
  db: Executor,
  { type, ledgerAccountId }: { type: ObjectType; ledgerAccountId: string },
  ids: readonly string[],
): Promise<StoredSighting[]> {
  return db.query<StoredSighting>(
    `select k.id, found.digest, found.mapping_version, found.stamp
     from unnest($2::text[]) as k(id)
     cross join lateral (
       select md5(payload) as digest, mapping_version, stamp from ${quoted(type.name)}
       where ledger_account_id = $1 and id = k.id limit 1) as found`,
    [ledgerAccountId, new TextArray(ids)],
    { replan: true },
  )
}
