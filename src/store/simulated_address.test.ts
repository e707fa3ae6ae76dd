import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import { connected } from '../../test/business.ts'
import { testDatabase } from '../../test/database.ts'
import type { Database } from './database.ts'
import { leadToSimulated } from './simulated_address.ts'

let db: Database
let sandbox: Sandbox

beforeAll(async () => {
  db = await testDatabase()
  sandbox = await startSandbox({ seed: 2, buyers: 3 })
})
afterAll(async () => {
  await sandbox.stop()
  await db.close()
})

it('leads what is connected with the simulated partner, and nothing else', async () => {
  const simulated = await connected(db, sandbox)
  const elsewhere = await connected(db, sandbox, { partner: 'medusa' })
  const own = await connected(db, sandbox)
  await db.query(
    `update partner_account_connection set base_url = 'https://shop.example' where id = $1`,
    [own.connectionId],
  )
  const baseUrl = 'http://127.0.0.1:9/stripe'
  expect(await leadToSimulated(db, { partnerSource: 'stripe', baseUrl })).toBe(1)
  expect((await simulated.connection()).baseUrl).toBe(baseUrl)
  expect((await elsewhere.connection()).baseUrl).toBe(sandbox.partner('medusa').baseUrl)
  expect((await own.connection()).baseUrl).toBe('https://shop.example')
  expect(await leadToSimulated(db, { partnerSource: 'stripe', baseUrl })).toBe(0)
})
