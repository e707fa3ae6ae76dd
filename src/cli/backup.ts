import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type BackupHeader, backup } from '../store/backup.ts'
import { openDatabase } from '../store/database.ts'
import { pendingMigrations } from '../store/migrate.ts'
import { givenUrl } from './database.ts'
import { Fault } from './fault.ts'
import { restartWithFlatMemory } from './flat_memory.ts'
import { printJson } from './output.ts'
import { rowProgress } from './row_progress.ts'
import { packageVersion } from './version.ts'

interface BackupCommandOptions {
  readonly data: string
  readonly overwrite?: boolean
  readonly json?: boolean
}

const secret_mode = 0o600

/** Writes everything that is ours into one file: all of it, or no file. */
export async function run([file = '']: readonly string[], options: BackupCommandOptions) {
  restartWithFlatMemory()
  if (!options.overwrite && (await exists(file))) {
    throw new Fault(`${file} exists: give another name, or --overwrite to replace it`)
  }
  const url = givenUrl()
  const db = await openDatabase(url ? { url } : { folder: options.data })
  try {
    const pending = await pendingMigrations(db)
    if (pending.length > 0) {
      throw new Fault(`the database lacks ${pending.join(', ')}: run furrow migrate first`)
    }
    const header = await writeBackup(db, file)
    await tell(file, header, options)
  } finally {
    await db.close()
  }
}

async function writeBackup(db: Parameters<typeof backup>[0], file: string) {
  const progress = rowProgress()
  // Whoever finds the file finds a whole one.
  const partial = `${file}.partial`
  try {
    const options = { release: packageVersion(), now_ms: Date.now(), ...progress }
    const header = await backup(db, options, (lines) =>
      pipeline(
        Readable.from(lines),
        createGzip(),
        createWriteStream(partial, { mode: secret_mode, flush: true }),
      ),
    )
    await rename(partial, file)
    return header
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  } finally {
    progress.stop()
  }
}

async function tell(file: string, header: BackupHeader, { json }: BackupCommandOptions) {
  const rows = header.tables.reduce((sum, table) => sum + table.rows, 0)
  const { size: bytes } = await stat(file)
  const { masterKeys, date, release } = header
  if (json) return printJson({ file, bytes, rows, release, date, masterKeys })
  console.log(`${file} holds ${rows} rows of ${header.tables.length} tables in ${bytes} bytes`)
  console.error(
    masterKeys.length === 0
      ? 'No credentials are in it.'
      : `The master key is not in it: keep ${masterKeys.join(', ')} elsewhere. Without it every account has to be connected anew.`,
  )
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
