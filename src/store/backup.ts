import { createHash } from 'node:crypto'
import { type TableFacts, tablesIn } from './catalogue.ts'
import type { Database, Executor } from './database.ts'
import { masterKeyIds } from './installation.ts'
import { quoted } from './table.ts'

/** First line of a backup: what it is of, and what reads it. */
export interface BackupHeader {
  readonly furrow: 'backup'
  readonly format: number
  /** Of the product that wrote it. */
  readonly release: string
  readonly date: string
  /** That made its tables; restoring runs the same, and then those that came later. */
  readonly migrations: readonly string[]
  /** Ids of the master keys that open its credentials; the keys themselves are not in it. */
  readonly masterKeys: readonly string[]
  readonly tables: readonly TableHeader[]
}

export interface TableHeader {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: number
}

/** Behind the rows of each table: whether they are all there, as they were. */
export interface TableEnd {
  readonly table: string
  readonly rows: number
  readonly sha256: string
}

/** Last line: without it, the backup was cut off. */
export interface BackupEnd {
  readonly end: true
  readonly rows: number
}

export const backup_format = 1
const rows_a_fetch = 100

export interface BackupOptions {
  readonly release: string
  readonly now_ms: number
  /** Called with how many rows more have been written; the header comes first. */
  readonly onHeader: (header: BackupHeader) => void
  readonly onRows: (table: string, rows: number) => void
}

/**
 * Hands the lines of a backup to `write`, all read from one snapshot: a JSON object for the header
 * and behind each table, a JSON array of texts and nulls for each row. A page is in memory at a time.
 */
export async function backup(
  db: Database,
  options: BackupOptions,
  write: (lines: AsyncIterable<string>) => Promise<void>,
): Promise<BackupHeader> {
  return db.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only')
    const tables = await tablesIn(tx)
    const header = await headerOf(tx, tables, options)
    options.onHeader(header)
    await write(linesOf(tx, { header, tables, onRows: options.onRows }))
    return header
  })
}

async function headerOf(
  tx: Executor,
  tables: readonly TableFacts[],
  { release, now_ms }: BackupOptions,
): Promise<BackupHeader> {
  const migrations = await tx.query<{ name: string }>('select name from migration order by name')
  const counted: TableHeader[] = []
  for (const { name, columns } of tables) {
    const [row] = await tx.query<{ rows: number }>(`select count(*) as rows from ${quoted(name)}`)
    counted.push({ name, columns: columns.map((one) => one.name), rows: row?.rows ?? 0 })
  }
  return {
    furrow: 'backup',
    format: backup_format,
    release,
    date: new Date(now_ms).toISOString(),
    migrations: migrations.map(({ name }) => name),
    masterKeys: await masterKeyIds(tx),
    tables: counted,
  }
}

interface Reading {
  readonly header: BackupHeader
  readonly tables: readonly TableFacts[]
  readonly onRows: BackupOptions['onRows']
}

async function* linesOf(tx: Executor, { header, tables, onRows }: Reading): AsyncGenerator<string> {
  yield `${JSON.stringify(header)}\n`
  let total = 0
  for (const table of tables) {
    const sum = createHash('sha256')
    let rows = 0
    for await (const page of pagesOf(tx, table)) {
      const text = page.map((line) => `${line}\n`).join('')
      sum.update(text)
      rows += page.length
      onRows(table.name, page.length)
      yield text
    }
    const end: TableEnd = { table: table.name, rows, sha256: sum.digest('hex') }
    yield `${JSON.stringify(end)}\n`
    total += rows
  }
  const end: BackupEnd = { end: true, rows: total }
  yield `${JSON.stringify(end)}\n`
}

/** Rows as texts of JSON that Postgres itself writes, in the order of the key. */
async function* pagesOf(tx: Executor, table: TableFacts): AsyncGenerator<string[]> {
  const { name, columns, primaryKey } = table
  const texts = columns.map((column) => `${quoted(column.name)}::text`).join(', ')
  const order = primaryKey.length > 0 ? `order by ${primaryKey.map(quoted).join(', ')}` : ''
  // Not prepared: under one name, the same words would mean another table each time.
  const once = { replan: true }
  await tx.query(
    `declare backup_rows no scroll cursor for
     select array_to_json(array[${texts}]::text[])::text as line from ${quoted(name)} ${order}`,
    [],
    once,
  )
  for (;;) {
    const fetched = await tx.query<{ line: string }>(
      `fetch ${rows_a_fetch} from backup_rows`,
      [],
      once,
    )
    if (fetched.length > 0) yield fetched.map(({ line }) => line)
    if (fetched.length < rows_a_fetch) break
  }
  await tx.query('close backup_rows', [], once)
}
