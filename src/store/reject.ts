import type { Executor } from './database.ts'
import type { StreamKey } from './segment.ts'
import { TextArray } from './text_array.ts'
import { together } from './together.ts'

export interface Reject {
  readonly stream: string
  readonly partnerRecordId: string
  readonly payload: string
  readonly parent: string | null
  readonly error: string
}

/** Keeps payloads that break the model, raw, and forgets those that now read well. */
export async function saveRejects(
  tx: Executor,
  of: { ledgerAccountId: string; connectionId: string; now_ms: number },
  rejects: readonly Reject[],
) {
  if (rejects.length === 0) return
  const now = new Date(of.now_ms).toISOString()
  await together(
    rejects.flatMap((reject) => [
      tx.query(
        `insert into rejected (ledger_account_id, partner_account_connection_id, stream,
           partner_record_id, payload, parent, error, date) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (ledger_account_id, partner_account_connection_id, stream, partner_record_id)
         do update set payload = $5, parent = $6, error = $7, date = $8`,
        [
          of.ledgerAccountId,
          of.connectionId,
          reject.stream,
          reject.partnerRecordId,
          reject.payload,
          reject.parent,
          reject.error,
          now,
        ],
      ),
      tx.query(
        `update stream set last_error = $4 where ledger_account_id = $1
           and partner_account_connection_id = $2 and stream = $3`,
        [of.ledgerAccountId, of.connectionId, reject.stream, reject.error],
      ),
    ]),
  )
}

/** Forgets rejected payloads of records that have since been read well. */
export async function dropRejects(
  tx: Executor,
  { ledgerAccountId, connectionId }: Omit<StreamKey, 'stream'>,
  partnerRecordIds: readonly string[],
) {
  if (partnerRecordIds.length === 0) return
  await tx.query(
    `delete from rejected where ledger_account_id = $1 and partner_account_connection_id = $2
       and partner_record_id = any($3::text[])`,
    [ledgerAccountId, connectionId, new TextArray(partnerRecordIds)],
  )
}
