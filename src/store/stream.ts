import type { StreamState } from '../model/stream_state.ts'
import type { Executor } from './database.ts'

/** Freshness of one stream of a connection, as served in its `streams`. */
export interface StreamFacts {
  readonly stream: string
  readonly state: StreamState
  readonly reason: string | null
  readonly retry_date: string | null
  readonly watermark: string | null
  readonly lag_seconds: number | null
  readonly stale: boolean
  readonly stale_after_seconds: number | null
  readonly last_success: string | null
  readonly last_full_verification: string | null
  readonly interval_seconds: number | null
  readonly next_run: string | null
  readonly next_verification: string | null
  readonly last_error: string | null
  readonly seen: number
  readonly changed: number
  readonly deleted: number
  readonly rejected: number
  readonly segments_open: number
  readonly segments_closed: number
}

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`

/** The streams of connections, by connection id. */
export async function streamsOf(
  db: Executor,
  connections: readonly { ledgerAccountId: string; id: string }[],
  now_ms: number,
): Promise<Map<string, StreamFacts[]>> {
  const rows = await db.query<StreamRow>(
    `select s.partner_account_connection_id as connection, s.stream, s.state, s.reason,
       s.last_error, s.watermark_ms, s.fresh_ms, s.stale_after_ms, s.interval_ms, s.reconcile_ms, s.seen, s.changed, s.deleted,
       ${ms('s.retry_date')} as retry_ms, ${ms('s.last_success')} as success_ms,
       ${ms('s.last_full_verification')} as verified_ms, ${ms('s.next_run')} as next_ms,
       (select count(*) from rejected r where r.ledger_account_id = s.ledger_account_id
         and r.partner_account_connection_id = s.partner_account_connection_id
         and r.stream = s.stream) as rejected,
       (select count(*) from segment g where g.ledger_account_id = s.ledger_account_id
         and g.partner_account_connection_id = s.partner_account_connection_id
         and g.stream = s.stream and not g.closed) as segments_open,
       (select count(*) from segment g where g.ledger_account_id = s.ledger_account_id
         and g.partner_account_connection_id = s.partner_account_connection_id
         and g.stream = s.stream and g.closed) as segments_closed
     from unnest($1::text[], $2::text[]) as k(account, connection)
     join stream s on s.ledger_account_id = k.account
       and s.partner_account_connection_id = k.connection
     order by s.partner_account_connection_id, s.stream`,
    [connections.map((c) => c.ledgerAccountId), connections.map((c) => c.id)],
  )
  const found = new Map<string, StreamFacts[]>()
  for (const row of rows) {
    found.set(row.connection, [...(found.get(row.connection) ?? []), factsOf(row, now_ms)])
  }
  return found
}

interface StreamRow {
  connection: string
  stream: string
  state: StreamState
  reason: string | null
  last_error: string | null
  watermark_ms: number | null
  fresh_ms: number | null
  stale_after_ms: number | null
  interval_ms: number | null
  reconcile_ms: number | null
  retry_ms: number | null
  success_ms: number | null
  verified_ms: number | null
  next_ms: number | null
  seen: number
  changed: number
  deleted: number
  rejected: number
  segments_open: number
  segments_closed: number
}

function factsOf(row: StreamRow, now_ms: number): StreamFacts {
  const known_ms = row.watermark_ms === null ? null : (row.fresh_ms ?? row.watermark_ms)
  const lag = known_ms === null ? null : Math.max(0, now_ms - known_ms)
  return {
    stream: row.stream,
    state: row.state,
    reason: row.reason,
    retry_date: date(row.retry_ms),
    watermark: date(row.watermark_ms),
    lag_seconds: seconds(lag),
    stale: lag !== null && row.stale_after_ms !== null && lag > row.stale_after_ms,
    stale_after_seconds: seconds(row.stale_after_ms),
    last_success: date(row.success_ms),
    last_full_verification: date(row.verified_ms),
    interval_seconds: seconds(row.interval_ms),
    next_run: date(row.next_ms),
    next_verification: date(row.reconcile_ms),
    last_error: row.last_error,
    seen: row.seen,
    changed: row.changed,
    deleted: row.deleted,
    rejected: row.rejected,
    segments_open: row.segments_open,
    segments_closed: row.segments_closed,
  }
}

function seconds(value: number | null): number | null {
  return value === null ? null : Math.round(value / 1000)
}

function date(value: number | null): string | null {
  return value === null ? null : new Date(value).toISOString()
}

/** Puts each connection's streams into its text. */
export function withStreams(text: string, streams: readonly StreamFacts[]): string {
  return text.replace('"streams":[]', () => `"streams":${JSON.stringify(streams)}`)
}
