import { type JobWithMetadata, PgBoss } from 'pg-boss'
import type { OnJob } from '../metrics/jobs.ts'
import type { JobKind, Jobs, Queue } from './jobs.ts'

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
/** Only a dead worker makes a retry; work that fails says so in its own tables and ends well. */
const takeovers_max = 10_000
/** Ended jobs are of no use: what became of them is in the tables. */
const keep_ended_s = 10 * 60
const stop_timeout_ms = 20_000
const connections_max = 4
const interactive_priority = 10

export interface SharedJobsOptions {
  readonly url: string
  readonly onError: (error: Error) => void
  readonly schema?: string
  readonly onJob?: OnJob | undefined
}

/** The queues of any number of processes, kept in Postgres by pg-boss in a schema of their own. */
export async function openSharedJobs(options: SharedJobsOptions): Promise<Jobs> {
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
  return sharedJobs(boss, options.onJob)
}

const common = {
  heartbeatSeconds: heartbeat_s,
  expireInSeconds: job_max_s,
  retryLimit: takeovers_max,
  retryDelay: 0,
  notify: true,
}

function sharedJobs(boss: PgBoss, onJob: OnJob | undefined): Jobs {
  const stopping = new AbortController()
  const timers: NodeJS.Timeout[] = []
  const names = new Set<string>()
  return {
    async queue(kind) {
      // `stately`: of each key at most one job waits and at most one runs.
      const how = { ...common, policy: 'stately', deleteAfterSeconds: keep_ended_s } as const
      if (!names.has(kind.name)) await boss.createQueue(kind.name, how)
      names.add(kind.name)
      return sharedQueue(boss, kind, { stopping: stopping.signal, onJob })
    },
    async every(name, every_ms, tick) {
      await boss.createQueue(name, common)
      names.add(name)
      await boss.work(name, polling, tick)
      const slot_s = Math.max(1, Math.round(every_ms / 1000))
      // Every process offers every tick; the first offer in a slot is taken.
      const offer = () => boss.send(name, {}, tickOptions(slot_s))
      await offer()
      timers.push(setInterval(() => void offer().catch(() => undefined), every_ms / 2))
    },
    async counts() {
      const found = await boss.getQueues([...names])
      return found.map(({ name, queuedCount, activeCount }) => ({
        queue: name,
        waiting: queuedCount,
        running: activeCount,
      }))
    },
    async stop() {
      for (const timer of timers) clearInterval(timer)
      // Nothing new is taken before what runs is given back, or it would be taken again here.
      await Promise.all([...names].map((name) => boss.offWork(name, { wait: false })))
      stopping.abort(new Error('the worker is being stopped'))
      await boss.stop({ graceful: true, timeout: stop_timeout_ms })
    },
  }
}

interface Working {
  readonly stopping: AbortSignal
  readonly onJob: OnJob | undefined
}

function sharedQueue<J extends object>(
  boss: PgBoss,
  kind: JobKind<J>,
  { stopping, onJob }: Working,
): Queue<J> {
  return {
    first: (job) => moveFirst(boss, kind, job),
    async last(jobs) {
      const inserts = jobs.map((job) => ({
        data: job,
        singletonKey: kind.keyOf(job),
        priority: -Math.min(rank_max, kind.rankOf?.(job) ?? 0),
      }))
      if (inserts.length > 0) await boss.insert(kind.name, inserts)
    },
    async work(run, parallel) {
      // Not its groups, which give back what they fetched in excess: where that key had been asked
      // for meanwhile, giving it back breaks a unique index, and the job stands until it is missed.
      const how = { ...polling, localConcurrency: parallel, includeMetadata: true } as const
      await boss.work(kind.name, how, async ([job]: JobWithMetadata<J>[]) => {
        lookAgain(boss, kind.name)
        if (!job) return
        const signal = AbortSignal.any([job.signal, stopping])
        await counted(job, () => run(job.data, signal), onJob)
      })
    },
  }
}

/** Whoever is at work on a queue looks for the next job when it ends, not at its next poll. */
function lookAgain(boss: PgBoss, name: string) {
  for (const worker of boss.getWipData()) {
    if (worker.name === name && worker.count > 0) boss.notifyWorker(worker.id)
  }
}

const rank_max = 1_000_000

const polling = {
  pollingIntervalSeconds: poll_s,
  notifyPollingIntervalSeconds: poll_beside_notify_s,
  heartbeatRefreshSeconds: heartbeat_refresh_s,
}

async function counted<J>(job: JobWithMetadata<J>, work: () => Promise<void>, onJob?: OnJob) {
  const began_ms = Date.now()
  let failed = true
  try {
    await work()
    failed = false
  } finally {
    const waited_ms = began_ms - Math.max(msOf(job.createdOn), msOf(job.startAfter))
    onJob?.({ queue: job.name, waited_ms, took_ms: Date.now() - began_ms, failed })
  }
}

/** Our driver leaves times as text, whatever the types of pg-boss say. */
function msOf(time: Date | string): number {
  return new Date(time).getTime()
}

function tickOptions(slot_s: number) {
  return { singletonSeconds: slot_s, deleteAfterSeconds: Math.max(keep_ended_s, slot_s * 2) }
}

async function moveFirst<J extends object>(boss: PgBoss, kind: JobKind<J>, job: J) {
  const key = kind.keyOf(job)
  const waiting = await boss.findJobs<J>(kind.name, { key, queued: true })
  const data = waiting.map((one) => one.data).reduce((all, one) => kind.joined(one, all), job)
  const priority = interactive_priority
  const how = { singletonKey: key, priority, startAfter: new Date() }
  await boss.upsert(kind.name, data, how)
}
