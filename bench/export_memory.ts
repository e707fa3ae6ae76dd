import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readManifest } from '../src/cli/export/manifest.ts'
import { fill } from './fill.ts'
import type { Form } from './measurement.ts'
import type { Postgres } from './servers.ts'
import { startSide } from './side.ts'

/** One whole file: until it is full, its rows are in memory. */
const few = 100_000

/** Peak memory, in MiB, of the two processes of an export: the one that writes, the one that serves. */
export interface ExportPeaks {
  readonly few: number
  readonly many: number
  readonly writing: { readonly few: number; readonly many: number }
  readonly serving: { readonly few: number; readonly many: number }
}

/** Exports few customers and many as Parquet, each from an API process of its own. */
export async function exportPeaks(form: Form, postgres: Postgres): Promise<ExportPeaks> {
  const many = form.pick(300_000, 1_000_000)
  const small = await peaksOf(form, postgres, few)
  const big = await peaksOf(form, postgres, many)
  return {
    few,
    many,
    writing: { few: small.writing, many: big.writing },
    serving: { few: small.serving, many: big.serving },
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
