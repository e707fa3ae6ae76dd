import { type Goal, type Result, reached } from './measurement.ts'

/** A result as `--json` prints it. */
export function shown(result: Result) {
  const { id, measured, unit, against, ratio, goal } = result
  return { id, measured, unit, against, ratio, goal: goalText(goal), reached: reached(result) }
}

export function goalText({ is, value }: Goal): string {
  return `${is} ${value}`
}

export function againstText({ against }: Result): string {
  return Object.entries(against)
    .map(([name, figure]) => `${name} ${figure.toLocaleString('en')}`)
    .join(', ')
}

/** The results as lines with columns. */
export function tableOf(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.id,
    result.title,
    `${result.measured.toLocaleString('en')} ${result.unit}`,
    againstText(result),
    String(result.ratio),
    goalText(result.goal),
    reached(result) ? 'reached' : 'not reached',
  ])
  const head = ['', 'what', 'Furrow', 'against', 'ratio', 'goal', '']
  const all = [head, ...rows]
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)))
  return all
    .map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n')
}
