// What a reading of the whole finds that the incremental one should have known, at every partner.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { partnerNames } from '../sandbox/partners.ts'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { model } from '../src/model/index.ts'
import { type ObjectType, recordId } from '../src/model/object.ts'
import { partners } from '../src/partners/index.ts'
import type { Database } from '../src/store/database.ts'
import { visibleHash } from '../src/store/decide.ts'
import { type DriftReport, listDrift } from '../src/store/drift_list.ts'
import { save } from '../src/store/save.ts'
import { setReconcile } from '../src/store/schedule.ts'
import { streamRows } from '../src/store/segment.ts'
import { quoted } from '../src/store/table.ts'
import { type Business, connected } from './business.ts'
import { testDatabase } from './database.ts'

const day_ms = 86_400_000
const started: Sandbox[] = []
let db: Database

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
afterEach(async () => {
  for (const sandbox of started.splice(0)) await sandbox.stop()
})

async function shop(partner: (typeof partnerNames)[number], seed: number) {
  const sandbox = await startSandbox({ seed, buyers: 20 })
  started.push(sandbox)
  const business = await connected(db, sandbox, { partner })
  expect(await business.sync()).toEqual({ failed: [] })
  return { sandbox, business }
}

const keyOf = ({ ledgerAccountId, connectionId }: Business) => ({ ledgerAccountId, connectionId })

/** Reads everything whole, as in the night. Gives the reports of the streams that drifted. */
async function reconciled(business: Business): Promise<DriftReport[]> {
  const key = { ...keyOf(business), stream: '' }
  const streams = (await streamRows(db, key)).map(({ stream }) => stream)
  await setReconcile(db, { key, streams, at_ms: Date.now() })
  expect(await business.sync()).toEqual({ failed: [] })
  const asked = { ...keyOf(business), streams: null, before: null, limit: 100 }
  return (await listDrift(db, asked)).filter((one) => one.missing + one.stale + one.extra > 0)
}

interface Row {
  readonly id: string
  readonly record: string
  readonly partnerRecordId: string
}

/** Records that the partner dates well before the last run. */
async function oldRecords(business: Business, type: ObjectType, at_ms: number): Promise<Row[]> {
  return db.query<Row>(
    `select id, record, "partnerRecordId" from ${quoted(type.name)} where ledger_account_id = $1
       and "partnerAccountConnectionId" = $2 and "recordState" = 'ACTIVE'
       and position('"origin":"DERIVED"' in record) = 0 and created_date > '-infinity'
       and created_date < $3 order by created_date desc, id limit 2`,
    [business.ledgerAccountId, business.connectionId, new Date(at_ms).toISOString()],
  )
}

/** As if somebody had deleted one row, changed another and added a third. Gives their ids. */
async function tamper(business: Business, type: ObjectType, at_ms: number) {
  const { ledgerAccountId } = business
  const [lost, altered] = await oldRecords(business, type, at_ms)
  if (!lost || !altered) throw new Error(`${type.name}: there are no old records`)
  const table = quoted(type.name)
  const key = 'ledger_account_id = $1 and id = $2'
  await db.query(`delete from ${table} where ${key}`, [ledgerAccountId, lost.id])
  const text = altered.record.replace('"recordState"', '"unheard":1,"recordState"')
  const change = `update ${table} set record = $3, visible_hash = $4 where ${key}`
  await db.query(change, [ledgerAccountId, altered.id, text, visibleHash(text)])
  const partnerRecordId = altered.partnerRecordId.replace(/(\d+|\w{3})$/, (end) =>
    /^\d+$/.test(end) ? '99999999' : 'zzz',
  )
  const id = recordId(type, await business.connection(), partnerRecordId)
  const record = { ...JSON.parse(altered.record), id, partnerRecordId, modifiedDate: null }
  const strange = { type, id, record, payload: '{}', mappingVersion: 1, stamp: 1 }
  await save(db, { ledgerAccountId, records: [strange], now_ms: Date.now() })
  return { lost: lost.id, altered: altered.id, added: id }
}

describe.each(partnerNames)('%s', (name) => {
  // PayPal keeps no customers of its own.
  const type = name === 'paypal' ? model.invoice : model.customer

  it('finds no drift where there is none, whatever happens meanwhile', async () => {
    const { sandbox, business } = await shop(name, 61)
    expect(await reconciled(business)).toEqual([])
    sandbox.advance(2 * day_ms)
    expect(await reconciled(business)).toEqual([])
    expect(await business.oracle.differences(db)).toEqual([])
  }, 120_000)

  it('finds and repairs what was deleted, changed and added behind its back', async () => {
    const { sandbox, business } = await shop(name, 62)
    const ids = await tamper(business, type, sandbox.now() - 3 * day_ms)
    const reports = await reconciled(business)
    const found = reports.flatMap(({ records }) => records)
    const told = found.filter(({ object }) => object === type.name)
    expect(told.map(({ kind, id }) => `${kind} ${id}`).sort()).toEqual(
      [`extra ${ids.added}`, `missing ${ids.lost}`, `stale ${ids.altered}`].sort(),
    )
    // The feed tells a second time of what was taken from the table behind its back.
    const again = `created twice: ${type.name} ${ids.lost}`
    const differences = await business.oracle.differences(db)
    expect(differences.filter((one) => one !== again)).toEqual([])
    expect((await reconciled(business)).length).toBe(reports.length)
  }, 120_000)
})

describe.each(['stripe', 'gocardless', 'square'] as const)('%s after a long outage', (name) => {
  it('is read whole by itself: what its log has forgotten is found', async () => {
    const { sandbox, business } = await shop(name, 63)
    const [gone] = await oldRecords(business, model.customer, sandbox.now())
    expect(sandbox.partner(name).remove(gone?.partnerRecordId ?? '')).toBe(true)
    const { reach_ms = 0 } = partners[name].events ?? {}
    sandbox.advance(reach_ms + 10 * day_ms)
    const before = await passes(business)
    expect(await business.sync()).toEqual({ failed: [] })
    expect(await passes(business)).toBeGreaterThan(before)
    expect(await business.oracle.differences(db)).toEqual([])
    const [row] = await db.query<{ state: string }>(
      'select "recordState" as state from customer where ledger_account_id = $1 and id = $2',
      [business.ledgerAccountId, gone?.id],
    )
    expect(row?.state).toBe('DELETED')
  }, 120_000)
})

async function passes(business: Business): Promise<number> {
  const asked = { ...keyOf(business), streams: null, before: null, limit: 100 }
  return (await listDrift(db, asked)).filter(({ ended_ms }) => ended_ms !== null).length
}
