import {
  type PartnerAccountConnection,
  partner_account_connection,
} from '../model/partner_account_connection.ts'
import type { Database, Executor } from './database.ts'
import { writePlatformRecord } from './platform.ts'

/** Connections that are looked at together. */
const page_max = 500

interface Turned {
  readonly ledgerAccountId: string
  readonly id: string
}

/**
 * Notes which connections became stale and which recovered, each once: a change of the connection
 * in the feed. Gives how many did.
 */
export async function noteStale(db: Database, now_ms: number): Promise<number> {
  const turned = await turnedConnections(db, now_ms)
  for (const one of turned) await db.transaction((tx) => turn(tx, one, now_ms))
  return turned.length
}

// Never read to its end is not stale but unread, and says so by itself.
const isStale = `s.watermark_ms is not null and s.fresh_ms + s.stale_after_ms < $1`

async function turnedConnections(db: Executor, now_ms: number): Promise<Turned[]> {
  return db.query<Turned>(
    `select c.ledger_account_id as "ledgerAccountId", c.id
     from partner_account_connection c
     join stream s on s.ledger_account_id = c.ledger_account_id
       and s.partner_account_connection_id = c.id
     where c.status in ('Active', 'Lost Connection') and c."recordState" = 'ACTIVE'
     group by c.ledger_account_id, c.id, c.stale
     having coalesce(bool_or(${isStale}), false) <> c.stale
     order by c.ledger_account_id, c.id limit ${page_max}`,
    [now_ms],
    { replan: true },
  )
}

async function turn(tx: Executor, { ledgerAccountId, id }: Turned, now_ms: number) {
  const [row] = await tx.query<{ record: string; stale: boolean }>(
    `select record, stale from partner_account_connection
     where ledger_account_id = $1 and id = $2 for update`,
    [ledgerAccountId, id],
  )
  if (!row) return
  // Looked at again under the lock: another process may have noted it, or a run have ended.
  const [now] = await tx.query<{ stale: boolean }>(
    `select coalesce(bool_or(${isStale}), false) as stale from stream s
     where s.ledger_account_id = $2 and s.partner_account_connection_id = $3`,
    [now_ms, ledgerAccountId, id],
  )
  const stale = now?.stale ?? false
  if (stale === row.stale) return
  const before = JSON.parse(row.record) as PartnerAccountConnection
  await writePlatformRecord(tx, {
    type: partner_account_connection,
    ledgerAccountId,
    record: { ...before, stale, modifiedDate: new Date(now_ms).toISOString() },
    extra: { stale },
    kind: 'updated',
    changed: ['stale'],
    now_ms,
  })
}
