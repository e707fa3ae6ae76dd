/** Prints a table with a line of names; empty values show as a dash. */
export function table(names: readonly string[], rows: readonly (readonly unknown[])[]) {
  console.log(tableText(names, rows))
}

/** The same as text, without the end of its last line. */
export function tableText(names: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = [names, ...rows.map((row) => row.map(cell))]
  const widths = names.map((_, column) =>
    Math.min(cell_max, Math.max(...cells.map((row) => row[column]?.length ?? 0))),
  )
  const lines = cells.map((row) =>
    row
      .map((text, column) => cut(text).padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return lines.join('\n')
}

const cell_max = 60

function cell(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  // Partner data must not steer the terminal.
  return text.replaceAll(/\p{Cc}/gu, ' ')
}

function cut(text: string): string {
  return text.length > cell_max ? `${text.slice(0, cell_max - 1)}…` : text
}

/** Prints an answer as JSON: one line where `--json` was given, else readable. */
export function printJson(value: unknown, compact = true) {
  console.log(JSON.stringify(value, null, compact ? 0 : 2))
}
