import type { Database, Executor } from './database.ts'
import type { LaneKey } from './event_lane.ts'
import { moment } from './moment.ts'

const lanes_page = 500
const deleted_at_once = 1000

/**
 * Clears away deliveries that ended before a moment, and all of endpoints that are no more. Gives
 * how many went.
 */
export async function pruneDeliveries(
  db: Database,
  { before_ms, signal }: { before_ms: number; signal: AbortSignal },
): Promise<number> {
  let after: LaneKey | null = null
  let total = 0
  for (;;) {
    const page: Lane[] = await lanesAfter(db, after)
    for (const lane of page) {
      if (signal.aborted) return total
      total += await pruneLane(db, lane, before_ms)
    }
    after = page.at(-1) ?? null
    if (page.length < lanes_page) return total
  }
}

interface Lane extends LaneKey {
  readonly orphaned: boolean
}

function lanesAfter(db: Executor, after: LaneKey | null): Promise<Lane[]> {
  return db.query<Lane>(
    `select l.ledger_account_id as "ledgerAccountId", l.event_endpoint_id as "endpointId",
       e.id is null as orphaned
     from event_lane l left join event_endpoint e on e.id = l.event_endpoint_id
     where (l.ledger_account_id, l.event_endpoint_id) > ($1, $2)
     order by l.ledger_account_id, l.event_endpoint_id limit ${lanes_page}`,
    [after?.ledgerAccountId ?? '', after?.endpointId ?? ''],
  )
}

async function pruneLane(db: Database, lane: Lane, before_ms: number): Promise<number> {
  let total = 0
  for (;;) {
    const gone = await db.transaction((tx) => deleteSome(tx, lane, before_ms))
    total += gone
    if (gone < deleted_at_once) break
  }
  if (lane.orphaned) {
    await db.query(
      'delete from event_lane where ledger_account_id = $1 and event_endpoint_id = $2',
      [lane.ledgerAccountId, lane.endpointId],
    )
  }
  return total
}

async function deleteSome(tx: Executor, lane: Lane, before_ms: number): Promise<number> {
  const ended = `and state <> 'pending' and created_date < $3::timestamptz
    and finished_date < $3::timestamptz order by created_date`
  const rows = await tx.query<{ id: string }>(
    `select id from event_delivery where ledger_account_id = $1 and event_endpoint_id = $2
     ${lane.orphaned ? '' : ended} limit ${deleted_at_once} for update`,
    [lane.ledgerAccountId, lane.endpointId, ...(lane.orphaned ? [] : [moment(before_ms)])],
  )
  if (rows.length === 0) return 0
  const gone = [lane.ledgerAccountId, rows.map(({ id }) => id)]
  await tx.query(
    'delete from event_attempt where ledger_account_id = $1 and event_delivery_id = any($2::text[])',
    gone,
  )
  await tx.query(
    'delete from event_delivery where ledger_account_id = $1 and id = any($2::text[])',
    gone,
  )
  return rows.length
}
