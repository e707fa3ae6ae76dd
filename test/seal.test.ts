// Secrets in use: none is in the database or in what the processes write, and the master key is
// changed while they work.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { startWorker } from '../src/ingest/worker.ts'
import { stripe } from '../src/partners/stripe/index.ts'
import { type Database, openDatabase } from '../src/store/database.ts'
import { migrate } from '../src/store/migrate.ts'
import { masterKeysFrom, newMasterKey, rotateMasterKey } from '../src/store/seal.ts'
import { connected } from './business.ts'
import { furrow, spawnFurrow } from './furrow.ts'
import { freePort, type PostgresServer, startPostgres } from './postgres.ts'

let postgres: PostgresServer
let sandbox: Sandbox

beforeAll(async () => {
  postgres = await startPostgres()
  // The seed is part of the simulated partner's keys, so that they are found nowhere by chance.
  sandbox = await startSandbox({ seed: randomBytes(4).readUInt32BE(), buyers: 40 })
})
afterAll(async () => {
  await sandbox.stop()
  await postgres.stop()
})

async function newDatabase(name: string): Promise<{ db: Database; url: string }> {
  const admin = await openDatabase({ url: postgres.url })
  await admin.query(`create database ${name}`)
  await admin.close()
  const url = postgres.url.replace(/\/postgres$/, `/${name}`)
  const db = await openDatabase({ url })
  onTestFinished(db.close)
  return { db, url }
}

/** Every row of every table of every schema, as text. */
async function dumpOf(db: Database): Promise<string[]> {
  const tables = await db.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema')`,
  )
  const lines: string[] = []
  for (const { name } of tables) {
    const rows = await db.query<{ line: string }>(`select t::text as line from ${name} as t`)
    lines.push(...rows.map(({ line }) => `${name} ${line}`))
  }
  return lines
}

/** Lines that hold a secret, as it is or as its bytes are commonly written. */
function found(secrets: readonly string[], lines: readonly string[]): string[] {
  const forms = secrets.flatMap((secret) => {
    const bytes = Buffer.from(secret)
    return [secret, bytes.toString('base64').replace(/=+$/, ''), bytes.toString('hex')]
  })
  return lines.filter((line) => forms.some((form) => line.includes(form)))
}

/** A process whose every word is kept. */
function running(args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawnFurrow(args, { ...env, FURROW_LOG: 'trace', FURROW_DEBUG: '1' })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (bytes) => {
      said += bytes
    })
  }
  onTestFinished(async () => {
    if (child.exitCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'close')
  })
  return { child, said: () => said }
}

describe('secrets', () => {
  it('are neither in the database nor in what is logged', { timeout: 180_000 }, async () => {
    const { db, url } = await newDatabase('canaries')
    const masterKey = newMasterKey()
    const env = { DATABASE_URL: url, FURROW_SECRET_KEYS: masterKey }
    expect((await furrow(['migrate'], { env })).status).toBe(0)
    const made = await furrow(['keys', 'create', '--scopes', 'read,write,admin'], { env })
    const apiKey = made.stdout.trim()
    const port = await freePort()
    const api = running(['api', '--port', String(port)], env)
    const worker = running(['worker', '--sync-every', '1s'], env)

    const credential = sandbox.stripe.key
    const refused = 'sk_test_canaryThatIsRefused0123456789'
    const misplaced = 'sk_live_canaryOfTheWrongMode0123456789'
    const connect = ['connect', 'stripe', '--institution-account', 'm1']
    const at = ['--base-url', sandbox.stripe.baseUrl, '--json']
    const good = await furrow([...connect, '--key', '-', ...at], { env, stdin: credential })
    const { id, ledgerAccountId } = JSON.parse(good.stdout)
    const bad = await furrow([...connect, '--key', refused, ...at], { env })
    expect([good.status, bad.status]).toEqual([0, 1])

    const wrong = await connectByApi(port, { apiKey, ledgerAccountId, credential: misplaced })
    expect(wrong.status).toBe(422)
    await expect.poll(() => allRead(db, id), { timeout: 60_000, interval: 200 }).toBe(true)
    sandbox.stripe.revokeKey(credential)
    const lost = async () => statusOf(db, id)
    await expect.poll(lost, { timeout: 30_000, interval: 200 }).toBe('Lost Connection')
    await stopAll([api.child, worker.child])

    const secrets = [credential, refused, misplaced, apiKey, masterKey]
    const dump = await dumpOf(db)
    const said = [api.said(), worker.said(), good.stderr, bad.stdout, bad.stderr, wrong.text]
    expect(found(secrets, dump)).toEqual([])
    expect(found(secrets, said)).toEqual([])
    expect(said.join('')).toContain('sync ended with failures')
    expect(dump.some((line) => line.startsWith('public.customer '))).toBe(true)
    expect(dump.some((line) => line.startsWith('pgboss.'))).toBe(true)
    await db.query(`insert into setting (name, value) values ('canary', $1)`, [`a${credential}b`])
    expect(found(secrets, await dumpOf(db))).toHaveLength(1)
  })
})

interface ByApi {
  readonly apiKey: string
  readonly ledgerAccountId: string
  readonly credential: string
}

/** Connects by a request whose answer is kept for its repetition. */
async function connectByApi(port: number, { apiKey, ledgerAccountId, credential }: ByApi) {
  const url = `http://127.0.0.1:${port}`
  await expect
    .poll(
      () =>
        fetch(`${url}/readyz`)
          .then((r) => r.ok)
          .catch(() => false),
      {
        timeout: 60_000,
      },
    )
    .toBe(true)
  const response = await fetch(`${url}/v2/partner_account_connections`, {
    method: 'POST',
    headers: {
      'x-api-key': apiKey,
      'content-type': 'application/json',
      'idempotency-key': 'one-and-the-same',
    },
    body: JSON.stringify({
      ledgerAccountId,
      partnerSource: 'stripe',
      credential: { api_key: credential },
    }),
  })
  return { status: response.status, text: await response.text() }
}

async function allRead(db: Database, connectionId: string): Promise<boolean> {
  const rows = await db.query<{ read: boolean }>(
    'select last_success is not null as read from stream where partner_account_connection_id = $1',
    [connectionId],
  )
  return rows.length > 0 && rows.every(({ read }) => read)
}

async function statusOf(db: Database, connectionId: string): Promise<string | undefined> {
  const [row] = await db.query<{ status: string }>(
    'select status from partner_account_connection where id = $1',
    [connectionId],
  )
  return row?.status
}

async function stopAll(children: readonly ReturnType<typeof spawnFurrow>[]) {
  for (const child of children) {
    const ended = once(child, 'close')
    child.kill('SIGTERM')
    expect((await ended)[0]).toBe(0)
  }
}

describe('the master key', () => {
  it('is changed while workers read, and the old one is then of no use', {
    timeout: 120_000,
  }, async () => {
    const { db } = await newDatabase('rotation')
    await migrate(db)
    const own = await startSandbox({ buyers: 40 })
    onTestFinished(own.stop)
    const business = await connected(db, own)
    const before = business.masterKey
    const after = newMasterKey()
    const outcomes: { message: string; keys: string }[] = []
    const work = async (keys: string) => {
      const note = (_: object, message: string) => void outcomes.push({ message, keys })
      const worker = await startWorker({
        db,
        keys: masterKeysFrom(keys),
        partners: [stripe],
        log: { info: note, warn: note, error: note },
        every_ms: 100,
      })
      onTestFinished(worker.stop)
      return worker
    }
    const completed = async (keys: string) => {
      const count = () =>
        outcomes.filter((o) => o.keys === keys && o.message === 'sync complete').length
      const seen = count()
      await expect.poll(count, { timeout: 60_000 }).toBeGreaterThan(seen)
    }

    // First every process knows both keys, then one process changes over, then the old one goes.
    const both = await work(`${before},${after}`)
    await completed(`${before},${after}`)
    expect(await rotateMasterKey(db, masterKeysFrom(`${after},${before}`))).toBe(1)
    await completed(`${before},${after}`)
    await both.stop()
    const fresh = await work(after)
    await completed(after)
    await fresh.stop()
    expect(outcomes.filter(({ message }) => /failed|failures/.test(message))).toEqual([])

    const stale = await work(before)
    const failures = () =>
      outcomes.filter((o) => o.keys === before && o.message === 'sync failed').length
    await expect.poll(failures, { timeout: 30_000 }).toBeGreaterThan(0)
    await stale.stop()
    const streams = [...(await business.streams()).values()]
    expect(streams.map(({ state }) => state)).not.toContain('complete')
    expect(streams[0]?.reason).toMatch(
      /^internal error: no master key \w+: add it to FURROW_SECRET_KEYS/,
    )
  })

  it('is refused at the start where it is not the one of the data', async () => {
    const { db, url } = await newDatabase('foreign_key')
    await migrate(db)
    const own = await startSandbox({ buyers: 0 })
    onTestFinished(own.stop)
    await connected(db, own)
    const env = { DATABASE_URL: url, FURROW_SECRET_KEYS: newMasterKey() }
    const { status, stderr } = await furrow(['worker'], { env })
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^furrow: no master key \w+: add it to FURROW_SECRET_KEYS\n$/),
    ])
  })
})
