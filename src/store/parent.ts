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
  /** Also those that are only derived; guests have nothing at the partner. */
  readonly ofDerived: boolean
  /** Only those that visibly changed since; RFC 3339. */
  readonly changedSince: string | null
  readonly limit: number
}

export interface Parent {
  readonly id: string
  readonly partnerRecordId: string
}

/** Records whose children are read, in id order. */
export async function parentsAfter(db: Executor, query: ParentQuery): Promise<Parent[]> {
  return db.query<Parent>(
    `select id, "partnerRecordId" from ${quoted(query.type.name)}
     where ledger_account_id = $1 and "partnerAccountConnectionId" = $2 and id > $3
       and ($4::text is null or id < $4) and ($5 or "recordState" = 'ACTIVE')
       and ($8 or position('"origin":"DERIVED"' in record) = 0)
       and ($7::timestamptz is null or "modifiedDate" >= $7)
     order by id limit $6`,
    [
      query.ledgerAccountId,
      query.connectionId,
      query.after,
      query.before,
      query.ofDeleted,
      query.limit,
      query.changedSince,
      query.ofDerived,
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
  /** Object of the records that these hang on, where they are read under it. */
  readonly parentObject: string | null
  readonly after: string
  readonly limit: number
}

export interface Missing extends Parent {
  readonly parentId: string | null
}

/** Active records that a complete pass did not meet, in id order. */
export async function missingSince(db: Executor, query: MissingQuery): Promise<Missing[]> {
  return db.query<Missing>(
    `select id, "partnerRecordId", ${parentSql(query)} as "parentId"
     from ${quoted(query.type.name)} as t
     where ledger_account_id = $1 and "partnerAccountConnectionId" = $2 and id > $3 and stamp < $4
       and "recordState" = 'ACTIVE' and position('"origin":"DERIVED"' in record) = 0
     order by id limit $5`,
    [query.ledgerAccountId, query.connectionId, query.after, query.stamp, query.limit],
    { replan: true },
  )
}

/** The partner's id of the record that a record hangs on. */
function parentSql({ type, parentObject }: MissingQuery): string {
  const link = Object.entries(type.attributes).find(
    ([, kind]) => kind.filter && parentObject !== null && kind.targets.includes(parentObject),
  )
  if (!link || parentObject === null) return 'null::text'
  return `(select p."partnerRecordId" from ${quoted(parentObject)} as p
       where p.ledger_account_id = $1 and p.id = t.${quoted(link[0])})`
}
