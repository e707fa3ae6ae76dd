import type { ConnectionEvent } from '../model/event.ts'
import {
  type ConnectionStatus,
  partner_account_connection,
} from '../model/partner_account_connection.ts'
import type { Executor } from './database.ts'
import type { PlatformWrite } from './platform.ts'
import { writeChange } from './platform_change.ts'

/** What it means that a connection comes to a status from another one. */
const arrivals: { readonly [S in ConnectionStatus]?: ConnectionEvent } = {
  Active: 'authorisation.enabled',
  Revoked: 'authorisation.revoked',
  'Lost Connection': 'connection.lost',
}

/** The events that writing a record is beside its own change. To be asked before the write. */
export async function eventsOfWrite(
  tx: Executor,
  { type, ledgerAccountId, record, changed }: PlatformWrite,
): Promise<readonly ConnectionEvent[]> {
  if (type.name !== partner_account_connection.name || record.recordState !== 'ACTIVE') return []
  if (changed.includes('stale') && record.stale === true) return ['connection.stale']
  const event = arrivals[record.status as ConnectionStatus]
  if (!event) return []
  const [before] = await tx.query<{ status: string }>(
    'select status from partner_account_connection where ledger_account_id = $1 and id = $2',
    [ledgerAccountId, record.id],
  )
  return before?.status === record.status ? [] : [event]
}

export interface Raised {
  readonly ledgerAccountId: string
  readonly connectionId: string
  readonly events: readonly ConnectionEvent[]
  readonly now_ms: number
}

/**
 * Tells something about a connection whose record stays as it is, as a change of its streams. To be
 * called in a transaction of its own, or in the one that made it so.
 */
export function raiseConnectionEvents(tx: Executor, raised: Raised): Promise<number> {
  const { ledgerAccountId, connectionId, events, now_ms } = raised
  return writeChange(tx, {
    ledgerAccountId,
    object: partner_account_connection.name,
    id: connectionId,
    kind: 'updated',
    changed: ['streams'],
    events,
    now_ms,
  })
}
