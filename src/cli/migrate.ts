import { openDatabase } from '../store/database.ts'
import { migrate, pendingMigrations } from '../store/migrate.ts'
import { givenUrl } from './database.ts'
import { printJson } from './output.ts'

interface MigrateOptions {
  readonly data: string
  readonly dryRun?: boolean
  readonly json?: boolean
}

/** Brings the tables to the newest form, or says what that would take. */
export async function run(_: unknown, { data, dryRun, json }: MigrateOptions) {
  const url = givenUrl()
  const db = await openDatabase(url ? { url } : { folder: data })
  try {
    const names = dryRun ? await pendingMigrations(db) : await migrate(db)
    if (json) return printJson({ [dryRun ? 'pending' : 'done']: names })
    const verb = dryRun ? 'would run' : 'ran'
    for (const name of names) console.log(`${verb} ${name}`)
    if (names.length === 0) console.log('nothing to do: the tables are of the newest form')
  } finally {
    await db.close()
  }
}
