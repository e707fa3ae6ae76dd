import { Readable } from 'node:stream'
import type { BulkExport, BulkFile, BulkStatus } from '../partners/bulk.ts'
import { BadAnswer, Gone, Unavailable } from '../partners/errors.ts'
import { type Line, linesOf } from '../partners/lines.ts'
import { pause } from '../partners/rate.ts'
import type { Payload } from '../partners/rule.ts'
import type { Stream } from '../partners/stream.ts'
import type { Segment } from '../store/segment.ts'
import { completed, nothing, prepare } from './fetch.ts'
import { contextOf, type Run } from './run.ts'
import type { Reading, SegmentPage } from './segments.ts'
import { inTurn } from './turn.ts'

/** Rows of the file that are saved together. */
export const rows_a_page = 500
/** Lines of one row; more is no row. */
export const parts_max = 10_000
/** How long a run waits for the file; the next one goes on waiting. */
export const file_wait_ms_max = 10 * 60_000

/**
 * Reads a whole list from a file that the partner writes, where the list is long; otherwise, and
 * where the partner could not write it, page by page. The checkpoint names the file and the place
 * in it, so that a run that was cut off goes on there.
 */
export function byFile(run: Run, stream: Stream, bulk: BulkExport, paged: Reading): Reading {
  let reader: RowReader | null = null
  return {
    ...paged,
    async read(segment, signal) {
      const place = placeIn(segment.cursor)
      if (place === null) {
        const pages = segment.cursor !== null || !(await isLong(run, bulk))
        return pages ? paged.read(segment, signal) : begun(await started(run, bulk, signal))
      }
      if (reader?.place !== segment.cursor) {
        const file = await written(run, bulk, { id: place.id, signal })
        // The partner gave up writing it.
        if (file === undefined) return paged.read({ ...segment, cursor: null }, signal)
        reader = rowsFrom(run, bulk, { place, file, signal })
      }
      return pageOf(run, stream, { reader, segment })
    },
  }
}

/** A place in a file; its stamp is when the partner was asked to write it. */
interface Place {
  readonly stamp: number
  readonly offset: number
  readonly id: string
}

const place_pattern = /^file (\d+) (\d+) (.+)$/s

function placeIn(cursor: string | null): Place | null {
  const [, stamp, offset, id] = place_pattern.exec(cursor ?? '') ?? []
  return id === undefined ? null : { stamp: Number(stamp), offset: Number(offset), id }
}

function cursorOf({ stamp, offset, id }: Place): string {
  return `file ${stamp} ${offset} ${id}`
}

async function isLong({ http, signal }: Run, { count, readCount, rows_min }: BulkExport) {
  const rows = readCount((await http.send(count, { signal })).body)
  return rows !== null && rows >= rows_min
}

/** Has the file begun, once the partner has its hands free. */
async function started(run: Run, bulk: BulkExport, signal: AbortSignal): Promise<Place> {
  const until_ms = run.now() + file_wait_ms_max
  for (;;) {
    run.at('before fetch')
    const { body, started_ms } = await run.http.send(bulk.start, { signal })
    const id = bulk.started(body)
    if (id !== null) return { stamp: started_ms, offset: 0, id }
    await nextLook(run, { bulk, until_ms, signal, reason: 'it writes another file' })
  }
}

/** Nothing is read yet, but the file has a name that is worth a checkpoint. */
function begun(place: Place): SegmentPage {
  return { ...nothing, next: cursorOf(place), reached: null }
}

/** Where the file is, once it is written; null if it is empty, undefined if it will never be. */
async function written(
  run: Run,
  bulk: BulkExport,
  { id, signal }: { id: string; signal: AbortSignal },
): Promise<BulkFile | null | undefined> {
  const until_ms = run.now() + file_wait_ms_max
  for (;;) {
    const status = await statusOf(run, bulk, { id, signal })
    if (status.state === 'done') return status.file
    if (status.state === 'failed') return undefined
    const reason = `it has written ${status.rows} rows of the file`
    await nextLook(run, { bulk, until_ms, signal, reason })
  }
}

/** A file that the partner no longer knows will not be written. */
async function statusOf(
  { http }: Run,
  { status, readStatus }: BulkExport,
  { id, signal }: { id: string; signal: AbortSignal },
): Promise<BulkStatus> {
  try {
    return readStatus((await http.send(status(id), { signal })).body)
  } catch (error) {
    if (error instanceof Gone) return { state: 'failed', reason: error.message }
    throw error
  }
}

interface Look {
  readonly bulk: BulkExport
  readonly until_ms: number
  readonly signal: AbortSignal
  readonly reason: string
}

async function nextLook({ now }: Run, { bulk: { poll_ms }, until_ms, signal, reason }: Look) {
  if (now() + poll_ms > until_ms) throw new Unavailable(reason, now() + poll_ms)
  await pause(poll_ms, signal)
}

interface RowReader {
  /** Cursor of the page that `next` gives. */
  place: string
  readonly stamp: number
  readonly next: () => Promise<{ rows: readonly Payload[]; cursor: string | null }>
}

interface Opened {
  readonly place: Place
  readonly file: BulkFile | null
  readonly signal: AbortSignal
}

/** Rows of a file in pages, each with the cursor of the one after it. */
function rowsFrom(run: Run, bulk: BulkExport, { place, file, signal }: Opened): RowReader {
  const { isFileHost } = bulk
  const from = place.offset
  const bytes = file ? run.http.download(file.url, { isFileHost, from, signal }) : Readable.from([])
  const rows = grouped(linesOf(bytes, from), bulk)[Symbol.asyncIterator]()
  let offset = from
  const reader: RowReader = {
    place: cursorOf(place),
    stamp: place.stamp,
    async next() {
      const page: Payload[] = []
      while (page.length < rows_a_page) {
        const { value, done } = await rows.next()
        if (done) {
          endsAt(file, offset)
          return { rows: page, cursor: null }
        }
        page.push(value.payload)
        offset = value.end
      }
      reader.place = cursorOf({ ...place, offset })
      return { rows: page, cursor: reader.place }
    },
  }
  return reader
}

/** A file that was cut between two lines looks whole. Throws Unavailable. */
function endsAt(file: BulkFile | null, offset: number) {
  const expected = file?.bytes ?? offset
  if (offset === expected) return
  throw new Unavailable(`file: expected ${expected} bytes, got ${offset}`)
}

/** Puts the parts of a row to the line that begins it; they follow it. */
async function* grouped(
  lines: AsyncIterable<Line>,
  { isPart, rowOf }: BulkExport,
): AsyncIterable<Line> {
  let first: Line | null = null
  let end = 0
  let parts: Payload[] = []
  for await (const line of lines) {
    if (first && isPart(line.payload)) {
      if (parts.push(line.payload) > parts_max) throw new BadAnswer('file: a row has no end')
    } else {
      if (isPart(line.payload)) throw new BadAnswer('file: expected a row before its parts')
      if (first) yield { payload: rowOf(first.payload, parts), end }
      first = line
      parts = []
    }
    end = line.end
  }
  if (first) yield { payload: rowOf(first.payload, parts), end }
}

async function pageOf(
  run: Run,
  stream: Stream,
  { reader, segment }: { reader: RowReader; segment: Segment },
): Promise<SegmentPage> {
  run.at('before fetch')
  const { rows, cursor } = await reader.next().catch((error: unknown) => {
    // Read anew from the checkpoint: the address may hold for a while only.
    reader.place = ''
    throw error instanceof Gone ? new Unavailable(`the file of ${segment.stream} is gone`) : error
  })
  run.at('after fetch')
  const payloads = await completed(run, stream, rows)
  const prepared = await inTurn(() =>
    prepare(stream, payloads, { context: contextOf(run), stamp: reader.stamp }),
  )
  return { ...prepared, next: cursor, reached: null }
}
