import { partnerNames } from '../sandbox/partners.ts'
import { median, rounded, written } from './figures.ts'
import type { Form, Measured, Measurement, Result } from './measurement.ts'
import { startBenchPostgres, startDouble } from './servers.ts'
import { type Side, startSide } from './side.ts'

const goal_per_second = 5000

export const p1_each: Measurement = {
  id: 'P1-EACH',
  title: 'Backfill of each simulated partner',
  how:
    'An account at each simulated partner, all in one process of their own, is read from empty until ' +
    'everything is committed: every stream with all that hangs on it, guests and monthly statements ' +
    'too, from connecting on. What counts is records of any object a second, against the goal; a ' +
    'partner whose lists force a request for each parent is read as fast as its double answers ' +
    'those. Rounds one after the other, each from empty tables and a checkpoint, after one that ' +
    'does not count; medians.',
  run,
}

async function run(form: Form): Promise<Measured> {
  const buyers = form.pick(600, 5000)
  const postgres = await startBenchPostgres()
  const double = await startDouble({ buyers })
  const side = startSide('furrow_sync')
  try {
    await side.ask('open', { url: await postgres.database('each') })
    const results: Result[] = []
    const notes = [`${buyers.toLocaleString('en')} people came by at each partner`]
    for (const name of partnerNames) {
      const { rates, records } = await ratesOf(form, { side, name, account: double.partners[name] })
      results.push(resultOf(name, rates))
      notes.push(
        `${name}: ${records.toLocaleString('en')} records; rounds, records/s: ${written(rates)}`,
      )
    }
    return { results, notes }
  } finally {
    await side.stop()
    await double.stop()
    await postgres.stop()
  }
}

interface Of {
  readonly side: Side
  readonly name: string
  readonly account: object | undefined
}

async function ratesOf(form: Form, { side, name, account }: Of) {
  const rates: number[] = []
  let records = 0
  for (let round = 0; round <= form.pick(3, 5); round++) {
    form.tell(round === 0 ? `${name}: warming up` : `${name}: round ${round}`)
    await side.ask('clear')
    const taken_s = await side.ask<number>('backfill', { partner: name, ...account })
    records = await side.ask<number>('count')
    if (round > 0) rates.push(records / taken_s)
  }
  return { rates, records }
}

function resultOf(name: string, rates: readonly number[]): Result {
  const measured = median(rates)
  return {
    id: `P1-EACH.${name}`,
    title: `backfill of ${name}, all objects`,
    measured: rounded(measured),
    unit: 'records/s',
    against: { goal: goal_per_second },
    ratio: rounded(measured / goal_per_second),
    goal: { is: '>=', value: 1 },
  }
}
