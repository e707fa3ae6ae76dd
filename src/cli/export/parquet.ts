import { type BasicType, fileWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'
import { type Cell, type Column, cellOf } from '../../api/export/columns.ts'
import type { RecordFile } from './files.ts'

/** Rows that are held until they are written together. */
const row_group_rows = 10_000

interface ParquetKind {
  readonly type: BasicType
  readonly value: (cell: Exclude<Cell, null>) => unknown
}

const bigInteger: ParquetKind = { type: 'INT64', value: (cell) => BigInt(cell) }
const plainText: ParquetKind = { type: 'STRING', value: String }

/** How the kinds of attributes are written; all others are texts. */
const kinds: { readonly [kind: string]: ParquetKind } = {
  amount: bigInteger,
  integer: bigInteger,
  rate: { type: 'DOUBLE', value: Number },
  boolean: { type: 'BOOLEAN', value: Boolean },
  timestamp: { type: 'TIMESTAMP', value: (cell) => new Date(String(cell)) },
}

/** A Parquet file that is written a group of rows at a time; every column may be empty. */
export function parquetFile(path: string, columns: readonly Column[]): RecordFile {
  const schema = schemaFromColumnData({ columnData: dataOf(columns, []) })
  const writer = new ParquetWriter({ writer: fileWriter(path), schema, createdBy: 'furrow' })
  let waiting: unknown[] = []
  async function flush() {
    if (waiting.length === 0) return
    await writer.write({ columnData: dataOf(columns, waiting), rowGroupSize: row_group_rows })
    waiting = []
  }
  return {
    async write(records) {
      waiting.push(...records)
      if (waiting.length >= row_group_rows) await flush()
    },
    async close() {
      await flush()
      await writer.finish()
    },
  }
}

function dataOf(columns: readonly Column[], records: readonly unknown[]) {
  return columns.map((column) => {
    const { type, value } = kinds[column.kind.kind] ?? plainText
    const data = records.map((record) => {
      const cell = cellOf(record, column)
      return cell === null ? null : value(cell)
    })
    return { name: column.name, data, type, nullable: true }
  })
}
