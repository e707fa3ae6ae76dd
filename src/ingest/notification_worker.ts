import type { IngestMetrics } from '../metrics/ingest.ts'
import type { OnNotifications } from '../metrics/notifications.ts'
import type { Partner } from '../partners/partner.ts'
import { type Connection, findConnection } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import {
  connectionsDue,
  forgetProcessed,
  leaveNotifications,
  postponeAll,
} from '../store/notification.ts'
import type { MasterKeys } from '../store/seal.ts'
import type { Jobs, Queue } from './jobs.ts'
import { type NotificationJob, notificationJobs, type Wake, wakesOf } from './notification_job.ts'
import { processNotifications } from './notified.ts'
import { withRun } from './open.ts'
import type { Log } from './worker.ts'

export interface NotificationWorkerOptions {
  readonly db: Database
  readonly keys: MasterKeys
  readonly partners: readonly Partner[]
  readonly log: Log
  readonly metrics?: IngestMetrics
  readonly onNotifications?: OnNotifications
}

/** Connections whose notifications are processed at the same time. */
export const parallel = 8
/** How often the table is looked at for what nobody was woken for. */
export const look_every_ms = 5_000
const connections_a_look = 1_000
/** How long a partner's patience is tried here before the notification is put off instead. */
const patience_ms = 5_000
/** Processed ones are remembered longer than partners repeat themselves. */
export const remembered_ms = 7 * 24 * 60 * 60 * 1000
const forget_every_ms = 60 * 60 * 1000
/** What came for a lost connection is looked at again after this long. */
const lost_ms = 60_000

/** Processes notifications as they come. Gives what says that some have. */
export async function startNotifications(
  options: NotificationWorkerOptions,
  jobs: Jobs,
): Promise<Wake> {
  const { db, log } = options
  const queue = await jobs.queue(notificationJobs)
  await queue.work((job, signal) => runJob({ ...options, queue }, job, signal), parallel)
  await jobs.every('notifications', look_every_ms, () => enqueueWaiting(db, queue))
  await jobs.every('forget-notifications', forget_every_ms, async () => {
    while (await forgetProcessed(db, Date.now() - remembered_ms)) log.info({}, 'forgetting')
  })
  return wakesOf(queue, (err) => log.warn({ err }, 'notifications wait for the next look'))
}

/** For a process that receives notifications and leaves the work to others. */
export async function notificationWakes(jobs: Jobs, log: Pick<Log, 'warn'>): Promise<Wake> {
  const queue = await jobs.queue(notificationJobs)
  return wakesOf(queue, (err) => log.warn({ err }, 'notifications wait for the next look'))
}

/** After a restart, or a wake that was lost: what is due stands in the table. */
async function enqueueWaiting(db: Database, queue: Pick<Queue<NotificationJob>, 'last'>) {
  await queue.last(await connectionsDue(db, { now_ms: Date.now(), limit: connections_a_look }))
}

interface Working extends NotificationWorkerOptions {
  readonly queue: Pick<Queue<NotificationJob>, 'last'>
}

async function runJob(
  options: Working,
  { ledgerAccountId, connectionId }: NotificationJob,
  signal: AbortSignal,
) {
  const { db, keys, partners, log, queue, metrics, onNotifications } = options
  const connection = await findConnection(db, ledgerAccountId, connectionId)
  const partner = partners.find(({ name }) => name === connection?.partnerSource)
  if (!connection || !partner || connection.status !== 'Active') {
    return putAside(db, { ledgerAccountId, connectionId }, connection)
  }
  const facts = { connection: connectionId, partnerSource: partner.name }
  const began_ms = Date.now()
  const counted = metrics ? { metrics } : {}
  const opening = { db, keys, connection, partner, signal, patience_ms, ...counted }
  const { ended, postponed, reason, defects, more } = await withRun(opening, (run) =>
    processNotifications(run, { lingers: true }),
  )
  if (more) await queue.last([{ ledgerAccountId, connectionId }])
  const took_ms = Date.now() - began_ms
  onNotifications?.(partner.name, { ended, postponed, broken: defects.length, took_ms })
  const told = { ...facts, took_ms, ended, postponed, reason }
  for (const err of defects) log.error({ ...facts, err }, 'notification not processed')
  if (postponed > 0) log.warn(told, 'notifications wait')
  else if (ended > 0) log.info(told, 'notifications processed')
}

/** What cannot be read now waits; what is not to be read any more is left. */
async function putAside(db: Database, of: NotificationJob, connection: Connection | null) {
  const now_ms = Date.now()
  if (connection?.status === 'Lost Connection') {
    const reason = 'waits until the connection is authorised again'
    return postponeAll(db, of, { now_ms, due_ms: now_ms + lost_ms, reason })
  }
  await leaveNotifications(
    db,
    { ...of, now_ms },
    `the connection is ${connection?.status ?? 'gone'}`,
  )
}
