import type { Partner } from '../partners/partner.ts'
import { type Connection, findConnection } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import type { MasterKeys } from '../store/seal.ts'
import { resetWatermark, setStreamState, streamRows } from '../store/segment.ts'
import type { Jobs, Queue } from './jobs.ts'
import { newEmbeddedJobs } from './jobs_embedded.ts'
import { withRun } from './open.ts'
import { keepTokens } from './refresh.ts'
import { enqueueDue, sync_every_ms } from './schedule.ts'
import { syncConnection } from './sync.ts'
import { type SyncJob, syncs } from './sync_job.ts'

/** Where a worker says what it did; any pino logger is one. */
export interface Log {
  readonly info: (facts: object, message: string) => void
  readonly warn: (facts: object, message: string) => void
  readonly error: (facts: object, message: string) => void
}

export interface WorkerOptions {
  readonly db: Database
  /** Postgres, where jobs are shared with other processes; without it they stay in this one. */
  readonly url?: string | undefined
  readonly keys: MasterKeys
  readonly partners: readonly Partner[]
  readonly log: Log
  readonly every_ms?: number
  /** Connections that are read at the same time. */
  readonly parallel?: number
  readonly jobSchema?: string
}

export interface SyncWish {
  readonly streams?: readonly string[]
  /** Reads everything anew, not only what changed. */
  readonly full?: boolean
}

/** Asks for a sync of a connection before all that is only due. */
export type RequestSync = (
  connection: { readonly ledgerAccountId: string; readonly id: string },
  wish?: SyncWish,
) => Promise<void>

export interface Worker {
  readonly requestSync: RequestSync
  readonly stop: () => Promise<void>
}

const parallel_default = 4

/** Reads every connection again and again, and at once where somebody asks for it. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { db, log, every_ms = sync_every_ms, parallel = parallel_default } = options
  const jobs = await openJobs(options)
  const queue = await jobs.queue(syncs)
  await queue.work((job, signal) => runJob(options, job, signal), parallel)
  await keepTokens(jobs, options)
  await jobs.every('schedule', every_ms, async () => {
    const connections = await enqueueDue(db, queue)
    if (connections > 0) log.info({ connections }, 'syncs are due')
  })
  return { requestSync: requestsTo(queue), stop: jobs.stop }
}

/** For a process that asks for syncs and leaves the work to others. */
export async function openRequests(options: JobsOptions): Promise<Worker> {
  const jobs = await openJobs(options)
  return { requestSync: requestsTo(await jobs.queue(syncs)), stop: jobs.stop }
}

type JobsOptions = Pick<WorkerOptions, 'url' | 'log' | 'jobSchema'>

async function openJobs({ url, log, jobSchema }: JobsOptions): Promise<Jobs> {
  const onError = (error: Error) => log.error({ err: error }, 'job queue')
  if (!url) return newEmbeddedJobs(onError)
  // Loaded only where it is used: loading it takes a tenth of a second.
  const { openSharedJobs } = await import('./jobs_shared.ts')
  return openSharedJobs({ url, onError, ...(jobSchema ? { schema: jobSchema } : {}) })
}

function requestsTo(queue: Queue<SyncJob>): RequestSync {
  return ({ ledgerAccountId, id }, { streams, full } = {}) =>
    queue.first({
      ledgerAccountId,
      connectionId: id,
      ...(streams ? { streams } : {}),
      ...(full ? { full_since_ms: Date.now() } : {}),
    })
}

/** Runs one job. Only a stop or a lost claim makes it fail, and then somebody takes it over. */
async function runJob(options: WorkerOptions, job: SyncJob, signal: AbortSignal) {
  const { db, log } = options
  const connection = await findConnection(db, job.ledgerAccountId, job.connectionId)
  if (!connection || !isReadable(connection)) return
  const facts = { connection: connection.id, partnerSource: connection.partnerSource }
  const began_ms = Date.now()
  try {
    const { failed } = await sync(options, { connection, job, signal })
    const took_ms = Date.now() - began_ms
    if (failed.length > 0) log.warn({ ...facts, took_ms, failed }, 'sync ended with failures')
    else log.info({ ...facts, took_ms }, 'sync complete')
  } catch (error) {
    if (signal.aborted) throw error
    await noteFailure(db, connection, error as Error)
    log.error({ ...facts, err: error }, 'sync failed')
  }
}

function isReadable({ status }: Connection): boolean {
  return status === 'Active' || status === 'Lost Connection'
}

interface Task {
  readonly connection: Connection
  readonly job: SyncJob
  readonly signal: AbortSignal
}

async function sync({ db, keys, partners }: WorkerOptions, { connection, job, signal }: Task) {
  const partner = partners.find(({ name }) => name === connection.partnerSource)
  if (!partner) throw new Error(`no partner named ${connection.partnerSource} in this version`)
  if (job.full_since_ms !== undefined) await forgetReading(db, partner, job)
  const streams = job.streams ? { streams: job.streams } : {}
  return withRun({ db, keys, connection, partner, signal }, (run) => syncConnection(run, streams))
}

/** Makes streams start anew; those that have since the request go on where they are. */
async function forgetReading(db: Database, partner: Partner, job: SyncJob) {
  const { ledgerAccountId, connectionId, streams, full_since_ms = 0 } = job
  const names = new Set(partner.streams.map(({ name }) => name))
  for (const row of await streamRows(db, { ledgerAccountId, connectionId })) {
    const verified_ms = Date.parse(row.last_full_verification ?? '')
    const isOld = row.watermark_ms !== null && !(verified_ms >= full_since_ms)
    const isWanted = names.has(row.stream) && (streams?.includes(row.stream) ?? true)
    if (!isOld || !isWanted) continue
    await resetWatermark(db, { ledgerAccountId, connectionId, stream: row.stream }, null)
  }
}

/**
 * Not the partner's fault: what was being read says so rather than seem to go on; where reading did
 * not even begin, all streams say so.
 */
async function noteFailure(db: Database, { ledgerAccountId, id }: Connection, error: Error) {
  const reason = `internal error: ${error.message}`
  const rows = await streamRows(db, { ledgerAccountId, connectionId: id })
  const open = rows.filter(({ state }) => state === 'fetching' || state === 'queued')
  for (const { stream } of open.length > 0 ? open : rows) {
    const key = { ledgerAccountId, connectionId: id, stream }
    await setStreamState(db, { key, state: 'failed', reason })
  }
}
