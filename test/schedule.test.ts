// When streams are read, by a clock that the test sets.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { silence_ms_max } from '../src/ingest/interval.ts'
import { enqueueDue } from '../src/ingest/schedule.ts'
import type { SyncJob } from '../src/ingest/sync_job.ts'
import type { RequestSync, WorkerOptions } from '../src/ingest/worker.ts'
import { startWorker } from '../src/ingest/worker.ts'
import { partnerList } from '../src/partners/index.ts'
import { changesOf } from '../src/store/changes.ts'
import type { Database } from '../src/store/database.ts'
import { setSchedule } from '../src/store/schedule.ts'
import { setStreamState } from '../src/store/segment.ts'
import { noteStale } from '../src/store/stale.ts'
import { streamsOf } from '../src/store/stream.ts'
import { type Business, connected, newLedgerAccount } from './business.ts'
import { testDatabase } from './database.ts'

const minute_ms = 60_000
const hour_ms = 60 * minute_ms
const never_ms = 24 * hour_ms
let db: Database
let sandbox: Sandbox

beforeAll(async () => {
  db = await testDatabase()
  sandbox = await startSandbox({ buyers: 8 })
})
afterAll(async () => {
  await sandbox.stop()
  await db.close()
})

/** A worker whose clock the test sets, and that looks for what is due when it is told. */
async function working(business: Business, options: Partial<WorkerOptions> = {}) {
  let now_ms = Date.now()
  const said: string[] = []
  const note = (_: object, message: string) => void said.push(message)
  const first = await startWorker({
    db,
    keys: business.keys,
    partners: partnerList,
    log: { info: note, warn: note, error: note },
    tick_ms: never_ms,
    now: () => now_ms,
    ...options,
  })
  onTestFinished(first.stop)
  return {
    said,
    requestSync: first.requestSync as RequestSync,
    now: () => now_ms,
    pass: (ms: number) => {
      now_ms += ms
    },
  }
}

const keyOf = ({ ledgerAccountId, connectionId }: Business) => ({ ledgerAccountId, connectionId })
const accountOf = ({ ledgerAccountId, connectionId }: Business) => ({
  ledgerAccountId,
  id: connectionId,
  partnerSource: 'stripe',
})

async function due(now_ms: number): Promise<SyncJob[]> {
  const jobs: SyncJob[] = []
  await enqueueDue(db, { last: async (some) => void jobs.push(...some) }, now_ms)
  return jobs
}

const isDue = async ({ connectionId }: Business, now_ms: number) =>
  (await due(now_ms)).some((job) => job.connectionId === connectionId)

describe('a stream', () => {
  it('is due at first, then after its interval, which is served', async () => {
    const business = await connected(db, sandbox)
    const now_ms = Date.now()
    expect(await isDue(business, now_ms)).toBe(true)
    await business.sync({ now: () => now_ms })
    const { next_run, interval_seconds, stale } = (await business.streams()).get('customers')!
    expect([interval_seconds, stale]).toEqual([300, false])
    expect(next_run).toBe(new Date(now_ms + 5 * minute_ms).toISOString())
    expect(await isDue(business, now_ms + 5 * minute_ms - 1000)).toBe(false)
    expect(await isDue(business, now_ms + 5 * minute_ms)).toBe(true)
  })

  it('is read as often as was set for it, or for its connection', async () => {
    const business = await connected(db, sandbox, { partner: 'woocommerce' })
    const now_ms = Date.now()
    await business.sync({ now: () => now_ms })
    const intervals = async () =>
      [...(await business.streams()).values()].map((one) => [one.stream, one.interval_seconds])
    const before = new Map((await intervals()) as [string, number][])
    expect(before.get('orders')).toBe(300)
    // Customers are swept: their partner advises an hour.
    expect(before.get('customers')).toBe(3600)
    await db.transaction((tx) =>
      setSchedule(tx, {
        key: keyOf(business),
        settings: { every_ms: 2 * minute_ms, reconcile_every_ms: null, per_second: null },
        streams: { products: 30_000 },
      }),
    )
    const after = new Map((await intervals()) as [string, number][])
    expect(['orders', 'customers', 'products'].map((name) => after.get(name))).toEqual([
      120, 3600, 30,
    ])
    const { next_run } = (await business.streams()).get('orders')!
    expect(next_run).toBe(new Date(now_ms + 2 * minute_ms).toISOString())
  })

  it('that failed is tried later and later, at the time that it shows', async () => {
    const business = await connected(db, sandbox)
    await business.sync()
    const waits: number[] = []
    for (let i = 0; i < 3; i++) {
      sandbox.inject({ name: 'error_500', partner: 'stripe', path: '*', times: null })
      const now_ms = Date.now()
      const { failed } = await business.sync({ patience_ms: 1, now: () => now_ms })
      sandbox.clearFaults()
      expect(failed.length).toBeGreaterThan(0)
      const { state, reason, retry_date, next_run } = (await business.streams()).get('events')!
      expect([state, reason !== null, retry_date]).toEqual(['waiting-for-retry', true, next_run])
      waits.push(Date.parse(retry_date ?? '') - now_ms)
      expect(await isDue(business, now_ms + (waits.at(-1) ?? 0) - 1000)).toBe(false)
    }
    expect(waits[1]).toBeGreaterThan((waits[0] ?? 0) * 1.2)
    expect(waits[2]).toBeGreaterThan((waits[1] ?? 0) * 1.2)
    await business.sync()
    expect((await business.streams()).get('events')).toMatchObject({ state: 'complete' })
  })

  it('cannot be complete that was not being read', async () => {
    const business = await connected(db, sandbox)
    const key = { ...keyOf(business), stream: 'customers' }
    await expect(setStreamState(db, { key, state: 'complete' })).rejects.toThrow('not complete')
    await expect(setStreamState(db, { key, state: 'failed' })).rejects.toThrow('a reason')
    const reason = 'asked for patience'
    const waiting = setStreamState(db, { key, state: 'waiting-for-retry', reason })
    await expect(waiting).rejects.toThrow('a time of retry')
  })
})

describe('a run of what is due', () => {
  it('reads those streams only, and again what the log tells', async () => {
    const business = await connected(db, sandbox, { partner: 'woocommerce' })
    await business.sync()
    await db.query(
      `update stream set next_run = case when stream = 'orders' then null else next_run end
       where ledger_account_id = $1`,
      [business.ledgerAccountId],
    )
    sandbox.clearRequests()
    const worker = await working(business)
    await expect.poll(() => worker.said.filter((one) => one === 'sync complete').length).toBe(1)
    const paths = sandbox.requests().map(({ path }) => path)
    expect(paths.some((path) => path.endsWith('/orders'))).toBe(true)
    expect(paths.filter((path) => /\/(customers|products)$/.test(path))).toEqual([])
  })
})

/** Gives a business a thousand more connections like the one it has, all due for long. */
async function multiply({ ledgerAccountId }: Business) {
  for (const [table, id] of [
    ['partner_account_connection', 'id'],
    ['stream', 'partner_account_connection_id'],
  ] as const) {
    await db.query(
      `insert into ${table} select (jsonb_populate_record(t, jsonb_build_object('${id}',
         t.${id} || n, 'next_run', '2026-01-01T00:00:00Z'))).*
       from ${table} t, generate_series(1, 1000) n where t.ledger_account_id = $1`,
      [ledgerAccountId],
    )
  }
}

describe('fairness', () => {
  it('finds what is due at one partner behind the many connections at another', async () => {
    const many = await connected(db, sandbox)
    await multiply(many)
    const { ledgerAccountId, keys } = many
    const other = await connected(db, sandbox, { partner: 'woocommerce', ledgerAccountId, keys })
    await db.query(
      `update stream set next_run = '2026-06-01T00:00:00Z'
       where partner_account_connection_id = $1`,
      [other.connectionId],
    )
    const found = (await due(Date.now())).filter((job) => job.ledgerAccountId === ledgerAccountId)
    expect(found.find((job) => job.connectionId === other.connectionId)?.turn).toBe(1001)
    await db.query('delete from stream where ledger_account_id = $1', [ledgerAccountId])
  }, 60_000)

  it('lets the one connection of a business go before the many of another', async () => {
    const [many, one] = [await connected(db, sandbox), await connected(db, sandbox)]
    await multiply(many)
    await db.query(
      `update stream set next_run = '2026-06-01T00:00:00Z' where ledger_account_id = $1`,
      [one.ledgerAccountId],
    )
    const jobs = (await due(Date.now())).filter(({ ledgerAccountId }) =>
      [many.ledgerAccountId, one.ledgerAccountId].includes(ledgerAccountId),
    )
    const place = jobs.findIndex(({ connectionId }) => connectionId === one.connectionId)
    expect(place).toBeLessThan(2)
    expect(jobs[place]?.turn).toBe(0)
    expect(jobs.length).toBeGreaterThan(300)
    await db.query('delete from stream where ledger_account_id = $1', [many.ledgerAccountId])
  }, 60_000)

  it('ends a sync that has had its time when another business waits', async () => {
    const slow = await connected(db, sandbox)
    await slow.sync()
    sandbox.inject({ name: 'silence', partner: 'stripe', path: '/v1/events', times: 1 })
    onTestFinished(sandbox.clearFaults)
    const worker = await working(slow, { slice_ms: 2000, parallel: 1 })
    await worker.requestSync(accountOf(slow))
    await newLedgerAccount(db)
    const other = await connected(db, sandbox)
    expect(await isDue(other, worker.now())).toBe(true)
    await expect.poll(() => worker.said, { timeout: 20_000 }).toContain('sync gave way to others')
    const { state, reason } = (await slow.streams()).get('events')!
    expect([state, reason]).toEqual(['queued', expect.stringMatching(/^gives way/)])
    sandbox.clearFaults()
  }, 30_000)
})

describe('freshness', () => {
  const changesIn = async ({ ledgerAccountId }: Business) => {
    const query = { ledgerAccountId, after: 0, limit: 500, types: ['partner_account_connection'] }
    const { changes } = await changesOf(db, query)
    return changes.filter(({ changed }) => changed.includes('stale')).length
  }

  it('says once that a connection became stale, and once that it recovered', async () => {
    const business = await connected(db, sandbox)
    let now_ms = Date.now()
    await business.sync({ now: () => now_ms })
    await noteStale(db, now_ms)
    expect(await changesIn(business)).toBe(0)
    now_ms += 16 * minute_ms
    await noteStale(db, now_ms)
    await noteStale(db, now_ms)
    const served = async () =>
      (await streamsOf(db, [accountOf(business)], now_ms)).get(business.connectionId)
    expect((await served())?.find(({ stream }) => stream === 'events')?.stale).toBe(true)
    expect(await changesIn(business)).toBe(1)
    await business.sync({ now: () => now_ms })
    await noteStale(db, now_ms)
    await noteStale(db, now_ms)
    expect(await changesIn(business)).toBe(2)
    expect((await served())?.some(({ stale }) => stale)).toBe(false)
  })

  it('calls a connection lost whose partner is silent for too long, until it answers', async () => {
    const business = await connected(db, sandbox)
    let now_ms = Date.now()
    await business.sync({ now: () => now_ms })
    sandbox.inject({ name: 'error_500', partner: 'stripe', path: '*', times: null })
    now_ms += silence_ms_max - minute_ms
    await business.sync({ now: () => now_ms, patience_ms: 1 })
    expect((await business.connection()).status).toBe('Active')
    now_ms += 2 * minute_ms
    await business.sync({ now: () => now_ms, patience_ms: 1 })
    expect((await business.connection()).status).toBe('Lost Connection')
    sandbox.clearFaults()
    await business.sync({ now: () => now_ms })
    expect((await business.connection()).status).toBe('Active')
  })
})
