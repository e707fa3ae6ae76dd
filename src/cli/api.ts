import { openRequests } from '../ingest/worker.ts'
import { rotateMasterKey } from '../store/seal.ts'
import { openMigrated, requiredUrl } from './database.ts'
import { sharedMasterKeys } from './folder.ts'
import { live } from './life.ts'
import { newLog } from './log.ts'
import { portFor } from './port.ts'
import { serve } from './serve.ts'

interface ApiOptions {
  readonly host: string
  readonly port?: number
  readonly data: string
}

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
    const requests = await openRequests({ url, log })
    life.onStop(requests.stop)
    const { requestSync } = requests
    const server = await serve({ db, keys, log, requestSync }, place, life)
    log.info({ url: server.url }, 'listening')
  })
}
