import type { Executor } from './database.ts'
import type { DriftKind } from './drift.ts'

/** A report as served. */
export interface DriftReport {
  readonly stream: string
  /** When the pass began and ended, milliseconds since 1970; null while it goes on. */
  readonly pass_ms: number
  readonly ended_ms: number | null
  readonly compared: number
  readonly missing: number
  readonly stale: number
  readonly extra: number
  readonly records: readonly ListedRecord[]
}

export interface ListedRecord {
  readonly kind: DriftKind
  readonly object: string
  readonly id: string
  readonly partnerRecordId: string
}

export const drift_limit_max = 100
/** Records that are shown of each report. */
export const drift_shown_max = 100

export interface DriftQuery {
  readonly ledgerAccountId: string
  readonly connectionId: string
  readonly streams: readonly string[] | null
  /** Passes that began before this one; from the newest without it. */
  readonly before: { readonly pass_ms: number; readonly stream: string } | null
  readonly limit: number
}

/** Reports of a connection, newest pass first. */
export async function listDrift(db: Executor, query: DriftQuery): Promise<DriftReport[]> {
  const { ledgerAccountId, connectionId, streams, before, limit } = query
  const of = [ledgerAccountId, connectionId]
  const reports = await db.query<Omit<DriftReport, 'records'>>(
    `select stream, pass_ms, ended_ms, compared, missing, stale, extra from drift
     where ledger_account_id = $1 and partner_account_connection_id = $2
       and ($3::text[] is null or stream = any($3))
       and ($4::bigint is null or (pass_ms, stream) < ($4, $5))
     order by pass_ms desc, stream desc limit $6`,
    [...of, streams ? [...streams] : null, before?.pass_ms ?? null, before?.stream ?? '', limit],
  )
  const shown = await db.query<ListedRecord & { stream: string; pass_ms: number }>(
    `select k.stream, k.pass_ms, r.kind, r.object, r.id, r.partner_record_id as "partnerRecordId"
     from unnest($3::text[], $4::bigint[]) as k(stream, pass_ms)
     cross join lateral (
       select kind, object, id, partner_record_id from drift_record d
       where d.ledger_account_id = $1 and d.partner_account_connection_id = $2
         and d.stream = k.stream and d.pass_ms = k.pass_ms
       order by object, id limit ${drift_shown_max}) as r`,
    [...of, reports.map((one) => one.stream), reports.map((one) => one.pass_ms)],
  )
  return reports.map((report) => ({
    ...report,
    records: shown
      .filter(({ stream, pass_ms }) => stream === report.stream && pass_ms === report.pass_ms)
      .map(({ kind, object, id, partnerRecordId }) => ({ kind, object, id, partnerRecordId })),
  }))
}
