import { randomBytes } from 'node:crypto'
import { type Database, openDatabase } from '../src/store/database.ts'
import { migrate } from '../src/store/migrate.ts'
import { emptyCluster } from './cluster.ts'

/**
 * A migrated database for tests, in a fresh schema: of the Postgres that DATABASE_URL names, else
 * of a PGlite in memory. A PGlite takes a second and 0.75 GB: open one a test file and close it after.
 */
export async function testDatabase(url = process.env.DATABASE_URL): Promise<Database> {
  const schema = `test_${randomBytes(6).toString('hex')}`
  const initial = url ? undefined : await emptyCluster()
  const db = await openDatabase({ url, schema, initial })
  await migrate(db)
  if (db.engine === 'pglite') return db
  return {
    ...db,
    async close() {
      await db.script(`drop schema "${schema}" cascade`)
      await db.close()
    },
  }
}
