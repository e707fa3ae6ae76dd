import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../test/database.ts'
import { type TestStream, testStream } from '../../test/stream.ts'
import type { Database } from '../store/database.ts'
import { IntegrityViolation } from '../store/save.ts'
import { moveSegment, type Segment, segmentsOf } from '../store/segment.ts'
import type { PageSave } from './writer.ts'

let db: Database

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

function page(stream: TestStream, numbers: readonly number[], more: Partial<PageSave> = {}) {
  const records = numbers.map((number) => stream.buyer(number))
  const checkpoint = async () => undefined
  return { key: stream.key, records, rejects: [], seen: numbers.length, checkpoint, ...more }
}

async function stored({ key }: TestStream): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select "partnerRecordId" as id from customer where ledger_account_id = $1 order by 1`,
    [key.ledgerAccountId],
  )
  return rows.map(({ id }) => id)
}

async function countsOf({ key }: TestStream) {
  const [row] = await db.query(
    'select seen, changed, deleted from stream where ledger_account_id = $1',
    [key.ledgerAccountId],
  )
  return row
}

function next(segment: Segment): Segment {
  return { ...segment, pages: segment.pages + 1, cursor: 'c', closed: false }
}

describe('a writer', () => {
  it('saves pages that wait together, each with its own checkpoint', async () => {
    const stream = await testStream(db)
    const [segment] = await stream.open([{ from: null, to: null }])
    const pages = [0, 1, 2, 3].map((i) => page(stream, [i * 2, i * 2 + 1]))
    const last = page(stream, [9], {
      checkpoint: (tx) => moveSegment(tx, segment!, next(segment!)),
    })
    await Promise.all([...pages, last].map(stream.writer.save))
    expect(await stored(stream)).toHaveLength(9)
    expect(await countsOf(stream)).toEqual({ seen: 9, changed: 9, deleted: 0 })
    expect(await segmentsOf(db, stream.key)).toMatchObject([{ pages: 1, cursor: 'c' }])
  })

  it('saves the pages that can be saved beside one that cannot', async () => {
    const stream = await testStream(db)
    const broken = page(stream, [1], {
      checkpoint: async () => {
        throw new Error('broken')
      },
    })
    const pages = [page(stream, [0]), broken, page(stream, [2])]
    const ended = await Promise.allSettled(pages.map(stream.writer.save))
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await stored(stream)).toEqual(['cus_0', 'cus_2'])
    await stream.writer.save(page(stream, [3]))
    expect(await stored(stream)).toEqual(['cus_0', 'cus_2', 'cus_3'])
  })

  it('sends nothing more of a transaction that is undone', async () => {
    const stream = await testStream(db)
    const broken = page(stream, [3], {
      checkpoint: async () => {
        throw new Error('broken')
      },
    })
    // In one transaction with the broken page, and not done when that one fails.
    const slow = page(stream, [4], {
      async checkpoint(tx) {
        await tx.query('select pg_sleep(0.05)')
        await tx.query('update stream set deleted = deleted + 100 where ledger_account_id = $1', [
          stream.key.ledgerAccountId,
        ])
      },
    })
    const pages = [page(stream, [1]), page(stream, [2]), broken, slow]
    const ended = await Promise.allSettled(pages.map(stream.writer.save))
    expect(ended.map(({ status }) => status).join()).toBe('fulfilled,fulfilled,rejected,fulfilled')
    expect(await countsOf(stream)).toEqual({ seen: 3, changed: 3, deleted: 100 })
  })

  it('undoes a page whose segment another worker has moved meanwhile', async () => {
    const stream = await testStream(db)
    const [segment] = await stream.open([{ from: null, to: null }])
    const checkpoint: PageSave['checkpoint'] = (tx) => moveSegment(tx, segment!, next(segment!))
    await stream.writer.save(page(stream, [1], { checkpoint }))
    const again = stream.writer.save(page(stream, [2], { checkpoint }))
    await expect(again).rejects.toThrow(IntegrityViolation)
    expect(await stored(stream)).toEqual(['cus_1'])
  })

  it('counts what visibly changed once, however often it is seen', async () => {
    const stream = await testStream(db)
    await stream.writer.save(page(stream, [1, 1, 2]))
    await stream.writer.save(page(stream, [1, 2]))
    expect(await countsOf(stream)).toEqual({ seen: 5, changed: 2, deleted: 0 })
  })

  it('keeps what cannot be read, and forgets it once it can', async () => {
    const stream = await testStream(db)
    const reject = {
      stream: 'customers',
      partnerRecordId: 'cus_1',
      payload: '{"id":"cus_1"}',
      parent: null,
      error: 'customer.name: expected string, got 1',
    }
    await stream.writer.save(page(stream, [2], { rejects: [reject] }))
    const rejected = () =>
      db.query('select error from rejected where ledger_account_id = $1', [
        stream.key.ledgerAccountId,
      ])
    expect(await rejected()).toEqual([{ error: reject.error }])
    await stream.writer.save(page(stream, [1]))
    expect(await rejected()).toEqual([])
  })
})
