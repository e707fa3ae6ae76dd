import { newMasterKey } from '../src/store/seal.ts'
import { exportPeaks } from './export_memory.ts'
import { median, rounded, written } from './figures.ts'
import type { Form, Measured, Measurement, Result } from './measurement.ts'
import { stripeCustomers } from './p1_backfill.ts'
import { type Double, type Postgres, startBenchPostgres, startDouble } from './servers.ts'
import { startSide } from './side.ts'
import type { Work } from './sides/furrow_worker.ts'

const few = 10_000
const few_connections = 10

export const p7: Measurement = {
  id: 'P7',
  title: 'Memory',
  how:
    'The most memory (peak resident set, as the kernel counts it) of a process that backfills ' +
    `customers from the double into Postgres: of ${few.toLocaleString('en')}, and of many more. ` +
    `Then of a worker that reads ${few_connections} connections, and of one that reads many more, ` +
    'both until as many syncs have ended. Then of `furrow export` into Parquet files, and of the ' +
    'API process that it asks. Every figure is of a process of its own, started as ' +
    '`furrow worker` is; the two sizes in turns; medians.',
  run,
}

async function run(form: Form): Promise<Measured> {
  const postgres = await startBenchPostgres()
  try {
    const backfills = await ofBackfills(form, postgres)
    const connections = await ofConnections(form, postgres)
    const exports = await ofExports(form, postgres)
    const all = [backfills, connections, ...exports]
    return {
      results: all.flatMap(({ results }) => results),
      notes: all.flatMap(({ notes }) => notes),
    }
  } finally {
    await postgres.stop()
  }
}

async function ofBackfills(form: Form, postgres: Postgres): Promise<Measured> {
  const many = form.pick(100_000, 1_000_000)
  const rounds = form.pick(1, 3)
  const peaks: Peaks = { few: [], many: [] }
  for (let round = 1; round <= rounds; round++) {
    form.tell(`backfills, round ${round} of ${rounds}`)
    peaks.few.push(await peakOfBackfill(postgres, few))
    peaks.many.push(await peakOfBackfill(postgres, many))
  }
  return measuredOf('P7', peaks, { few, many, of: 'customers', what: 'backfill' })
}

/** Peak memory of a process that backfills so many customers, in MiB. */
async function peakOfBackfill(postgres: Postgres, customers: number): Promise<number> {
  const double = await startDouble({ customers })
  const side = startSide('furrow_sync')
  try {
    await side.ask('open', { url: await postgres.database('backfills') })
    await side.ask('clear')
    const { baseUrl, bulkKey: key } = double.stripe
    await side.ask('backfill', stripeCustomers({ baseUrl, key }))
    const count = await side.ask<number>('count')
    if (count !== customers) throw new Error(`expected ${customers} customers, got ${count}`)
    return await side.ask<number>('memory')
  } finally {
    await side.stop()
    await double.stop()
  }
}

async function ofConnections(form: Form, postgres: Postgres): Promise<Measured> {
  const many = form.pick(500, 10_000)
  const double = await startDouble({ customers: 0 })
  try {
    const peaks: Peaks = { few: [], many: [] }
    for (const [size, count] of [
      ['few', few_connections],
      ['many', many],
    ] as const) {
      form.tell(`${count.toLocaleString('en')} connections`)
      const url = await postgres.database(`connections_${size}`)
      peaks[size].push(await peakOfWorker({ url, double, count, syncs: many }))
    }
    const sizes = { few: few_connections, many, of: 'connections', what: 'worker' }
    return measuredOf('P7.connections', peaks, sizes)
  } finally {
    await double.stop()
  }
}

async function ofExports(form: Form, postgres: Postgres): Promise<Measured[]> {
  const { few, many, writing, serving } = await exportPeaks(form, postgres)
  const sizes = { few, many, of: 'customers' }
  const peaksOf = (peaks: { few: number; many: number }) => ({
    few: [peaks.few],
    many: [peaks.many],
  })
  return [
    measuredOf('P7.export', peaksOf(writing), { ...sizes, what: '`furrow export`' }),
    measuredOf('P7.exporting', peaksOf(serving), { ...sizes, what: 'API that is exported from' }),
  ]
}

interface Scheduled {
  readonly url: string
  readonly double: Double
  readonly count: number
  readonly syncs: number
}

/** Peak memory of a worker that reads so many connections, in MiB. */
async function peakOfWorker({ url, double, count, syncs }: Scheduled): Promise<number> {
  const masterKey = newMasterKey()
  const { baseUrl, bulkKey: key } = double.stripe
  const maker = startSide('connections')
  const given = { url, masterKey, count, baseUrl, key }
  const accounts = await maker.ask<Work['accounts']>('make', given)
  await maker.stop()
  const side = startSide('furrow_worker')
  try {
    return await side.ask<number>('work', { url, masterKey, accounts, syncs } satisfies Work)
  } finally {
    await side.stop()
  }
}

interface Peaks {
  readonly few: number[]
  readonly many: number[]
}

interface Sizes {
  readonly few: number
  readonly many: number
  readonly of: string
  readonly what: string
}

function measuredOf(id: string, peaks: Peaks, { few, many, of, what }: Sizes): Measured {
  const [least, most] = [median(peaks.few), median(peaks.many)]
  const [small, big] = [few, many].map((size) => `${size.toLocaleString('en')} ${of}`)
  const result: Result = {
    id,
    title: `${what} of ${big}`,
    measured: rounded(most),
    unit: 'MiB',
    against: { [small ?? '']: rounded(least) },
    ratio: rounded(most / least),
    goal: { is: '<=', value: 1.2 },
  }
  return {
    results: [result],
    notes: [`rounds, MiB: ${small} ${written(peaks.few)}; ${big} ${written(peaks.many)}`],
  }
}
