import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readManifest } from '../src/cli/export/manifest.ts'
import { fill } from './fill.ts'
import type { Form, Measured, Measurement } from './measurement.ts'
import { measuredOf, peaks_how } from './peaks.ts'
import { type Postgres, withBenchPostgres } from './servers.ts'
import { startSide } from './side.ts'

/** One whole file: until it is full, its rows are in memory. */
const few = 100_000

export const p7_export: Measurement = {
  id: 'P7-EXPORT',
  title: 'Memory of an export',
  how:
    `\`furrow export\` of ${few.toLocaleString('en')} customers into Parquet files, and of many more, ` +
    `and the API process that it asks. ${peaks_how}`,
  run: (form) => withBenchPostgres((postgres) => ofExports(form, postgres)),
}

async function ofExports(form: Form, postgres: Postgres): Promise<Measured> {
  const many = form.pick(300_000, 1_000_000)
  const small = await peaksOf(form, postgres, few)
  const big = await peaksOf(form, postgres, many)
  const sizes = { few, many, of: 'customers' }
  const writing = { few: [small.writing], many: [big.writing] }
  const serving = { few: [small.serving], many: [big.serving] }
  const both = [
    measuredOf('P7-EXPORT', writing, { ...sizes, what: '`furrow export`' }),
    measuredOf('P7-EXPORT.api', serving, { ...sizes, what: 'API that is exported from' }),
  ]
  return {
    results: both.flatMap(({ results }) => results),
    notes: both.flatMap(({ notes }) => notes),
  }
}

async function peaksOf(form: Form, postgres: Postgres, buyers: number) {
  form.tell(`exporting ${buyers.toLocaleString('en')} customers`)
  const url = await postgres.database(`export_${buyers}`)
  const { key } = await fill({ url, buyers })
  const api = startSide('furrow_api')
  const out = await mkdtemp(join(tmpdir(), 'furrow-export-'))
  try {
    const origin = await api.ask<string>('serve', { url, cacheBytes: 0 })
    const writer = startSide('furrow_export', { env: { FURROW_URL: origin, FURROW_KEY: key } })
    await writer.ask('export', { out, format: 'parquet' })
    const rows = (await readManifest(out))?.objects.customers?.rows
    if (rows !== buyers) throw new Error(`expected ${buyers} customers, got ${rows}`)
    const peaks = {
      writing: await writer.ask<number>('memory'),
      serving: await api.ask<number>('memory'),
    }
    await writer.stop()
    return peaks
  } finally {
    await api.stop()
    await rm(out, { recursive: true, force: true })
  }
}
