import { type Database, openDatabase } from '../store/database.ts'
import { pendingMigrations } from '../store/migrate.ts'
import { Fault } from './fault.ts'

/** DATABASE_URL, where it is set. Throws Fault where it is no Postgres URL. */
export function givenUrl(): string | undefined {
  const url = process.env.DATABASE_URL
  if (!url) return undefined
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return url
  throw new Fault(
    'DATABASE_URL: expected a URL such as postgres://user:password@host/database, got something else',
  )
}

/** The same for commands that have no use for the embedded database. */
export function requiredUrl(command: string): string {
  const url = givenUrl()
  if (url) return url
  throw new Fault(
    `DATABASE_URL is missing: furrow ${command} shares a Postgres with other processes; furrow start runs everything in one process without it`,
  )
}

/** Opens Postgres for a command, with its tables as this version needs them. */
export async function openMigrated(url: string): Promise<Database> {
  const db = await openDatabase({ url })
  try {
    const pending = await pendingMigrations(db)
    if (pending.length === 0) return db
    throw new Fault(
      `the database lacks ${pending.join(', ')}: run furrow migrate before anything else`,
    )
  } catch (error) {
    await db.close()
    throw error
  }
}

/** The same for a piece of work, closed after it. */
export async function withDatabase<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openMigrated(url)
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

/** Whether a command opens Postgres itself, rather than ask a server: no server was named. */
export function directUrl(): string | null {
  return process.env.FURROW_URL ? null : (givenUrl() ?? null)
}
