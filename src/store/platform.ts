import type { ObjectType } from '../model/object.ts'
import { eventsOfWrite } from './connection_event.ts'
import type { Executor } from './database.ts'
import type { ChangeKind } from './decide.ts'
import { writeChange } from './platform_change.ts'
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
  const events = await eventsOfWrite(tx, write)
  const { kind, changed } = write
  const id = String(record.id)
  await writeChange(tx, { ledgerAccountId, object: type.name, id, kind, changed, events, now_ms })
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
  return text
}

function valueAt(record: PlatformWrite['record'], path: readonly string[]): unknown {
  let value: unknown = record
  for (const part of path) value = (value as Record<string, unknown> | null)?.[part] ?? null
  return value
}
