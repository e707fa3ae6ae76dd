import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newLedgerAccount } from '../../test/business.ts'
import { testDatabase } from '../../test/database.ts'
import { incomingOf, type RecordWish } from '../../test/records.ts'
import { customer } from '../model/customer.ts'
import { product } from '../model/product.ts'
import type { Database } from './database.ts'
import type { Incoming } from './decide.ts'
import { IntegrityViolation, save, UnknownLedgerAccount } from './save.ts'

let db: Database
let ledgerAccountId: string
let head: number

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  ledgerAccountId = await newLedgerAccount(db)
  head = (await feed()).length
})

const now_ms = Date.UTC(2026, 5, 1)
const page = (...records: Incoming[]) => save(db, { ledgerAccountId, records, now_ms })

function buyer(partnerRecordId: string, values: object = {}, rest: Partial<RecordWish> = {}) {
  const of = { type: customer, ledgerAccountId, partnerRecordId, values: { ...values } }
  return incomingOf({ ...of, ...rest })
}

async function feed() {
  return db.query<{ seq: number; kind: string; changed: string[]; id: string }>(
    'select seq, kind, changed, id from change where ledger_account_id = $1 order by seq',
    [ledgerAccountId],
  )
}

async function stored(id: string): Promise<{ [name: string]: unknown }> {
  const [row] = await db.query<{ record: string }>(
    'select record from customer where ledger_account_id = $1 and id = $2',
    [ledgerAccountId, id],
  )
  return JSON.parse(row?.record ?? 'null')
}

describe('save', () => {
  it('writes rows, and numbers the changes without a gap', async () => {
    await page(buyer('cus_1'), buyer('cus_2'))
    const { seq, counts } = await page(
      buyer('cus_1', { name: 'Ada' }, { stamp: 2 }),
      buyer('cus_3'),
    )
    expect(seq).toBe(head + 4)
    expect(counts).toEqual({ created: 1, updated: 1, deleted: 0, unchanged: 0, stale: 0 })
    const told = (await feed()).slice(head)
    expect(told.map((one) => one.seq - head)).toEqual([1, 2, 3, 4])
    expect(told.at(2)).toMatchObject({ kind: 'updated', changed: ['name'] })
  })

  it('keeps the superseded text with the change that superseded it', async () => {
    const { id } = buyer('cus_1')
    await page(buyer('cus_1', { name: 'Ada' }))
    await page(buyer('cus_1', { name: 'Bea' }, { stamp: 2 }))
    const rows = await db.query<{ seq: number; record: string }>(
      'select seq, record from history where ledger_account_id = $1 and id = $2',
      [ledgerAccountId, id],
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.seq).toBe(head + 2)
    expect(JSON.parse(rows[0]?.record ?? '')).toMatchObject({ name: 'Ada' })
  })

  it('writes nothing for a page seen before, and notes that it was seen later', async () => {
    await page(buyer('cus_1', { name: 'Ada' }))
    const { counts } = await page(buyer('cus_1', { name: 'Ada' }, { stamp: 5 }))
    expect(counts).toMatchObject({ unchanged: 1, updated: 0 })
    expect(await feed()).toHaveLength(head + 1)
    // Between the two sightings, and so older than what is known.
    const late = await page(buyer('cus_1', { name: 'Old' }, { stamp: 3 }))
    expect(late.counts.stale).toBe(1)
    expect(await stored(buyer('cus_1').id)).toMatchObject({ name: 'Ada' })
  })

  it('takes the newer of two sightings in one page, with what only the other tells', async () => {
    const thin = buyer('cus_1', { name: 'New', created_date: undefined }, { stamp: 2 })
    const full = buyer('cus_1', { name: 'Old', phone: '1' })
    for (const records of [
      [full, thin],
      [thin, full],
    ]) {
      await page(...records)
      expect(await stored(thin.id)).toMatchObject({
        name: 'New',
        phone: null,
        created_date: '2026-01-01T00:00:00.000Z',
      })
    }
    expect(await feed()).toHaveLength(head + 1)
  })

  it('keeps a derived record’s earliest date within a page', async () => {
    const dates = ['2026-03-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z']
    const guests = dates.map((created_date, i) =>
      buyer('guest:a', { created_date, name: `${i}` }, { derived: true, stamp: 2 - i }),
    )
    await page(...guests)
    expect(await stored(guests[0]!.id)).toMatchObject({ created_date: dates[1], name: '0' })
  })

  it('writes all of a page and what goes with it, or nothing', async () => {
    await page(buyer('cus_1'))
    const also = async () => {
      throw new Error('the checkpoint could not be saved')
    }
    const records = [buyer('cus_1', { name: 'Ada' }, { stamp: 2 }), buyer('cus_2')]
    await expect(save(db, { ledgerAccountId, records, now_ms, also })).rejects.toThrow('checkpoint')
    expect(await feed()).toHaveLength(head + 1)
    expect(await stored(buyer('cus_1').id)).toMatchObject({ name: null })
    expect(await stored(buyer('cus_2').id)).toBeNull()
  })

  it('sets only the state of what was deleted, and brings it back', async () => {
    await page(buyer('cus_1', { name: 'Ada' }))
    const gone = { recordState: 'DELETED', deletionEvidence: 'event', name: undefined }
    await page(buyer('cus_1', gone, { stamp: 2 }))
    const { id } = buyer('cus_1')
    expect(await stored(id)).toMatchObject({ name: 'Ada', recordState: 'DELETED' })
    await page(buyer('cus_1', { name: 'Ada' }, { stamp: 3 }))
    expect(await stored(id)).toMatchObject({ recordState: 'ACTIVE', deletionEvidence: null })
    expect((await feed()).slice(head).map(({ kind }) => kind)).toEqual([
      'created',
      'deleted',
      'updated',
    ])
  })

  it('saves several objects in one page, and any text', async () => {
    const text = 'Zoë "quoted" \\ 王 \u2028 \u{1f9fe}, {null}'
    const item = { type: product, ledgerAccountId, partnerRecordId: 'prod_1' }
    await page(buyer('cus_1', { name: text }), incomingOf({ ...item, values: { name: text } }))
    expect(await stored(buyer('cus_1').id)).toMatchObject({ name: text })
    const [row] = await db.query<{ name: string }>(
      'select name from product where ledger_account_id = $1',
      [ledgerAccountId],
    )
    expect(row?.name).toBe(text)
  })

  it('refuses a record of another ledger account, and an unknown one', async () => {
    const foreign = { ...buyer('cus_1'), record: { ledgerAccountId: 'la_other' } }
    expect(() => page(foreign)).toThrow(IntegrityViolation)
    const nowhere = save(db, { ledgerAccountId: 'la_none', records: [], now_ms })
    await expect(nowhere).rejects.toThrow(UnknownLedgerAccount)
  })
})
