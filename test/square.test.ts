// What only Square does.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import type { Database } from '../src/store/database.ts'
import { connected } from './business.ts'
import { testDatabase } from './database.ts'

const day_ms = 86_400_000
let db: Database
let sandbox: Sandbox

beforeAll(async () => {
  db = await testDatabase()
  sandbox = await startSandbox({ seed: 11, buyers: 20 })
})
afterAll(async () => {
  await sandbox.stop()
  await db.close()
})

it('refuses its event log to granted tokens: everything is kept true without', async () => {
  const business = await connected(db, sandbox, { partner: 'square' })
  sandbox.inject({ partner: 'square', name: 'scope_lost', path: '/v2/events', times: null })
  expect((await business.sync()).failed).toEqual([])
  sandbox.advance(2 * day_ms)
  sandbox.clearRequests()
  expect((await business.sync()).failed).toEqual([])
  expect(sandbox.requests().some(({ path }) => path.startsWith('/v2/events'))).toBe(true)
  expect(await business.oracle.differences(db)).toEqual([])
  const log = (await business.streams()).get('events')
  const last_error = expect.stringMatching(/403/)
  expect(log).toMatchObject({ state: 'complete', reason: null, last_error })
  expect((await business.connection()).status).toBe('Active')
})
