import { type ObjectType, recordId } from '../model/object.ts'
import type { Executor } from './database.ts'

export interface PartnerRecords {
  readonly type: ObjectType
  readonly scope: readonly string[]
  readonly partnerRecordIds: readonly string[]
}

/** Our ids of what partners call by these ids, at every connection of a scope. */
export async function recordIdsOf(
  db: Executor,
  { type, scope, partnerRecordIds }: PartnerRecords,
): Promise<string[]> {
  const accounts = await db.query<{ account: string; source: string; partner_account: string }>(
    `select distinct ledger_account_id as account, "partnerSource" as source,
       partner_account_id as partner_account
     from partner_account_connection
     where ledger_account_id = any($1::text[]) and partner_account_id is not null`,
    [scope],
  )
  return accounts.flatMap(({ account, source, partner_account }) => {
    const origin = {
      ledgerAccountId: account,
      partnerSource: source,
      partnerAccountId: partner_account,
    }
    return partnerRecordIds.map((id) => recordId(type, origin, id))
  })
}
