import { type Database, openDatabase } from '../store/database.ts'
import { distribute, pendingDistribution } from '../store/distribute.ts'
import { migrate, pendingMigrations } from '../store/migrate.ts'
import { givenUrl, requiredUrl } from './database.ts'
import { Fault } from './fault.ts'
import { printJson } from './output.ts'

interface MigrateOptions {
  readonly data: string
  readonly dryRun?: boolean
  readonly distribute?: boolean
  readonly json?: boolean
}

/** Brings the tables to the newest form, or says what that would take. */
export async function run(_: unknown, options: MigrateOptions) {
  const { data, dryRun = false, json } = options
  const url = options.distribute ? requiredUrl('migrate --distribute') : givenUrl()
  const db = await openDatabase(url ? { url } : { folder: data })
  try {
    const names = dryRun ? await pendingMigrations(db) : await migrate(db)
    const statements = options.distribute ? await distribution(db, { dryRun, names }) : null
    if (json) {
      const distributed = statements ? { statements } : {}
      return printJson({ [dryRun ? 'pending' : 'done']: names, ...distributed })
    }
    const verb = dryRun ? 'would run' : 'ran'
    for (const one of [...names, ...(statements ?? [])]) console.log(`${verb} ${one}`)
    const nothing = names.length === 0 && (statements ?? []).length === 0
    if (nothing) console.log('nothing to do: the tables are of the newest form')
  } finally {
    await db.close()
  }
}

/** The statements that distribute the tables, which must be there to be looked at. */
async function distribution(
  db: Database,
  { dryRun, names }: { dryRun: boolean; names: readonly string[] },
): Promise<string[]> {
  if (!dryRun) return distribute(db)
  if (names.length === 0) return pendingDistribution(db)
  throw new Fault(
    `the database lacks ${names.join(', ')}: run furrow migrate first, then --distribute --dry-run`,
  )
}
