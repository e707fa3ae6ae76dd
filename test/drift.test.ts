// Tables are written down in migrations and computed from the model: the two must agree, on every
// database that is supported. With CI or TEST_POSTGRES set, real ones are started beside PGlite.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSandbox } from '../sandbox/server.ts'
import { recordExample } from '../src/api/example.ts'
import { connectAccount } from '../src/connect/connect.ts'
import { withRun } from '../src/ingest/open.ts'
import { syncConnection } from '../src/ingest/sync.ts'
import { objectTypes, recordTypes } from '../src/model/index.ts'
import type { ObjectType } from '../src/model/object.ts'
import { stripe } from '../src/partners/stripe/index.ts'
import { createInstitution } from '../src/store/api_key.ts'
import { findConnection } from '../src/store/connection.ts'
import { type Database, openDatabase } from '../src/store/database.ts'
import { createLedgerAccount } from '../src/store/ledger_account.ts'
import { migrate, pendingMigrations } from '../src/store/migrate.ts'
import { save } from '../src/store/save.ts'
import { masterKeysFrom, newMasterKey } from '../src/store/seal.ts'
import { quoted, tableSql } from '../src/store/table.ts'
import { startPostgres } from './postgres.ts'

// A database that is given may be used by others at the same time.
const schema = `drift_${randomBytes(6).toString('hex')}`
const computed_schema = `${schema}_computed`

interface Engine {
  readonly name: string
  readonly available: boolean
  readonly start: () => Promise<{ url?: string; stop: () => Promise<void> }>
}

const wanted = Boolean(process.env.CI || process.env.TEST_POSTGRES)
const debian = '/usr/lib/postgresql/15/bin'
const nothing = async () => undefined

const engines: readonly Engine[] = [
  { name: 'PGlite', available: true, start: async () => ({ stop: nothing }) },
  {
    name: 'the Postgres of DATABASE_URL',
    available: Boolean(process.env.DATABASE_URL),
    start: async () => ({ url: process.env.DATABASE_URL ?? '', stop: nothing }),
  },
  { name: 'Postgres 18', available: wanted, start: () => startPostgres() },
  {
    name: 'Postgres 15',
    available: wanted && existsSync(debian),
    start: () => startPostgres({ binaries: debian }),
  },
]

for (const { name, available, start } of engines) {
  describe.skipIf(!available)(`tables and views on ${name}`, () => {
    let db: Database
    let stop = nothing
    beforeAll(async () => {
      const server = await start()
      stop = async () => void (await server.stop())
      db = await openDatabase({ url: server.url, schema })
      await migrate(db)
      await makeComputed(db)
      await fill(db)
    })
    afterAll(async () => {
      for (const one of [schema, computed_schema]) {
        await db?.script(`drop schema if exists "${one}" cascade`)
      }
      await db?.close()
      await stop()
    })

    it.each(objectTypes.map((type) => type.name))('%s is as the model says', async (table) => {
      const [migrated, computed] = await Promise.all([
        describeTable(db, schema, table),
        describeTable(db, computed_schema, table),
      ])
      const { columns = {}, indexes = {} } = beside[table] ?? {}
      expect(migrated).toEqual({
        ...computed,
        columns: { ...computed.columns, ...columns },
        indexes: { ...computed.indexes, ...indexes },
      })
    })

    it('has every key begin with the ledger account, but of what belongs to none', async () => {
      expect(await tablesNotKeyedByAccount(db)).toEqual(without_account)
    })

    it('has nothing left to migrate', async () => {
      expect(await pendingMigrations(db)).toEqual([])
      expect(await migrate(db)).toEqual([])
    })

    it.each(objectTypes.map((type) => [type.plural, type] as const))(
      'the view %s shows every attribute of every record',
      async (view, type) => {
        const shown = await db.query<Row>(`select * from ${quoted(view)}`)
        const stored = await db.query<{ record: string }>(`select record from ${quoted(type.name)}`)
        expect(shown.length).toBeGreaterThan(0)
        expect(Object.keys(shown[0] ?? {})).toEqual(Object.keys(type.attributes))
        const records = stored.map(({ record }) => JSON.parse(record) as Row)
        expect(byId(shown.map((row) => asRecord(type, row)))).toEqual(byId(records))
      },
    )
  })
}

/** What tables have beside what is computed from the model, each with its migration's reason. */
const beside: { readonly [table: string]: Partial<Described> } = {
  ledger_account: {
    columns: { institution_id: 'text C not null' },
    indexes: {
      ledger_account_institution:
        'CREATE UNIQUE INDEX ledger_account_institution ON ledger_account USING btree ' +
        '(institution_id, mode, "institutionAccountId") WHERE ("recordState" = \'ACTIVE\'::text)',
    },
  },
  partner_account_connection: {
    columns: {
      base_url: 'text',
      account_created_ms: 'bigint',
      account_facts: 'text',
      stated_until: 'timestamp with time zone',
      answered_ms: 'bigint',
      every_ms: 'bigint',
      per_second: 'double precision',
      reconcile_every_ms: 'bigint',
      stale: 'boolean not null default false',
      aggregated_date: 'timestamp with time zone',
      insights_date: 'timestamp with time zone',
    },
  },
}

/** Tables of the installation and of institutions. */
const without_account = [
  'api_key',
  'audit_entry',
  'budget',
  'consent_setting',
  'console_session',
  'event_endpoint',
  'idempotency',
  'institution',
  'migration',
  'notification_address',
  'setting',
]

interface Described {
  /** Type, collation, nullability and default of each column. */
  readonly columns: { readonly [name: string]: string }
  /** The primary key's included. */
  readonly indexes: { readonly [name: string]: string }
  readonly options: readonly string[]
}

async function makeComputed(db: Database) {
  await db.script(`create schema "${computed_schema}"`)
  await db.transaction(async (tx) => {
    await tx.query(`set local search_path to "${computed_schema}"`)
    for (const sql of objectTypes.flatMap(tableSql)) await tx.query(sql)
  })
}

async function describeTable(db: Database, where: string, table: string): Promise<Described> {
  const columns = await db.query<{ name: string; says: string }>(
    `select column_name as name, concat_ws(' ', data_type, collation_name,
       case is_nullable when 'NO' then 'not null' end, 'default ' || column_default) as says
     from information_schema.columns where table_schema = $1 and table_name = $2`,
    [where, table],
  )
  const indexes = await db.query<{ name: string; says: string }>(
    `select indexname as name, replace(indexdef, schemaname || '.', '') as says
     from pg_indexes where schemaname = $1 and tablename = $2`,
    [where, table],
  )
  const [options] = await db.query<{ reloptions: string[] | null }>(
    `select reloptions from pg_class where oid = to_regclass($1)`,
    [`"${where}"."${table}"`],
  )
  return {
    columns: Object.fromEntries(columns.map(({ name, says }) => [name, says])),
    indexes: Object.fromEntries(indexes.map(({ name, says }) => [name, says])),
    options: options?.reloptions ?? [],
  }
}

async function tablesNotKeyedByAccount(db: Database): Promise<string[]> {
  const rows = await db.query<{ name: string }>(
    `select c.relname as name from pg_class c
     join pg_index i on i.indrelid = c.oid and i.indisprimary
     join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where c.relnamespace = $1::regnamespace and c.relkind = 'r'
       and a.attname <> 'ledger_account_id' order by 1`,
    [schema],
  )
  return rows.map(({ name }) => name)
}

/** Rows of every object: those of a simulated account, and an example of what it does not have. */
async function fill(db: Database) {
  const sandbox = await startSandbox({ buyers: 20 })
  const keys = masterKeysFrom(newMasterKey())
  const now_ms = sandbox.now()
  const ledgerAccountId = await newAccount(db, now_ms)
  const id = await connectAccount(db, keys, {
    ledgerAccountId,
    mode: 'test',
    partner: stripe,
    credential: { api_key: sandbox.stripe.key },
    baseUrl: sandbox.stripe.baseUrl,
    now_ms,
  })
  const connection = await findConnection(db, ledgerAccountId, id)
  if (!connection) throw new Error('the connection was not stored')
  const options = { db, keys, connection, partner: stripe, now: sandbox.now }
  const { failed } = await withRun(options, (run) => syncConnection(run))
  await sandbox.stop()
  if (failed.length > 0) throw new Error(JSON.stringify(failed))
  const mapped = new Set(stripe.streams.flatMap((s) => s.maps.map((map) => map.object.name)))
  const records = recordTypes
    .filter((type) => !mapped.has(type.name))
    .map((type) => exampleOf(type, ledgerAccountId))
  await save(db, { ledgerAccountId, records, now_ms })
}

async function newAccount(db: Database, now_ms: number): Promise<string> {
  const institutionId = await createInstitution(db, { name: 'Drift', now_ms })
  const about = { institutionAccountId: 'merchant-1042', name: 'Furrow Farm Ltd', country: 'SE' }
  const text = await createLedgerAccount(db, { institutionId, mode: 'test', ...about, now_ms })
  return (JSON.parse(text) as { id: string }).id
}

function exampleOf(type: ObjectType, ledgerAccountId: string) {
  const record = { ...recordExample(type), ledgerAccountId, modifiedDate: null }
  const id = String(recordExample(type).id)
  return { type, id, record, payload: null, mappingVersion: 0, stamp: 1 }
}

interface Row {
  readonly [attribute: string]: unknown
}

/** A row of a view in the form of the record; databases write moments in their own way. */
function asRecord(type: ObjectType, row: Row): Row {
  const entries = Object.entries(row).map(([name, value]) => {
    const isMoment = type.attributes[name]?.sql === 'timestamptz' && value !== null
    return [name, isMoment ? new Date(String(value)).toISOString() : value]
  })
  return Object.fromEntries(entries)
}

function byId(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1))
}
