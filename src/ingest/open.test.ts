import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSandbox } from '../../sandbox/server.ts'
import { connected } from '../../test/business.ts'
import { testDatabase } from '../../test/database.ts'
import { storedRecords } from '../../test/oracle.ts'
import type { Database } from '../store/database.ts'

let db: Database
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const hour_ms = 3_600_000

it('stamps everything by the clock of the run, so that what is read later counts', async () => {
  const sandbox = await startSandbox({ seed: 2026, buyers: 8 })
  const business = await connected(db, sandbox)
  let ahead_ms = sandbox.now() - Date.now()
  const now = () => Date.now() + ahead_ms
  expect(await business.sync({ now })).toEqual({ failed: [] })
  expect(await business.oracle.differences(db)).toEqual([])
  const records = [...(await storedRecords(db, await business.connection())).values()]
  const saved = records.find(
    ({ object, customer_id }) => object === 'external_account' && customer_id,
  )
  const owner = records.find(({ id }) => id === saved?.customer_id)
  expect(sandbox.partner('stripe').remove(String(owner?.partnerRecordId))).toBe(true)
  sandbox.advance(26 * hour_ms)
  ahead_ms += 26 * hour_ms
  expect(await business.sync({ now })).toEqual({ failed: [] })
  expect(await business.oracle.differences(db)).toEqual([])
  await sandbox.stop()
})
