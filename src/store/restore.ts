import { createHash, type Hash } from 'node:crypto'
import {
  type BackupEnd,
  type BackupHeader,
  backup_format,
  type TableEnd,
  type TableHeader,
} from './backup.ts'
import { type TableFacts, tablesIn } from './catalogue.ts'
import type { Database, Executor } from './database.ts'
import { migrate, migrationNames } from './migrate.ts'
import { quoted } from './table.ts'
import { within } from './within.ts'

/** A backup that cannot be restored: another version's, changed or cut off. */
export class BadBackup extends Error {
  override readonly name = 'BadBackup'
}

/** The database that was to be restored into holds something. */
export class TargetNotEmpty extends Error {
  override readonly name = 'TargetNotEmpty'
}

export interface RestoreOptions {
  /** Deletes what the database holds. */
  readonly replace: boolean
  readonly onHeader: (header: BackupHeader) => void
  readonly onRows: (table: string, rows: number) => void
}

/**
 * Makes a database hold what the lines of a backup say, and nothing else of ours: all of it or, when
 * anything is wrong with them, none. Throws BadBackup, TargetNotEmpty.
 */
export async function restore(
  db: Database,
  lines: AsyncIterable<string>,
  options: RestoreOptions,
): Promise<BackupHeader> {
  const reader = readerOf(lines)
  const header = await headerIn(reader)
  options.onHeader(header)
  await db.transaction(async (tx) => {
    await makeRoom(tx, options)
    const inner = within(db, tx)
    await migrate(inner, { only: header.migrations })
    await tx.query('delete from migration')
    const tables = new Map((await tablesIn(tx)).map((table) => [table.name, table]))
    for (const one of header.tables) {
      await load(tx, { header: one, table: tables.get(one.name), reader, onRows: options.onRows })
    }
    await endOf(reader, header)
    // What came after the backup was made; and the views, which are not in it.
    await tx.query(`delete from setting where name = 'views'`)
    await migrate(inner)
  })
  for (const { name } of header.tables) await db.query(`analyze ${quoted(name)}`)
  return header
}

/** Reads a backup to its end as `restore` would, without a database. Throws BadBackup. */
export async function check(
  lines: AsyncIterable<string>,
  { onHeader, onRows }: Omit<RestoreOptions, 'replace'>,
): Promise<BackupHeader> {
  const reader = readerOf(lines)
  const header = await headerIn(reader)
  onHeader(header)
  for (const one of header.tables) {
    for await (const rows of batchesOf(reader, one)) onRows(one.name, rows.length)
  }
  await endOf(reader, header)
  return header
}

type Reader = () => Promise<string>

/** Gives one line after the other, and an empty text behind the last. */
function readerOf(lines: AsyncIterable<string>): Reader {
  const iterator = lines[Symbol.asyncIterator]()
  return async () => {
    const { done, value } = await iterator.next()
    return done ? '' : value
  }
}

async function headerIn(reader: Reader): Promise<BackupHeader> {
  const header = parsed<Partial<BackupHeader>>(await reader())
  if (header.furrow !== 'backup' || header.format === undefined) {
    throw new BadBackup('the file is no backup: expected one that furrow backup wrote')
  }
  if (header.format !== backup_format) throw newer(header, `its form is ${header.format}`)
  const known = await migrationNames()
  const unknown = (header.migrations ?? []).filter((name) => !known.includes(name))
  if (unknown.length > 0) throw newer(header, `its tables were made by ${unknown.join(', ')}`)
  // Its own checksums tell whether what follows is as it says.
  return header as BackupHeader
}

function newer({ release }: Partial<BackupHeader>, why: string): BadBackup {
  return new BadBackup(
    `the backup is of another version (${release}): ${why}, which this one does not know: ` +
      `restore it with version ${release} or newer`,
  )
}

const shown_max = 5

/** Takes away the tables that are there, if they may be. */
async function makeRoom(tx: Executor, { replace }: RestoreOptions) {
  const tables = (await tablesIn(tx)).map(({ name }) => name)
  if (!replace) {
    const full: string[] = []
    for (const name of tables.filter((one) => !always_filled.has(one))) {
      const [row] = await tx.query(`select 1 as one from ${quoted(name)} limit 1`)
      if (row) full.push(name)
    }
    if (full.length > 0) throw notEmpty(full)
  }
  // The views on them go too, and are made again.
  for (const name of tables) await tx.query(`drop table ${quoted(name)} cascade`)
}

/** Tables in which a new database has rows already. */
const always_filled = new Set(['migration', 'setting'])

function notEmpty(full: readonly string[]): TargetNotEmpty {
  const more = full.length > shown_max ? ` and ${full.length - shown_max} more tables` : ''
  return new TargetNotEmpty(
    `the database holds data already (${full.slice(0, shown_max).join(', ')}${more}): ` +
      'restore into an empty one, or give --replace to delete what is there',
  )
}

interface Loading {
  readonly header: TableHeader
  readonly table: TableFacts | undefined
  readonly reader: Reader
  readonly onRows: RestoreOptions['onRows']
}

async function load(tx: Executor, { header, table, reader, onRows }: Loading) {
  const types = new Map(table?.columns.map(({ name, type }) => [name, type]))
  const values = header.columns.map((name, i) => {
    const type = types.get(name)
    if (!type)
      throw new BadBackup(`the backup has a column that is not ours: ${header.name}.${name}`)
    return `(row->>${i})::${type}`
  })
  const into = `${quoted(header.name)} (${header.columns.map(quoted).join(', ')})`
  const sql = `insert into ${into} select ${values.join(', ')} from json_array_elements($1::json) as row`
  for await (const rows of batchesOf(reader, header)) {
    await tx.query(sql, [`[${rows.join(',')}]`], { replan: true })
    onRows(header.name, rows.length)
  }
}

const batch_rows_max = 500
const batch_length_max = 1_000_000

/** The rows of a table, as many together as fit into a statement. Throws where they are not all. */
async function* batchesOf(reader: Reader, { name }: TableHeader): AsyncGenerator<string[]> {
  const sum = createHash('sha256')
  let total = 0
  let batch: string[] = []
  let length = 0
  let line = await reader()
  for (; line.startsWith('['); line = await reader()) {
    sum.update(line).update('\n')
    batch.push(line)
    length += line.length
    if (batch.length < batch_rows_max && length < batch_length_max) continue
    total += batch.length
    yield batch
    batch = []
    length = 0
  }
  if (batch.length > 0) yield batch
  confirm(line, { name, rows: total + batch.length, sum })
}

function confirm(line: string, seen: { name: string; rows: number; sum: Hash }) {
  if (line === '') throw cutOff()
  const end = parsed<Partial<TableEnd>>(line)
  const isSame = end.table === seen.name && end.rows === seen.rows
  if (isSame && end.sha256 === seen.sum.digest('hex')) return
  throw new BadBackup(
    `the backup was changed or damaged: the rows of ${seen.name} are not those that were written; ` +
      'nothing was restored, use another backup',
  )
}

async function endOf(reader: Reader, { tables }: BackupHeader) {
  const line = await reader()
  if (line === '') throw cutOff()
  const end = parsed<Partial<BackupEnd>>(line)
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  if (end.end !== true || end.rows !== rows) {
    throw new BadBackup('the backup was changed or damaged: its end is not that of its beginning')
  }
}

function cutOff(): BadBackup {
  return new BadBackup('the backup is cut off: nothing was restored, use another one')
}

function parsed<T>(line: string): T {
  try {
    return JSON.parse(line) as T
  } catch {
    throw new BadBackup('the file is no backup, or a damaged one: expected lines of JSON')
  }
}
