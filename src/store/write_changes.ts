import type { Executor } from './database.ts'
import type { Decision } from './decide.ts'
import { TextArray } from './text_array.ts'

export interface ChangeWrite {
  readonly ledgerAccountId: string
  readonly changes: readonly Decision[]
  readonly head: number
  readonly now: string
}

/**
 * Writes history, changes and the feed's new head. The statements are sent at once, so that whatever
 * is sent afterwards finds them done.
 */
export function writeChanges(tx: Executor, write: ChangeWrite): Promise<unknown>[] {
  const { ledgerAccountId, changes, head, now } = write
  if (changes.length === 0) return []
  const superseding = changes
    .map((decision, i) => ({ decision, seq: head + 1 + i }))
    .filter(({ decision }) => decision.superseded !== null)
  const history = [
    ledgerAccountId,
    superseding.map(({ decision }) => decision.incoming.type.name),
    superseding.map(({ decision }) => decision.incoming.id),
    superseding.map(({ seq }) => seq),
    new TextArray(superseding.map(({ decision }) => decision.superseded)),
    now,
  ]
  return [
    ...(superseding.length > 0 ? [tx.query(insertHistory, history)] : []),
    tx.query(insertChanges, [
      ledgerAccountId,
      head,
      new TextArray(changes.map((d) => d.incoming.type.name)),
      new TextArray(changes.map((d) => d.incoming.id)),
      new TextArray(changes.map((d) => d.kind)),
      new TextArray(changes.map((d) => d.changed.join(','))),
      now,
    ]),
    tx.query('update feed set seq = $2, date = $3 where ledger_account_id = $1', [
      ledgerAccountId,
      head + changes.length,
      now,
    ]),
  ]
}

const insertHistory = `insert into history (ledger_account_id, object, id, seq, record, valid_to)
  select $1, h.object, h.id, h.seq, h.record, $6
  from unnest($2::text[], $3::text[], $4::bigint[], $5::text[]) as h(object, id, seq, record)`

const insertChanges = `insert into change (ledger_account_id, seq, object, id, kind, changed, date)
  select $1, $2::bigint + c.number, c.object, c.id, c.kind, string_to_array(c.changed, ','), $7
  from unnest($3::text[], $4::text[], $5::text[], $6::text[])
    with ordinality as c(object, id, kind, changed, number)`
