import { type StreamState, stateFault, stateRules } from '../model/stream_state.ts'
import type { Database, Executor } from './database.ts'
import { IntegrityViolation } from './save.ts'

/** Names one stream of one connection. */
export interface StreamKey {
  readonly ledgerAccountId: string
  readonly connectionId: string
  readonly stream: string
}

/** What a pass over a range is for. */
export type SegmentKind = 'backfill' | 'recent' | 'children' | 'events'

/** A range of a stream that is being read, and how far it has been read. */
export interface Segment extends StreamKey {
  readonly segment: number
  readonly kind: SegmentKind
  /** Milliseconds since 1970 as text, or ids of parents on `children`; null is open-ended. */
  readonly from: string | null
  readonly to: string | null
  readonly cursor: string | null
  readonly reached: string | null
  readonly pages: number
  readonly records: number
  readonly closed: boolean
}

/** Where a stream stands. */
export interface StreamRow {
  readonly stream: string
  readonly state: StreamState
  readonly watermark_ms: number | null
  readonly horizon_ms: number | null
  readonly run_started_ms: number | null
  readonly last_success: string | null
  readonly last_full_verification: string | null
  /** What the horizon of the last full pass was. */
  readonly verified_ms: number | null
  readonly next_ms: number | null
  readonly failures: number
  /** From when on it is to be read whole; null where nothing asks for it. */
  readonly reconcile_ms: number | null
  /** When the last complete full pass began. */
  readonly full_run_ms: number | null
  /** The watermark that a reading from the beginning took away. */
  readonly compare_ms: number | null
}

const keyIs = `ledger_account_id = $1 and partner_account_connection_id = $2 and stream = $3`

function keyOf({ ledgerAccountId, connectionId, stream }: StreamKey): string[] {
  return [ledgerAccountId, connectionId, stream]
}

/** The streams of a connection. */
export async function streamRows(
  db: Executor,
  { ledgerAccountId, connectionId }: Omit<StreamKey, 'stream'>,
): Promise<StreamRow[]> {
  return db.query<StreamRow>(
    `select stream, state, watermark_ms, horizon_ms, run_started_ms, verified_ms, failures,
       reconcile_ms, full_run_ms, compare_ms, (extract(epoch from next_run) * 1000)::bigint as next_ms,
       last_success::text as last_success, last_full_verification::text as last_full_verification
     from stream where ledger_account_id = $1 and partner_account_connection_id = $2`,
    [ledgerAccountId, connectionId],
  )
}

export interface NewRun {
  readonly key: StreamKey
  readonly segments: readonly Pick<Segment, 'kind' | 'from' | 'to'>[]
  /** What the watermark will be when every segment is closed. */
  readonly horizon_ms: number
  readonly now_ms: number
}

/** Opens a pass over a stream: its segments replace those of the pass before. */
export async function startRun(db: Database, { key, segments, horizon_ms, now_ms }: NewRun) {
  await db.transaction(async (tx) => {
    await tx.query(`delete from segment where ${keyIs}`, keyOf(key))
    await tx.query(`update stream set horizon_ms = $4, run_started_ms = $5 where ${keyIs}`, [
      ...keyOf(key),
      horizon_ms,
      now_ms,
    ])
    for (const [i, one] of segments.entries()) await insertSegment(tx, key, { ...one, segment: i })
  })
}

/** The partner knows less than the pass was meant to read: its watermark will be no later. */
export async function lowerHorizon(tx: Executor, key: StreamKey, until_ms: number) {
  await tx.query(`update stream set horizon_ms = $4 where ${keyIs} and horizon_ms > $4`, [
    ...keyOf(key),
    until_ms,
  ])
}

async function insertSegment(
  tx: Executor,
  key: StreamKey,
  one: Pick<Segment, 'segment' | 'kind' | 'from' | 'to'>,
) {
  await tx.query(
    `insert into segment (ledger_account_id, partner_account_connection_id, stream, segment, kind,
       range_from, range_to) values ($1, $2, $3, $4, $5, $6, $7)`,
    [...keyOf(key), one.segment, one.kind, one.from, one.to],
  )
}

/** Every segment of a stream's pass, open and closed. */
export async function segmentsOf(db: Executor, key: StreamKey): Promise<Segment[]> {
  const rows = await db.query<Omit<Segment, keyof StreamKey>>(
    `select segment, kind, range_from as "from", range_to as "to", cursor, reached, pages, records,
       closed
     from segment where ${keyIs} order by segment`,
    keyOf(key),
  )
  return rows.map((row) => ({ ...row, ...key }))
}

/**
 * Moves a segment's checkpoint. To be called in the transaction that saves the page. Throws
 * IntegrityViolation when another worker has moved it meanwhile, which undoes the page.
 */
export async function moveSegment(tx: Executor, before: Segment, after: Segment) {
  const moved = await tx.query(
    `update segment set cursor = $5, reached = $6, pages = $7, records = $8, closed = $9
     where ${keyIs} and segment = $4 and pages = $10 and not closed returning segment`,
    [
      ...keyOf(after),
      after.segment,
      after.cursor,
      after.reached,
      after.pages,
      after.records,
      after.closed,
      before.pages,
    ],
  )
  if (moved.length === 1) return
  throw new IntegrityViolation(
    `segment ${before.segment} of ${before.stream} is no longer at page ${before.pages}`,
  )
}

/** Gives the lower part of a segment's range to a new segment. Gives both. */
export async function splitSegment(
  db: Database,
  whole: Segment,
  { at, overlap }: { at: string; overlap: string },
): Promise<{ upper: Segment; lower: Segment }> {
  return db.transaction(async (tx) => {
    // Two segments may be split at the same moment: the second waits for the first one's number.
    await tx.query(`select stream from stream where ${keyIs} for update`, keyOf(whole))
    const [next] = await tx.query<{ segment: number }>(
      `select max(segment) + 1 as segment from segment where ${keyIs}`,
      keyOf(whole),
    )
    const changed = await tx.query(
      `update segment set range_from = $5
       where ${keyIs} and segment = $4 and pages = $6 and not closed returning segment`,
      [...keyOf(whole), whole.segment, at, whole.pages],
    )
    if (changed.length !== 1) throw new IntegrityViolation(`segment ${whole.segment} has moved`)
    const segment = next?.segment ?? 1
    await insertSegment(tx, whole, { segment, kind: whole.kind, from: whole.from, to: overlap })
    const fresh = { cursor: null, reached: null, pages: 0, records: 0, closed: false }
    return {
      upper: { ...whole, from: at },
      lower: { ...whole, ...fresh, segment, to: overlap },
    }
  })
}

export interface StreamCounts {
  readonly seen: number
  readonly changed: number
  readonly deleted: number
}

/** Adds to what a stream has read. To be called in the transaction that saves the page. */
export async function addCounts(tx: Executor, key: StreamKey, counts: StreamCounts) {
  await tx.query(
    `update stream set seen = seen + $4, changed = changed + $5, deleted = deleted + $6
     where ${keyIs}`,
    [...keyOf(key), counts.seen, counts.changed, counts.deleted],
  )
}

export interface StateChange {
  readonly key: StreamKey
  readonly state: StreamState
  readonly reason?: string | null
  readonly retry_ms?: number | null
}

/**
 * Sets the state of a stream. A reason that comes with a failure stays as its last error. Throws
 * IntegrityViolation where the state machine does not go that way.
 */
export async function setStreamState(db: Executor, change: StateChange) {
  const { key, state, reason = null, retry_ms = null } = change
  const fault = stateFault(state, { reason, retry_ms })
  if (fault !== null) throw new IntegrityViolation(`${key.stream}: ${fault}`)
  const retry_date = retry_ms === null ? null : new Date(retry_ms).toISOString()
  const rows = await db.query<{ moved: boolean }>(
    `update stream set reason = $5, retry_date = $6, last_error = coalesce($5, last_error),
       state = case when state = any($7::text[]) then $4 else state end
     where ${keyIs} returning state = $4 as moved`,
    [...keyOf(key), state, reason, retry_date, [...stateRules[state].after]],
  )
  if (rows.some(({ moved }) => !moved)) throw new IntegrityViolation(`${key.stream}: not ${state}`)
}

/** Keeps what went wrong in a reading that ends well all the same. */
export async function setLastError(db: Executor, key: StreamKey, error: string) {
  await db.query(`update stream set last_error = $4 where ${keyIs}`, [...keyOf(key), error])
}

/**
 * Closes a pass whose segments are all closed: the watermark moves to its horizon. Throws
 * IntegrityViolation where the stream was not being read.
 */
export async function completeRun(
  db: Executor,
  key: StreamKey,
  { full, now_ms }: { full: boolean; now_ms: number },
) {
  const now = new Date(now_ms).toISOString()
  const rows = await db.query<{ moved: boolean }>(
    `update stream set state = case when state = any($6::text[]) then 'complete' else state end,
       reason = null, retry_date = null,
       watermark_ms = greatest(watermark_ms, horizon_ms), last_success = $4,
       last_full_verification = case when $5 then $4 else last_full_verification end,
       verified_ms = case when $5 then horizon_ms else verified_ms end,
       full_run_ms = case when $5 then run_started_ms else full_run_ms end,
       compare_ms = case when $5 then null else compare_ms end
     where ${keyIs} and not exists (
       select 1 from segment g where g.ledger_account_id = $1
         and g.partner_account_connection_id = $2 and g.stream = $3 and not g.closed)
     returning state = 'complete' as moved`,
    [...keyOf(key), now, full, [...stateRules.complete.after]],
  )
  if (rows.some(({ moved }) => !moved)) throw new IntegrityViolation(`${key.stream}: not complete`)
  // What a full pass has not met again, or has read well, is no longer rejected.
  if (!full) return
  await db.query(
    `delete from rejected where ${keyIs} and date < (
       select to_timestamp(run_started_ms / 1000.0) from stream where ${keyIs}
         and state = 'complete')`,
    keyOf(key),
  )
}

/** Moves the watermarks of streams that an event log keeps true. */
export async function moveWatermarks(
  db: Executor,
  {
    key,
    streams,
    watermark_ms,
    now_ms,
  }: {
    key: Omit<StreamKey, 'stream'>
    streams: readonly string[]
    watermark_ms: number
    now_ms: number
  },
) {
  await db.query(
    `update stream set watermark_ms = greatest(watermark_ms, $4), last_success = $5
     where ledger_account_id = $1 and partner_account_connection_id = $2
       and stream = any($3::text[]) and watermark_ms is not null`,
    [
      key.ledgerAccountId,
      key.connectionId,
      [...streams],
      watermark_ms,
      new Date(now_ms).toISOString(),
    ],
  )
}

/** Sets where the reading of an event log begins, or that a stream is to be read anew (null). */
export async function resetWatermark(db: Executor, key: StreamKey, watermark_ms: number | null) {
  // Without a horizon no pass is unfinished, so the next one starts from the beginning.
  await db.query(
    `update stream set watermark_ms = $4, horizon_ms = null,
       compare_ms = case when $4::bigint is null then coalesce(watermark_ms, compare_ms) end
     where ${keyIs}`,
    [...keyOf(key), watermark_ms],
  )
  await db.query(`delete from segment where ${keyIs}`, keyOf(key))
}
