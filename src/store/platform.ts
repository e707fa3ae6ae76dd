import type { ObjectType } from '../model/object.ts'
import type { Executor } from './database.ts'
import type { ChangeKind } from './decide.ts'
import { columnsOf, quoted } from './table.ts'

/** A record that the platform itself keeps, and the extra columns that its table has. */
export interface PlatformWrite {
  readonly type: ObjectType
  readonly ledgerAccountId: string
  readonly record: { readonly [attribute: string]: unknown }
  readonly extra: { readonly [column: string]: unknown }
  readonly kind: ChangeKind
  readonly changed: readonly string[]
  readonly now_ms: number
}

/** Writes a ledger account or connection with its entry in the change feed. Gives its text. */
export async function writePlatformRecord(tx: Executor, write: PlatformWrite): Promise<string> {
  const { type, ledgerAccountId, record, now_ms } = write
  const text = JSON.stringify(record)
  const columns = columnsOf(type)
  const names = ['ledger_account_id', 'id', 'record', ...columns.map((c) => quoted(c.name))]
  const values = [ledgerAccountId, record.id, text, ...columns.map((c) => valueAt(record, c.path))]
  for (const [name, value] of Object.entries(write.extra)) {
    names.push(name)
    values.push(value)
  }
  const seq = await nextSeq(tx, ledgerAccountId, now_ms)
  await tx.query(
    `insert into ${quoted(type.name)} (${names.join(', ')})
     values (${names.map((_, i) => `$${i + 1}`).join(', ')})
     on conflict (ledger_account_id, id) do update set
     ${names
       .slice(2)
       .map((name) => `${name} = excluded.${name}`)
       .join(', ')}`,
    values,
  )
  await tx.query(
    `insert into change (ledger_account_id, seq, object, id, kind, changed, date)
     values ($1, $2, $3, $4, $5, $6::text[], $7)`,
    [
      ledgerAccountId,
      seq,
      type.name,
      record.id,
      write.kind,
      [...write.changed],
      new Date(now_ms).toISOString(),
    ],
  )
  return text
}

function valueAt(record: PlatformWrite['record'], path: readonly string[]): unknown {
  let value: unknown = record
  for (const part of path) value = (value as Record<string, unknown> | null)?.[part] ?? null
  return value
}

async function nextSeq(tx: Executor, ledgerAccountId: string, now_ms: number): Promise<number> {
  const [row] = await tx.query<{ seq: number }>(
    `insert into feed (ledger_account_id, seq, date) values ($1, 1, $2)
     on conflict (ledger_account_id) do update set seq = feed.seq + 1, date = $2 returning seq`,
    [ledgerAccountId, new Date(now_ms).toISOString()],
  )
  return row?.seq ?? 0
}
