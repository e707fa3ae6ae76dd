import type { Executor } from './database.ts'
import type { ChangeKind } from './decide.ts'

/** An entry of the feed that no save makes. */
export interface PlatformChange {
  readonly ledgerAccountId: string
  readonly object: string
  readonly id: string
  readonly kind: ChangeKind
  readonly changed: readonly string[]
  /** What the change means beyond its object's name. */
  readonly events: readonly string[]
  readonly now_ms: number
}

/** Adds an entry to a ledger account's feed. Gives its number. */
export async function writeChange(tx: Executor, change: PlatformChange): Promise<number> {
  const { ledgerAccountId, object, id, kind, changed, events, now_ms } = change
  const seq = await nextSeq(tx, ledgerAccountId, now_ms)
  await tx.query(
    `insert into change (ledger_account_id, seq, object, id, kind, changed, events, date)
     values ($1, $2, $3, $4, $5, $6::text[], $7::text[], $8)`,
    [
      ledgerAccountId,
      seq,
      object,
      id,
      kind,
      [...changed],
      events.length > 0 ? [...events] : null,
      new Date(now_ms).toISOString(),
    ],
  )
  return seq
}

async function nextSeq(tx: Executor, ledgerAccountId: string, now_ms: number): Promise<number> {
  const [row] = await tx.query<{ seq: number }>(
    `insert into feed (ledger_account_id, seq, date) values ($1, 1, $2)
     on conflict (ledger_account_id) do update set seq = feed.seq + 1, date = $2 returning seq`,
    [ledgerAccountId, new Date(now_ms).toISOString()],
  )
  return row?.seq ?? 0
}
