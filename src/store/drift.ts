import type { Executor } from './database.ts'
import type { StreamKey } from './segment.ts'
import { TextArray } from './text_array.ts'

/** What a reading of the whole found: not there, not as the partner says, or not at the partner. */
export const driftKinds = ['missing', 'stale', 'extra'] as const
export type DriftKind = (typeof driftKinds)[number]

/** A record that was not as the partner says. */
export interface DriftRecord {
  readonly kind: DriftKind
  readonly object: string
  readonly id: string
  readonly partnerRecordId: string
  /** False where a change that went on meanwhile would explain it. */
  readonly certain: boolean
}

/** One reading of a whole stream, compared with what was stored. */
export interface DriftKey extends StreamKey {
  /** When the pass began. */
  readonly pass_ms: number
}

/** Records of a pass that are listed; those beyond are counted. */
export const drift_records_max = 1000
/** Reports that are kept of each stream. */
export const drift_passes_max = 30

const keyIs = `ledger_account_id = $1 and partner_account_connection_id = $2 and stream = $3`
const passIs = `${keyIs} and pass_ms = $4`

function keyOf({ ledgerAccountId, connectionId, stream, pass_ms }: DriftKey) {
  return [ledgerAccountId, connectionId, stream, pass_ms]
}

/**
 * Begins the report of a pass, or finds it again. `base_ms` is up to when the stream had been read
 * before: what is older should have been known. Gives the one that was noted first.
 */
export async function openDrift(
  db: Executor,
  key: DriftKey,
  base_ms: number,
): Promise<number | null> {
  await db.query(
    `insert into drift (ledger_account_id, partner_account_connection_id, stream, pass_ms, base_ms)
     values ($1, $2, $3, $4, $5)
     on conflict (ledger_account_id, partner_account_connection_id, stream, pass_ms) do nothing`,
    [...keyOf(key), base_ms],
  )
  const [row] = await db.query<{ base_ms: number | null }>(
    `select base_ms from drift where ${passIs}`,
    keyOf(key),
  )
  return row?.base_ms ?? null
}

/** Adds to a report. To be called in the transaction that saves, and so repairs, the records. */
export async function addDrift(
  tx: Executor,
  key: DriftKey,
  { records, compared }: { records: readonly DriftRecord[]; compared: number },
) {
  const count = (kind: DriftKind) => records.filter((one) => one.kind === kind).length
  await tx.query(
    `update drift set compared = compared + $5, missing = missing + $6, stale = stale + $7,
       extra = extra + $8 where ${passIs}`,
    [...keyOf(key), compared, ...driftKinds.map(count)],
  )
  if (records.length === 0) return
  await tx.query(
    `insert into drift_record (ledger_account_id, partner_account_connection_id, stream, pass_ms,
       object, id, partner_record_id, kind, certain)
     select $1, $2, $3, $4, r.* from unnest($5::text[], $6::text[], $7::text[], $8::text[],
       $9::boolean[]) as r(object, id, partner_record_id, kind, certain)
     where (select count(*) from drift_record where ${passIs}) < ${drift_records_max}
     on conflict (ledger_account_id, partner_account_connection_id, stream, pass_ms, object, id)
     do nothing`,
    [
      ...keyOf(key),
      records.map((one) => one.object),
      records.map((one) => one.id),
      new TextArray(records.map((one) => one.partnerRecordId)),
      records.map((one) => one.kind),
      records.map((one) => one.certain),
    ],
  )
}

/** Reports of a connection that are not closed yet. */
export async function openPasses(
  db: Executor,
  { ledgerAccountId, connectionId }: Omit<StreamKey, 'stream'>,
): Promise<(DriftKey & { readonly base_ms: number | null })[]> {
  const rows = await db.query<{ stream: string; pass_ms: number; base_ms: number | null }>(
    `select stream, pass_ms, base_ms from drift where ledger_account_id = $1
       and partner_account_connection_id = $2 and ended_ms is null order by stream, pass_ms`,
    [ledgerAccountId, connectionId],
  )
  return rows.map((row) => ({ ledgerAccountId, connectionId, ...row }))
}

/**
 * Takes records out of a report that changed while the pass went on, by the incremental reading's
 * own account. To be called in the transaction that saves them.
 */
export async function excuse(tx: Executor, key: DriftKey, ids: readonly string[]) {
  if (ids.length === 0) return
  const excused = await tx.query<{ kind: DriftKind }>(
    `delete from drift_record where ${passIs} and not certain and id = any($5::text[])
     returning kind`,
    [...keyOf(key), [...ids]],
  )
  if (excused.length === 0) return
  const count = (kind: DriftKind) => excused.filter((one) => one.kind === kind).length
  await tx.query(
    `update drift set missing = missing - $5, stale = stale - $6, extra = extra - $7
     where ${passIs}`,
    [...keyOf(key), ...driftKinds.map(count)],
  )
}

/** Ends a report, and forgets the stream's oldest ones. */
export async function closeDrift(db: Executor, key: DriftKey, now_ms: number) {
  await db.query(`update drift set ended_ms = $5 where ${passIs}`, [...keyOf(key), now_ms])
  const [{ ledgerAccountId, connectionId, stream }] = [key]
  const [oldest] = await db.query<{ pass_ms: number }>(
    `select pass_ms from drift where ${keyIs} order by pass_ms desc
     offset ${drift_passes_max - 1} limit 1`,
    [ledgerAccountId, connectionId, stream],
  )
  if (!oldest) return
  for (const table of ['drift_record', 'drift']) {
    await db.query(`delete from ${table} where ${keyIs} and pass_ms < $4`, [
      ledgerAccountId,
      connectionId,
      stream,
      oldest.pass_ms,
    ])
  }
}
