import type { Database, Executor } from './database.ts'
import type { Attempted, DeliveryState } from './event_delivery.ts'
import { hurryLane, lockLane } from './event_lane.ts'
import type { Place } from './list.ts'
import { moment, momentOrNull, ms } from './moment.ts'

/** A delivery as the log shows it. */
export interface LoggedDelivery {
  readonly id: string
  readonly ledgerAccountId: string
  readonly endpointId: string
  readonly eventId: string
  readonly seq: number
  readonly type: string
  readonly object: string
  readonly objectId: string
  readonly state: DeliveryState
  readonly attempts: number
  readonly next_attempt: string | null
  readonly created_date: string
  readonly finished_date: string | null
}

export interface LogQuery {
  /** Ledger accounts and endpoints that the caller may see; neither comes from a request unchecked. */
  readonly scope: readonly string[]
  readonly endpointIds: readonly string[]
  readonly states: readonly string[] | null
  readonly types: readonly string[] | null
  /** RFC 3339; `to` is not included. */
  readonly from: string | null
  readonly to: string | null
  readonly limit: number
  readonly after: Place | null
}

const columns = `id, ledger_account_id, event_endpoint_id, event_id, seq, type, object, object_id,
  state, attempts, ${ms('next_attempt')} as next_ms, ${ms('created_date')} as created_ms,
  ${ms('finished_date')} as finished_ms`

/** Deliveries, newest first. */
export async function listDeliveries(db: Executor, query: LogQuery): Promise<LoggedDelivery[]> {
  const { scope, endpointIds, states, types, from, to, limit, after } = query
  if (scope.length === 0 || endpointIds.length === 0) return []
  // Each ledger account gives its own newest by index; then they are merged.
  const rows = await db.query<Row>(
    `select found.* from unnest($1::text[]) as k(account)
     cross join lateral (
       select ${columns}, created_date from event_delivery
       where ledger_account_id = k.account and event_endpoint_id = any($2::text[])
         and ($3::text[] is null or state = any($3::text[]))
         and ($4::text[] is null or type = any($4::text[]))
         and ($5::timestamptz is null or created_date >= $5::timestamptz)
         and ($6::timestamptz is null or created_date < $6::timestamptz)
         and ($7::timestamptz is null or (created_date, id) < ($7::timestamptz, $8))
       order by created_date desc, id desc limit $9
     ) as found order by found.created_date desc, found.id desc limit $9`,
    [
      [...scope],
      [...endpointIds],
      states,
      types,
      from,
      to,
      after?.value ?? null,
      after?.id ?? '',
      limit,
    ],
    { replan: true },
  )
  return rows.map(fromRow)
}

/** Attempts of a delivery that are shown, the newest ones. */
export const attempts_shown_max = 100

export interface LoggedAttempt extends Attempted {
  readonly attempt: number
}

/** One delivery with its attempts, oldest first; null where the caller may see none of that id. */
export async function findDelivery(
  db: Executor,
  { scope, endpointIds }: Pick<LogQuery, 'scope' | 'endpointIds'>,
  id: string,
): Promise<{ delivery: LoggedDelivery; attempts: LoggedAttempt[] } | null> {
  const [row] = await db.query<Row>(
    `select found.* from unnest($1::text[]) as k(account)
     cross join lateral (
       select ${columns} from event_delivery
       where ledger_account_id = k.account and id = $2 limit 1
     ) as found where found.event_endpoint_id = any($3::text[]) limit 1`,
    [[...scope], id, [...endpointIds]],
  )
  if (!row) return null
  const attempts = await db.query<LoggedAttempt>(
    `select attempt, ${ms('date')} as date_ms, duration_ms, status_code, error, answer
     from event_attempt where ledger_account_id = $1 and event_delivery_id = $2
     order by attempt desc limit ${attempts_shown_max}`,
    [row.ledger_account_id, id],
  )
  return { delivery: fromRow(row), attempts: attempts.reverse() }
}

/** Starts a new round of a delivery; one that waits for its next attempt is tried at once. */
export function replayDelivery(
  db: Database,
  { id, ledgerAccountId, endpointId, objectId }: LoggedDelivery,
  now_ms: number,
) {
  const lane = { ledgerAccountId, endpointId }
  return db.transaction(async (tx) => {
    await lockLane(tx, lane)
    // Another event of the object may have the turn; then this one waits for it.
    await tx.query(
      `update event_delivery set state = 'pending', tries = 0, finished_date = null,
         next_attempt = case when exists (
           select 1 from event_delivery other
           where other.ledger_account_id = $1 and other.event_endpoint_id = $3
             and other.object_id = $4 and other.state = 'pending' and other.id <> $2
             and other.next_attempt is not null
         ) then null else $5::timestamptz end
       where ledger_account_id = $1 and id = $2`,
      [ledgerAccountId, id, endpointId, objectId, moment(now_ms)],
    )
    await hurryLane(tx, lane, now_ms)
  })
}

interface Row {
  id: string
  ledger_account_id: string
  event_endpoint_id: string
  event_id: string
  seq: number
  type: string
  object: string
  object_id: string
  state: DeliveryState
  attempts: number
  next_ms: number | null
  created_ms: number
  finished_ms: number | null
}

function fromRow(row: Row): LoggedDelivery {
  return {
    id: row.id,
    ledgerAccountId: row.ledger_account_id,
    endpointId: row.event_endpoint_id,
    eventId: row.event_id,
    seq: row.seq,
    type: row.type,
    object: row.object,
    objectId: row.object_id,
    state: row.state,
    attempts: row.attempts,
    next_attempt: momentOrNull(row.next_ms),
    created_date: moment(row.created_ms),
    finished_date: momentOrNull(row.finished_ms),
  }
}
