import type { ConnectionEvent } from '../model/event.ts'
import { raiseConnectionEvents } from './connection_event.ts'
import type { Database, Executor } from './database.ts'

export interface Aggregated {
  readonly ledgerAccountId: string
  readonly connectionId: string
  /** Whether the partner tells of settlements at all. */
  readonly settles: boolean
  readonly now_ms: number
}

/**
 * Tells, once for each authorisation, that all streams of a connection have been read to their end,
 * and that there is something to sum up. To be called when a run has ended well.
 */
export async function noteAggregation(db: Database, of: Aggregated): Promise<void> {
  // Nearly every run finds that all has been told, and so takes no lock.
  if ((await untold(db, of)).length === 0) return
  await db.transaction(async (tx) => {
    await tx.query(
      `select id from partner_account_connection
       where ledger_account_id = $1 and id = $2 for update`,
      [of.ledgerAccountId, of.connectionId],
    )
    const events = await untold(tx, of)
    if (events.length === 0) return
    await tx.query(
      `update partner_account_connection set aggregated_date = coalesce(aggregated_date, $3),
         insights_date = case when $4 then $3 else insights_date end
       where ledger_account_id = $1 and id = $2`,
      [
        of.ledgerAccountId,
        of.connectionId,
        new Date(of.now_ms).toISOString(),
        events.includes('insights.available'),
      ],
    )
    await raiseConnectionEvents(tx, { ...of, events })
  })
}

async function untold(db: Executor, of: Aggregated): Promise<ConnectionEvent[]> {
  const { ledgerAccountId, connectionId, settles } = of
  const [told] = await db.query<{ aggregated: boolean; insights: boolean; unread: number }>(
    `select aggregated_date is not null as aggregated, insights_date is not null as insights,
       (select count(*) from stream s where s.ledger_account_id = c.ledger_account_id
         and s.partner_account_connection_id = c.id and s.watermark_ms is null) as unread
     from partner_account_connection c
     where c.ledger_account_id = $1 and c.id = $2 and c.status = 'Active'`,
    [ledgerAccountId, connectionId],
  )
  if (!told || told.unread > 0) return []
  const aggregation: ConnectionEvent[] = told.aggregated ? [] : ['aggregation.completed']
  if (told.insights || !settles || !(await hasSettled(db, of))) return aggregation
  return [...aggregation, 'insights.available']
}

async function hasSettled(db: Executor, { ledgerAccountId, connectionId }: Aggregated) {
  const [found] = await db.query(
    `select id from settlement where ledger_account_id = $1 and status = 'paid'
       and "partnerAccountConnectionId" = $2 and "recordState" = 'ACTIVE' limit 1`,
    [ledgerAccountId, connectionId],
  )
  return found !== undefined
}
