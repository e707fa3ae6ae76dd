import { stringify } from 'csv-stringify/sync'
import { type Cell, type Column, cellOf } from './columns.ts'

/** What a spreadsheet would take for the beginning of a formula. */
const formula_start = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

/** Rows of comma-separated values (RFC 4180), with the names of the columns above where wanted. */
export function csvRows(
  columns: readonly Column[],
  records: readonly unknown[],
  { header }: { header: boolean },
): string {
  const rows = records.map((record) => columns.map((column) => neutral(cellOf(record, column))))
  return stringify(header ? [columns.map(({ name }) => name), ...rows] : rows, {
    cast: { boolean: String },
    record_delimiter: '\r\n',
  })
}

/** A text that a spreadsheet would calculate is marked as one; numbers are left alone. */
function neutral(cell: Cell): Cell {
  return typeof cell === 'string' && formula_start.test(cell) ? `'${cell}` : cell
}
