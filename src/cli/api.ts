import { openRequests } from '../ingest/worker.ts'
import { newRegistry } from '../metrics/registry.ts'
import { partnerList } from '../partners/index.ts'
import { rotateMasterKey } from '../store/seal.ts'
import { openMigrated, requiredUrl } from './database.ts'
import { type EventOptions, eventPartsFor } from './events.ts'
import { sharedMasterKeys } from './folder.ts'
import { addDatabaseGauge } from './gauges.ts'
import { live } from './life.ts'
import { newLog } from './log.ts'
import { portFor } from './port.ts'
import { serve } from './serve.ts'

interface ApiOptions extends EventOptions {
  readonly host: string
  readonly port?: number
  readonly data: string
  /** Milliseconds. */
  readonly drain?: number
}

/** A proxy that asks every second has noticed by then. */
const drain_default_ms = 2_000

/** Serves the API until a signal comes; syncs that it is asked for are left to workers. */
export async function run(_: unknown, options: ApiOptions) {
  const url = requiredUrl('api')
  await live(async (life) => {
    const log = newLog('info')
    const place = { host: options.host, port: await portFor(options) }
    const db = await openMigrated(url)
    life.onStop(db.close)
    const keys = await sharedMasterKeys(options.data)
    await rotateMasterKey(db, keys)
    const requests = await openRequests({ url, log, partners: partnerList })
    life.onStop(requests.stop)
    const { requestSync, wake } = requests
    const drain_ms = options.drain ?? drain_default_ms
    const registry = newRegistry()
    addDatabaseGauge(registry, db)
    const events = eventPartsFor(keys, options, life)
    const serving = { db, keys, log, requestSync, wake, events, registry, drain_ms }
    const server = await serve(serving, place, life)
    log.info({ url: server.url }, 'listening')
  })
}
