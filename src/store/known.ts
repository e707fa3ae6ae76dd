import type { ObjectType } from '../model/object.ts'
import type { Executor } from './database.ts'
import { quoted } from './table.ts'

/** Which of these records of a ledger account are stored, in whatever state. */
export async function knownIds(
  db: Executor,
  { type, ledgerAccountId }: { type: ObjectType; ledgerAccountId: string },
  ids: readonly string[],
): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select id from ${quoted(type.name)} where ledger_account_id = $1 and id = any($2::text[])`,
    [ledgerAccountId, [...ids]],
  )
  return rows.map(({ id }) => id)
}
