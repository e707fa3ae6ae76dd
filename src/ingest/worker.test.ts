import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import { type Business, connected } from '../../test/business.ts'
import { testDatabase } from '../../test/database.ts'
import { partnerList } from '../partners/index.ts'
import { setStatus } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import { masterKeysFrom, newMasterKey } from '../store/seal.ts'
import { enqueueDue } from './schedule.ts'
import { startWorker, type WorkerOptions } from './worker.ts'

let db: Database
let sandbox: Sandbox
let business: Business

beforeAll(async () => {
  db = await testDatabase()
  sandbox = await startSandbox({ buyers: 40 })
  business = await connected(db, sandbox)
})
afterAll(async () => {
  await sandbox.stop()
  await db.close()
})

const never_ms = 3_600_000

const everythingIsDue = () => db.query('update stream set next_run = null')

/** A worker that finds everything due when it starts, and nothing after, and what it says. */
async function working(options: Partial<WorkerOptions> = {}) {
  await everythingIsDue()
  const said: string[] = []
  const note = (_: object, message: string) => void said.push(message)
  const worker = await startWorker({
    db,
    keys: business.keys,
    partners: partnerList,
    log: { info: note, warn: note, error: note },
    every_ms: never_ms,
    tick_ms: never_ms,
    ...options,
  })
  onTestFinished(worker.stop)
  const ended = async () => {
    const before = said.length
    await expect
      .poll(() => said.slice(before).some((one) => one.startsWith('sync ')), {
        timeout: 60_000,
      })
      .toBe(true)
  }
  return { worker, said, ended }
}

const connection = () => ({
  ledgerAccountId: business.ledgerAccountId,
  id: business.connectionId,
  partnerSource: 'stripe',
})
const listed = (path: string) => sandbox.requests().filter((one) => one.path === path).length

describe('a worker', () => {
  it('reads what is due as soon as it starts', async () => {
    const { said, ended } = await working()
    await ended()
    expect(said).toEqual(['syncs are due', 'sync complete'])
    expect(await business.oracle.differences(db)).toEqual([])
  })

  it('reads only what changed where nothing else is asked for', async () => {
    const { worker, ended } = await working()
    await ended()
    sandbox.clearRequests()
    await worker.requestSync(connection())
    await ended()
    expect([listed('/v1/customers'), listed('/v1/events')]).toEqual([0, 1])
  })

  it('reads the asked streams anew, once', async () => {
    const { worker, ended } = await working()
    await ended()
    sandbox.clearRequests()
    await worker.requestSync(connection(), { streams: ['customers'], full: true })
    await ended()
    expect([listed('/v1/customers'), listed('/v1/products')]).toEqual([1, 0])
    await worker.requestSync(connection())
    await ended()
    expect(listed('/v1/customers')).toBe(1)
    expect((await business.streams()).get('customers')?.state).toBe('complete')
  })

  it('goes on with a whole reading where the one before was stopped', async () => {
    const first = await working()
    await first.ended()
    sandbox.inject({ name: 'silence', path: '/v1/products', times: 1 })
    await first.worker.requestSync(connection(), { full: true })
    await expect.poll(() => listed('/v1/products')).toBeGreaterThan(0)
    await first.worker.stop()
    expect((await business.streams()).get('products')?.state).toBe('fetching')
    const second = await working()
    await second.ended()
    expect((await business.streams()).get('products')?.state).toBe('complete')
    expect(await business.oracle.differences(db)).toEqual([])
  })

  it('says in the streams that it could not even begin', async () => {
    const { said, ended } = await working({ keys: masterKeysFrom(newMasterKey()) })
    await ended()
    expect(said).toContain('sync failed')
    for (const { state, reason } of (await business.streams()).values()) {
      expect([state, reason]).toEqual([
        'failed',
        expect.stringMatching(/^internal error: no master/),
      ])
    }
  })

  it('leaves a connection that was withdrawn', async () => {
    const other = await connected(db, sandbox)
    const now_ms = Date.now()
    const { ledgerAccountId, connectionId: id } = other
    await setStatus(db, { ledgerAccountId, id, status: 'Revoked', reason: 'tested', now_ms })
    await everythingIsDue()
    const due: string[] = []
    await enqueueDue(
      db,
      {
        last: async (jobs) => void due.push(...jobs.map((job) => job.connectionId)),
      },
      Date.now(),
    )
    expect(due).toEqual([business.connectionId])
    const { worker, said } = await working({ keys: other.keys })
    sandbox.clearRequests()
    await worker.requestSync({ ...connection(), ledgerAccountId, id })
    await sleep(200)
    expect(said.filter((one) => one === 'sync complete')).toEqual([])
  })
})
