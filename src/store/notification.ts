import type { Executor } from './database.ts'
import { TextArray } from './text_array.ts'

/** Names a connection, as every statement here needs it. */
export interface OfConnection {
  readonly ledgerAccountId: string
  readonly connectionId: string
}

/** A notification on its way into the table; `eventId` tells it from all others of its connection. */
export interface Arrived {
  readonly connectionId: string
  readonly eventId: string
  /** The event as JSON. */
  readonly payload: string
}

/** A notification that waits to be processed. */
export interface Waiting {
  readonly eventId: string
  readonly payload: string
  /** How often it was tried before. */
  readonly attempts: number
  readonly received_ms: number
}

const keyIs = 'ledger_account_id = $1 and partner_account_connection_id = $2'

/** Stores what arrived for one ledger account. Gives those that were not known yet. */
export async function addNotifications(
  db: Executor,
  { ledgerAccountId, now_ms }: { ledgerAccountId: string; now_ms: number },
  arrived: readonly Arrived[],
): Promise<Pick<Arrived, 'connectionId' | 'eventId'>[]> {
  return db.query(
    // In order, so that two processes that store the same ones do not wait for each other.
    `insert into notification
       (ledger_account_id, partner_account_connection_id, event_id, payload, received_date, due_date)
     select $1, n.connection, n.event, n.payload, $5, $5
     from unnest($2::text[], $3::text[], $4::text[]) as n(connection, event, payload)
     order by n.connection, n.event
     on conflict (ledger_account_id, partner_account_connection_id, event_id) do nothing
     returning partner_account_connection_id as "connectionId", event_id as "eventId"`,
    [
      ledgerAccountId,
      new TextArray(arrived.map((one) => one.connectionId)),
      new TextArray(arrived.map((one) => one.eventId)),
      new TextArray(arrived.map((one) => one.payload)),
      new Date(now_ms).toISOString(),
    ],
  )
}

/** How many notifications of a connection wait, counted up to a limit. */
export async function waitingCount(
  db: Executor,
  { ledgerAccountId, connectionId }: OfConnection,
  limit: number,
): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*) from (
       select 1 from notification where ${keyIs} and due_date is not null limit $3) as waiting`,
    [ledgerAccountId, connectionId, limit],
  )
  return row?.count ?? 0
}

/** Notifications of a connection that are due, the ones that waited longest first. */
export async function dueNotifications(
  db: Executor,
  {
    ledgerAccountId,
    connectionId,
    now_ms,
    limit,
  }: OfConnection & { now_ms: number; limit: number },
): Promise<Waiting[]> {
  return db.query<Waiting>(
    `select event_id as "eventId", payload, attempts,
       (extract(epoch from received_date) * 1000)::bigint as received_ms
     from notification
     where ${keyIs} and due_date <= $3 and payload is not null
     order by due_date, event_id limit $4`,
    [ledgerAccountId, connectionId, new Date(now_ms).toISOString(), limit],
  )
}

/** Connections that have something due, for whoever puts them into the queue. */
export async function connectionsDue(
  db: Executor,
  { now_ms, limit }: { now_ms: number; limit: number },
): Promise<OfConnection[]> {
  return db.query<OfConnection>(
    `select ledger_account_id as "ledgerAccountId", partner_account_connection_id as "connectionId"
     from notification where due_date <= $1
     group by ledger_account_id, partner_account_connection_id
     order by min(due_date) limit $2`,
    [new Date(now_ms).toISOString(), limit],
  )
}

/** What became of a notification. */
export interface Ended {
  readonly eventId: string
  /** Why nothing was read, in words; null where all went well. */
  readonly reason: string | null
}

/**
 * Marks notifications as processed, and forgets what they said. To be called in the transaction
 * that saves what was read for them.
 */
export async function endNotifications(
  tx: Executor,
  { ledgerAccountId, connectionId, now_ms }: OfConnection & { now_ms: number },
  ended: readonly Ended[],
) {
  if (ended.length === 0) return
  await tx.query(
    `update notification as n
     set payload = null, due_date = null, processed_date = $3, reason = e.reason,
       attempts = attempts + 1
     from unnest($4::text[], $5::text[]) as e(id, reason)
     where n.ledger_account_id = $1 and n.partner_account_connection_id = $2 and n.event_id = e.id
       and n.due_date is not null`,
    [
      ledgerAccountId,
      connectionId,
      new Date(now_ms).toISOString(),
      ended.map(({ eventId }) => eventId),
      ended.map(({ reason }) => reason),
    ],
  )
}

/** A notification that is to be tried again. */
export interface Postponed {
  readonly eventId: string
  readonly due_ms: number
  readonly reason: string
}

/** Puts notifications off, each with the reason. */
export async function postponeNotifications(
  tx: Executor,
  { ledgerAccountId, connectionId }: OfConnection,
  postponed: readonly Postponed[],
) {
  if (postponed.length === 0) return
  await tx.query(
    `update notification as n
     set due_date = p.due, reason = p.reason, attempts = attempts + 1
     from unnest($3::text[], $4::timestamptz[], $5::text[]) as p(id, due, reason)
     where n.ledger_account_id = $1 and n.partner_account_connection_id = $2 and n.event_id = p.id
       and n.due_date is not null`,
    [
      ledgerAccountId,
      connectionId,
      postponed.map(({ eventId }) => eventId),
      postponed.map(({ due_ms }) => new Date(due_ms).toISOString()),
      postponed.map(({ reason }) => reason),
    ],
  )
}

/** Puts everything off that is due at a connection. */
export async function postponeAll(
  db: Executor,
  { ledgerAccountId, connectionId }: OfConnection,
  { now_ms, due_ms, reason }: { now_ms: number; due_ms: number; reason: string },
) {
  const [now, due] = [now_ms, due_ms].map((time) => new Date(time).toISOString())
  await db.query(
    `update notification set due_date = $4, reason = $5 where ${keyIs} and due_date <= $3`,
    [ledgerAccountId, connectionId, now, due, reason],
  )
}

/** Marks everything that waits at a connection as processed: nothing is to be read for it. */
export async function leaveNotifications(
  db: Executor,
  { ledgerAccountId, connectionId, now_ms }: OfConnection & { now_ms: number },
  reason: string,
) {
  await db.query(
    `update notification
     set payload = null, due_date = null, processed_date = $3, reason = $4
     where ${keyIs} and due_date is not null`,
    [ledgerAccountId, connectionId, new Date(now_ms).toISOString(), reason],
  )
}

const accounts_a_round = 1_000

/** Forgets what was processed before a moment. Gives whether there may be more. */
export async function forgetProcessed(db: Executor, before_ms: number): Promise<boolean> {
  const before = new Date(before_ms).toISOString()
  const accounts = await db.query<{ account: string }>(
    `select distinct ledger_account_id as account from notification where processed_date < $1
     limit ${accounts_a_round}`,
    [before],
  )
  for (const { account } of accounts) {
    await db.query(
      'delete from notification where ledger_account_id = $1 and processed_date < $2',
      [account, before],
    )
  }
  return accounts.length === accounts_a_round
}

/** How a connection's notifications stand, as its route tells it. */
export interface NotificationFacts {
  readonly waiting: number
  readonly oldest_waiting_date: string | null
  readonly last_received_date: string | null
  readonly last_reason: string | null
}

/** Counts what waits at a connection, and says why. */
export async function notificationFacts(
  db: Executor,
  { ledgerAccountId, connectionId }: OfConnection,
): Promise<NotificationFacts> {
  const [row] = await db.query<{
    waiting: number
    oldest_ms: number | null
    last_ms: number | null
    reason: string | null
  }>(
    `select count(*) filter (where due_date is not null) as waiting,
       (extract(epoch from min(received_date) filter (where due_date is not null)) * 1000)::bigint
         as oldest_ms,
       (extract(epoch from max(received_date)) * 1000)::bigint as last_ms,
       max(reason) filter (where due_date is not null) as reason
     from notification where ${keyIs}`,
    [ledgerAccountId, connectionId],
  )
  const date = (value: number | null | undefined) =>
    value === null || value === undefined ? null : new Date(value).toISOString()
  return {
    waiting: row?.waiting ?? 0,
    oldest_waiting_date: date(row?.oldest_ms),
    last_received_date: date(row?.last_ms),
    last_reason: row?.reason ?? null,
  }
}
