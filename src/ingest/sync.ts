import { events_stream } from '../connect/connect.ts'
import { settlement } from '../model/settlement.ts'
import { listOf, type Stream } from '../partners/stream.ts'
import { noteAggregation } from '../store/aggregation.ts'
import type { DriftKey } from '../store/drift.ts'
import { setReconcile } from '../store/schedule.ts'
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
import { type Comparing, closeReports, comparing, isReadAgain, openReports } from './compare.ts'
import { byEvents } from './events.ts'
import { type Greeting, greet } from './greet.ts'
import { guarded } from './guard.ts'
import { confirmMissing } from './missing.ts'
import {
  fullPlan,
  isFullSegment,
  isKeptByLog,
  isVerificationDue,
  type Plan,
  recentPlan,
} from './plan.ts'
import { noteLogRead, noteRead, noteWhole, postpone } from './reschedule.ts'
import { keyOf, type Run, withPriority } from './run.ts'
import { type Reading, readSegments } from './segments.ts'
import { isStated, stateFees } from './statement.ts'

export interface SyncOptions {
  /** Only these streams; all by default. */
  readonly streams?: readonly string[]
  /** They are read because their time has come: those that are only ever read whole are. */
  readonly scheduled?: boolean
}

export interface SyncResult {
  /** Streams that did not end well, with the reason as shown in the connection. */
  readonly failed: { readonly stream: string; readonly reason: string }[]
}

/**
 * Brings a connection up to date: streams never read to their end are backfilled, the others
 * follow the event log. Goes on where an earlier run was cut off. A stream that fails says why in
 * its state, is tried again by itself, and does not stop the others; a refused credential stops
 * them all.
 */
export async function syncConnection(run: Run, options: SyncOptions = {}): Promise<SyncResult> {
  const failed: SyncResult['failed'] = []
  const wanted = (name: string) => !options.streams || options.streams.includes(name)
  const { greeting, ended: met } = await greet(run, await readNow(run, wanted))
  if (greeting === null) return { failed: [{ stream: events_stream, reason: met.reason ?? '' }] }
  await prepareEventLog(run, greeting.horizon_ms)
  for (const stream of run.partner.streams.filter(({ name }) => wanted(name))) {
    const reason = await waitsForParents(run, stream)
    if (reason !== null) {
      failed.push({ stream: stream.name, reason })
      continue
    }
    const read = () => readStream(run, stream, { ...greeting, ...options })
    const ended = await guarded(run, [stream.name], read)
    if (ended.reason !== null) failed.push({ stream: stream.name, reason: ended.reason })
    if (ended.stop) return { failed }
  }
  if (run.partner.events && wanted(events_stream)) {
    const ended = await guarded(run, [events_stream], () => readEvents(run, greeting))
    if (ended.reason !== null) failed.push({ stream: events_stream, reason: ended.reason })
  }
  if (isStated(run.partner)) await stateFees(run)
  if (failed.length === 0) await noteAggregated(run)
  return { failed }
}

async function noteAggregated({ db, partner, connection, now }: Run) {
  const { ledgerAccountId, id } = connection
  const settles = partner.streams.some(({ maps }) => maps.some((m) => m.object === settlement))
  const of = { ledgerAccountId, connectionId: id, settles }
  await noteAggregation(db, { ...of, now_ms: now() })
}

/** Of the wanted streams those that a run asks the partner for; the log keeps the others true. */
async function readNow(run: Run, wanted: (name: string) => boolean): Promise<string[]> {
  const rows = await rowsOf(run)
  const kept = run.partner.streams.filter((stream) => {
    const read = (rows.get(stream.name)?.watermark_ms ?? null) !== null
    return read && isKeptByLog(run.partner, stream)
  })
  const names = new Set(kept.map(({ name }) => name))
  return [...rows.keys()].filter((name) => wanted(name) && !names.has(name))
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
    const [kept, others] = [true, false].map((is) =>
      run.partner.streams.filter((stream) => isKeptByLog(run.partner, stream) === is),
    )
    for (const { name } of kept ?? []) await resetWatermark(tx, keyOf(run, name), null)
    // Of these the log only told deletions sooner: reading them whole tells them too.
    const streams = (others ?? []).map(({ name }) => name)
    await setReconcile(tx, { key: keyOf(run, ''), streams, at_ms: run.now() })
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
  await postpone(run, name)
  return reason
}

type Asked = Greeting & SyncOptions

async function readStream(run: Run, stream: Stream, asked: Asked) {
  const { horizon_ms } = asked
  const row = (await rowsOf(run)).get(stream.name)
  if (!row) throw new Error(`connection ${run.connection.id} has no stream ${stream.name}`)
  const full = await isReadWhole(run, stream, row, asked)
  if (!full && (isKeptByLog(run.partner, stream) || stream.strategy === 'sweep')) return
  const since = row.watermark_ms === null ? null : row.last_success
  const { account_created_ms } = run.connection
  const plan = full
    ? fullPlan(stream, { account_created_ms, horizon_ms })
    : recentPlan(stream, { watermark_ms: row.watermark_ms, horizon_ms })
  const wanted = { stream, plan, since, horizon_ms, full }
  const wasFull = await readPass(run, wanted)
  // What was cut off before went first, and was less than what is wanted now.
  if (full && !wasFull) await readPass(run, wanted)
  await noteRead(run, stream, asked)
  run.onProgress({ stream: stream.name, seen: 0, segments_open: 0, done: true })
}

/** Whether everything is to be read: the first time, when it is due, or when that was cut off. */
async function isReadWhole(
  run: Run,
  stream: Stream,
  row: StreamRow,
  { horizon_ms, scheduled = false }: Asked,
): Promise<boolean> {
  const { watermark_ms, verified_ms, reconcile_ms } = row
  if (watermark_ms === null || isVerificationDue(stream, verified_ms, horizon_ms)) return true
  if (reconcile_ms !== null && reconcile_ms <= run.now()) return true
  if (scheduled && stream.strategy === 'sweep') return true
  const segments = await segmentsOf(run.db, keyOf(run, stream.name))
  const unfinished = segments.some(({ closed }) => !closed) || isUnfinished(row)
  return unfinished && segments.some(isFullSegment)
}

interface WantedPass {
  readonly stream: Stream
  readonly plan: Plan
  /** Of children: of parents that changed since then (RFC 3339). */
  readonly since: string | null
  readonly horizon_ms: number
  readonly full: boolean
}

/** Reads a pass to its end, and what a whole reading brings with it. Whether it was one. */
async function readPass(run: Run, wanted: WantedPass): Promise<boolean> {
  const { stream, plan, horizon_ms } = wanted
  const { name } = stream
  const { segments, row } = await openPass(run, { name, plan, horizon_ms })
  const wasFull = segments.some(isFullSegment)
  const open = await openReports(run, [name])
  const by = wasFull ? await comparing(run, stream, row) : null
  const reader = withPriority(run, wasFull ? 'backfill' : 'incremental')
  const compared = wasFull ? { ...(by ? { by } : {}) } : { explains: open.keys }
  await readSegments(reader, segments, { ...readingOf(reader, wanted), compared })
  const since_ms = row.run_started_ms ?? 0
  if (wasFull && row.last_full_verification) await confirmMissing(reader, stream, { since_ms, by })
  await completeRun(run.db, keyOf(run, name), { full: wasFull, now_ms: run.now() })
  if (wasFull) await noteWhole(run, stream)
  // The log explains what it keeps true, once it has been read.
  if (isKeptByLog(run.partner, stream)) return wasFull
  if (wasFull && by && isReadAgain(stream)) await explain(run, wanted, by)
  else await closeReports(run, [...open.keys, ...(by ? [by.key] : [])])
  return wasFull
}

function readingOf(run: Run, { stream, since, full }: WantedPass): Reading {
  if (stream.strategy === 'children') return byParent(run, stream, since)
  const paged = byCreation(run, stream, listOf(stream, run.connection.facts))
  return full && stream.bulk ? byFile(run, stream, stream.bulk, paged) : paged
}

/** What changed while a pass went on is no drift: what is recent is read once more, and tells it. */
async function explain(run: Run, wanted: WantedPass, { base_ms }: Comparing) {
  const { stream, horizon_ms } = wanted
  const plan = recentPlan(stream, { watermark_ms: base_ms, horizon_ms })
  await readPass(run, { ...wanted, plan, full: false })
}

interface Pass {
  readonly name: string
  readonly plan: Plan
  readonly horizon_ms: number
}

/** The segments of a pass: those of one that was cut off, else of the one that was planned. */
async function openPass(
  run: Run,
  { name, plan, horizon_ms }: Pass,
): Promise<{ segments: Segment[]; row: StreamRow }> {
  const key = keyOf(run, name)
  await setStreamState(run.db, { key, state: 'fetching' })
  const rowNow = async () => (await rowsOf(run)).get(name)
  let segments = await segmentsOf(run.db, key)
  const before = await rowNow()
  // A pass whose segments are all closed may not have been noted as ended.
  if (!segments.some(({ closed }) => !closed) && !(before && isUnfinished(before))) {
    await startRun(run.db, { key, segments: plan, horizon_ms, now_ms: run.now() })
    segments = await segmentsOf(run.db, key)
  }
  const row = await rowNow()
  if (!row) throw new Error(`connection ${run.connection.id} has no stream ${name}`)
  return { segments, row }
}

function isUnfinished({ horizon_ms, watermark_ms }: StreamRow): boolean {
  return horizon_ms !== null && (watermark_ms ?? -1) < horizon_ms
}

async function readEvents(run: Run, greeting: Greeting) {
  const log = run.partner.events
  if (!log) return
  const { horizon_ms } = greeting
  const kept = run.partner.streams.filter((stream) => isKeptByLog(run.partner, stream))
  const row = (await rowsOf(run)).get(events_stream)
  const open = await openReports(
    run,
    kept.map(({ name }) => name),
  )
  const from_ms = Math.min(row?.watermark_ms ?? horizon_ms, open.since_ms) - log.overlap_ms
  const plan = [{ kind: 'events', from: String(from_ms), to: null }] as const
  const { segments } = await openPass(run, { name: events_stream, plan, horizon_ms })
  const compared = { explains: open.keys }
  await readSegments(run, segments, { ...byEvents(run, log), compared })
  await completeRun(run.db, keyOf(run, events_stream), { full: false, now_ms: run.now() })
  await closeReports(run, await over(run, open.keys))
  const done = (await rowsOf(run)).get(events_stream)
  await moveWatermarks(run.db, {
    key: keyOf(run, ''),
    streams: kept.map(({ name }) => name),
    watermark_ms: done?.watermark_ms ?? horizon_ms,
    now_ms: run.now(),
  })
  await noteLogRead(run, kept, greeting)
  run.onProgress({ stream: events_stream, seen: 0, segments_open: 0, done: true })
}

/** Of the passes that were compared, those that are over. */
async function over(run: Run, keys: readonly DriftKey[]): Promise<DriftKey[]> {
  const rows = await rowsOf(run)
  return keys.filter(({ stream, pass_ms }) => (rows.get(stream)?.full_run_ms ?? 0) >= pass_ms)
}
