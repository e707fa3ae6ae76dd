import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { machine, settings, versions } from './machine.ts'
import { type Measured, type Measurement, type Result, reached } from './measurement.ts'
import { againstText, goalText } from './shown.ts'

const page = new URL('../docs/benchmarks.md', import.meta.url)

export interface Run {
  readonly measurements: readonly Measurement[]
  readonly measurement: Measurement
  readonly measured: Measured
  readonly form: string
  readonly taken_s: number
  /** Load of the machine when the run began: what others did there meanwhile is in the figures. */
  readonly load: number
}

/** Writes what was measured into the page; what was not stays as it was last measured. */
export async function writePage(run: Run) {
  const before = existsSync(page) ? readFileSync(page, 'utf8') : ''
  writeFileSync(page, pageOf(run, before))
}

/** The whole page. Pure but for the date and the machine. */
export function pageOf(run: Run, before: string): string {
  const rows = run.measurements.flatMap(({ id }) =>
    id === run.measurement.id ? rowsOf(run.measured.results) : keptRows(before, id),
  )
  const sections = run.measurements.flatMap((one) =>
    one.id === run.measurement.id ? [sectionOf(run)] : keptSection(before, one.id),
  )
  return `${[intro, [...table, ...rows].join('\n'), ...sections].join('\n\n')}\n`
}

const intro = `# Benchmarks

Written by \`npm run bench\`; no figure here is typed by hand. Furrow runs beside a peer, in the same
run, on the same machine, the same data and the same Postgres; what counts is the ratio. Run it
again with \`npm run bench -- --only P1\` (a minute each) or \`--long\`. A row that was not run again
keeps its date. Rates are medians of the rounds, and the ratio is the median of the rounds' ratios:
what slows one round slows both of its sides.`

const table = [
  '| | what | Furrow | against | ratio | goal | | date |',
  '|---|---|---|---|---|---|---|---|',
]

function rowsOf(results: readonly Result[]): string[] {
  return results.map((result) => {
    const { id, title, measured, unit, ratio, goal } = result
    const ours = `${measured.toLocaleString('en')} ${unit}`
    const end = reached(result) ? 'reached' : 'not reached'
    const against = againstText(result)
    return `| ${id} | ${title} | ${ours} | ${against} | ${ratio} | ${goalText(goal)} | ${end} | ${today()} |`
  })
}

function keptRows(before: string, id: string): string[] {
  return before
    .split('\n')
    .filter((line) => line.startsWith(`| ${id} `) || line.startsWith(`| ${id}.`))
}

function sectionOf({ measurement, measured, form, taken_s, load }: Run): string {
  const notes = measured.notes.map((note) => `- ${note}`).join('\n')
  const { id, title, how } = measurement
  return `## ${id} ${title}

${how}

Last run ${today()}, ${form} form, ${Math.round(taken_s)} s, on ${machine()}, load ${load.toFixed(1)}
when it began. ${versions()}.
Postgres for both sides: ${settings()}.

${notes}`
}

function keptSection(before: string, id: string): string[] {
  const start = before.indexOf(`\n## ${id} `)
  if (start < 0) return []
  const end = before.indexOf('\n## ', start + 1)
  return [before.slice(start, end < 0 ? undefined : end).trim()]
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}
