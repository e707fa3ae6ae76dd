import type { Executor } from './database.ts'

/** The newest change of ledger accounts, by their ids. */
export type Heads = ReadonlyMap<string, number>

/** Widest scope in which a record that moves while it is paged over is still met exactly once. */
export const heads_max = 50

/** Starts the one row that carries the heads; a record's text starts with a brace. */
export const heads_mark = '#'

/** The newest change of each ledger account. */
export async function headsOf(db: Executor, scope: readonly string[]): Promise<Heads> {
  const rows = await db.query<{ ledger_account_id: string; seq: number }>(
    'select ledger_account_id, seq from feed where ledger_account_id = any($1::text[])',
    [scope],
    { quick: scope.length === 1 },
  )
  return new Map(rows.map((row) => [row.ledger_account_id, row.seq]))
}

/** The heads of several ledger accounts, in one row. */
export const headsSql = `(select '${heads_mark}' || coalesce(string_agg(ledger_account_id || ' ' || seq, ','), '') as record
  from feed where ledger_account_id = any($1::text[]))`

/** A text without an id stands in one row, so that a list costs one statement. */
export function headsIn(
  { scope, since }: { scope: readonly string[]; since?: Heads | null },
  rows: readonly { record: string }[],
): Heads {
  if (since) return since
  const text = rows.find((row) => row.record.startsWith(heads_mark))?.record.slice(1)
  if (!text) return new Map()
  const [only] = scope
  if (scope.length === 1 && only !== undefined) return new Map([[only, Number(text)]])
  const pairs = text.split(',').map((pair) => pair.split(' ') as [string, string])
  return new Map(pairs.map(([account, seq]) => [account, Number(seq)]))
}
