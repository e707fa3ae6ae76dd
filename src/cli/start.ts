import type { Logger } from 'pino'
import { isOwnHost } from '../api/simulated_url.ts'
import type { Wake } from '../ingest/notification_job.ts'
import { type RequestSync, startWorker, type Worker } from '../ingest/worker.ts'
import { newIngestMetrics } from '../metrics/ingest.ts'
import { newJobMetrics } from '../metrics/jobs.ts'
import { newNotificationMetrics } from '../metrics/notifications.ts'
import { newRegistry } from '../metrics/registry.ts'
import { partnerList } from '../partners/index.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { migrate } from '../store/migrate.ts'
import { type MasterKeys, rotateMasterKey } from '../store/seal.ts'
import { buildConsole } from './console.ts'
import { givenUrl } from './database.ts'
import type { Demo } from './demo.ts'
import { registerDonePage } from './done_page.ts'
import { deliverEvents, type EventOptions, eventPartsFor } from './events.ts'
import { type Tenant, tenantOf } from './first_key.ts'
import { files, masterKeysIn, removeFile, writeSecret } from './folder.ts'
import { addDatabaseGauge, addInstallationGauges } from './gauges.ts'
import { type Life, live } from './life.ts'
import { newLog } from './log.ts'
import { portFor } from './port.ts'
import { noProgress, streamProgress } from './progress.ts'
import { serve } from './serve.ts'
import { firstReading } from './watch.ts'
import { welcome } from './welcome.ts'

interface StartOptions extends EventOptions {
  readonly host: string
  readonly port?: number
  readonly data: string
  readonly demo: boolean
  readonly seed?: number
  readonly syncEvery?: number
  readonly json?: boolean
}

/** Runs everything in this process until a signal comes. */
export async function run(_: unknown, options: StartOptions) {
  await live((life) => start(options, life))
}

async function start(options: StartOptions, life: Life) {
  const { data: folder, json = false } = options
  const log = newLog('warn')
  const place = { host: options.host, port: await portFor(options) }
  const tell = json ? () => undefined : (line: string) => console.error(line)
  if (!json) await buildConsole(tell)
  tell('Opening the database …')
  const url = givenUrl()
  const db = await openDatabase(url ? { url } : { folder })
  life.onStop(db.close)
  await migrate(db)
  const keys = await masterKeysIn(folder)
  await rotateMasterKey(db, keys)
  const tenant = await tenantOf(db, folder)
  const { requestSync, wake, startedWith } = laterWorker()
  // What was read at an earlier start can be asked for before anything else is up.
  const simulated = isOwnHost(options.host)
  const registry = newRegistry()
  const allowPrivateEvents = simulated || (options.allowPrivateEvents ?? false)
  const events = eventPartsFor(keys, { allowPrivateEvents }, life)
  let demo: Demo | null = null
  const simulatedPartner = (name: string) => (simulated && demo?.simulated(name)) || null
  const how = { simulated, simulatedPartner, registry }
  const server = await serve({ db, keys, log, requestSync, wake, events, ...how }, place, life)
  if (options.demo) await registerDonePage(db, { ...tenant, url: server.url })
  await leaveAddress(folder, { url: server.url, key: tenant.key }, life)
  tell(`Listening on ${server.url}`)
  demo = await demoFor(options, { db, keys, tenant }, life)
  const every = options.syncEvery === undefined ? {} : { every_ms: options.syncEvery }
  const counting = {
    metrics: newIngestMetrics(registry),
    onJob: newJobMetrics(registry),
    onNotifications: newNotificationMetrics(registry),
  }
  const working = { db, url, keys, partners: partnerList, log, ...counting, ...every }
  const worker = await startWorker(working)
  addDatabaseGauge(registry, db)
  addInstallationGauges(registry, { db, counts: worker.counts })
  life.onStop(worker.stop)
  deliverEvents(events, { ...options, db, log, registry }, life)
  startedWith(worker)
  if (demo) {
    await worker.requestSync(demo.connection)
    await readFirst(demo, { db, json, log, life })
    for (const other of demo.others) await worker.requestSync(other)
  }
  tellReady({ url: server.url, tenant, demo, json })
  if (!json) await welcome({ db, url: server.url, tenant, demo })
}

/** Stands for the worker until there is one: requests wait for it. */
function laterWorker() {
  const { promise, resolve } = Promise.withResolvers<Worker>()
  const requestSync: RequestSync = async (...wish) => (await promise).requestSync(...wish)
  const wake: Wake = (of) => void promise.then((worker) => worker.wake(of))
  return { requestSync, wake, startedWith: resolve }
}

interface Opened {
  readonly db: Database
  readonly keys: MasterKeys
  readonly tenant: Tenant
}

async function demoFor(options: StartOptions, { db, keys, tenant }: Opened, life: Life) {
  if (!options.demo) return null
  const { startDemo } = await import('./demo.ts')
  const { institutionId } = tenant
  return startDemo({ db, keys, institutionId, folder: options.data, seed: options.seed }, life)
}

interface Reading {
  readonly db: Parameters<typeof firstReading>[0]
  readonly json: boolean
  readonly log: Logger
  readonly life: Life
}

/** Waits until the demo business has been read; at later starts it has been already. */
async function readFirst(demo: Demo, { db, json, log, life }: Reading) {
  const progress = json ? noProgress : streamProgress()
  const { show } = progress
  const streams = await firstReading(db, demo.connection, { show, signal: life.stopping })
  progress.stop()
  for (const { stream, state, reason } of streams) {
    if (state === 'failed') log.warn({ stream, reason }, 'the demo business was not read wholly')
  }
}

async function leaveAddress(
  folder: string,
  server: { url: string; key: string | null },
  life: Life,
) {
  await writeSecret(folder, files.server, JSON.stringify({ ...server, pid: process.pid }))
  life.onStop(() => removeFile(folder, files.server))
}

interface Ready {
  readonly url: string
  readonly tenant: Tenant
  readonly demo: Demo | null
  readonly json: boolean
}

function tellReady({ url, tenant, demo, json }: Ready) {
  if (!json) return
  const ledgerAccountId = demo?.connection.ledgerAccountId ?? null
  console.log(JSON.stringify({ url, key: tenant.key, ledgerAccountId, docs: `${url}/docs` }))
}
