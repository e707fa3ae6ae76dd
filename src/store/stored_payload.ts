import type { ObjectType } from '../model/object.ts'
import type { Executor } from './database.ts'
import { quoted } from './table.ts'

/** A record's payload as kept, with what is needed to read it again. */
export interface StoredPayload {
  readonly ledgerAccountId: string
  readonly id: string
  readonly connectionId: string
  readonly payload: string
  readonly stamp: number
  readonly mappingVersion: number
}

export interface PayloadQuery {
  readonly type: ObjectType
  /** Only this connection's; null for all. */
  readonly connectionId: string | null
  readonly after: { readonly ledgerAccountId: string; readonly id: string }
  readonly limit: number
}

/** Payloads of one object in key order, a page at a time. */
export async function storedPayloads(db: Executor, query: PayloadQuery): Promise<StoredPayload[]> {
  const { type, connectionId, after, limit } = query
  return db.query<StoredPayload>(
    `select ledger_account_id as "ledgerAccountId", id, payload, stamp,
       "partnerAccountConnectionId" as "connectionId", mapping_version as "mappingVersion"
     from ${quoted(type.name)}
     where (ledger_account_id, id) > ($1, $2) and payload is not null
       and ($3::text is null or "partnerAccountConnectionId" = $3)
     order by ledger_account_id, id limit $4`,
    [after.ledgerAccountId, after.id, connectionId, limit],
    { replan: true },
  )
}

/** A payload that broke the model when it was read. */
export interface RejectedPayload {
  readonly ledgerAccountId: string
  readonly connectionId: string
  readonly stream: string
  readonly partnerRecordId: string
  readonly payload: string
  readonly parent: string | null
  readonly read_ms: number
}

/** Rejected payloads in key order, a page at a time. */
export async function rejectedPayloads(
  db: Executor,
  {
    connectionId,
    after,
    limit,
  }: { connectionId: string | null; after: readonly string[]; limit: number },
): Promise<RejectedPayload[]> {
  const [account = '', connection = '', stream = '', record = ''] = after
  return db.query<RejectedPayload>(
    `select ledger_account_id as "ledgerAccountId", partner_account_connection_id as "connectionId",
       stream, partner_record_id as "partnerRecordId", payload, parent,
       (extract(epoch from date) * 1000)::bigint as read_ms
     from rejected
     where (ledger_account_id, partner_account_connection_id, stream, partner_record_id)
         > ($1, $2, $3, $4) and ($5::text is null or partner_account_connection_id = $5)
     order by ledger_account_id, partner_account_connection_id, stream, partner_record_id limit $6`,
    [account, connection, stream, record, connectionId, limit],
  )
}
