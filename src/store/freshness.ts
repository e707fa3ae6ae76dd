import type { Executor } from './database.ts'
import { type StreamFacts, streamsOf } from './stream.ts'

/** Freshness of what a list is made of. */
export interface Freshness {
  readonly partnerAccountConnectionId: string
  readonly partnerSource: string
  readonly stream: StreamFacts
}

// What was never authorised has no data whose age could matter.
const read_connections = `c."recordState" = 'ACTIVE' and c.status not in ('Not Authorised', 'Denied')`

/**
 * The moment up to which everything at the partners has been read, milliseconds since 1970: that
 * of the oldest stream. Null where a stream has not been read to its end yet, or there is none.
 */
export async function asOf(db: Executor, scope: readonly string[]): Promise<number | null> {
  const [row] = await db.query<{ oldest: number | null; unread: number }>(
    `select min(s.watermark_ms) as oldest,
       count(*) filter (where s.watermark_ms is null) as unread
     from stream s
     join partner_account_connection c on c.ledger_account_id = s.ledger_account_id
       and c.id = s.partner_account_connection_id
     where s.ledger_account_id = any($1::text[]) and ${read_connections}`,
    [scope],
  )
  return row?.unread === 0 ? row.oldest : null
}

export const freshness_connections_max = 100

/** The streams behind a scope, those of the first connections by id. */
export async function freshnessOf(
  db: Executor,
  scope: readonly string[],
  now_ms: number,
): Promise<Freshness[]> {
  const rows = await db.query<{ account: string; id: string; source: string }>(
    `select c.ledger_account_id as account, c.id, c."partnerSource" as source
     from partner_account_connection c
     where c.ledger_account_id = any($1::text[]) and ${read_connections}
     order by c.id limit ${freshness_connections_max}`,
    [scope],
  )
  const connections = rows.map(({ account, id }) => ({ ledgerAccountId: account, id }))
  const streams = await streamsOf(db, connections, now_ms)
  return rows.flatMap(({ id, source }) =>
    (streams.get(id) ?? []).map((stream) => ({
      partnerAccountConnectionId: id,
      partnerSource: source,
      stream,
    })),
  )
}
