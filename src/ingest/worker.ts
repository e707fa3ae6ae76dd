import type { IngestMetrics } from '../metrics/ingest.ts'
import type { OnJob } from '../metrics/jobs.ts'
import type { OnNotifications } from '../metrics/notifications.ts'
import type { Partner } from '../partners/partner.ts'
import type { ConnectionToRead } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import type { MasterKeys } from '../store/seal.ts'
import { noteStale } from '../store/stale.ts'
import type { Jobs, Queue, QueueCount } from './jobs.ts'
import { newEmbeddedJobs } from './jobs_embedded.ts'
import { openLanes } from './lanes.ts'
import type { Log } from './log.ts'
import type { Wake } from './notification_job.ts'
import { notificationWakes, startNotifications } from './notification_worker.ts'
import { keepTokens } from './refresh.ts'
import { runJob } from './run_job.ts'
import { enqueueDue, schedule_every_ms } from './schedule.ts'
import { type SyncJob, syncs } from './sync_job.ts'

export type { Log }

export interface WorkerOptions {
  readonly db: Database
  /** Postgres, where jobs are shared with other processes; without it they stay in this one. */
  readonly url?: string | undefined
  readonly keys: MasterKeys
  readonly partners: readonly Partner[]
  readonly log: Log
  /** How often streams are read that nothing was set for. */
  readonly every_ms?: number
  /** How often it is looked for what is due. */
  readonly tick_ms?: number
  /** Connections of one partner that are read at the same time. */
  readonly parallel?: number
  /** How long a sync may go on while other businesses wait. */
  readonly slice_ms?: number
  readonly now?: () => number
  readonly jobSchema?: string
  readonly metrics?: IngestMetrics
  readonly onJob?: OnJob
  readonly onNotifications?: OnNotifications
}

export interface SyncWish {
  readonly streams?: readonly string[]
  /** Reads everything anew, not only what changed. */
  readonly full?: boolean
}

/** Asks for a sync of a connection before all that is only due. */
export type RequestSync = (connection: ConnectionToRead, wish?: SyncWish) => Promise<void>

export interface Worker {
  readonly requestSync: RequestSync
  readonly counts: () => Promise<readonly QueueCount[]>
  /** Says that notifications of a connection have come. */
  readonly wake: Wake
  readonly stop: () => Promise<void>
}

const parallel_default = 4

/** Reads every connection again and again, and at once where somebody asks for it. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { db, log, now = Date.now, parallel = parallel_default } = options
  const jobs = await openJobs(options)
  const queue = await syncQueue(jobs, options)
  await queue.work((job, signal) => runJob(options, job, signal), parallel)
  await keepTokens(jobs, options)
  await jobs.every('schedule', options.tick_ms ?? schedule_every_ms, async () => {
    const connections = await enqueueDue(db, queue, now())
    if (connections > 0) log.info({ connections }, 'syncs are due')
    const turned = await noteStale(db, now())
    if (turned > 0) log.warn({ connections: turned }, 'connections became stale, or recovered')
  })
  const wake = await startNotifications(options, jobs)
  return { requestSync: requestsTo(queue), wake, counts: jobs.counts, stop: jobs.stop }
}

/** For a process that asks for syncs and leaves the work to others. */
export async function openRequests(options: JobsOptions): Promise<Worker> {
  const jobs = await openJobs(options)
  const queue = await syncQueue(jobs, options)
  const wake = await notificationWakes(jobs, options.log)
  return { requestSync: requestsTo(queue), wake, counts: jobs.counts, stop: jobs.stop }
}

type JobsOptions = Pick<WorkerOptions, 'url' | 'log' | 'partners' | 'jobSchema' | 'onJob'>

async function openJobs({ url, log, jobSchema, onJob }: JobsOptions): Promise<Jobs> {
  const onError = (error: Error) => log.error({ err: error }, 'job queue')
  if (!url) return newEmbeddedJobs(onError, onJob)
  // Loaded only where it is used: loading it takes a tenth of a second.
  const { openSharedJobs } = await import('./jobs_shared.ts')
  return openSharedJobs({ url, onError, onJob, ...(jobSchema ? { schema: jobSchema } : {}) })
}

/** A lane a partner: a slow one must not hold up the others. */
function syncQueue(jobs: Jobs, { partners }: JobsOptions): Promise<Queue<SyncJob>> {
  return openLanes(
    jobs,
    syncs,
    partners.map(({ name }) => name),
  )
}

function requestsTo(queue: Queue<SyncJob>): RequestSync {
  return ({ ledgerAccountId, id, partnerSource }, { streams, full } = {}) =>
    queue.first({
      ledgerAccountId,
      connectionId: id,
      partnerSource,
      ...(streams ? { streams } : {}),
      ...(full ? { full_since_ms: Date.now() } : {}),
    })
}
