import { streamNames } from '../connect/connect.ts'
import { type IngestMetrics, uncounted } from '../metrics/ingest.ts'
import type { Partner } from '../partners/partner.ts'
import { type Connection, findConnection } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import { giveWay, othersAreDue, setRetry } from '../store/schedule.ts'
import type { MasterKeys } from '../store/seal.ts'
import { resetWatermark, setStreamState, streamRows } from '../store/segment.ts'
import { dueStreams } from './due.ts'
import { retryAt, sync_every_ms } from './interval.ts'
import type { Log } from './log.ts'
import { withRun } from './open.ts'
import { type SyncResult, syncConnection } from './sync.ts'
import type { SyncJob } from './sync_job.ts'

export interface JobOptions {
  readonly db: Database
  readonly keys: MasterKeys
  readonly partners: readonly Partner[]
  readonly log: Log
  readonly every_ms?: number
  readonly slice_ms?: number
  readonly now?: () => number
  readonly metrics?: IngestMetrics
}

/** How long a sync may go on while other businesses wait for a worker. */
export const slice_ms_default = 2 * 60_000
const gives_way = 'gives way to other businesses, and goes on where it is'

/** Runs one job. Only a stop or a lost claim makes it fail, and then somebody takes it over. */
export async function runJob(options: JobOptions, job: SyncJob, signal: AbortSignal) {
  const { db, log, now = Date.now, metrics = uncounted } = options
  const connection = await findConnection(db, job.ledgerAccountId, job.connectionId)
  if (!connection || !isReadable(connection)) return
  const facts = { connection: connection.id, partnerSource: connection.partnerSource }
  const began_ms = Date.now()
  const slice = newSlice(options, job)
  const stop = AbortSignal.any([signal, slice.signal])
  try {
    const ended = await sync(options, { connection, job, signal: stop })
    const took_ms = Date.now() - began_ms
    if (ended === null) return
    const { failed } = ended
    const outcome = failed.length > 0 ? 'with failures' : 'complete'
    metrics.sync(connection.partnerSource, outcome, took_ms)
    if (failed.length > 0) log.warn({ ...facts, took_ms, failed }, 'sync ended with failures')
    else log.info({ ...facts, took_ms }, 'sync complete')
  } catch (error) {
    const outcome = stop.aborted ? 'stopped' : 'failed'
    metrics.sync(connection.partnerSource, outcome, Date.now() - began_ms)
    if (signal.aborted) throw error
    if (slice.signal.aborted) {
      await giveWay(db, job, now(), gives_way)
      log.info(facts, 'sync gave way to others')
      return
    }
    await noteFailure(options, connection, error as Error)
    log.error({ ...facts, err: error }, 'sync failed')
  } finally {
    slice.end()
  }
}

function isReadable({ status }: Connection): boolean {
  return status === 'Active' || status === 'Lost Connection'
}

/** Ends a sync that has had its time as soon as another business waits for its own at that partner. */
function newSlice({ db, now = Date.now, slice_ms = slice_ms_default }: JobOptions, job: SyncJob) {
  const over = new AbortController()
  const { ledgerAccountId, partnerSource } = job
  const timer = setInterval(async () => {
    // A look that fails is made again; the sync itself meets what is wrong with the database.
    const of = { ledgerAccountId, partnerSource, now_ms: now() }
    const waiting = await othersAreDue(db, of).catch(() => false)
    if (waiting) over.abort(new Error(gives_way))
  }, slice_ms)
  return { signal: over.signal, end: () => clearInterval(timer) }
}

interface Task {
  readonly connection: Connection
  readonly job: SyncJob
  readonly signal: AbortSignal
}

/** Reads what the job asks for; null where nothing is due any more. */
async function sync(options: JobOptions, { connection, job, signal }: Task) {
  const {
    db,
    keys,
    partners,
    now = Date.now,
    every_ms = sync_every_ms,
    metrics = uncounted,
  } = options
  const partner = partners.find(({ name }) => name === connection.partnerSource)
  if (!partner) throw new Error(`no partner named ${connection.partnerSource} in this version`)
  if (job.full_since_ms !== undefined) await forgetReading(db, partner, job)
  const streams = job.scheduled ? await dueNow(options, partner, job) : job.streams
  if (streams?.length === 0) return null
  const wanted = { ...(streams ? { streams } : {}), scheduled: job.scheduled ?? false }
  const of = { db, keys, connection, partner, signal, now, metrics, standard_ms: every_ms }
  return withRun(of, (run): Promise<SyncResult> => syncConnection(run, wanted))
}

const unknown_retry_ms = 24 * 3_600_000

async function dueNow({ db, now = Date.now }: JobOptions, partner: Partner, job: SyncJob) {
  const rows = await streamRows(db, job)
  // What this version does not read would be due for ever.
  const known = new Set(streamNames(partner))
  const unknown = rows.map(({ stream }) => stream).filter((name) => !known.has(name))
  if (unknown.length > 0) {
    await setRetry(db, { key: job, streams: unknown, at_ms: now() + unknown_retry_ms })
  }
  return dueStreams(partner, rows, now())
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
 * not even begin, all streams say so. It is tried again like any other failure.
 */
async function noteFailure(
  { db, now = Date.now }: JobOptions,
  { ledgerAccountId, id }: Connection,
  error: Error,
) {
  const reason = `internal error: ${error.message}`
  const connection = { ledgerAccountId, connectionId: id }
  const rows = await streamRows(db, connection)
  const open = rows.filter(({ state }) => state === 'fetching' || state === 'queued')
  for (const { stream, failures } of open.length > 0 ? open : rows) {
    await setStreamState(db, { key: { ...connection, stream }, state: 'failed', reason })
    const at_ms = retryAt('failed', { now_ms: now(), failures, told_ms: null })
    await setRetry(db, { key: connection, streams: [stream], at_ms })
  }
}
