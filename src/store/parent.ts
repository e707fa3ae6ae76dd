import type { ObjectType } from '../model/object.ts'
import type { Executor } from './database.ts'
import { quoted } from './table.ts'

export interface ParentQuery {
  readonly type: ObjectType
  readonly ledgerAccountId: string
  readonly connectionId: string
  /** Ids after this one, and up to but not including that one. */
  readonly after: string
  readonly before: string | null
  readonly ofDeleted: boolean
  readonly limit: number
}

export interface Parent {
  readonly id: string
  readonly partnerRecordId: string
}

/** Records whose children are read, in id order. Derived ones have none at the partner. */
export async function parentsAfter(db: Executor, query: ParentQuery): Promise<Parent[]> {
  return db.query<Parent>(
    `select id, "partnerRecordId" from ${quoted(query.type.name)}
     where ledger_account_id = $1 and "partnerAccountConnectionId" = $2 and id > $3
       and ($4::text is null or id < $4) and ($5 or "recordState" = 'ACTIVE')
       and position('"origin":"DERIVED"' in record) = 0
     order by id limit $6`,
    [
      query.ledgerAccountId,
      query.connectionId,
      query.after,
      query.before,
      query.ofDeleted,
      query.limit,
    ],
    { replan: true },
  )
}

export interface MissingQuery {
  readonly type: ObjectType
  readonly ledgerAccountId: string
  readonly connectionId: string
  /** Last seen before this moment. */
  readonly stamp: number
  readonly after: string
  readonly limit: number
}

/** Active records that a complete pass did not meet, in id order. */
export async function missingSince(db: Executor, query: MissingQuery): Promise<Parent[]> {
  return db.query<Parent>(
    `select id, "partnerRecordId" from ${quoted(query.type.name)}
     where ledger_account_id = $1 and "partnerAccountConnectionId" = $2 and id > $3 and stamp < $4
       and "recordState" = 'ACTIVE' and position('"origin":"DERIVED"' in record) = 0
     order by id limit $5`,
    [query.ledgerAccountId, query.connectionId, query.after, query.stamp, query.limit],
    { replan: true },
  )
}
