// Processes that share a Postgres: what they show of themselves, and how they end.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { createKey } from '../src/store/api_key.ts'
import { type Database, openDatabase } from '../src/store/database.ts'
import { migrate } from '../src/store/migrate.ts'
import { type Business, connected } from './business.ts'
import { furrow, spawnFurrow } from './furrow.ts'
import { freePort, type PostgresServer, startPostgres } from './postgres.ts'

let server: PostgresServer
let db: Database
let sandbox: Sandbox
let business: Business
let key = ''

beforeAll(async () => {
  server = await startPostgres()
  db = await openDatabase({ url: server.url })
  await migrate(db)
  sandbox = await startSandbox({ buyers: 30 })
  business = await connected(db, sandbox)
  const [row] = await db.query<{ id: string }>('select id from institution')
  const institutionId = row?.id ?? ''
  const wanted = { institutionId, mode: 'test', scopes: ['read', 'write'] } as const
  key = (await createKey(db, { ...wanted, now_ms: Date.now() })).key
}, 60_000)
afterAll(async () => {
  await db.close()
  await sandbox.stop()
  await server.stop()
})

async function process(args: (port: number) => readonly string[]) {
  const port = await freePort()
  const env = { DATABASE_URL: server.url, FURROW_SECRET_KEYS: business.masterKey }
  const child = spawnFurrow(args(port), env)
  onTestFinished(() => void child.kill('SIGKILL'))
  const url = `http://127.0.0.1:${port}`
  await expect.poll(() => statusOf(`${url}/readyz`), { timeout: 60_000 }).toBe(200)
  return { child, url }
}

async function statusOf(url: string): Promise<number> {
  return fetch(url).then(
    (response) => response.status,
    () => 0,
  )
}

async function ended(child: ChildProcess): Promise<number | null> {
  return child.exitCode ?? (await once(child, 'exit'))[0]
}

/** Figures of a scrape, by name and labels. */
async function scraped(url: string): Promise<Map<string, number>> {
  const response = await fetch(`${url}/metrics`)
  const lines = (await response.text()).split('\n').filter((line) => /^\w/.test(line))
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ')
      return [line.slice(0, at), Number(line.slice(at + 1))]
    }),
  )
}

describe('a worker', () => {
  it('counts what it reads, and names nobody', async () => {
    const { child, url } = await process((port) => [
      ...['worker', '--sync-every', '1h', '--metrics-port', String(port)],
    ])
    const synced = 'furrow_sync_duration_seconds_count{partner="stripe",outcome="complete"}'
    await expect
      .poll(async () => (await scraped(url)).get(synced) ?? 0, { timeout: 60_000 })
      .toBeGreaterThan(0)
    const figures = await scraped(url)
    for (const { stream, seen, changed } of (await business.streams()).values()) {
      const of = (outcome: string) =>
        figures.get(
          `furrow_records_total{partner="stripe",stream="${stream}",outcome="${outcome}"}`,
        )
      expect([stream, of('seen') ?? 0, of('changed') ?? 0]).toEqual([stream, seen, changed])
    }
    expect(
      figures.get('furrow_records_total{partner="stripe",stream="customers",outcome="seen"}'),
    ).toBeGreaterThan(20)
    expect(figures.get('furrow_pages_total{partner="stripe",stream="customers"}')).toBe(1)
    expect(figures.get('furrow_job_wait_seconds_count{queue="sync-stripe"}')).toBeGreaterThan(0)
    expect(figures.get('furrow_connections{partner="stripe",status="Active"}')).toBe(1)
    const wholes = [...figures].filter(([name]) => name.startsWith('furrow_streams{'))
    expect(wholes.reduce((sum, [, count]) => sum + count, 0)).toBe((await business.streams()).size)
    const names = [...figures.keys()].join('\n')
    expect(names).toMatch(/furrow_database_connections\{state="idle"\}/)
    expect(names).not.toMatch(/@|\b(?:pac|la|cus|key|ins)_[0-9a-f]/)
    child.kill('SIGTERM')
    expect(await ended(child)).toBe(0)
  }, 150_000)

  it('counts failures by their kind', async () => {
    const { url } = await process((port) => [
      ...['worker', '--sync-every', '1h', '--metrics-port', String(port)],
    ])
    sandbox.inject({ name: 'scope_lost', path: '/v1/events' })
    const env = { DATABASE_URL: server.url, FURROW_SECRET_KEYS: business.masterKey }
    expect((await furrow(['sync'], { env })).status).toBe(0)
    const failed = 'furrow_stream_failures_total{partner="stripe",stream="events",kind="Refused"}'
    await expect
      .poll(async () => (await scraped(url)).get(failed) ?? 0, { timeout: 60_000 })
      .toBeGreaterThan(0)
    sandbox.clearFaults()
  }, 150_000)
})

describe('an API process that is told to stop', () => {
  const api = (drain: string) =>
    process((port) => ['api', '--port', String(port), '--drain', drain])

  function ask(url: string, agent: Agent): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      get(url, { agent, headers: { 'x-api-key': key } }, resolve).on('error', reject)
    })
  }

  it('says so first, goes on answering meanwhile, and ends', async () => {
    const { child, url } = await api('2s')
    const agent = new Agent({ keepAlive: true })
    const before = await ask(`${url}/v2/customers`, agent)
    expect([before.statusCode, before.headers.connection]).toEqual([200, 'keep-alive'])
    await text(before)
    child.kill('SIGTERM')
    await expect.poll(() => statusOf(`${url}/readyz`)).toBe(503)
    expect(await statusOf(`${url}/livez`)).toBe(200)
    const after = await ask(`${url}/v2/customers`, agent)
    expect([after.statusCode, after.headers.connection]).toEqual([200, 'close'])
    await text(after)
    expect(await ended(child)).toBe(0)
    expect(await statusOf(`${url}/livez`)).toBe(0)
  }, 60_000)

  it('ends what it has begun', async () => {
    const { child, url } = await api('1s')
    const holder = new pg.Client({ connectionString: server.url })
    await holder.connect()
    await holder.query('begin')
    await holder.query('lock table ledger_account in access exclusive mode')
    const headers = { 'x-api-key': key, 'content-type': 'application/json' }
    const asked = fetch(`${url}/v2/ledger_accounts`, { method: 'POST', headers, body: '{}' })
    await sleep(300)
    child.kill('SIGTERM')
    await sleep(2_000)
    await holder.query('commit')
    await holder.end()
    expect((await asked).status).toBe(201)
    expect(await ended(child)).toBe(0)
  }, 60_000)
})
