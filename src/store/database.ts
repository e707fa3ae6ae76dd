import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { lockFolder } from './lock.ts'
import { newSharedConnection, type SharedConnection } from './shared_connection.ts'
import { TextArray } from './text_array.ts'

/** What runs statements: a pool, one transaction, or the embedded database. */
export interface Executor {
  /** Rows of one statement. `$1 …` are parameters; arrays are Postgres arrays. */
  query<Row = Record<string, unknown>>(
    sql: string,
    parameters?: readonly unknown[],
    options?: QueryOptions,
  ): Promise<Row[]>
}

export interface QueryOptions {
  /** Plan anew for these parameters: a plan kept from an empty table scans all of a full one. */
  readonly replan?: boolean
  /** A few rows by their key: sent with others of its kind over a connection that they share. */
  readonly quick?: boolean
}

export interface Database extends Executor {
  readonly engine: 'pglite' | 'postgres'
  /** Runs `work` in one transaction; rolled back when it throws. */
  transaction<T>(work: (tx: Executor) => Promise<T>): Promise<T>
  /** Runs a script of several statements. */
  script(sql: string): Promise<void>
  /** Connections of the pool; the embedded database has none. */
  connections?(): { readonly busy: number; readonly idle: number; readonly waiting: number }
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** `postgres://…`; without it the embedded database is used. */
  readonly url?: string | undefined
  /** Folder of the embedded database; in memory without it. */
  readonly folder?: string | undefined
  /** Schema to work in, made if missing: a test has one of its own. */
  readonly schema?: string | undefined
  readonly connections_max?: number
  /** What an embedded database in memory begins with, as `dumpDataDir` gives it: quicker than to make it. */
  readonly initial?: Blob | undefined
}

/** Opens Postgres (`url`) or the embedded database. Throws FolderInUse on a locked folder. */
export function openDatabase(options: DatabaseOptions = {}): Promise<Database> {
  return options.url ? openPostgres(options.url, options) : openPglite(options)
}

const connections_default = 10
const statement_timeout_ms = 60_000

/** Keyed reads beat scans on any disk of today; no statement is long enough to compile. */
const planner = { random_page_cost: '1.1', jit: 'off' }

async function openPostgres(url: string, options: DatabaseOptions): Promise<Database> {
  const settings = Object.entries(planner).map(([name, value]) => `${name}=${value}`)
  const config = {
    connectionString: url,
    statement_timeout: statement_timeout_ms,
    application_name: 'furrow',
    // Statements sent without waiting for the answer to the one before go out at once.
    pipeline: true,
    options: [...settings, ...(options.schema ? [`search_path=${options.schema}`] : [])]
      .map((setting) => `-c ${setting}`)
      .join(' '),
  }
  const pool = new pg.Pool({ ...config, max: options.connections_max ?? connections_default })
  const shared = newSharedConnection(config, forgetOldPlans)
  // An idle connection that breaks is replaced by the pool; the next query reports real trouble.
  pool.on('error', () => undefined)
  pool.on('acquire', forgetOldPlans)
  if (options.schema) await pool.query(`create schema if not exists "${options.schema}"`)
  const run = executorOn(pool, shared)
  return {
    ...run,
    engine: 'postgres',
    async transaction(work) {
      const client = await pool.connect()
      try {
        // Sent ahead of the work's first statement, without a round trip of its own.
        const begun = client.query('begin')
        const [result] = await Promise.all([work(executorOn(client)), begun])
        await client.query('commit')
        client.release()
        return result
      } catch (error) {
        await rollback(client)
        throw error
      }
    },
    async script(sql) {
      await pool.query(sql)
    },
    connections: () => ({
      busy: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    async close() {
      await shared.close()
      await pool.end()
    },
  }
}

const plan_age_max_ms = 30_000
const plannedAt = new WeakMap<pg.ClientBase, number>()

/** Plans of prepared statements are dropped now and then, so that they follow growing tables. */
function forgetOldPlans(client: pg.ClientBase) {
  const now = performance.now()
  const planned = plannedAt.get(client)
  if (planned !== undefined && now - planned < plan_age_max_ms) return
  plannedAt.set(client, now)
  if (planned !== undefined) client.query('discard plans').catch(() => undefined)
}

async function rollback(client: pg.PoolClient) {
  try {
    await client.query('rollback')
    client.release()
  } catch (broken) {
    // The connection itself is gone, and with it the transaction.
    client.release(broken as Error)
  }
}

function executorOn(
  target: pg.Pool | pg.PoolClient,
  quick: Pick<SharedConnection, 'query'> = target,
): Executor {
  return {
    async query<Row>(sql: string, parameters: readonly unknown[] = [], options?: QueryOptions) {
      const name = options?.replan ? null : statementName(sql)
      const values = parameters.map((p) => (p instanceof TextArray ? p.encoded() : p))
      const asked = options?.quick ? quick : target
      const result = await asked.query(name ? { name, text: sql, values } : { text: sql, values })
      return result.rows as Row[]
    },
  }
}

const prepared_statements_max = 400
const statementNames = new Map<string, string>()

/**
 * Statements are prepared under a name each, so that Postgres parses them once a connection. Past
 * the limit a text stays unnamed: clients could otherwise fill Postgres with shapes of lists.
 */
function statementName(sql: string): string | null {
  const known = statementNames.get(sql)
  if (known) return known
  if (statementNames.size >= prepared_statements_max) return null
  const name = `furrow_${statementNames.size}`
  statementNames.set(sql, name)
  return name
}

// int8 as a number: every bigint of the model is a safe integer by validation.
pg.types.setTypeParser(20, Number)
pg.types.setTypeParser(1184, (text) => text)

async function openPglite(options: DatabaseOptions): Promise<Database> {
  const unlock = options.folder ? await lockFolder(options.folder) : async () => undefined
  const database = await PGlite.create({
    ...(options.folder ? { dataDir: `${options.folder}/pgdata` } : {}),
    ...(options.initial ? { loadDataDir: options.initial } : {}),
    parsers: { 20: Number, 1184: (text: string) => text },
  })
  for (const [name, value] of Object.entries(planner)) await database.exec(`set ${name} = ${value}`)
  if (options.schema) {
    await database.exec(`create schema if not exists "${options.schema}"`)
    await database.exec(`set search_path to "${options.schema}"`)
  }
  return {
    engine: 'pglite',
    query: (sql, parameters = []) => rowsOf(database, sql, parameters),
    transaction: (work) =>
      database.transaction((tx) =>
        work({ query: (sql, parameters = []) => rowsOf(tx, sql, parameters) }),
      ),
    async script(sql) {
      await database.exec(sql)
    },
    async close() {
      await database.close()
      await unlock()
    },
  }
}

interface PgliteRunner {
  query<Row>(sql: string, parameters: unknown[]): Promise<{ rows: Row[] }>
}

async function rowsOf<Row>(runner: PgliteRunner, sql: string, parameters: readonly unknown[]) {
  const values = parameters.map((p) => (p instanceof TextArray ? p.values : p))
  const result = await runner.query<Row>(sql, values)
  return result.rows
}
