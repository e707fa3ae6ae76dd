import type { Executor } from './database.ts'
import type { OfConnection } from './notification.ts'

/** Where a partner was asked to deliver, and its own ids of what it keeps for that. */
export interface StoredRegistration {
  readonly url: string
  readonly partnerIds: readonly string[]
  readonly registered_ms: number
}

/** What a connection has registered at its partner; null where it has nothing. */
export async function registrationOf(
  db: Executor,
  { ledgerAccountId, connectionId }: OfConnection,
): Promise<StoredRegistration | null> {
  const [row] = await db.query<StoredRegistration>(
    `select url, partner_ids as "partnerIds",
       (extract(epoch from registered_date) * 1000)::bigint as registered_ms
     from notification_registration
     where ledger_account_id = $1 and partner_account_connection_id = $2`,
    [ledgerAccountId, connectionId],
  )
  return row ?? null
}

/** Remembers what was registered, in place of what was before. */
export async function saveRegistration(
  tx: Executor,
  { ledgerAccountId, connectionId }: OfConnection,
  { url, partnerIds, registered_ms }: StoredRegistration,
) {
  await tx.query(
    `insert into notification_registration (ledger_account_id, partner_account_connection_id, url,
       partner_ids, registered_date) values ($1, $2, $3, $4, $5)
     on conflict (ledger_account_id, partner_account_connection_id)
     do update set url = $3, partner_ids = $4, registered_date = $5`,
    [ledgerAccountId, connectionId, url, [...partnerIds], new Date(registered_ms).toISOString()],
  )
}

/** Forgets what was registered. */
export async function forgetRegistration(
  tx: Executor,
  { ledgerAccountId, connectionId }: OfConnection,
) {
  await tx.query(
    `delete from notification_registration
     where ledger_account_id = $1 and partner_account_connection_id = $2`,
    [ledgerAccountId, connectionId],
  )
}
