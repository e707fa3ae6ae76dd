import { newMasterKey } from '../src/store/seal.ts'
import type { Form, Measured, Measurement } from './measurement.ts'
import { measuredOf, type Peaks, peaks_how } from './peaks.ts'
import { type Double, type Postgres, startDouble, withBenchPostgres } from './servers.ts'
import { startSide } from './side.ts'
import type { Work } from './sides/furrow_worker.ts'

const few = 10

export const p7_connections: Measurement = {
  id: 'P7-CONNECTIONS',
  title: 'Memory of a worker',
  how:
    `A worker that reads ${few} connections, and one that reads many more, both until as many syncs ` +
    `have ended. ${peaks_how}`,
  run: (form) => withBenchPostgres((postgres) => ofConnections(form, postgres)),
}

async function ofConnections(form: Form, postgres: Postgres): Promise<Measured> {
  const many = form.pick(500, 10_000)
  const double = await startDouble({ customers: 0 })
  try {
    const peaks: Peaks = { few: [], many: [] }
    for (const [size, count] of [
      ['few', few],
      ['many', many],
    ] as const) {
      form.tell(`${count.toLocaleString('en')} connections`)
      const url = await postgres.database(`connections_${size}`)
      peaks[size].push(await peakOfWorker({ url, double, count, syncs: many }))
    }
    const sizes = { few, many, of: 'connections', what: 'worker' }
    return measuredOf('P7-CONNECTIONS', peaks, sizes)
  } finally {
    await double.stop()
  }
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
