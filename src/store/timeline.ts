import { customer } from '../model/customer.ts'
import { recordTypes } from '../model/index.ts'
import type { ObjectType } from '../model/object.ts'
import type { Executor } from './database.ts'
import { type Place, placeAt } from './list.ts'
import { columnsOf, quoted } from './table.ts'

export interface TimelineQuery {
  readonly ledgerAccountId: string
  readonly customerId: string
  readonly types: readonly ObjectType[]
  /** Deleted records too. */
  readonly deleted: boolean
  readonly limit: number
  readonly after: Place | null
}

export interface TimelinePage {
  /** Texts of records of several objects, newest first. */
  readonly records: readonly string[]
  readonly hasMore: boolean
  readonly end: Place | null
}

const link = 'customer_id'

/** Objects that hang on a customer, and the customer itself. */
export const timelineTypes: readonly ObjectType[] = [
  customer,
  ...recordTypes.filter((type) => columnsOf(type).some((column) => column.name === link)),
]

/**
 * One time order over all that hangs on a customer. Each object gives its own first rows by index,
 * so that a page costs the same however much there is.
 */
export async function timeline(db: Executor, query: TimelineQuery): Promise<TimelinePage> {
  const { ledgerAccountId, customerId, limit, after } = query
  const parameters: unknown[] = [ledgerAccountId, customerId, limit + 1]
  if (after) parameters.push(after.value, after.id)
  const branches = query.types.map((type) => branchSql(type, query))
  if (branches.length === 0) return { records: [], hasMore: false, end: null }
  const rows = await db.query<{ record: string }>(
    `select record from (${branches.join(' union all ')}) as merged ${order} limit $3`,
    parameters,
  )
  const records = rows.slice(0, limit).map((row) => row.record)
  const last = records.at(-1)
  const end = last === undefined ? null : placeAt(last, 'created_date')
  return { records, hasMore: rows.length > limit, end }
}

const order = 'order by created_date desc, id desc'

function branchSql(type: ObjectType, { deleted, after }: TimelineQuery): string {
  const owner = type === customer ? 'id' : link
  const state = deleted ? '' : ` and "recordState" = 'ACTIVE'`
  const place = after ? ' and (created_date, id) < ($4::timestamptz, $5)' : ''
  return `(select created_date, id, record from ${quoted(type.name)}
    where ledger_account_id = $1 and ${owner} = $2${state}${place} ${order} limit $3)`
}
