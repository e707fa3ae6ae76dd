import type { Form, Measured, Measurement } from './measurement.ts'
import { stripeCustomers } from './p1_backfill.ts'
import { measuredOf, type Peaks, peaks_how } from './peaks.ts'
import { type Postgres, startDouble, withBenchPostgres } from './servers.ts'
import { startSide } from './side.ts'

const few = 10_000

export const p7: Measurement = {
  id: 'P7',
  title: 'Memory of a backfill',
  how:
    `A backfill of ${few.toLocaleString('en')} customers from the double into Postgres, and of many ` +
    `more. ${peaks_how} The two sizes in turns; medians.`,
  run: (form) => withBenchPostgres((postgres) => ofBackfills(form, postgres)),
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
