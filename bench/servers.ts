import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type PostgresServer, startPostgres } from '../test/postgres.ts'

/**
 * What both sides of every measurement run on: nothing that was committed may be lost, and enough
 * memory and log that neither side waits for a checkpoint.
 */
export const postgres_settings = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '2GB',
  effective_cache_size: '8GB',
  max_wal_size: '16GB',
  checkpoint_timeout: '30min',
  max_connections: '100',
  random_page_cost: '1.1',
  jit: 'off',
} as const

export interface Postgres extends PostgresServer {
  /** Runs statements one after the other. */
  run(...statements: string[]): Promise<pg.QueryResult>
  /** The url of a database of that name, made when it is first asked for. */
  database(name: string): Promise<string>
}

export async function startBenchPostgres(): Promise<Postgres> {
  const server = await startPostgres({ settings: postgres_settings })
  const run = (...statements: string[]) => runOn(server.url, statements)
  // Migrations of stripe-sync-engine name the usual superuser.
  await run('create role postgres superuser login')
  return {
    ...server,
    run,
    async database(name) {
      const known = await run(`select 1 from pg_database where datname = '${name}'`)
      if (known.rowCount === 0) await run(`create database ${name}`)
      return server.url.replace(/[^/]*$/, name)
    },
  }
}

/** Gives what `work` gives, with a server that is stopped afterwards. */
export async function withBenchPostgres<T>(work: (postgres: Postgres) => Promise<T>): Promise<T> {
  const postgres = await startBenchPostgres()
  try {
    return await work(postgres)
  } finally {
    await postgres.stop()
  }
}

/** Runs statements on a connection of their own. Gives the last one's result. */
export async function runOn(url: string, statements: readonly string[]): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let result: pg.QueryResult | undefined
    for (const statement of statements) result = await client.query(statement)
    if (!result) throw new Error('expected at least one statement')
    return result
  } finally {
    await client.end()
  }
}

/** The simulated partners, in a process of their own. */
export interface Double {
  readonly url: string
  readonly stripe: { readonly baseUrl: string; readonly bulkKey: string }
  readonly partners: { readonly [name: string]: PartnerDouble }
  stop(): Promise<void>
}

export interface PartnerDouble {
  readonly baseUrl: string
  readonly credential: { readonly [field: string]: string }
}

export interface DoubleOptions {
  /** Customers of Stripe's bulk account, who do nothing. */
  readonly customers?: number
  /** People who came by at each partner's, with all that they did. */
  readonly buyers?: number
  /** They only came by. */
  readonly idle?: boolean
  /** Requests a second it lets through; 0 is all. */
  readonly rate?: number
}

export async function startDouble(options: DoubleOptions): Promise<Double> {
  const { customers = 0, buyers = 1, idle = false, rate = 0 } = options
  const file = fileURLToPath(new URL('../sandbox/main.ts', import.meta.url))
  const flags = { '--buyers': buyers, '--bulk': customers, '--rate': rate }
  const words = Object.entries(flags).flatMap(([flag, value]) => [flag, String(value)])
  if (idle) words.push('--idle')
  const child = spawn(process.execPath, [file, ...words], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  const [line] = (await Promise.race([once(lines, 'line'), endOf(child)])) as [string]
  const ready = JSON.parse(line) as Omit<Double, 'stop'>
  return {
    ...ready,
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function endOf(child: ReturnType<typeof spawn>): Promise<never> {
  const [code] = await once(child, 'exit')
  throw new Error(`the double ended with ${code}`)
}
