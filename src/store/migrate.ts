import { readdir, readFile } from 'node:fs/promises'
import type { Database } from './database.ts'
import { makeViews } from './views.ts'

const folder = new URL('../../migrations/', import.meta.url)

export interface MigrateOptions {
  /** Runs no others, and leaves the views as they are: they follow the newest tables. */
  readonly only?: readonly string[]
}

/** Brings the tables to the newest form. Gives the names of the migrations it ran. */
export async function migrate(db: Database, { only }: MigrateOptions = {}): Promise<string[]> {
  await db.query(
    'create table if not exists migration (name text primary key, date timestamptz not null)',
  )
  const done = new Set(
    (await db.query<{ name: string }>('select name from migration')).map((m) => m.name),
  )
  const names = (await migrationNames()).filter((name) => only?.includes(name) ?? true)
  const pending = names.filter((name) => !done.has(name))
  for (const name of pending) await run(db, name)
  if (only) return pending
  // Views follow the model, so that a new attribute needs no migration.
  await makeViews(db, { anew: pending.length > 0 })
  return pending
}

/** Names of the migrations that have not run yet. */
export async function pendingMigrations(db: Database): Promise<string[]> {
  const [known] = await db.query<{ found: string | null }>(
    `select to_regclass('migration') as found`,
  )
  const names = await migrationNames()
  if (!known?.found) return names
  const done = new Set(
    (await db.query<{ name: string }>('select name from migration')).map((m) => m.name),
  )
  return names.filter((name) => !done.has(name))
}

/** Every migration of this version, in their order. */
export async function migrationNames(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
}

/** Names of all tables that are ours, whatever else is kept beside them. */
export async function ownTables(): Promise<string[]> {
  const texts = (await migrationNames()).map((name) => readFile(new URL(name, folder), 'utf8'))
  const made = (await Promise.all(texts)).flatMap((text) =>
    [...text.matchAll(/^create table "?(\w+)"?/gm)].map((match) => match[1] ?? ''),
  )
  return ['migration', ...made].sort()
}

async function run(db: Database, name: string) {
  const statements = (await readFile(new URL(name, folder), 'utf8'))
    .replace(/^--.*$/gm, '')
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter(Boolean)
  await db.transaction(async (tx) => {
    // Two processes that start together: the second waits here and then finds the work done.
    await tx.query('lock table migration in exclusive mode')
    const [done] = await tx.query('select name from migration where name = $1', [name])
    if (done) return
    for (const statement of statements) await tx.query(statement)
    await tx.query('insert into migration (name, date) values ($1, $2)', [
      name,
      new Date().toISOString(),
    ])
  })
}
