import { Gone, Rejected } from '../partners/errors.ts'
import { newLoopGuard } from '../partners/paginate.ts'
import { lowerHorizon, moveSegment, type Segment, splitSegment } from '../store/segment.ts'
import type { Compared } from './compare.ts'
import type { Prepared } from './fetch.ts'
import { keyOf, type Run } from './run.ts'

/** What a reader of segments does at each step. */
export interface Reading {
  /** Reads the page at a segment's place. */
  readonly read: (segment: Segment, signal: AbortSignal) => Promise<SegmentPage>
  /** Where to cut a segment in two, so that its lower part is read beside it; null: not here. */
  readonly split?: (segment: Segment) => { at: string; overlap: string } | null
  /** Where to cut a segment that the partner refuses to read whole; null: the error stands. */
  readonly divide?: (segment: Segment, error: unknown) => { at: string; overlap: string } | null
  /** Pages that are left of a segment, as far as those that were read let one guess; null: no idea. */
  readonly rest?: (segment: Segment) => number | null
  /** What its pages say about drift. */
  readonly compared?: Compared
}

export interface SegmentPage extends Prepared {
  /** Cursor of the next page; null when this was the last one. */
  readonly next: string | null
  /** How far down the range the page came. */
  readonly reached: string | null
  /** Until when the partner knows what happened; see Page. */
  readonly complete_ms?: number
}

/** Segments of a stream that are read side by side. */
export const segments_parallel_max = 16

/** Pages a segment is read alone before it may be cut: most streams are shorter. */
export const split_after_pages = 4

/** Pages that must probably be left for a segment to be cut before that. */
export const split_rest_pages = 2 * split_after_pages

/** Reads segments that are open to their end, side by side; a page is saved with its checkpoint. */
export async function readSegments(run: Run, segments: readonly Segment[], reading: Reading) {
  const stop = new AbortController()
  const signal = AbortSignal.any([run.signal, stop.signal])
  const waiting = segments.filter(({ closed }) => !closed)
  const running = new Set<Promise<void>>()
  const failures: unknown[] = []

  const start = (segment: Segment) => {
    const reader = readSegment(segment).catch((error) => {
      failures.push(error)
      stop.abort(error)
    })
    running.add(reader)
    void reader.finally(() => running.delete(reader))
  }

  async function readSegment(first: Segment) {
    const guard = newLoopGuard()
    let segment = first
    while (!segment.closed) {
      signal.throwIfAborted()
      const before = segment
      const after = await readPage(before, guard).catch((error) => divided(before, error))
      segment = after
      if (after.pages === before.pages) continue
      const cut = canSplit(segment) ? reading.split?.(segment) : null
      if (!cut) continue
      const { upper, lower } = await splitSegment(run.db, segment, cut)
      segment = upper
      start(lower)
    }
  }

  function canSplit(segment: Segment): boolean {
    const busy = running.size + waiting.length
    if (segment.closed || busy >= segments_parallel_max) return false
    const rest = reading.rest?.(segment) ?? 0
    return segment.pages >= split_after_pages || rest >= split_rest_pages
  }

  async function divided(segment: Segment, error: unknown): Promise<Segment> {
    const cut = segment.pages === 0 ? reading.divide?.(segment, error) : null
    if (!cut) throw error
    const { upper, lower } = await splitSegment(run.db, segment, cut)
    waiting.push(lower)
    return upper
  }

  async function readPage(segment: Segment, guard: (cursor: string) => void): Promise<Segment> {
    const page = await pageOrRestart(segment)
    if (page.next !== null) guard(page.next)
    const after: Segment = {
      ...segment,
      cursor: page.next,
      reached: page.reached ?? segment.reached,
      pages: segment.pages + 1,
      records: segment.records + page.seen,
      closed: page.next === null,
    }
    await run.writer.save({
      key: keyOf(run, segment.stream),
      records: page.records,
      rejects: page.rejects,
      seen: page.seen,
      checkpoint: async (tx) => {
        await moveSegment(tx, segment, after)
        if (page.complete_ms !== undefined) await lowerHorizon(tx, after, page.complete_ms)
      },
      ...(reading.compared ? { compared: reading.compared } : {}),
    })
    run.onProgress({
      stream: segment.stream,
      seen: page.seen,
      segments_open: running.size,
      done: false,
    })
    return after
  }

  /** A cursor may name what is gone by now; then the rest of the range is read from its time. */
  async function pageOrRestart(segment: Segment): Promise<SegmentPage> {
    try {
      return await reading.read(segment, signal)
    } catch (error) {
      const refused = error instanceof Rejected || error instanceof Gone
      if (!refused || segment.cursor === null) throw error
      return reading.read({ ...segment, cursor: null, to: segment.reached ?? segment.to }, signal)
    }
  }

  while (waiting.length > 0 || running.size > 0) {
    while (failures.length === 0 && waiting.length > 0 && running.size < segments_parallel_max) {
      start(waiting.shift() as Segment)
    }
    if (running.size === 0) break
    await Promise.race(running)
  }
  if (failures.length > 0) throw failures[0]
}
