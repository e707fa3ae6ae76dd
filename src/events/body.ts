import { objectNamed } from '../model/index.ts'
import { partner_account_connection } from '../model/partner_account_connection.ts'
import type { Executor } from '../store/database.ts'
import type { Outgoing } from '../store/event_delivery.ts'
import type { EventEndpoint } from '../store/event_endpoint.ts'
import { withStreamsOf } from '../store/expand.ts'
import { retrieve } from '../store/list.ts'
import { eventText } from './event.ts'

export interface Telling {
  readonly endpoint: Pick<EventEndpoint, 'payload' | 'mode' | 'version'>
  readonly delivery: Outgoing
  readonly now_ms: number
}

/** The text that a delivery sends: with `full`, the record as it is at this moment. */
export async function bodyOf(db: Executor, { endpoint, delivery, now_ms }: Telling) {
  const { mode, version, payload } = endpoint
  const { ledgerAccountId } = delivery
  const record = payload === 'full' ? await recordOf(db, delivery, now_ms) : undefined
  return eventText(delivery, {
    ledgerAccountId,
    mode,
    version,
    ...(record === undefined ? {} : { record }),
  })
}

async function recordOf(db: Executor, delivery: Outgoing, now_ms: number): Promise<string | null> {
  const { object, objectId: id, ledgerAccountId } = delivery
  const text = await retrieve(db, objectNamed(object), { scope: [ledgerAccountId], id })
  if (text === null || object !== partner_account_connection.name) return text
  const [whole = null] = await withStreamsOf(db, [text], now_ms)
  return whole
}
