import type { Database, Executor } from './database.ts'
import { type LaneKey, lockLane } from './event_lane.ts'
import { moment, ms } from './moment.ts'
import { TextArray } from './text_array.ts'
import { together } from './together.ts'

export const deliveryStates = ['pending', 'delivered', 'failed'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** An event, as far as the feed tells it. */
export interface EventFacts {
  readonly eventId: string
  readonly seq: number
  /** Of several events of one change: which comes first. */
  readonly part: number
  readonly type: string
  readonly object: string
  readonly objectId: string
  readonly changed: readonly string[]
  readonly date_ms: number
}

/** An event on its way to an endpoint. */
export interface Outgoing extends EventFacts {
  readonly id: string
  readonly ledgerAccountId: string
  /** Attempts so far, those of earlier rounds included. */
  readonly attempts: number
  /** Attempts of this round, which the schedule counts. */
  readonly tries: number
}

const columns = `id, ledger_account_id as "ledgerAccountId", event_id as "eventId", seq, part, type,
  object, object_id as "objectId", changed, ${ms('date')} as date_ms, attempts, tries`

/**
 * Puts events on their way, those that were before too. The first of an object is due at once; what
 * comes behind another one of its object waits for it. To be called under the lane's lock.
 */
export async function putOnWay(
  tx: Executor,
  { ledgerAccountId, endpointId }: LaneKey,
  { events, now_ms }: { events: readonly (EventFacts & { id: string })[]; now_ms: number },
) {
  if (events.length === 0) return
  const ids = [...new Set(events.map(({ objectId }) => objectId))]
  const rows = await tx.query<{ object_id: string }>(
    `select distinct object_id from event_delivery
     where ledger_account_id = $1 and event_endpoint_id = $2 and state = 'pending'
       and object_id = any($3::text[])`,
    [ledgerAccountId, endpointId, ids],
  )
  const busy = new Set(rows.map((row) => row.object_id))
  const isDue = events.map(({ objectId }) => {
    if (busy.has(objectId)) return false
    busy.add(objectId)
    return true
  })
  await tx.query(insert_deliveries, [
    ledgerAccountId,
    endpointId,
    moment(now_ms),
    new TextArray(events.map(({ id }) => id)),
    new TextArray(events.map(({ eventId }) => eventId)),
    events.map(({ seq }) => seq),
    events.map(({ part }) => part),
    new TextArray(events.map(({ type }) => type)),
    new TextArray(events.map(({ object }) => object)),
    new TextArray(events.map(({ objectId }) => objectId)),
    new TextArray(events.map(({ changed }) => changed.join(','))),
    events.map(({ date_ms }) => moment(date_ms)),
    isDue,
  ])
}

const insert_deliveries = `insert into event_delivery (ledger_account_id, event_endpoint_id,
    created_date, state, id, event_id, seq, part, type, object, object_id, changed, date,
    next_attempt)
  select $1, $2, $3::timestamptz, 'pending', n.id, n.event_id, n.seq, n.part, n.type, n.object,
    n.object_id, string_to_array(n.changed, ','), n.date,
    case when n.is_due then $3::timestamptz end
  from unnest($4::text[], $5::text[], $6::bigint[], $7::integer[], $8::text[], $9::text[],
    $10::text[], $11::text[], $12::timestamptz[], $13::boolean[])
    as n(id, event_id, seq, part, type, object, object_id, changed, date, is_due)
  on conflict (ledger_account_id, id) do update set state = 'pending', tries = 0,
    next_attempt = excluded.next_attempt, finished_date = null
    where event_delivery.state <> 'pending'`

/** Deliveries of a lane that are due, the longest due first. */
export function dueDeliveries(
  db: Executor,
  { ledgerAccountId, endpointId }: LaneKey,
  { now_ms, limit }: { now_ms: number; limit: number },
): Promise<Outgoing[]> {
  return db.query<Outgoing>(
    `select ${columns} from event_delivery
     where ledger_account_id = $1 and event_endpoint_id = $2 and next_attempt <= $3
     order by next_attempt, seq, part limit $4`,
    [ledgerAccountId, endpointId, moment(now_ms), limit],
  )
}

/** What came of an attempt, as the log keeps it. */
export interface Attempted {
  readonly date_ms: number
  readonly duration_ms: number
  /** Null where no answer came. */
  readonly status_code: number | null
  /** Why it failed; null where it did not. */
  readonly error: string | null
  /** Beginning of the answer's body. */
  readonly answer: string | null
}

export interface AttemptEnd {
  readonly delivery: Outgoing
  readonly attempted: Attempted
  readonly state: DeliveryState
  /** When it is tried again; null where it is not. */
  readonly next_ms: number | null
  readonly now_ms: number
}

/**
 * Notes an attempt, and gives the next event of the object its turn when this one has ended. False
 * where somebody else has noted the same attempt already.
 */
export function endAttempt(db: Database, lane: LaneKey, end: AttemptEnd): Promise<boolean> {
  const { delivery, attempted, state, next_ms, now_ms } = end
  return db.transaction(async (tx) => {
    await lockLane(tx, lane)
    const noted = await tx.query(
      `update event_delivery set state = $4, attempts = attempts + 1, tries = tries + 1,
         next_attempt = $5, finished_date = $6
       where ledger_account_id = $1 and id = $2 and attempts = $3 and state = 'pending'
       returning id`,
      [
        delivery.ledgerAccountId,
        delivery.id,
        delivery.attempts,
        state,
        next_ms === null ? null : moment(next_ms),
        state === 'pending' ? null : moment(now_ms),
      ],
    )
    if (noted.length === 0) return false
    await together([
      insertAttempt(tx, delivery, attempted),
      ...(state === 'pending' ? [] : [giveTurn(tx, lane, { ...delivery, now_ms })]),
    ])
    return true
  })
}

async function insertAttempt(tx: Executor, delivery: Outgoing, attempted: Attempted) {
  await tx.query(
    `insert into event_attempt (ledger_account_id, event_delivery_id, attempt, date, duration_ms,
       status_code, error, answer) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      delivery.ledgerAccountId,
      delivery.id,
      delivery.attempts + 1,
      moment(attempted.date_ms),
      attempted.duration_ms,
      attempted.status_code,
      attempted.error,
      attempted.answer,
    ],
  )
}

/** Makes the earliest event of an object due that is still on its way. */
async function giveTurn(
  tx: Executor,
  { ledgerAccountId, endpointId }: LaneKey,
  { objectId, now_ms }: { objectId: string; now_ms: number },
) {
  const [next] = await tx.query<{ id: string }>(
    `select id from event_delivery where ledger_account_id = $1 and event_endpoint_id = $2
       and object_id = $3 and state = 'pending' order by seq, part limit 1`,
    [ledgerAccountId, endpointId, objectId],
  )
  if (!next) return
  await tx.query(
    `update event_delivery set next_attempt = coalesce(next_attempt, $3)
     where ledger_account_id = $1 and id = $2`,
    [ledgerAccountId, next.id, moment(now_ms)],
  )
}
