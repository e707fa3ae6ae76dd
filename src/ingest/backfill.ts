import { Rejected } from '../partners/errors.ts'
import type { ListRequest } from '../partners/request.ts'
import { isRule, type Payload, pathReader } from '../partners/rule.ts'
import { referenceId } from '../partners/rules.ts'
import type { Stream } from '../partners/stream.ts'
import type { Incoming } from '../store/decide.ts'
import type { Segment } from '../store/segment.ts'
import { completed, type FetchedPage, fetchPage, merged, prepare, unfolded } from './fetch.ts'
import { contextOf, type Run } from './run.ts'
import type { Reading, SegmentPage } from './segments.ts'
import { tombstones } from './tombstone.ts'
import { inTurn } from './turn.ts'

// Lists are filtered in whole seconds, so neighbouring ranges share one.
const edge_overlap_ms = 1000
const shortest_range_ms = 60_000

/**
 * Reads a list within its range of time. One that is ordered by creation, newest first, is cut in
 * parts that are read together; one that holds more than the partner gives is cut until it does not.
 */
export function byCreation(run: Run, stream: Stream, list: ListRequest): Reading {
  const { splitOn, strategy } = stream
  const newestFirst = strategy === 'created' || strategy === 'created+events'
  const read = async (segment: Segment): Promise<SegmentPage> => {
    const page = await fetchPage(run, list, {
      from_ms: milliseconds(segment.from),
      to_ms: milliseconds(segment.to),
      cursor: segment.cursor,
    })
    const { there, gone } = byLife(run, stream, page)
    const payloads = await completed(run, stream, await unfolded(run, stream, there))
    const alive = await inTurn(() =>
      prepare(stream, payloads, { context: contextOf(run), stamp: page.stamp }),
    )
    const prepared = segment.kind === 'recent' ? merged([alive, ...gone]) : alive
    const reached = newestFirst ? oldest(prepared.records, segment) : null
    const { next, complete_ms } = page
    return { ...prepared, next, reached, ...(complete_ms === undefined ? {} : { complete_ms }) }
  }
  if (splitOn) return { read, divide: (segment, error) => overfull(segment, error, splitOn) }
  if (!newestFirst || !list.timeFilter) return { read }
  return { read, split: halve, rest: (segment) => restPages(segment, run.now()) }
}

/** Partner ids of what a payload is, or of the parts of it that are records of their own. */
function recordIdsIn(run: Run, { maps, idAt = 'id' }: Stream, payload: Payload): string[] {
  const [main] = maps
  const context = contextOf(run)
  const rule = main?.rules.partnerRecordId
  const named =
    main?.each && rule && isRule(rule)
      ? main.each(payload, context).map((part) => rule.read(part, context))
      : [pathReader(idAt)(payload)]
  return named.flatMap((id) => referenceId(id) ?? [])
}

/** The rows of a page that are there, and the deletions that the others tell of. */
function byLife(run: Run, stream: Stream, { items, stamp }: FetchedPage) {
  const { isDeleted } = stream
  if (!isDeleted) return { there: items, gone: [] }
  const gone = items
    .filter(isDeleted)
    .flatMap((payload) => recordIdsIn(run, stream, payload))
    .map((partnerRecordId) =>
      tombstones(run, stream, { partnerRecordId, evidence: 'refetch', stamp }),
    )
  return { there: items.filter((payload) => !isDeleted(payload)), gone }
}

/** Cuts a span in which the partner finds more than it gives; the shortest is left to fail. */
function overfull({ from, to }: Segment, error: unknown, splitOn: readonly string[]) {
  if (!(error instanceof Rejected) || !splitOn.includes(error.code ?? '')) return null
  const span_ms = Number(to) - Number(from)
  if (from === null || to === null || span_ms < 2 * edge_overlap_ms) return null
  const at = String(Math.floor((Number(from) + span_ms / 2) / 1000) * 1000)
  return { at, overlap: at }
}

function milliseconds(text: string | null): number | null {
  return text === null ? null : Number(text)
}

/** Creation time of the oldest record of a page, plus the edge that ranges share. */
function oldest(records: readonly Incoming[], segment: Segment): string | null {
  let reached = segment.reached === null ? Number.POSITIVE_INFINITY : Number(segment.reached)
  for (const { record } of records) {
    const created = Date.parse(String(record.created_date))
    if (created + edge_overlap_ms < reached) reached = created + edge_overlap_ms
  }
  return Number.isFinite(reached) ? String(reached) : null
}

/** Cuts what is left of a range in the middle: nothing is known of where the rest lies. */
function halve({ from, reached }: Segment): { at: string; overlap: string } | null {
  if (from === null || reached === null) return null
  const rest_ms = Number(reached) - Number(from)
  if (rest_ms < shortest_range_ms) return null
  const at = Math.floor((Number(from) + rest_ms / 2) / 1000) * 1000
  return { at: String(at), overlap: String(at + edge_overlap_ms) }
}

/** What is left if it is as dense as what was read: a guess that costs a request where it is wrong. */
function restPages({ from, to, reached, pages }: Segment, now_ms: number): number | null {
  if (from === null || reached === null) return null
  const read_ms = Number(to ?? now_ms) - Number(reached)
  return read_ms > 0 ? (pages * (Number(reached) - Number(from))) / read_ms : null
}
