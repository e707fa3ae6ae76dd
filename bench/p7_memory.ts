import { median, rounded, written } from './figures.ts'
import type { Form, Measured, Measurement, Result } from './measurement.ts'
import { type Postgres, startBenchPostgres, startDouble } from './servers.ts'
import { startSide } from './side.ts'

const few = 10_000

export const p7: Measurement = {
  id: 'P7',
  title: 'Memory',
  how:
    'The most memory (peak resident set, as the kernel counts it) of a process that backfills ' +
    `customers from the double into Postgres: of ${few.toLocaleString('en')}, and of many more. ` +
    'Every backfill has a process of its own, started with the defaults of Node; the two sizes in ' +
    'turns; medians.',
  run,
}

async function run(form: Form): Promise<Measured> {
  const many = form.pick(150_000, 1_000_000)
  const rounds = form.pick(2, 3)
  const postgres = await startBenchPostgres()
  try {
    const peaks = { few: [] as number[], many: [] as number[] }
    for (let round = 1; round <= rounds; round++) {
      form.tell(`round ${round} of ${rounds}`)
      peaks.few.push(await peakOf(postgres, few))
      peaks.many.push(await peakOf(postgres, many))
    }
    return resultOf(peaks, many)
  } finally {
    await postgres.stop()
  }
}

/** Peak memory of a process that backfills so many customers, in MiB. */
async function peakOf(postgres: Postgres, customers: number): Promise<number> {
  const double = await startDouble({ customers })
  const side = startSide('furrow_sync')
  try {
    await side.ask('open', { url: postgres.url })
    await side.ask('clear')
    const { baseUrl, bulkKey: key } = double.stripe
    await side.ask('backfill', { baseUrl, key })
    const count = await side.ask<number>('count')
    if (count !== customers) throw new Error(`expected ${customers} customers, got ${count}`)
    return await side.ask<number>('memory')
  } finally {
    await side.stop()
    await double.stop()
  }
}

function resultOf(peaks: { few: number[]; many: number[] }, many: number): Measured {
  const [least, most] = [median(peaks.few), median(peaks.many)]
  const result: Result = {
    id: 'P7',
    title: `backfill of ${many.toLocaleString('en')} against ${few.toLocaleString('en')} customers`,
    measured: rounded(most),
    unit: 'MiB',
    against: { [`${few.toLocaleString('en')} customers`]: rounded(least) },
    ratio: rounded(most / least),
    goal: { is: '<=', value: 1.2 },
  }
  return {
    results: [result],
    notes: [
      `rounds, MiB: ${few.toLocaleString('en')} customers ${written(peaks.few)}; ${many.toLocaleString('en')} customers ${written(peaks.many)}`,
    ],
  }
}
