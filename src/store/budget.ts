import type { Executor } from './database.ts'

/** What is granted of a partner account's rate: from when on, by the database's clock. */
export interface Granted {
  readonly from_ms: number
}

export interface Wanted {
  /** Names the partner account, whichever ledger accounts connect it. */
  readonly account: string
  /** How long the requests take that are asked for, evenly spaced. */
  readonly span_ms: number
  /** The database's clock, milliseconds since 1970. */
  readonly now_ms: number
}

/** Nothing is granted so far ahead: a later moment was told by a clock that was set back. */
export const ahead_ms_max = 10 * 60_000

const sane = (column: string, now: string) =>
  `case when budget.${column} <= ${now}::float8 + ${ahead_ms_max} then budget.${column} else 0 end`

/**
 * Grants the next span of a partner account's rate, behind all that was granted before and behind
 * what the partner wants to wait: each span is one caller's alone.
 */
export async function grant(db: Executor, { account, span_ms, now_ms }: Wanted): Promise<Granted> {
  const [row] = await db.query<{ until_ms: number }>(
    `insert into budget (account, granted_ms, held_until_ms) values ($1, $2::float8 + $3::float8, 0)
     on conflict (account) do update set
       granted_ms = $3::float8 + greatest($2::float8, ${sane('granted_ms', '$2')},
         ${sane('held_until_ms', '$2')})
     returning granted_ms as until_ms`,
    [account, now_ms, span_ms],
  )
  return { from_ms: (row?.until_ms ?? now_ms + span_ms) - span_ms }
}

/** The partner wants no requests for a while: nothing is granted before. */
export async function holdBudget(
  db: Executor,
  { account, until_ms }: { account: string; until_ms: number },
) {
  await db.query(
    `insert into budget (account, granted_ms, held_until_ms) values ($1, 0, $2)
     on conflict (account) do update set
       held_until_ms = greatest(${sane('held_until_ms', '$2')}, $2::float8)`,
    [account, until_ms],
  )
}

/** Forgets accounts that were not asked since; milliseconds since 1970. */
export async function forgetBudgets(db: Executor, before_ms: number) {
  await db.query('delete from budget where granted_ms < $1 and held_until_ms < $1', [before_ms])
}
