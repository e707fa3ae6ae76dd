import type { ConnectionToRead } from './connection.ts'
import type { Executor } from './database.ts'
import type { StreamKey } from './segment.ts'

type ConnectionKey = Omit<StreamKey, 'stream'>

const connectionIs = 'ledger_account_id = $1 and partner_account_connection_id = $2'

/** A connection with streams that are due. */
export interface DueConnection extends ConnectionToRead {
  /** How many connections of the same ledger account are due before it. */
  readonly turn: number
}

const readable = `c.status in ('Active', 'Lost Connection') and c."recordState" = 'ACTIVE'`
const isDue = `(s.next_run is null or s.next_run <= $1)`

/**
 * Connections that are due, at most `limit` of each partner: the first of every ledger account, then
 * the second of every one. So neither many connections of one business nor those of one slow
 * partner keep others from being found.
 */
export async function dueConnections(
  db: Executor,
  { now_ms, limit }: { now_ms: number; limit: number },
): Promise<DueConnection[]> {
  return db.query<DueConnection>(
    `select ledger_account_id as "ledgerAccountId", id, "partnerSource", turn
     from (
       select *, row_number() over (partition by "partnerSource" order by turn, due, id) as place
       from (
         select s.ledger_account_id, c.id, c."partnerSource",
           min(coalesce(s.next_run, '-infinity')) as due,
           row_number() over (partition by s.ledger_account_id
             order by min(coalesce(s.next_run, '-infinity')), c.id) - 1 as turn
         from stream s
         join partner_account_connection c on c.ledger_account_id = s.ledger_account_id
           and c.id = s.partner_account_connection_id
         where ${isDue} and ${readable}
         group by s.ledger_account_id, c.id, c."partnerSource"
       ) as due
     ) as placed
     where place <= $2 order by turn, due, id`,
    [new Date(now_ms).toISOString(), limit],
    { replan: true },
  )
}

interface Reading extends Pick<ConnectionToRead, 'ledgerAccountId' | 'partnerSource'> {
  readonly now_ms: number
}

/** Whether another ledger account has a connection to the same partner that waits for its turn. */
export async function othersAreDue(
  db: Executor,
  { ledgerAccountId, partnerSource, now_ms }: Reading,
): Promise<boolean> {
  const rows = await db.query(
    `select 1 from stream s
     join partner_account_connection c on c.ledger_account_id = s.ledger_account_id
       and c.id = s.partner_account_connection_id
     where s.ledger_account_id <> $2 and c."partnerSource" = $3 and ${isDue} and s.state <> 'fetching' and ${readable} limit 1`,
    [new Date(now_ms).toISOString(), ledgerAccountId, partnerSource],
    { replan: true },
  )
  return rows.length > 0
}

/** When a stream is read again where nothing was set for it, in milliseconds. */
export interface Pace {
  /** What the partner advises for the stream; null where it advises nothing. */
  readonly own_ms: number | null
  /** What holds for every connection without a setting. */
  readonly standard_ms: number
}

// What was set for the stream goes before all; a connection is never read more often than a
// partner advises, but may be read less often.
const interval = (own: string, standard: string) => `coalesce(every_ms, greatest(${own}, coalesce(
  (select c.every_ms from partner_account_connection c
   where c.ledger_account_id = stream.ledger_account_id
     and c.id = stream.partner_account_connection_id), ${standard})))`

export interface NextRun {
  readonly key: ConnectionKey
  readonly streams: readonly string[]
  readonly pace: Pace
  /** When the run began that ended well, and its own watermark by our clock. */
  readonly began_ms: number
  readonly fresh_ms: number | null
  readonly now_ms: number
  /** Intervals that a stream may miss before it is stale, beside the partner's own delay. */
  readonly stale_after: { readonly intervals: number; readonly delay_ms: number }
}

/** Notes of streams that ended well when they are read next. */
export async function setNextRun(db: Executor, next: NextRun) {
  const { key, pace, stale_after } = next
  const every = interval('$5::bigint', '$6::bigint')
  await db.query(
    `update stream set failures = 0, own_ms = $5, standard_ms = $6, interval_ms = ${every},
       next_run = to_timestamp(
         greatest(least($4::bigint + ${every}, reconcile_ms), $7::bigint) / 1000.0),
       fresh_ms = greatest(fresh_ms, $8::bigint),
       stale_after_ms = $9::bigint * ${every} + $10::bigint
     where ${connectionIs} and stream = any($3::text[]) and watermark_ms is not null`,
    [
      key.ledgerAccountId,
      key.connectionId,
      [...next.streams],
      next.began_ms,
      pace.own_ms,
      pace.standard_ms,
      next.now_ms,
      next.fresh_ms,
      stale_after.intervals,
      stale_after.delay_ms,
    ],
  )
}

/** Notes of streams that did not end well when they are tried again; counts their failures. */
export async function setRetry(
  db: Executor,
  { key, streams, at_ms }: { key: ConnectionKey; streams: readonly string[]; at_ms: number },
) {
  await db.query(
    `update stream set failures = failures + 1, next_run = $4
     where ${connectionIs} and stream = any($3::text[])`,
    [key.ledgerAccountId, key.connectionId, [...streams], new Date(at_ms).toISOString()],
  )
}

/** Lets streams be due from a moment on, and no later than they were; all without names. */
export async function setDue(
  db: Executor,
  { key, streams, at_ms }: { key: ConnectionKey; streams?: readonly string[]; at_ms: number },
) {
  await db.query(
    `update stream set next_run = least(next_run, $4)
     where ${connectionIs} and ($3::text[] is null or stream = any($3))`,
    [
      key.ledgerAccountId,
      key.connectionId,
      streams ? [...streams] : null,
      new Date(at_ms).toISOString(),
    ],
  )
}

/** Puts what a run had not read when it gave way behind all that is due now. */
export async function giveWay(db: Executor, key: ConnectionKey, now_ms: number, reason: string) {
  await db.query(
    `update stream set next_run = $3,
       reason = case when state = 'fetching' then $4 else reason end,
       state = case when state = 'fetching' then 'queued' else state end
     where ${connectionIs} and (state = 'fetching' or next_run is null or next_run <= $3)`,
    [key.ledgerAccountId, key.connectionId, new Date(now_ms).toISOString(), reason],
  )
}

/** Says from when on streams are to be read whole, and lets them be due by then. */
export async function setReconcile(
  db: Executor,
  { key, streams, at_ms }: { key: ConnectionKey; streams: readonly string[]; at_ms: number | null },
) {
  await db.query(
    `update stream set reconcile_ms = $4::bigint,
       next_run = least(next_run, to_timestamp($4::bigint / 1000.0))
     where ${connectionIs} and stream = any($3::text[])`,
    [key.ledgerAccountId, key.connectionId, [...streams], at_ms],
  )
}

/** What was set for a connection; null where the defaults hold. */
export interface ConnectionSettings {
  readonly every_ms: number | null
  /** 0 is never. */
  readonly reconcile_every_ms: number | null
  readonly per_second: number | null
}

export interface StreamSettings {
  readonly stream: string
  readonly every_ms: number | null
  readonly interval_ms: number | null
  readonly next_ms: number | null
  readonly reconcile_ms: number | null
}

export interface Schedule extends ConnectionSettings {
  readonly streams: readonly StreamSettings[]
}

/** What was set for a connection and its streams; null where there is no such connection. */
export async function scheduleOf(db: Executor, key: ConnectionKey): Promise<Schedule | null> {
  const [settings] = await db.query<ConnectionSettings>(
    `select every_ms, reconcile_every_ms, per_second from partner_account_connection
     where ledger_account_id = $1 and id = $2`,
    [key.ledgerAccountId, key.connectionId],
  )
  if (!settings) return null
  const streams = await db.query<StreamSettings>(
    `select stream, every_ms, interval_ms, (extract(epoch from next_run) * 1000)::bigint as next_ms,
       reconcile_ms
     from stream where ${connectionIs} order by stream`,
    [key.ledgerAccountId, key.connectionId],
  )
  return { ...settings, streams }
}

export interface ScheduleChange {
  readonly key: ConnectionKey
  readonly settings: ConnectionSettings
  /** Of the streams that are named, what is set for each; null takes a setting away. */
  readonly streams: { readonly [stream: string]: number | null }
}

/** Sets a connection's schedule: what ended well is read by it from its last run on. */
export async function setSchedule(tx: Executor, { key, settings, streams }: ScheduleChange) {
  const of = [key.ledgerAccountId, key.connectionId]
  await tx.query(
    `update partner_account_connection set every_ms = $3, reconcile_every_ms = $4, per_second = $5
     where ledger_account_id = $1 and id = $2`,
    [...of, settings.every_ms, settings.reconcile_every_ms, settings.per_second],
  )
  await tx.query(
    `update stream set every_ms = k.every_ms
     from unnest($3::text[], $4::bigint[]) as k(name, every_ms)
     where ${connectionIs} and stream = k.name`,
    [...of, Object.keys(streams), Object.values(streams)],
  )
  const every = interval('own_ms', 'standard_ms')
  await tx.query(
    `update stream set interval_ms = ${every},
       stale_after_ms = stale_after_ms * ${every} / interval_ms,
       next_run = next_run + (${every} - interval_ms) * interval '1 millisecond'
     where ${connectionIs} and interval_ms is not null and failures = 0
       and ${every} is distinct from interval_ms`,
    of,
  )
}
