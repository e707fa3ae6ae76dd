import { objectNamed } from '../model/index.ts'
import type { Executor } from './database.ts'
import type { ChangeKind } from './decide.ts'
import type { Place } from './list.ts'
import { quoted } from './table.ts'
import { TextArray } from './text_array.ts'

/** One entry of a ledger account's change feed. */
export interface Change {
  readonly seq: number
  readonly object: string
  readonly id: string
  readonly kind: ChangeKind
  /** Attributes that changed; empty on `created`. */
  readonly changed: readonly string[]
  /** What it means beyond that, such as `authorisation.enabled`; empty for most. */
  readonly events: readonly string[]
  readonly date_ms: number
}

export interface ChangesQuery {
  readonly ledgerAccountId: string
  readonly after: number
  readonly limit: number
  /** Only of these objects; all by default. */
  readonly types: readonly string[] | null
}

export interface ChangesPage {
  readonly changes: readonly Change[]
  readonly hasMore: boolean
  /** Where the next page begins: everything up to here has been read. */
  readonly nextAfter: number
  /** The newest change there is. */
  readonly head: number
}

export const changes_limit_max = 1000

/** How many entries one page looks through for the objects asked for. */
const looked_through_max = 50_000

const date_ms = '(extract(epoch from date) * 1000)::bigint'
const changeColumns = `seq, object, id, kind, changed, coalesce(events, '{}') as events,
  ${date_ms} as date_ms`

/** A page of the change feed, oldest first. Without `types` it is dense: no number is missing. */
export async function changesOf(db: Executor, query: ChangesQuery): Promise<ChangesPage> {
  const { ledgerAccountId, after, limit, types } = query
  const end = after + looked_through_max
  // One statement, so that head and entries are of one moment.
  const rows = await db.query<Change & { head: number }>(
    `select f.seq as head, c.* from feed f left join lateral (
       select ${changeColumns} from change
       where ledger_account_id = $1 and seq > $2 and seq <= $3
         ${types ? 'and object = any($5::text[])' : ''}
       order by seq limit $4
     ) as c on true
     where f.ledger_account_id = $1 order by c.seq`,
    [ledgerAccountId, after, end, limit, ...(types ? [types] : [])],
  )
  const head = rows[0]?.head ?? 0
  const changes = rows.filter((row) => row.seq !== null).map(({ head: _, ...change }) => change)
  const last = changes.at(-1)
  const looked = changes.length === limit ? (last?.seq ?? after) : Math.min(end, head)
  const nextAfter = Math.max(looked, after)
  return { changes, hasMore: nextAfter < head, nextAfter, head }
}

/** Entries after a number and up to another, oldest first: for whoever reads inside a transaction. */
export function changesBetween(
  tx: Executor,
  {
    ledgerAccountId,
    after,
    to,
    limit,
  }: { ledgerAccountId: string; after: number; to: number; limit: number },
): Promise<Change[]> {
  return tx.query<Change>(
    `select ${changeColumns} from change
     where ledger_account_id = $1 and seq > $2 and seq <= $3 order by seq limit $4`,
    [ledgerAccountId, after, to, limit],
  )
}

/** The present texts of the records that changes are about, by `object id`. */
export async function recordsOfChanges(
  db: Executor,
  ledgerAccountId: string,
  changes: readonly Change[],
): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (const object of new Set(changes.map((change) => change.object))) {
    const ids = changes.filter((change) => change.object === object).map(({ id }) => id)
    const rows = await db.query<{ id: string; record: string }>(
      `select k.id, found.record from unnest($2::text[]) as k(id)
       cross join lateral (
         select record from ${quoted(objectNamed(object).name)}
         where ledger_account_id = $1 and id = k.id limit 1
       ) as found`,
      [ledgerAccountId, new TextArray([...new Set(ids)])],
    )
    for (const { id, record } of rows) texts.set(`${object} ${id}`, record)
  }
  return texts
}

/** The head of one ledger account's feed. */
export interface Head {
  readonly ledgerAccountId: string
  readonly seq: number
  readonly date_ms: number
}

/** Feeds of a scope, the most recently changed first. */
export async function headsByDate(
  db: Executor,
  { scope, limit, after }: { scope: readonly string[]; limit: number; after: Place | null },
): Promise<Head[]> {
  const place = after ? 'and (date, ledger_account_id) < ($3::timestamptz, $4)' : ''
  return db.query<Head>(
    `select ledger_account_id as "ledgerAccountId", seq, ${date_ms} as date_ms from feed
     where ledger_account_id = any($1::text[]) ${place}
     order by date desc, ledger_account_id desc limit $2`,
    [scope, limit, ...(after ? [after.value, after.id] : [])],
  )
}
