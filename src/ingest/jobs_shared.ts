import { PgBoss } from 'pg-boss'
import { joined, type RunJob, type SyncJob, type SyncQueue } from './jobs.ts'

const sync_queue = 'sync'
const tick_queue = 'schedule'

/**
 * A worker that dies is noticed after the heartbeat plus one supervision, and its job is fetched at
 * the next poll: 20 + 10 + 5 seconds, within the minute that is promised.
 */
const heartbeat_s = 20
const heartbeat_refresh_s = 5
const supervise_s = 10
const poll_s = 2
const poll_beside_notify_s = 5

/** pg-boss ends longer jobs. A backfill that takes longer goes on in its next job. */
const job_max_s = 23 * 60 * 60
/** Only a dead worker makes a retry; a sync that fails says so in its streams and ends well. */
const takeovers_max = 10_000
/** Ended jobs are of no use: what became of them is in the streams. */
const keep_ended_s = 10 * 60
const stop_timeout_ms = 20_000
const connections_max = 4
const interactive_priority = 10

export interface SharedQueueOptions {
  readonly url: string
  readonly onError: (error: Error) => void
  readonly schema?: string
}

/** The queue of any number of processes, kept in Postgres by pg-boss in a schema of its own. */
export async function openSharedQueue(options: SharedQueueOptions): Promise<SyncQueue> {
  const boss = new PgBoss({
    connectionString: options.url,
    schema: options.schema ?? 'pgboss',
    application_name: 'furrow jobs',
    max: connections_max,
    schedule: false,
    superviseIntervalSeconds: supervise_s,
    monitorIntervalSeconds: supervise_s,
    // They only make waiting shorter: without them (PgBouncer, Citus) the polls find every job.
    useListenNotify: true,
    // It reads dates that our driver leaves as text.
    monitorVacuum: false,
  })
  boss.on('error', options.onError)
  await boss.start()
  const common = {
    heartbeatSeconds: heartbeat_s,
    expireInSeconds: job_max_s,
    retryLimit: takeovers_max,
    retryDelay: 0,
    notify: true,
  }
  // `stately`: for each connection at most one job waits and at most one runs.
  await boss.createQueue(sync_queue, {
    ...common,
    policy: 'stately',
    deleteAfterSeconds: keep_ended_s,
  })
  await boss.createQueue(tick_queue, common)
  return sharedQueue(boss)
}

function sharedQueue(boss: PgBoss): SyncQueue {
  const stopping = new AbortController()
  const timers: NodeJS.Timeout[] = []
  return {
    first: (job) => moveFirst(boss, job),
    async last(jobs) {
      const inserts = jobs.map((job) => ({ data: job, singletonKey: job.connectionId }))
      if (inserts.length > 0) await boss.insert(sync_queue, inserts)
    },
    async work(run, parallel) {
      const stoppable: RunJob = (job, signal) =>
        run(job, AbortSignal.any([signal, stopping.signal]))
      for (let i = 0; i < parallel; i++) await addWorker(boss, stoppable)
    },
    async every(every_ms, tick) {
      await boss.work(tick_queue, polling, tick)
      const slot_s = Math.max(1, Math.round(every_ms / 1000))
      // Every process offers every tick; the first offer in a slot is taken.
      const offer = () => boss.send(tick_queue, {}, tickOptions(slot_s))
      await offer()
      timers.push(setInterval(() => void offer().catch(() => undefined), every_ms / 2))
    },
    async stop() {
      for (const timer of timers) clearInterval(timer)
      // Nothing new is taken before what runs is given back, or it would be taken again here.
      await boss.offWork(sync_queue, { wait: false })
      stopping.abort(new Error('the worker is being stopped'))
      await boss.stop({ graceful: true, timeout: stop_timeout_ms })
    },
  }
}

const polling = {
  pollingIntervalSeconds: poll_s,
  notifyPollingIntervalSeconds: poll_beside_notify_s,
  heartbeatRefreshSeconds: heartbeat_refresh_s,
}

async function addWorker(boss: PgBoss, run: RunJob) {
  let id = ''
  id = await boss.work<SyncJob>(sync_queue, polling, async ([job]) => {
    // Whoever has ended a job looks for the next one at once, not at its next poll.
    boss.notifyWorker(id)
    if (job) await run(job.data, job.signal)
  })
}

function tickOptions(slot_s: number) {
  return { singletonSeconds: slot_s, deleteAfterSeconds: Math.max(keep_ended_s, slot_s * 2) }
}

async function moveFirst(boss: PgBoss, job: SyncJob) {
  const key = { singletonKey: job.connectionId }
  const waiting = await boss.findJobs<SyncJob>(sync_queue, { key: job.connectionId, queued: true })
  const data = waiting.map((one) => one.data).reduce((all, one) => joined(one, all), job)
  const priority = interactive_priority
  await boss.upsert(sync_queue, data, { ...key, priority, startAfter: new Date() })
}
