// Square merges customers: a new one stands for those that are deleted; only its event log says so.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { reread } from '../src/ingest/events.ts'
import { withRun } from '../src/ingest/open.ts'
import { streamNamed } from '../src/ingest/run.ts'
import { square } from '../src/partners/square/index.ts'
import type { Database } from '../src/store/database.ts'
import { type Business, connected } from './business.ts'
import { testDatabase } from './database.ts'
import { storedRecords, type Values } from './oracle.ts'

const day_ms = 86_400_000
let db: Database
let sandbox: Sandbox
let business: Business

beforeAll(async () => {
  db = await testDatabase()
  sandbox = await startSandbox({ seed: 64, buyers: 60 })
  business = await connected(db, sandbox, { partner: 'square' })
  expect(await business.sync()).toEqual({ failed: [] })
}, 180_000)
afterAll(async () => {
  await sandbox.stop()
  await db.close()
})

async function stored(): Promise<Map<string, Values>> {
  return storedRecords(db, await business.connection())
}

const isMerged = ({ origin, mergedInto }: Values) => origin === 'PARTNER' && mergedInto !== null

/** Lets time pass, and reads what happened, until somebody was merged. */
async function untilMerged(step_ms: number): Promise<Values[]> {
  for (let passed_ms = 0; passed_ms < 90 * day_ms; passed_ms += step_ms) {
    sandbox.advance(step_ms)
    expect(await business.sync()).toEqual({ failed: [] })
    const merged = [...(await stored()).values()].filter(
      (one) => one.object === 'customer' && isMerged(one),
    )
    if (merged.length > 0) return merged
  }
  throw new Error('nobody was merged')
}

describe('customers who were merged into a new one', () => {
  it('are gone, and say into whom', async () => {
    const merged = await untilMerged(6 * day_ms)
    const records = await stored()
    for (const { recordState, deletionEvidence, mergedInto } of merged) {
      expect(recordState).toBe('DELETED')
      expect(deletionEvidence).toMatch(/^(?:event|sweep)$/)
      expect(records.get(String(mergedInto))).toMatchObject({
        object: 'customer',
        origin: 'PARTNER',
        recordState: 'ACTIVE',
      })
    }
    expect(await business.oracle.differences(db)).toEqual([])
  }, 240_000)

  it('are told by whoever answers for them, where no event was read', async () => {
    const [one] = [...(await stored()).values()].filter(isMerged)
    const into = (await stored()).get(String(one?.mergedInto))
    const connection = await business.connection()
    const touch = { partnerRecordId: String(one?.partnerRecordId), parentId: null, deleted: false }
    const { records } = await withRun(
      { db, keys: business.keys, connection, partner: square },
      (run) => reread(run, streamNamed(square, 'customers'), touch),
    )
    expect(records.map(({ record }) => [record.id, record.recordState])).toEqual([
      [one?.id, 'DELETED'],
      [into?.id, 'ACTIVE'],
    ])
    expect(records[0]?.record.mergedInto).toBe(into?.id)
  }, 60_000)

  it('keep what they paid', async () => {
    const records = [...(await stored()).values()]
    const gone = new Set(records.filter(isMerged).map(({ id }) => id))
    const payments = records.filter(
      ({ object, customer_id }) => object === 'payment' && gone.has(customer_id),
    )
    expect(payments.length).toBeGreaterThan(0)
  })

  it('still say so when everything is read again', async () => {
    const before = [...(await stored()).values()].filter(isMerged)
    sandbox.advance(1.1 * day_ms)
    expect(await business.sync()).toEqual({ failed: [] })
    const after = await stored()
    for (const { id, mergedInto } of before)
      expect(after.get(String(id))?.mergedInto).toBe(mergedInto)
    expect(await business.oracle.differences(db)).toEqual([])
  }, 120_000)
})
