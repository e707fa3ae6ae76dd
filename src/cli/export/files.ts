import { type FileHandle, open } from 'node:fs/promises'
import type { Column } from '../../api/export/columns.ts'
import { csvRows } from '../../api/export/csv.ts'

/** A file that records are written to, some at a time. */
export interface RecordFile {
  readonly write: (records: readonly unknown[]) => Promise<void>
  /** Only after it is the file whole. */
  readonly close: () => Promise<void>
}

type OpenFile = (path: string, columns: readonly Column[]) => Promise<RecordFile>

/** The formats, each with how a file of it is begun. */
export const formats = {
  ndjson: (path) => textFile(path, (records) => records.map(line).join('')),
  async csv(path, columns) {
    let header = true
    return textFile(path, (records) => {
      const text = csvRows(columns, records, { header })
      header = false
      return text
    })
  },
  async parquet(path, columns) {
    // Loaded only where it is used.
    const { parquetFile } = await import('./parquet.ts')
    return parquetFile(path, columns)
  },
} as const satisfies { readonly [format: string]: OpenFile }

export type Format = keyof typeof formats

async function textFile(
  path: string,
  textOf: (records: readonly unknown[]) => string,
): Promise<RecordFile> {
  const file: FileHandle = await open(path, 'w', 0o600)
  // A file without records still has its names.
  let text = textOf([])
  return {
    async write(records) {
      text += textOf(records)
      await file.appendFile(text)
      text = ''
    },
    async close() {
      if (text !== '') await file.appendFile(text)
      await file.sync()
      await file.close()
    },
  }
}

function line(record: unknown): string {
  return `${JSON.stringify(record)}\n`
}
