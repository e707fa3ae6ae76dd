import type { Executor } from './database.ts'
import { lowered } from './table.ts'
import { TextArray } from './text_array.ts'

export interface GuestQuery {
  readonly ledgerAccountId: string
  readonly connectionId: string
}

const isMerged = `"mergedInto" is not null and position('"origin":"DERIVED"' in record) > 0`

/** Whether any guest of a connection has turned out to be a customer. */
export async function hasMergedGuests(db: Executor, of: GuestQuery): Promise<boolean> {
  const rows = await db.query(
    `select 1 from customer where ledger_account_id = $1 and "partnerAccountConnectionId" = $2
       and ${isMerged} limit 1`,
    [of.ledgerAccountId, of.connectionId],
  )
  return rows.length > 0
}

/** Whether any of these streams, which bring guests along, has been read from at all. */
export async function hasReadAny(
  db: Executor,
  of: GuestQuery,
  streams: readonly string[],
): Promise<boolean> {
  const rows = await db.query(
    `select 1 from stream where ledger_account_id = $1 and partner_account_connection_id = $2
       and stream = any($3::text[]) and seen > 0 limit 1`,
    [of.ledgerAccountId, of.connectionId, [...streams]],
  )
  return rows.length > 0
}

/** Which of these customers are guests that turned out to be another one, and whom. */
export async function mergedGuests(
  db: Executor,
  ledgerAccountId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; into: string }>(
    `select k.id, found.into from unnest($2::text[]) as k(id)
     cross join lateral (
       select "mergedInto" as into from customer
       where ledger_account_id = $1 and id = k.id and ${isMerged} limit 1
     ) as found`,
    [ledgerAccountId, new TextArray(ids)],
    { replan: true },
  )
  return new Map(rows.map(({ id, into }) => [id, into]))
}

/** The oldest customer that the partner itself keeps under each of these e-mail addresses. */
export async function customersByEmail(
  tx: Executor,
  of: GuestQuery,
  emails: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ email: string; id: string }>(
    `select k.email, found.id from unnest($3::text[]) as k(email)
     cross join lateral (
       select id from customer
       where ledger_account_id = $1 and ${lowered('email')} collate "C" = k.email
         and "partnerAccountConnectionId" = $2 and "recordState" = 'ACTIVE'
         and position('"origin":"DERIVED"' in record) = 0
       order by created_date, id limit 1
     ) as found`,
    [of.ledgerAccountId, of.connectionId, new TextArray(emails)],
    { replan: true },
  )
  return new Map(rows.map(({ email, id }) => [email, id]))
}
