import { startWorker } from '../ingest/worker.ts'
import { newIngestMetrics } from '../metrics/ingest.ts'
import { newJobMetrics } from '../metrics/jobs.ts'
import { newNotificationMetrics } from '../metrics/notifications.ts'
import { newRegistry } from '../metrics/registry.ts'
import { partnerList } from '../partners/index.ts'
import { rotateMasterKey } from '../store/seal.ts'
import { openMigrated, requiredUrl } from './database.ts'
import { deliverEvents, type EventOptions, eventPartsFor } from './events.ts'
import { restartWithFlatMemory } from './flat_memory.ts'
import { sharedMasterKeys } from './folder.ts'
import { addDatabaseGauge, addInstallationGauges } from './gauges.ts'
import { openHealthPort } from './health_port.ts'
import { live } from './life.ts'
import { newLog } from './log.ts'

interface WorkerCommandOptions extends EventOptions {
  readonly data: string
  readonly syncEvery?: number
  readonly parallel?: number
  readonly host: string
  readonly metricsPort?: number
}

/** Runs syncs and delivers events until a signal comes. */
export async function run(_: unknown, options: WorkerCommandOptions) {
  const { data, syncEvery, parallel } = options
  const url = requiredUrl('worker')
  restartWithFlatMemory()
  await live(async (life) => {
    const log = newLog('info')
    const db = await openMigrated(url)
    life.onStop(db.close)
    const keys = await sharedMasterKeys(data)
    await rotateMasterKey(db, keys)
    const registry = newRegistry()
    const worker = await startWorker({
      metrics: newIngestMetrics(registry),
      onJob: newJobMetrics(registry),
      onNotifications: newNotificationMetrics(registry),
      db,
      url,
      keys,
      partners: partnerList,
      log,
      ...(syncEvery === undefined ? {} : { every_ms: syncEvery }),
      ...(parallel === undefined ? {} : { parallel }),
    })
    if (options.metricsPort !== undefined) {
      addDatabaseGauge(registry, db)
      addInstallationGauges(registry, { db, counts: worker.counts })
      const { host, metricsPort } = options
      await openHealthPort({ host, port: metricsPort, db, registry }, life)
    }
    life.onStop(worker.stop)
    deliverEvents(eventPartsFor(keys, options, life), { ...options, db, log, registry }, life)
    log.info({ pid: process.pid }, 'worker started')
  })
}
