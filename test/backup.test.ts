// What was backed up is what is restored, on either engine, and life goes on from there (G13).

import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { withRun } from '../src/ingest/open.ts'
import { syncConnection } from '../src/ingest/sync.ts'
import { partners } from '../src/partners/index.ts'
import { createKey } from '../src/store/api_key.ts'
import { backup } from '../src/store/backup.ts'
import { tablesIn } from '../src/store/catalogue.ts'
import { findConnection } from '../src/store/connection.ts'
import { type Database, openDatabase } from '../src/store/database.ts'
import { firstInstitution } from '../src/store/installation.ts'
import { migrate, migrationNames, ownTables, pendingMigrations } from '../src/store/migrate.ts'
import { restore } from '../src/store/restore.ts'
import { quoted } from '../src/store/table.ts'
import { type Business, connected } from './business.ts'
import { furrow, temporaryFolder } from './furrow.ts'
import { type PostgresServer, startPostgres } from './postgres.ts'

let server: PostgresServer
let sandbox: Sandbox
let source: Database
let business: Business
const opened: Database[] = []

beforeAll(async () => {
  server = await startPostgres()
  sandbox = await startSandbox({ buyers: 30 })
  source = await open({})
  await migrate(source)
  business = await connected(source, sandbox)
  await business.sync()
  const institutionId = (await firstInstitution(source)) ?? ''
  const now_ms = Date.now()
  await createKey(source, { institutionId, mode: 'test', scopes: ['read', 'admin'], now_ms })
  // Texts that have broken other people's backups.
  const hostile = `'"\\ \n\r\t {}[],$1 \u2028 \u{1f33e} null`
  await source.query('insert into setting (name, value) values ($1, $2)', ['hostile', hostile])
}, 120_000)
afterAll(async () => {
  for (const db of opened) await db.close()
  await sandbox.stop()
  await server.stop()
})

async function open(options: Parameters<typeof openDatabase>[0]): Promise<Database> {
  const db = await openDatabase(options)
  opened.push(db)
  return db
}

let databases = 0
/** A database of its own on the test's Postgres. */
async function newUrl(): Promise<string> {
  const name = `backup_${++databases}`
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return server.url.replace(/postgres$/, name)
}

const quiet = { onHeader: () => undefined, onRows: () => undefined }

async function linesOf(db: Database, meanwhile: () => Promise<unknown> = async () => undefined) {
  let text = ''
  await backup(db, { release: '0.0.0', now_ms: Date.now(), ...quiet }, async (lines) => {
    await meanwhile()
    for await (const line of lines) text += line
  })
  return text.split('\n').slice(0, -1)
}

async function* given(lines: readonly string[]) {
  yield* lines
}

/** Every row of every table, as text. */
async function everything(db: Database) {
  const rows = new Map<string, unknown[]>()
  await db.transaction(async (tx) => {
    await tx.query(`set local time zone 'UTC'`)
    for (const { name, columns, primaryKey } of await tablesIn(tx)) {
      const texts = columns.map((one) => `${quoted(one.name)}::text`).join(', ')
      const order = primaryKey.map(quoted).join(', ')
      rows.set(name, await tx.query(`select ${texts} from ${quoted(name)} order by ${order}`))
    }
  })
  return rows
}

async function viewsIn(db: Database) {
  const views = await db.query<{ viewname: string }>(
    'select viewname from pg_views where schemaname = current_schema() order by 1',
  )
  return views.map(({ viewname }) => viewname)
}

describe('tables of ours', () => {
  it('are told by the migrations', async () => {
    const found = await source.query<{ relname: string }>(
      `select relname from pg_class where relkind in ('r', 'p')
         and relnamespace = current_schema()::regnamespace order by relname collate "C"`,
    )
    expect(found.map(({ relname }) => relname)).toEqual(await ownTables())
  })
})

describe('a backup', () => {
  it('is restored row by row, from the embedded database to Postgres and back', async () => {
    const postgres = await open({ url: await newUrl() })
    const header = await restore(postgres, given(await linesOf(source)), {
      replace: false,
      ...quiet,
    })
    const before = await everything(source)
    expect(await everything(postgres)).toEqual(before)
    expect(header.tables.map(({ name, rows }) => [name, rows])).toEqual(
      [...before].map(([name, rows]) => [name, rows.length]),
    )
    expect(before.get('customer')?.length).toBeGreaterThan(20)
    expect(before.get('credential')).toHaveLength(1)
    const embedded = await open({})
    await restore(embedded, given(await linesOf(postgres)), { replace: false, ...quiet })
    expect(await everything(embedded)).toEqual(before)
    expect(await viewsIn(embedded)).toEqual(await viewsIn(source))
  }, 120_000)

  it('goes on where it was: the next sync, the next number of the feed', async () => {
    const db = await open({ url: await newUrl() })
    await restore(db, given(await linesOf(source)), { replace: false, ...quiet })
    const [before] = await db.query<{ seq: number }>('select max(seq) as seq from change')
    sandbox.advance(40 * 3_600_000)
    const { ledgerAccountId, connectionId, keys } = business
    const connection = await findConnection(db, ledgerAccountId, connectionId)
    if (!connection) throw new Error('the connection was not restored')
    sandbox.clearRequests()
    const run = { db, keys, connection, partner: partners.stripe }
    expect((await withRun(run, syncConnection)).failed).toEqual([])
    expect(await business.oracle.differences(db)).toEqual([])
    const asked = sandbox.requests().map(({ path }) => path)
    expect([asked.includes('/v1/events'), asked.includes('/v1/customers')]).toEqual([true, false])
    const changes = await db.query<{ seq: number }>(
      'select seq from change where seq > $1 order by seq',
      [before?.seq],
    )
    expect(changes.length).toBeGreaterThan(0)
    expect(changes.map(({ seq }, i) => seq - i)).toEqual(changes.map(() => (before?.seq ?? 0) + 1))
  }, 120_000)

  it('is of one moment, whatever is written meanwhile', async () => {
    const db = await open({ url: await newUrl() })
    await restore(db, given(await linesOf(source)), { replace: false, ...quiet })
    const before = await everything(db)
    const lines = await linesOf(db, async () => {
      await db.query(`insert into setting (name, value) values ('later', '1')`)
      await db.query('delete from credential')
    })
    const copy = await open({ url: await newUrl() })
    await restore(copy, given(lines), { replace: false, ...quiet })
    expect(await everything(copy)).toEqual(before)
  }, 120_000)
})

describe('a backup of another version', () => {
  const withHeader = (lines: readonly string[], change: (header: never) => object) => [
    JSON.stringify(change(JSON.parse(lines[0] ?? '') as never)),
    ...lines.slice(1),
  ]

  it('that is older gets the migrations that came since', async () => {
    const older = await open({ url: await newUrl() })
    const known = (await migrationNames()).filter((name) => name < '0008')
    await migrate(older, { only: known })
    await older.query(`insert into setting (name, value) values ('old', '1')`)
    const db = await open({ url: await newUrl() })
    await restore(db, given(await linesOf(older)), { replace: false, ...quiet })
    const found = await everything(db)
    expect([...found.keys()]).toEqual(await ownTables())
    expect(found.get('setting')).toContainEqual({ name: 'old', value: '1' })
    expect(await pendingMigrations(db)).toEqual([])
    expect(await viewsIn(db)).toEqual(await viewsIn(source))
  }, 60_000)

  it('that is newer is refused, with what to do', async () => {
    const db = await open({ url: await newUrl() })
    const newer = withHeader(await linesOf(source), (header: object) => ({
      ...header,
      release: '9.1.0',
      migrations: ['0001_core_model.sql', '0999_later.sql'],
    }))
    const restoring = restore(db, given(newer), { replace: false, ...quiet })
    await expect(restoring).rejects.toThrow(/0999_later\.sql.*version 9\.1\.0 or newer/)
  }, 60_000)
})

describe('furrow backup and furrow restore', () => {
  /** A file of the source, written by the command from a Postgres that was restored to. */
  async function fileOf(): Promise<{ file: string; url: string; folder: string }> {
    const folder = temporaryFolder()
    const file = join(folder, 'furrow.backup.gz')
    const url = await newUrl()
    await restore(await open({ url }), given(await linesOf(source)), { replace: false, ...quiet })
    const { status, stderr } = await furrow(['backup', file], { env: { DATABASE_URL: url } })
    expect([status, stderr]).toEqual([0, expect.stringContaining('The master key is not in it')])
    return { file, url, folder }
  }

  it('carry everything from Postgres to the embedded database, and say whether keys fit', async () => {
    const { file, folder } = await fileOf()
    const env = { FURROW_SECRET_KEYS: business.masterKey }
    const args = ['restore', file, '--json', '--data', join(folder, 'data')]
    const { status, stdout } = await furrow(args, { env })
    expect([status, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ keys_fit: true })])
    const db = await openDatabase({ folder: join(folder, 'data') })
    const found = await everything(db)
    await db.close()
    expect(found).toEqual(await everything(source))
    const dry = await furrow(['restore', file, '--dry-run', '--data', join(folder, 'other')])
    expect([dry.status, dry.stderr]).toEqual([0, expect.stringContaining('cannot be opened')])
  }, 120_000)

  it('write a file for its owner only, and no second time under its name', async () => {
    const { file, url } = await fileOf()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const env = { DATABASE_URL: url }
    const again = await furrow(['backup', file], { env })
    expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('--overwrite')])
    expect((await furrow(['backup', file, '--overwrite'], { env })).status).toBe(0)
  }, 120_000)

  it('fill no database that holds something, unless told to', async () => {
    const { file } = await fileOf()
    const url = await newUrl()
    const db = await open({ url })
    await migrate(db)
    await db.query(`insert into institution values ('ins_1', 'Other', now())`)
    const env = { DATABASE_URL: url }
    const refused = await furrow(['restore', file], { env })
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/holds data already \(institution\).*--replace/),
    ])
    expect((await furrow(['restore', file, '--replace'], { env })).status).toBe(0)
    expect(await everything(db)).toEqual(await everything(source))
  }, 120_000)

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
    ['cut off', (bytes: Buffer) => gzipSync(gunzipSync(bytes).subarray(0, -60))],
    ['changed or damaged', (bytes: Buffer) => gzipSync(withoutARow(gunzipSync(bytes)))],
    ['changed or damaged', (bytes: Buffer) => gzipSync(withOtherName(gunzipSync(bytes)))],
    ['no backup', () => Buffer.from('hello')],
    ['no backup', () => gzipSync('{"some":"json"}')],
  ])(
    'leave everything as it was when the file is %s',
    async (why, damage) => {
      const { file, url } = await fileOf()
      writeFileSync(file, damage(readFileSync(file)))
      const args = ['restore', file, '--replace']
      const { status, stderr } = await furrow(args, { env: { DATABASE_URL: url } })
      expect([status, stderr]).toEqual([1, expect.stringContaining(why)])
      expect(await everything(await open({ url }))).toEqual(await everything(source))
    },
    120_000,
  )
})

function withoutARow(text: Buffer): string {
  const lines = text.toString().split('\n')
  return lines.filter((_, i) => i !== lines.findIndex((line) => line.startsWith('['))).join('\n')
}

function withOtherName(text: Buffer): string {
  return text.toString().replace('"Bank"', '"Bonk"')
}
