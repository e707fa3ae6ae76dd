import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'

export interface Column<T> {
  readonly id: string
  readonly heading: ReactNode
  /** In rem. */
  readonly width: number
  /** Numbers stand at the right. */
  readonly right?: boolean
  readonly cell: (row: T) => ReactNode
}

interface GridProps<T> {
  /** What the table lists, for those who hear it. */
  readonly label: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly keyOf: (row: T) => string
  /** How many rows there are in all, where that is known. */
  readonly total?: number | undefined
  /** Called when the last rows come into sight. */
  readonly onEnd?: (() => void) | undefined
}

const row_px = 36
const overscan_rows = 10
/** This many rows before the end, more are asked for. */
const ahead_rows = 40
const features = tableFeatures({})
const rowHeight = () => row_px

/** A table of any length: only the rows in sight are in the page. */
export function Grid<T>({ label, columns, rows, keyOf, total, onEnd }: GridProps<T>) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: overscan_rows,
  })
  const inSight = virtualizer.getVirtualItems()
  const [from, to] = [inSight[0]?.index ?? 0, (inSight.at(-1)?.index ?? -1) + 1]
  const table = useRowTable(
    columns,
    useMemo(() => rows.slice(from, to), [rows, from, to]),
  )
  const last = Math.max(to - 1, 0)
  useEffect(() => {
    if (onEnd && last >= rows.length - ahead_rows) onEnd()
  }, [onEnd, last, rows.length])
  const before_px = inSight[0]?.start ?? 0
  const after_px = virtualizer.getTotalSize() - (inSight.at(-1)?.end ?? 0)
  const width = columns.reduce((sum, column) => sum + column.width, 0)
  const shown = table.getRowModel().rows
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section className="grid" ref={scroller} tabIndex={0} aria-label={label}>
      <table aria-rowcount={(total ?? rows.length) + 1} style={{ minWidth: `${width}rem` }}>
        <colgroup>
          {columns.map(({ id, width: rem }) => (
            <col key={id} style={{ width: `${rem}rem` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ id, heading, right }) => (
              <th key={id} scope="col" className={right ? 'right' : ''}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Space px={before_px} />
          {shown.map((row, n) => (
            <tr key={keyOf(row.original.own)} aria-rowindex={from + n + 2}>
              {row.getAllCells().map((cell, i) => (
                <td key={cell.id} className={columns[i]?.right ? 'right' : ''}>
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
          <Space px={after_px} />
        </tbody>
      </table>
    </section>
  )
}

/** Stands for the rows that are out of sight. */
function Space({ px }: { px: number }) {
  if (px <= 0) return null
  return (
    <tr className="space">
      <td style={{ height: px }} />
    </tr>
  )
}

/** A row is wrapped, because a table's data are objects and a list may be of anything. */
interface Row<T> {
  readonly own: T
}

/** Of the rows in sight: the work stays the same however long the list is. */
function useRowTable<T>(columns: readonly Column<T>[], rows: readonly T[]) {
  const helper = useMemo(() => createColumnHelper<typeof features, Row<T>>(), [])
  const definitions = useMemo(
    () =>
      helper.columns(
        columns.map(({ id, cell }) =>
          helper.display({ id, cell: ({ row }) => cell(row.original.own) }),
        ),
      ),
    [helper, columns],
  )
  const data = useMemo(() => rows.map((own) => ({ own })), [rows])
  return useTable({ features, columns: definitions, data })
}
