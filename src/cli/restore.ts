import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { BackupHeader } from '../store/backup.ts'
import { openDatabase } from '../store/database.ts'
import { BadBackup, check, restore } from '../store/restore.ts'
import { givenUrl } from './database.ts'
import { restartWithFlatMemory } from './flat_memory.ts'
import { findMasterKeys } from './folder.ts'
import { printJson } from './output.ts'
import { rowProgress } from './row_progress.ts'

interface RestoreCommandOptions {
  readonly data: string
  readonly replace?: boolean
  readonly dryRun?: boolean
  readonly json?: boolean
}

/** Makes the database hold what a backup says; or only reads it to its end. */
export async function run([file = '']: readonly string[], options: RestoreCommandOptions) {
  restartWithFlatMemory()
  const header = options.dryRun ? await checked(file) : await restored(file, options)
  const rows = header.tables.reduce((sum, table) => sum + table.rows, 0)
  const missing = await missingKeys(header, options)
  const { date, release, masterKeys } = header
  if (options.json) {
    const keys_fit = missing.length === 0
    return printJson({
      file,
      rows,
      release,
      date,
      masterKeys,
      keys_fit,
      dry_run: options.dryRun ?? false,
    })
  }
  const done = options.dryRun ? 'can be restored' : 'restored'
  console.log(`${rows} rows of ${header.tables.length} tables, as of ${date}: ${done}`)
  console.error(keysSentence(header, missing))
}

async function restored(file: string, { data, replace = false }: RestoreCommandOptions) {
  const url = givenUrl()
  const db = await openDatabase(url ? { url } : { folder: data })
  const progress = rowProgress()
  try {
    return await linesIn(file, (lines) => restore(db, lines, { replace, ...progress }))
  } finally {
    progress.stop()
    await db.close()
  }
}

async function checked(file: string) {
  const progress = rowProgress()
  try {
    return await linesIn(file, (lines) => check(lines, progress))
  } finally {
    progress.stop()
  }
}

/** Reads the lines of a compressed file as they are asked for. Throws BadBackup where it is none. */
async function linesIn<T>(
  file: string,
  work: (lines: AsyncIterable<string>) => Promise<T>,
): Promise<T> {
  try {
    return await pipeline(createReadStream(file), createGunzip(), (bytes) => work(linesOf(bytes)))
  } catch (error) {
    throw explainedFault(error as NodeJS.ErrnoException, file)
  }
}

async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let begun = ''
  for await (const chunk of bytes) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n')
    begun += first
    for (const next of others) {
      yield begun
      begun = next
    }
  }
  // What has no end of line is half a line, which tells less than its missing.
}

function explainedFault(error: NodeJS.ErrnoException, file: string): Error {
  if (error.code === 'Z_BUF_ERROR') {
    return new BadBackup(`${file} is cut off: nothing was restored, use another backup`)
  }
  if (error.code?.startsWith('Z_')) {
    return new BadBackup(`${file} is no backup, or a damaged one: expected a file of furrow backup`)
  }
  if (error.code === 'ENOENT') return new BadBackup(`${file}: there is no such file`)
  return error
}

/** Ids of master keys that the credentials were sealed under, and that are not here. */
async function missingKeys({ masterKeys }: BackupHeader, { data }: RestoreCommandOptions) {
  const found = await findMasterKeys(data)
  return masterKeys.filter((id) => !found?.keys.has(id))
}

function keysSentence({ masterKeys }: BackupHeader, missing: readonly string[]): string {
  if (masterKeys.length === 0) return 'No credentials are in it.'
  if (missing.length === 0) return 'Its credentials can be opened with the master key that is here.'
  return (
    `Its credentials cannot be opened: they are sealed under ${missing.join(', ')}, which is not ` +
    'among the master keys here. Set FURROW_SECRET_KEYS to that key, or connect every account anew.'
  )
}
