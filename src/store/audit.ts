import { randomBytes } from 'node:crypto'
import type { Mode } from './api_key.ts'
import type { Executor } from './database.ts'

/** What was changed, by whom. It holds ids and words of ours only, never what a request held. */
export interface AuditEntry {
  readonly id: string
  readonly date: string
  readonly institutionId: string
  /** Of the key or of what was changed; null for what belongs to no mode. */
  readonly mode: Mode | null
  readonly via: 'api' | 'cli'
  readonly keyId: string | null
  /** The key's last characters. */
  readonly keyHint: string | null
  readonly operation: string
  readonly object: string | null
  readonly objectId: string | null
  readonly ledgerAccountId: string | null
  readonly requestId: string | null
  /** HTTP status of the answer; null where there was no request. */
  readonly status: number | null
  /** Code of the refusal; null where it was done. */
  readonly code: string | null
}

export type NewAuditEntry = Omit<AuditEntry, 'id' | 'date'> & { readonly now_ms: number }

/** Keeps an entry; in the transaction of the change where it has one. */
export async function addAuditEntry(tx: Executor, { now_ms, ...entry }: NewAuditEntry) {
  await tx.query(
    `insert into audit_entry (institution_id, id, date, mode, via, key_id, key_hint, operation,
       object, object_id, ledger_account_id, request_id, status, code)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      entry.institutionId,
      `${prefixAt(now_ms)}${randomBytes(random_bytes).toString('hex')}`,
      new Date(now_ms).toISOString(),
      entry.mode,
      entry.via,
      entry.keyId,
      entry.keyHint,
      entry.operation,
      entry.object,
      entry.objectId,
      entry.ledgerAccountId,
      entry.requestId,
      entry.status,
      entry.code,
    ],
  )
}

export const audit_prefix = 'aud_'
const random_bytes = 8
const moment_digits = 12

/** What ids of a moment begin with: its milliseconds, so that they can be compared as text. */
function prefixAt(ms: number): string {
  const digits = Math.max(0, Math.ceil(ms)).toString(16)
  return audit_prefix + digits.padStart(moment_digits, '0')
}

export interface AuditQuery {
  readonly institutionId: string
  readonly mode: Mode
  /** Only of these; all by default. */
  readonly ledgerAccountIds: readonly string[] | null
  readonly keyId: string | null
  readonly operation: string | null
  /** Milliseconds since 1970; from the first to before the second. */
  readonly from_ms: number | null
  readonly to_ms: number | null
  /** Id of the last entry of the page before. */
  readonly after: string | null
  readonly limit: number
}

/** Entries of an institution, newest first. */
export async function auditEntries(db: Executor, query: AuditQuery): Promise<AuditEntry[]> {
  const { institutionId, mode, ledgerAccountIds, keyId, operation, from_ms, to_ms } = query
  const rows = await db.query<AuditRow>(
    `select *, (extract(epoch from date) * 1000)::bigint as ms from audit_entry
     where institution_id = $1 and (mode is null or mode = $2)
       and ($3::text[] is null or ledger_account_id = any($3))
       and ($4::text is null or key_id = $4) and ($5::text is null or operation = $5)
       and ($6::text is null or id >= $6) and ($7::text is null or id < $7)
       and ($8::text is null or id < $8)
     order by id desc limit $9`,
    [
      ...[institutionId, mode, ledgerAccountIds && [...ledgerAccountIds], keyId, operation],
      ...[from_ms, to_ms].map((ms) => (ms === null ? null : prefixAt(ms))),
      ...[query.after, query.limit],
    ],
    { replan: true },
  )
  return rows.map(fromRow)
}

interface AuditRow {
  readonly id: string
  readonly ms: number
  readonly institution_id: string
  readonly mode: Mode | null
  readonly via: 'api' | 'cli'
  readonly key_id: string | null
  readonly key_hint: string | null
  readonly operation: string
  readonly object: string | null
  readonly object_id: string | null
  readonly ledger_account_id: string | null
  readonly request_id: string | null
  readonly status: number | null
  readonly code: string | null
}

function fromRow(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    date: new Date(row.ms).toISOString(),
    institutionId: row.institution_id,
    mode: row.mode,
    via: row.via,
    keyId: row.key_id,
    keyHint: row.key_hint,
    operation: row.operation,
    object: row.object,
    objectId: row.object_id,
    ledgerAccountId: row.ledger_account_id,
    requestId: row.request_id,
    status: row.status,
    code: row.code,
  }
}
