import { startWorker } from '../ingest/worker.ts'
import { partnerList } from '../partners/index.ts'
import { rotateMasterKey } from '../store/seal.ts'
import { openMigrated, requiredUrl } from './database.ts'
import { restartWithFlatMemory } from './flat_memory.ts'
import { sharedMasterKeys } from './folder.ts'
import { live } from './life.ts'
import { newLog } from './log.ts'

interface WorkerCommandOptions {
  readonly data: string
  readonly syncEvery?: number
  readonly parallel?: number
}

/** Runs syncs until a signal comes. */
export async function run(_: unknown, { data, syncEvery, parallel }: WorkerCommandOptions) {
  const url = requiredUrl('worker')
  restartWithFlatMemory()
  await live(async (life) => {
    const log = newLog('info')
    const db = await openMigrated(url)
    life.onStop(db.close)
    const keys = await sharedMasterKeys(data)
    await rotateMasterKey(db, keys)
    const worker = await startWorker({
      db,
      url,
      keys,
      partners: partnerList,
      log,
      ...(syncEvery === undefined ? {} : { every_ms: syncEvery }),
      ...(parallel === undefined ? {} : { parallel }),
    })
    life.onStop(worker.stop)
    log.info({ pid: process.pid }, 'worker started')
  })
}
