// Over several machines, rows of a ledger account stay together. No cluster is at hand in tests: what
// is checked is what one asks for, and that the statements run where the functions exist.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordTypes } from '../src/model/index.ts'
import { tablesIn } from '../src/store/catalogue.ts'
import type { Database } from '../src/store/database.ts'
import {
  distribute,
  distributionSql,
  pendingDistribution,
  placesOf,
} from '../src/store/distribute.ts'
import { testDatabase } from './database.ts'
import { furrow } from './furrow.ts'
import { startPostgres } from './postgres.ts'

let db: Database
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

describe('every table', () => {
  it('is distributed by ledger account, but those that say why not', async () => {
    const places = placesOf(await tablesIn(db))
    const copied = places.filter(({ distributed }) => !distributed)
    // Those that belong to no ledger account are listed, and argued about, in the drift test.
    const beyond = copied.filter(({ reason }) => !reason?.includes('belong to no ledger account'))
    expect(beyond).toEqual([
      {
        table: 'ledger_account',
        distributed: false,
        reason: 'institution_id, mode, institutionAccountId is unique over all ledger accounts',
      },
    ])
    expect(places.length).toBeGreaterThan(copied.length + recordTypes.length)
  })

  it('that is distributed has the ledger account in each of its unique keys', async () => {
    const tables = await tablesIn(db)
    const distributed = new Set(
      placesOf(tables).flatMap(({ table, distributed }) => (distributed ? [table] : [])),
    )
    const wrong = tables
      .filter(({ name }) => distributed.has(name))
      .flatMap(({ name, uniques }) => uniques.map((columns) => ({ name, columns })))
      .filter(({ columns }) => !columns.includes('ledger_account_id'))
    expect(wrong).toEqual([])
  })

  it('with a key that is unique beyond its account is found', () => {
    const table = {
      name: 'customer',
      columns: [],
      primaryKey: ['ledger_account_id', 'id'],
      uniques: [['ledger_account_id', 'id'], ['email']],
    }
    expect(placesOf([table])).toEqual([
      {
        table: 'customer',
        distributed: false,
        reason: 'email is unique over all ledger accounts',
      },
    ])
  })
})

describe('the statements', () => {
  it('put rows of one account together, and are not said twice', async () => {
    const statements = await pendingDistribution(db)
    const places = placesOf(await tablesIn(db))
    expect(statements).toHaveLength(places.length)
    expect(statements).toContain("select create_reference_table('api_key')")
    const [first, ...others] = statements.filter((sql) => sql.includes('create_distributed_table'))
    expect(first).toMatch(/colocate_with => 'none'\)$/)
    const beside = /'(\w+)', 'ledger_account_id'/.exec(first ?? '')?.[1]
    expect(others.every((sql) => sql.endsWith(`colocate_with => '${beside}')`))).toBe(true)
    const done = new Set(places.map(({ table }) => table))
    expect(distributionSql(places, done)).toEqual([])
  })

  it('say what is missing where the extension is', async () => {
    await expect(distribute(db)).rejects.toThrow(/no extension citus.*create extension citus/)
  })

  it('run in a database that has the functions', async () => {
    await db.script(`
      create table told (at serial, name regclass);
      create function create_reference_table(t regclass) returns void language sql
        as 'insert into told (name) values (t)';
      create function create_distributed_table(t regclass, c text, colocate_with text)
        returns void language sql as 'insert into told (name) values (t)'`)
    for (const sql of await pendingDistribution(db)) await db.query(sql, [], { replan: true })
    const told = await db.query<{ name: string }>(
      'select c.relname as name from told t join pg_class c on c.oid = t.name order by 1',
    )
    const tables = (await tablesIn(db)).map(({ name }) => name)
    expect(told.map(({ name }) => name).sort()).toEqual([...tables].sort())
  })
})

describe('furrow migrate --distribute', () => {
  it('lists the statements, and runs none without the extension', async () => {
    const server = await startPostgres()
    const env = { DATABASE_URL: server.url }
    const early = await furrow(['migrate', '--distribute', '--dry-run'], { env })
    expect([early.status, early.stderr]).toEqual([
      1,
      expect.stringContaining('furrow migrate first'),
    ])
    expect((await furrow(['migrate'], { env })).status).toBe(0)
    const { stdout } = await furrow(['migrate', '--distribute', '--dry-run'], { env })
    expect(stdout).toContain("would run select create_distributed_table('customer'")
    const { status, stderr } = await furrow(['migrate', '--distribute'], { env })
    expect([status, stderr]).toEqual([1, expect.stringContaining('create extension citus')])
    await server.stop()
  }, 60_000)
})
