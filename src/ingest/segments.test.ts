import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../test/database.ts'
import { type TestStream, testStream } from '../../test/stream.ts'
import { BadAnswer, Rejected } from '../partners/errors.ts'
import type { Connection } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import {
  completeRun,
  type Segment,
  segmentsOf,
  setStreamState,
  splitSegment,
  startRun,
  streamRows,
} from '../store/segment.ts'
import type { Run } from './run.ts'
import { type Reading, readSegments, segments_parallel_max, split_rest_pages } from './segments.ts'

let db: Database

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const page_size = 5

function runOf({ key, writer }: TestStream): Run {
  const connection = { ledgerAccountId: key.ledgerAccountId, id: key.connectionId } as Connection
  const signal = new AbortController().signal
  const run = { db, connection, writer, signal, now: Date.now }
  // What reading segments needs of a run; the partner is played by the reading.
  return { ...run, onProgress: () => undefined, at: () => undefined } as unknown as Run
}

/** Buyers 1 … `total`, listed newest first like Stripe's lists, and what was asked for. */
function listing(stream: TestStream, total: number) {
  const asked: string[] = []
  const open = { now: 0, most: 0 }
  const read: Reading['read'] = async ({ from, to, cursor }) => {
    asked.push(`${from} ${to} ${cursor}`)
    open.most = Math.max(open.most, ++open.now)
    await new Promise((resolve) => setTimeout(resolve, 1))
    open.now--
    const below = Math.min(Number(to ?? Infinity) - 1, Number(cursor ?? Infinity) - 1, total)
    const floor = Math.max(Number(from ?? 1), 1)
    const size = Math.min(page_size, Math.max(0, below - floor + 1))
    const numbers = Array.from({ length: size }, (_, i) => below - i)
    const last = numbers.at(-1)
    const next = last !== undefined && last > floor ? String(last) : null
    const reached = last === undefined ? null : String(last + 1)
    const records = numbers.map((number) => stream.buyer(number))
    return { records, rejects: [], seen: numbers.length, next, reached }
  }
  const split: NonNullable<Reading['split']> = ({ from, reached }) => {
    const [low, high] = [Number(from ?? 1), Number(reached)]
    if (high - low < page_size) return null
    const at = Math.floor((low + high) / 2)
    return { at: String(at), overlap: String(at + 1) }
  }
  return { asked, open, read, split }
}

async function storedCount({ key }: TestStream): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    'select count(*) as n from customer where ledger_account_id = $1',
    [key.ledgerAccountId],
  )
  return row?.n ?? 0
}

describe('segments', () => {
  it('that are cut and read side by side hold every record, and are all closed', async () => {
    const stream = await testStream(db)
    const list = listing(stream, 200)
    await readSegments(runOf(stream), await stream.open([{ from: '1', to: null }]), list)
    expect(await storedCount(stream)).toBe(200)
    const ledger = await segmentsOf(db, stream.key)
    expect(ledger.length).toBeGreaterThan(3)
    expect(ledger.every(({ closed }) => closed)).toBe(true)
    expect(new Set(ledger.map(({ segment }) => segment)).size).toBe(ledger.length)
    expect(list.open.most).toBeGreaterThan(1)
    expect(list.open.most).toBeLessThanOrEqual(segments_parallel_max)
    expect(ledger.reduce((sum, { pages }) => sum + pages, 0)).toBe(list.asked.length)
  })

  it('of a list that is not cut are read one page after the other', async () => {
    const stream = await testStream(db)
    const { read, asked, open } = listing(stream, 42)
    await readSegments(runOf(stream), await stream.open([{ from: '1', to: null }]), { read })
    expect([await storedCount(stream), asked.length, open.most]).toEqual([42, 9, 1])
  })

  it.each([
    [split_rest_pages, true],
    [split_rest_pages - 1, false],
  ])('with %i pages to be expected are cut after the first: %s', async (left, isCut) => {
    const stream = await testStream(db)
    const list = listing(stream, 3 * page_size)
    const reading = { ...list, rest: () => left }
    await readSegments(runOf(stream), await stream.open([{ from: '1', to: null }]), reading)
    expect((await segmentsOf(db, stream.key)).length > 1).toBe(isCut)
    expect(await storedCount(stream)).toBe(3 * page_size)
  })

  it('go on where they were cut off, without reading a page again', async () => {
    const stream = await testStream(db)
    const list = listing(stream, 200)
    let left = 12
    const dying: Reading['read'] = async (segment, signal) => {
      if (left-- <= 0) throw new Error('killed')
      return list.read(segment, signal)
    }
    const first = await stream.open([{ from: '1', to: null }])
    const cut = readSegments(runOf(stream), first, { ...list, read: dying })
    await expect(cut).rejects.toThrow('killed')
    const rest = (await segmentsOf(db, stream.key)).filter(({ closed }) => !closed)
    await readSegments(runOf(stream), rest, list)
    expect(await storedCount(stream)).toBe(200)
    const twice = list.asked.filter((page, i) => list.asked.indexOf(page) !== i)
    // What was on its way when the others stopped was not saved.
    expect(twice.length).toBeLessThanOrEqual(rest.length)
  })

  it('are read from their time on where a cursor is refused', async () => {
    const stream = await testStream(db)
    const list = listing(stream, 30)
    let refusals = 0
    const read: Reading['read'] = async (segment, signal) => {
      if (segment.cursor === '16') {
        refusals++
        throw new Rejected(400, 'resource_missing', 'No such customer')
      }
      return list.read(segment, signal)
    }
    await readSegments(runOf(stream), await stream.open([{ from: '1', to: null }]), { read })
    expect([await storedCount(stream), refusals]).toEqual([30, 1])
  })

  it('that hold more than the partner gives are halved until they do not', async () => {
    const stream = await testStream(db)
    const list = listing(stream, 100)
    const refused: string[] = []
    const read: Reading['read'] = async (segment, signal) => {
      const { from, to } = segment
      if (segment.cursor === null && Number(to) - Number(from) > 20) {
        refused.push(`${from} ${to}`)
        throw new Rejected(400, 'RESULTSET_TOO_LARGE', 'more than 20')
      }
      return list.read(segment, signal)
    }
    const divide: Reading['divide'] = ({ from, to }, error) => {
      if ((error as Rejected).code !== 'RESULTSET_TOO_LARGE') return null
      const at = String(Math.floor((Number(from) + Number(to)) / 2))
      return { at, overlap: at }
    }
    const open = await stream.open([{ from: '1', to: '101' }])
    await readSegments(runOf(stream), open, { read, divide })
    expect(await storedCount(stream)).toBe(100)
    expect(new Set(refused).size).toBe(refused.length)
    const ledger = await segmentsOf(db, stream.key)
    expect(ledger.every(({ closed }) => closed)).toBe(true)
    expect(ledger.reduce((sum, { records }) => sum + records, 0)).toBe(100)
  })

  it('stop all when one fails, and say why', async () => {
    const stream = await testStream(db)
    const list = listing(stream, 100)
    const read: Reading['read'] = async (segment, signal) => {
      if (Number(segment.cursor) < 50) throw new BadAnswer('no list')
      return list.read(segment, signal)
    }
    const segments = await stream.open([
      { from: '60', to: null },
      { from: '1', to: '60' },
    ])
    await expect(readSegments(runOf(stream), segments, { read })).rejects.toThrow('no list')
    const open = (await segmentsOf(db, stream.key)).filter(({ closed }) => !closed)
    expect(open.length).toBeGreaterThan(0)
  })

  it('whose cursors go round are given up', async () => {
    const stream = await testStream(db)
    const list = listing(stream, 100)
    const read: Reading['read'] = async (segment, signal) => ({
      ...(await list.read(segment, signal)),
      next: '90',
    })
    const segments = await stream.open([{ from: '1', to: null }])
    await expect(readSegments(runOf(stream), segments, { read })).rejects.toThrow('cursor')
  })

  it('that are cut at the same moment get numbers of their own', async () => {
    const stream = await testStream(db)
    const ranges = [0, 1, 2, 3, 4, 5].map((i) => ({ from: `${i}00`, to: `${i}99` }))
    const segments = await stream.open(ranges)
    const cut = (whole: Segment) => splitSegment(db, whole, { at: `${whole.from}5`, overlap: '6' })
    await Promise.all(segments.map(cut))
    const ledger = await segmentsOf(db, stream.key)
    expect(ledger.map(({ segment }) => segment)).toEqual(Array.from({ length: 12 }, (_, i) => i))
  })

  it.each([
    [[700, 400, 2000], 400],
    [[2000], 1000],
    [[], 1000],
  ])(
    'of a partner that is complete until %j bring the watermark to %i',
    async (told, watermark) => {
      const stream = await testStream(db)
      const list = listing(stream, Math.max(1, told.length) * page_size)
      const left = [...told]
      const read: Reading['read'] = async (segment, signal) => {
        const complete_ms = left.shift()
        const page = await list.read(segment, signal)
        return { ...page, ...(complete_ms === undefined ? {} : { complete_ms }) }
      }
      const segments = [{ kind: 'backfill' as const, from: '1', to: null }]
      await startRun(db, { key: stream.key, segments, horizon_ms: 1000, now_ms: 1 })
      await setStreamState(db, { key: stream.key, state: 'fetching' })
      await readSegments(runOf(stream), await segmentsOf(db, stream.key), { read })
      await completeRun(db, stream.key, { full: true, now_ms: 1 })
      const { ledgerAccountId, connectionId } = stream.key
      const [row] = await streamRows(db, { ledgerAccountId, connectionId })
      expect(row?.watermark_ms).toBe(watermark)
    },
  )
})
