import { type PartnerName, partnerNames } from '../sandbox/partners.ts'
import { partners } from '../src/partners/index.ts'
import type { Partner } from '../src/partners/partner.ts'
import { median, rounded, written } from './figures.ts'
import type { Form, Measured, Measurement, Result } from './measurement.ts'
import { type Double, startBenchPostgres, startDouble } from './servers.ts'
import { type Side, startSide } from './side.ts'

const goal_per_second = 5000

export const p1_each: Measurement = {
  id: 'P1-EACH',
  title: 'Backfill of customers at each simulated partner',
  how:
    'As P1, at every simulated partner: an account in a process of its own is read from empty, in ' +
    'pages as large as the partner gives, until all customers are committed; from connecting on. ' +
    'Where customers are only known from payments, these are read. Rounds one after the other, ' +
    'each from empty tables and a checkpoint, after one that does not count; medians. The notes ' +
    'also tell how fast everything of a small business is read, all streams one after the other ' +
    'with what hangs on each record: there a page of a hundred waits for its commit, and children ' +
    'cost a request for each parent.',
  run,
}

async function run(form: Form): Promise<Measured> {
  const postgres = await startBenchPostgres()
  const side = startSide('furrow_sync')
  try {
    await side.ask('open', { url: await postgres.database('each') })
    const many = await ofCustomers(form, side)
    const whole = await ofEverything(form, side)
    return { results: many.results, notes: [...many.notes, ...whole.notes] }
  } finally {
    await side.stop()
    await postgres.stop()
  }
}

/** The stream that customers come from: the partner's own list, or else the first that tells any. */
function customersOf(name: PartnerName): { stream: string; own: boolean } {
  const { streams }: Partner = partners[name]
  const telling = streams.map((stream) => {
    const people = stream.maps.filter(({ object }) => object.name === 'customer')
    return { stream: stream.name, people, own: people.some(({ derived }) => !derived) }
  })
  const found = telling.find(({ own }) => own) ?? telling.find(({ people }) => people.length > 0)
  if (!found) throw new Error(`${name} tells of no customers`)
  return found
}

async function ofCustomers(form: Form, side: Side): Promise<Measured> {
  // As many as P1 reads.
  const buyers = form.pick(15_000, 60_000)
  const idle = await startDouble({ buyers, idle: true })
  const busy = await startDouble({ buyers: form.pick(600, 3000) })
  try {
    const results: Result[] = []
    const notes: string[] = []
    for (const name of partnerNames) {
      const { stream, own } = customersOf(name)
      const double = own ? idle : busy
      const rounds = form.pick(3, 5)
      const what = { side, name, double, rounds, streams: [stream] }
      const { rates, records } = await ratesOf(form, what)
      results.push(resultOf(name, stream, rates))
      notes.push(`${name}, ${stream}: ${told(records, rates)}`)
    }
    return { results, notes }
  } finally {
    await idle.stop()
    await busy.stop()
  }
}

async function ofEverything(form: Form, side: Side): Promise<Measured> {
  const double = await startDouble({ buyers: form.pick(600, 3000) })
  try {
    const notes: string[] = []
    for (const name of partnerNames) {
      const rounds = form.pick(1, 3)
      const { rates, records } = await ratesOf(form, { side, name, double, rounds })
      notes.push(`${name}, everything: ${told(records, rates)}`)
    }
    return { results: [], notes }
  } finally {
    await double.stop()
  }
}

interface Of {
  readonly side: Side
  readonly name: PartnerName
  readonly double: Double
  readonly rounds: number
  readonly streams?: readonly string[]
}

async function ratesOf(form: Form, { side, name, double, rounds, streams }: Of) {
  const rates: number[] = []
  let records = 0
  const account = double.partners[name]
  for (let round = 0; round <= rounds; round++) {
    form.tell(round === 0 ? `${name}: warming up` : `${name}: round ${round}`)
    await side.ask('clear')
    const given = { partner: name, ...account, ...(streams ? { streams } : {}) }
    const taken_s = await side.ask<number>('backfill', given)
    records = await side.ask<number>('count')
    if (round > 0) rates.push(records / taken_s)
  }
  return { rates, records }
}

function told(records: number, rates: readonly number[]): string {
  return `${records.toLocaleString('en')} records; rounds, records/s: ${written(rates)}`
}

function resultOf(name: string, stream: string, rates: readonly number[]): Result {
  const measured = median(rates)
  return {
    id: `P1-EACH.${name}`,
    title: `backfill of ${name}, ${stream}`,
    measured: rounded(measured),
    unit: 'records/s',
    against: { goal: goal_per_second },
    ratio: rounded(measured / goal_per_second),
    goal: { is: '>=', value: 1 },
  }
}
