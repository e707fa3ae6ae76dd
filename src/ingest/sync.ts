import { events_stream } from '../connect/connect.ts'
import { endConnection } from '../connect/revoke.ts'
import { objectNamed } from '../model/index.ts'
import { Refused, Unavailable } from '../partners/errors.ts'
import { listOf, type Stream } from '../partners/stream.ts'
import { setFacts, setStatus } from '../store/connection.ts'
import { missingSince } from '../store/parent.ts'
import { IntegrityViolation } from '../store/save.ts'
import {
  completeRun,
  moveWatermarks,
  resetWatermark,
  type Segment,
  type StreamRow,
  segmentsOf,
  setStreamState,
  startRun,
  streamRows,
} from '../store/segment.ts'
import { byCreation } from './backfill.ts'
import { byFile } from './bulk.ts'
import { byParent } from './children.ts'
import { byEvents, reread } from './events.ts'
import { plainText } from './fetch.ts'
import { fullPlan, isKeptByLog, isVerificationDue, type Plan, recentPlan } from './plan.ts'
import { keyOf, type Run } from './run.ts'
import { type Reading, readSegments } from './segments.ts'
import { isStated, stateFees } from './statement.ts'

export interface SyncOptions {
  /** Only these streams; all by default. */
  readonly streams?: readonly string[]
}

export interface SyncResult {
  /** Streams that did not end well, with the reason as shown in the connection. */
  readonly failed: { readonly stream: string; readonly reason: string }[]
}

/**
 * Brings a connection up to date: streams never read to their end are backfilled, the others
 * follow the event log. Goes on where an earlier run was cut off. A stream that fails says why in
 * its state and does not stop the others; a refused credential stops them all.
 */
export async function syncConnection(run: Run, options: SyncOptions = {}): Promise<SyncResult> {
  const failed: SyncResult['failed'] = []
  const horizon_ms = await greet(run, failed)
  if (horizon_ms === null) return { failed }
  const wanted = (name: string) => !options.streams || options.streams.includes(name)
  await prepareEventLog(run, horizon_ms)
  for (const stream of run.partner.streams.filter(({ name }) => wanted(name))) {
    const reason = await waitsForParents(run, stream)
    if (reason !== null) {
      failed.push({ stream: stream.name, reason })
      continue
    }
    const ended = await guarded(run, stream.name, () => readStream(run, stream, horizon_ms))
    if (ended.reason !== null) failed.push({ stream: stream.name, reason: ended.reason })
    if (ended.stop) return { failed }
  }
  if (run.partner.events && wanted(events_stream)) {
    const ended = await guarded(run, events_stream, () => readEvents(run, horizon_ms))
    if (ended.reason !== null) failed.push({ stream: events_stream, reason: ended.reason })
  }
  if (isStated(run.partner)) await stateFees(run)
  return { failed }
}

/** Asks whose account it is: tests the credential and tells the partner's time. */
async function greet(run: Run, failed: SyncResult['failed']): Promise<number | null> {
  const asked_ms = run.now()
  let date_ms: number | null = null
  const { reason } = await guarded(run, events_stream, async () => {
    date_ms = await partnerTime(run)
    const { connection } = run
    if (connection.status !== 'Active') await setConnection(run, 'Active', null)
  })
  if (reason !== null) {
    failed.push({ stream: events_stream, reason })
    return null
  }
  // Of two clocks the earlier: what lies between them is read twice rather than never.
  return Math.min(asked_ms, date_ms ?? asked_ms)
}

async function partnerTime(run: Run): Promise<number | null> {
  try {
    const { facts, date_ms } = await run.account()
    if (JSON.stringify(facts) !== JSON.stringify(run.connection.facts)) {
      await setFacts(run.db, { ...run.connection, facts })
      run.connection = { ...run.connection, facts }
    }
    return date_ms
  } catch (error) {
    // A restricted key may read records without being allowed to read the account itself.
    if (error instanceof Refused && error.status === 403) return null
    throw error
  }
}

/** Where the log is read from when it was not read before, or not for longer than it reaches. */
async function prepareEventLog(run: Run, horizon_ms: number) {
  const log = run.partner.events
  if (!log) return
  const rows = await rowsOf(run)
  const watermark_ms = rows.get(events_stream)?.watermark_ms ?? null
  const forgotten = watermark_ms !== null && horizon_ms - watermark_ms > log.reach_ms
  if (watermark_ms !== null && !forgotten) return
  // Together: a log that begins anew beside streams that do not would hide what it forgot.
  await run.db.transaction(async (tx) => {
    await resetWatermark(tx, keyOf(run, events_stream), horizon_ms)
    if (!forgotten) return
    for (const stream of run.partner.streams) {
      if (isKeptByLog(run.partner, stream)) await resetWatermark(tx, keyOf(run, stream.name), null)
    }
  })
}

async function rowsOf({ db, connection }: Run): Promise<Map<string, StreamRow>> {
  const { ledgerAccountId, id } = connection
  const rows = await streamRows(db, { ledgerAccountId, connectionId: id })
  return new Map(rows.map((row) => [row.stream, row]))
}

/** Children of parents that are not all read yet would be taken for all there are. */
async function waitsForParents(run: Run, { name, parent }: Stream): Promise<string | null> {
  if (!parent) return null
  const rows = await rowsOf(run)
  const unread = run.partner.streams
    .filter(({ maps }) => maps.some((map) => map.object.name === parent.object && !map.derived))
    .find((stream) => (rows.get(stream.name)?.watermark_ms ?? null) === null)
  if (!unread) return null
  const reason = `waits for ${unread.name}, under which they are listed`
  await setStreamState(run.db, { key: keyOf(run, name), state: 'queued', reason })
  return reason
}

async function readStream(run: Run, stream: Stream, horizon_ms: number) {
  const row = (await rowsOf(run)).get(stream.name)
  const watermark_ms = row?.watermark_ms ?? null
  const first = watermark_ms === null
  const full = first || isVerificationDue(stream, row?.verified_ms ?? null, horizon_ms)
  if (!full && (isKeptByLog(run.partner, stream) || stream.strategy === 'sweep')) return
  const plan = full
    ? fullPlan(stream, { account_created_ms: run.connection.account_created_ms, horizon_ms })
    : recentPlan(stream, { watermark_ms, horizon_ms })
  const since = first ? null : (row?.last_success ?? null)
  const reading =
    stream.strategy === 'children' ? byParent(run, stream, since) : wholeOrPages(run, stream, full)
  const wasFull = await pass(run, { name: stream.name, plan, reading, horizon_ms })
  if (wasFull && row?.last_full_verification) await confirmMissing(run, stream)
  await completeRun(run.db, keyOf(run, stream.name), { full: wasFull, now_ms: run.now() })
  run.onProgress({ stream: stream.name, seen: 0, segments_open: 0, done: true })
}

function wholeOrPages(run: Run, stream: Stream, full: boolean): Reading {
  const paged = byCreation(run, stream, listOf(stream, run.connection.facts))
  return full && stream.bulk ? byFile(run, stream, stream.bulk, paged) : paged
}

interface Pass {
  readonly name: string
  readonly plan: Plan
  readonly reading: Reading
  readonly horizon_ms: number
}

/** Reads a stream's open segments, those of a pass that was cut off first. Whether it was full. */
async function pass(run: Run, { name, plan, reading, horizon_ms }: Pass): Promise<boolean> {
  const key = keyOf(run, name)
  await setStreamState(run.db, { key, state: 'fetching' })
  let segments = await segmentsOf(run.db, key)
  if (!segments.some((segment) => !segment.closed)) {
    const { db, now } = run
    if (!(await isUnfinished(run, name))) {
      await startRun(db, { key, segments: plan, horizon_ms, now_ms: now() })
    }
    segments = await segmentsOf(db, key)
  }
  await readSegments(
    run,
    segments.filter((segment: Segment) => !segment.closed),
    reading,
  )
  return segments.some(({ kind }) => kind === 'backfill' || kind === 'children')
}

/** A pass whose segments are all closed but whose end was not yet noted. */
async function isUnfinished(run: Run, name: string): Promise<boolean> {
  const row = (await rowsOf(run)).get(name)
  const { horizon_ms = null, watermark_ms = null } = row ?? {}
  return horizon_ms !== null && (watermark_ms ?? -1) < horizon_ms
}

async function readEvents(run: Run, horizon_ms: number) {
  const log = run.partner.events
  if (!log) return
  const row = (await rowsOf(run)).get(events_stream)
  const from = String((row?.watermark_ms ?? horizon_ms) - log.overlap_ms)
  const plan = [{ kind: 'events', from, to: null }] as const
  await pass(run, { name: events_stream, plan, reading: byEvents(run, log), horizon_ms })
  const now_ms = run.now()
  await completeRun(run.db, keyOf(run, events_stream), { full: false, now_ms })
  const kept = run.partner.streams.filter((stream) => isKeptByLog(run.partner, stream))
  const done = (await rowsOf(run)).get(events_stream)
  await moveWatermarks(run.db, {
    key: { ledgerAccountId: run.connection.ledgerAccountId, connectionId: run.connection.id },
    streams: kept.map(({ name }) => name),
    watermark_ms: done?.watermark_ms ?? horizon_ms,
    now_ms,
  })
  run.onProgress({ stream: events_stream, seen: 0, segments_open: 0, done: true })
}

const nominated_page_max = 100

/** After a complete pass: what it did not meet is only nominated; the partner is asked for each. */
async function confirmMissing(run: Run, stream: Stream) {
  const [map] = stream.maps
  if (!map || stream.retrieve === null) return
  const row = (await rowsOf(run)).get(stream.name)
  let after = ''
  for (;;) {
    const missing = await missingSince(run.db, {
      type: objectNamed(map.object.name),
      ledgerAccountId: run.connection.ledgerAccountId,
      connectionId: run.connection.id,
      stamp: row?.run_started_ms ?? 0,
      parentObject: stream.parent?.object ?? null,
      after,
      limit: nominated_page_max,
    })
    for (const { id, partnerRecordId, parentId } of missing) {
      after = id
      // Several streams may fill one object; only its own can tell what became of a record.
      if (stream.owns && !stream.owns(partnerRecordId, parentId)) continue
      const touch = { partnerRecordId, parentId, deleted: false }
      const found = await reread(run, stream, touch, 'sweep')
      await run.writer.save({
        key: keyOf(run, stream.name),
        ...found,
        checkpoint: async () => undefined,
      })
    }
    if (missing.length < nominated_page_max) return
  }
}

interface Ended {
  readonly reason: string | null
  /** The whole connection cannot be read. */
  readonly stop: boolean
}

const well: Ended = { reason: null, stop: false }

/** Runs the reading of one stream; what goes wrong becomes its state, in words. */
async function guarded(run: Run, stream: string, work: () => Promise<void>): Promise<Ended> {
  try {
    await work()
    return well
  } catch (error) {
    if (run.signal.aborted) throw error
    const key = keyOf(run, stream)
    const reason = reasonOf(error)
    if (error instanceof Refused && error.status === 401) {
      await setStreamState(run.db, { key, state: 'failed', reason })
      if (error.withdrawn) await endConnection(run.db, withdrawnOf(run, reason))
      else await setConnection(run, 'Lost Connection', reason)
      return { reason, stop: true }
    }
    if (error instanceof Unavailable) {
      const retry_ms = error.retryAt_ms ?? run.now() + retry_default_ms
      await setStreamState(run.db, { key, state: 'waiting-for-retry', reason, retry_ms })
      return { reason, stop: false }
    }
    if (!isPartners(error)) throw error
    await setStreamState(run.db, { key, state: 'failed', reason })
    return { reason, stop: false }
  }
}

const retry_default_ms = 60_000
const partner_errors = new Set([
  'BadAnswer',
  'Refused',
  'Gone',
  'Rejected',
  'Unavailable',
  'BadAddress',
])

/** Whether an error is the partner's, or a broken invariant of this stream; ours end the run. */
function isPartners(error: unknown): boolean {
  return error instanceof IntegrityViolation || partner_errors.has((error as Error).name)
}

function reasonOf(error: unknown): string {
  if (error instanceof IntegrityViolation) return `${error.code}: ${error.message}`
  return plainText((error as Error).message)
}

function withdrawnOf({ connection, now, partner }: Run, reason: string) {
  return { connection, reason: `revoked at ${partner.title}: ${reason}`, now_ms: now() }
}

async function setConnection(
  run: Run,
  status: 'Active' | 'Lost Connection',
  reason: string | null,
) {
  const { ledgerAccountId, id } = run.connection
  await setStatus(run.db, { ledgerAccountId, id, status, reason, now_ms: run.now() })
}
