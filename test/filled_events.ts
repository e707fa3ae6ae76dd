import type { EventParts } from '../src/api/event_call.ts'
import { newDeliveries } from '../src/events/deliveries.ts'
import type { Database } from '../src/store/database.ts'
import type { Ids } from './filled.ts'
import type { Client } from './world.ts'

export interface Filling {
  readonly db: Database
  readonly events: EventParts
  readonly url: string
  readonly ledgerAccountId: string
}

const nothing = () => undefined
const silent = { info: nothing, warn: nothing, error: nothing }

/** Makes an endpoint with deliveries of all that its ledger accounts ever told. Gives their ids. */
export async function fillEvents(client: Client, filling: Filling): Promise<Ids> {
  const { db, events, url, ledgerAccountId } = filling
  const made = await client.send('POST', '/v2/event_endpoints', { url, types: ['*'], from: 0 })
  const deliveries = newDeliveries({ ...events, db, log: silent })
  await deliveries.settle()
  await deliveries.stop()
  const path = `/v2/event_deliveries?ledgerAccountId=${ledgerAccountId}`
  const [delivery] = (await client.get(path)).data
  return { event_endpoints: String(made.json.id), event_deliveries: String(delivery?.id) }
}
