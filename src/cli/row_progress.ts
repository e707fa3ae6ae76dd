import { SingleBar } from 'cli-progress'
import type { BackupHeader } from '../store/backup.ts'

/** How far the rows of a backup have come. */
export interface RowProgress {
  readonly onHeader: (header: BackupHeader) => void
  readonly onRows: (table: string, rows: number) => void
  readonly stop: () => void
}

const bar_width = 24

/** A bar on stderr where that is a terminal; silent elsewhere. */
export function rowProgress(): RowProgress {
  const nothing = () => undefined
  if (!process.stderr.isTTY) return { onHeader: nothing, onRows: nothing, stop: nothing }
  const bar = new SingleBar({
    stream: process.stderr,
    format: '  {bar} {percentage} %  {value} of {total} rows  {table}',
    barsize: bar_width,
    barCompleteChar: '━',
    barIncompleteChar: '─',
    hideCursor: true,
    clearOnComplete: true,
  })
  return {
    onHeader: ({ tables }) =>
      bar.start(
        tables.reduce((sum, { rows }) => sum + rows, 0),
        0,
        { table: '' },
      ),
    onRows: (table, rows) => bar.increment(rows, { table }),
    stop: () => bar.stop(),
  }
}
