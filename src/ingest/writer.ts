import type { SavedPage } from '../metrics/ingest.ts'
import type { Database, Executor } from '../store/database.ts'
import type { Incoming } from '../store/decide.ts'
import { dropRejects, type Reject, saveRejects } from '../store/reject.ts'
import { type Outcome, save } from '../store/save.ts'
import { addCounts, type StreamKey } from '../store/segment.ts'
import { together } from '../store/together.ts'
import { type Compared, noteDrift, sightingsOf } from './compare.ts'
import { deriveLinks, type NamesInstrument } from './derive.ts'
import type { Guests } from './promote.ts'
import type { Moment } from './run.ts'
import { filledBefore, fillThrough, type Through } from './through.ts'

/** A page as read, with the checkpoint that belongs to it. */
export interface PageSave {
  readonly key: StreamKey
  readonly records: readonly Incoming[]
  readonly rejects: readonly Reject[]
  readonly seen: number
  readonly checkpoint: (tx: Executor) => Promise<void>
  /** What it says about drift; nothing without it. */
  readonly compared?: Compared
}

/** Saves pages of one ledger account, several in one transaction when several wait. */
export interface Writer {
  /** Resolves when the page and its checkpoint are committed; rejects when neither is. */
  readonly save: (page: PageSave) => Promise<void>
}

/** Records of one transaction; past that, lock and memory are held longer than commits cost. */
export const batch_records_max = 1000

/** The second waits for the ledger account's lock, and has it the moment the first commits. */
export const transactions_max = 2

interface Waiting {
  readonly page: PageSave
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

export interface WriterOptions {
  readonly db: Database
  readonly ledgerAccountId: string
  readonly namesInstrument: NamesInstrument
  /** What is filled through links to other records. */
  readonly throughs?: readonly Through[]
  /** Of partners at which one can buy without being a customer. */
  readonly guests?: Guests | undefined
  readonly now: () => number
  readonly at: (moment: Moment) => void
  /** Called for each page once it is committed. */
  readonly onSaved?: (stream: string, page: SavedPage) => void
}

interface Changed {
  changed: number
  deleted: number
}

export function newWriter(options: WriterOptions): Writer {
  const waiting: Waiting[] = []
  let busy = 0

  async function work() {
    busy += 1
    while (waiting.length > 0) await saveBatch(options, takeBatch(waiting))
    busy -= 1
  }

  return {
    save: (page) =>
      new Promise<void>((done, failed) => {
        waiting.push({ page, done, failed })
        if (busy < transactions_max) void work()
      }),
  }
}

function takeBatch(waiting: Waiting[]): Waiting[] {
  let records = 0
  let pages = 0
  for (const { page } of waiting) {
    if (pages > 0 && records + page.records.length > batch_records_max) break
    records += page.records.length
    pages += 1
  }
  return waiting.splice(0, pages)
}

async function saveBatch(options: WriterOptions, batch: readonly Waiting[]) {
  try {
    await savePages(
      options,
      batch.map((one) => one.page),
    )
    for (const one of batch) one.done()
  } catch (error) {
    // Nothing of the batch was saved. Apart, the pages that can be saved are.
    if (batch.length > 1) {
      for (const one of batch) await saveBatch(options, [one])
      return
    }
    for (const one of batch) one.failed(error)
  }
}

async function savePages(options: WriterOptions, pages: readonly PageSave[]) {
  const { db, ledgerAccountId, namesInstrument, throughs = [], guests, now, at } = options
  const now_ms = now()
  // One after the other: each numbers its own changes in the feed.
  const derived = async (tx: Executor, outcome: Outcome) => {
    await deriveLinks(tx, { ledgerAccountId, outcome, namesInstrument, now_ms })
    if (throughs.length > 0) await fillThrough(tx, { ledgerAccountId, outcome, throughs, now_ms })
    await guests?.promote(tx, outcome, now_ms)
  }
  const streamOfRecord = new Map<string, StreamKey>()
  for (const page of pages) for (const { id } of page.records) streamOfRecord.set(id, page.key)
  const read = pages.flatMap((page) => page.records)
  const records =
    throughs.length > 0 ? await filledBefore(db, { ledgerAccountId, throughs }, read) : read
  const counted = new Map<PageSave, Changed>()
  const compared = pages.filter((page) => page.compared?.by)
  const sightings = await sightingsOf(
    db,
    ledgerAccountId,
    compared.flatMap((page) => page.records),
  )
  await save(db, {
    ledgerAccountId,
    records: guests ? await guests.redirected(records) : records,
    now_ms,
    async also(tx, outcome) {
      const counts = new Map<StreamKey, Changed>()
      for (const { incoming, kind } of outcome.changes) {
        const key = streamOfRecord.get(incoming.id)
        if (!key) continue
        const count = counts.get(key) ?? { changed: 0, deleted: 0 }
        counts.set(key, count)
        count[kind === 'deleted' ? 'deleted' : 'changed'] += 1
      }
      for (const page of pages) counted.set(page, taken(counts, page.key))
      // Sent one behind the other without waiting: the ledger account is locked meanwhile.
      await together([
        ...pages.flatMap((page) => [
          addCounts(tx, page.key, { seen: page.seen, ...countOf(counted, page) }),
          dropRejects(tx, page.key, page.records.map(partnerRecordIdOf)),
          saveRejects(tx, { ...page.key, now_ms }, page.rejects),
          page.checkpoint(tx),
          page.compared && noteDrift(tx, page.compared, { ...page, ...outcome, sightings }),
        ]),
        derived(tx, outcome),
      ])
      at('before commit')
    },
  })
  at('after commit')
  for (const page of pages) {
    const { key, seen, rejects } = page
    const rejected = rejects.length
    options.onSaved?.(key.stream, { seen, rejected, ...countOf(counted, page) })
  }
}

function countOf(counted: ReadonlyMap<PageSave, Changed>, page: PageSave): Changed {
  return counted.get(page) ?? { changed: 0, deleted: 0 }
}

/** What is counted of a stream goes to the first of its pages. */
function taken(counts: Map<StreamKey, Changed>, key: StreamKey): Changed {
  const count = counts.get(key) ?? { changed: 0, deleted: 0 }
  counts.delete(key)
  return count
}

function partnerRecordIdOf({ record }: Incoming): string {
  return record.partnerRecordId as string
}
