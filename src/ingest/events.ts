import { events_stream } from '../connect/connect.ts'
import { Gone, Refused } from '../partners/errors.ts'
import type { EventLog, Touch } from '../partners/notifications.ts'
import { type Payload, pathReader } from '../partners/rule.ts'
import { referenceId } from '../partners/rules.ts'
import type { Stream } from '../partners/stream.ts'
import { type Segment, setLastError } from '../store/segment.ts'
import { childrenOf, parentOf } from './children.ts'
import {
  completed,
  fetchOne,
  fetchPage,
  merged,
  nothing,
  type Prepared,
  plainText,
  prepare,
} from './fetch.ts'
import { contextOf, keyOf, type Run, streamNamed } from './run.ts'
import type { Reading, SegmentPage } from './segments.ts'
import { type Evidence, tombstones } from './tombstone.ts'

/** Objects that are read again at the same time. */
const parallel_refetches_max = 8

/**
 * Reads a partner's event log. An event only tells which object to read again: its body is of the
 * API version at its creation, and events come out of order and twice.
 */
export function byEvents(run: Run, log: EventLog): Reading {
  // Newest first: what a newer event has had read again needs no second reading for an older one.
  const handled = new Set<string>()
  return {
    async read(segment): Promise<SegmentPage> {
      const page = await pageOf(run, log, segment)
      const touches = page.items.flatMap(log.read).filter((touch) => isNew(handled, touch))
      const parts = await inParallel(touches, (touch) => followed(run, touch))
      const reached = oldestEvent(log, page.items, segment)
      return { ...merged(parts), seen: page.items.length, next: page.next, reached }
    },
  }
}

async function pageOf(run: Run, log: EventLog, segment: Segment) {
  try {
    return await fetchPage(run, log.list, {
      from_ms: segment.from === null ? null : Number(segment.from),
      to_ms: segment.to === null ? null : Number(segment.to),
      cursor: segment.cursor,
    })
  } catch (error) {
    if (!log.mayBeOff || !(error instanceof Refused) || error.isLost) throw error
    // No stream rests on such a log: it is read as one in which nothing stands, and says why.
    await setLastError(run.db, keyOf(run, events_stream), plainText(error.message))
    run.metrics.failure(run.partner.name, events_stream, error.name)
    return { items: [], next: null }
  }
}

function isNew(handled: Set<string>, touch: Touch): boolean {
  const key = keyOfTouch(touch)
  if (handled.has(key)) return false
  handled.add(key)
  return true
}

/** What is read once, however many events name it. */
export function keyOfTouch({ stream, children, parentId, partnerRecordId }: Touch): string {
  return `${stream} ${children ? parentId : partnerRecordId}`
}

function oldestEvent(log: EventLog, events: readonly object[], segment: Segment): string | null {
  const times = events.map((event) => log.created_ms(event as never)).filter(Number.isFinite)
  return times.length === 0 ? segment.reached : String(Math.min(...times) + 1000)
}

/** Reads several objects at the same time, as many as a partner is asked for at once. */
export async function inParallel<A, B>(
  items: readonly A[],
  work: (item: A) => Promise<B>,
): Promise<B[]> {
  const results: B[] = new Array(items.length)
  let next = 0
  const worker = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i] as A)
  }
  await Promise.all(Array.from({ length: Math.min(parallel_refetches_max, items.length) }, worker))
  return results
}

/** What became of an object that an event named: read again, or gone. */
export async function followed(run: Run, touch: Touch): Promise<Prepared> {
  const stream = streamNamed(run.partner, touch.stream)
  if (touch.children && touch.parentId !== null) return childrenOf(run, stream, touch.parentId)
  if (stream.retrieve === null) return nothing
  return reread(run, stream, touch)
}

/** Reads one object again. A partner that no longer has it is evidence of its deletion. */
export async function reread(
  run: Run,
  stream: Stream,
  { partnerRecordId, parentId, deleted, mergedInto }: Omit<Touch, 'stream'>,
  missing: Evidence = 'refetch',
): Promise<Prepared> {
  if (stream.retrieve === null) return nothing
  const evidence = deleted ? 'event' : missing
  const stamp = run.now()
  const gone = { partnerRecordId, evidence, mergedInto }
  try {
    const found = await fetchOne(run, stream.retrieve(partnerRecordId, parentId))
    if (stream.isDeleted?.(found.payload)) {
      return tombstones(run, stream, { ...gone, stamp: found.stamp })
    }
    const payloads = await completed(run, stream, [found.payload])
    const parent = stream.parent && parentId ? { [parentOf(stream).as]: parentId } : undefined
    const read = prepare(stream, payloads, { context: contextOf(run, parent), stamp: found.stamp })
    const survivor = survivorIn(stream, found.payload, partnerRecordId)
    if (survivor === null) return read
    const became = { ...gone, stamp: found.stamp, mergedInto: mergedInto ?? survivor }
    return merged([tombstones(run, stream, became), read])
  } catch (error) {
    if (!(error instanceof Gone)) throw error
    const tells = deleted || (stream.absenceTells?.(run.connection.facts) ?? true)
    return tells ? tombstones(run, stream, { ...gone, stamp }) : nothing
  }
}

/** Who answered for a record that was merged; null where it answered itself. */
function survivorIn(
  { answersMerged, idAt = 'id' }: Stream,
  payload: Payload,
  asked: string,
): string | null {
  const answered = answersMerged ? referenceId(pathReader(idAt)(payload)) : null
  return answered === asked ? null : answered
}
