import { inTurns, median, ratioOf, rounded, written } from './figures.ts'
import type { Form, Measured, Measurement, Result } from './measurement.ts'
import { type Postgres, startBenchPostgres, startDouble } from './servers.ts'
import { type Side, startSide } from './side.ts'

const limit_per_second = 100
const page_size = 100

export const p1: Measurement = {
  id: 'P1',
  title: 'Backfill of customers',
  how:
    'A simulated Stripe account in a process of its own is read from empty, 100 customers a ' +
    "page, until everything is committed. Furrow: connecting the account and the sync's own " +
    'backfill of the stream `customers`, from the first request on. Against it, ' +
    '`syncBackfill({ object: "customer" })` of `@supabase/stripe-sync-engine` with its default ' +
    "pool, on the same double and the same Postgres (a database of its own). Furrow's process is " +
    'started as `furrow worker` is, the other one with the defaults of Node. Rounds in turns, ' +
    'each from empty tables and a checkpoint, after one that does not count; medians. The second ' +
    `figure: the double refuses more than ${limit_per_second} requests in any second, and the ` +
    'partner is described to Furrow with that limit.',
  run,
}

async function run(form: Form): Promise<Measured> {
  const postgres = await startBenchPostgres()
  const furrow = startSide('furrow_sync')
  const supabase = startSide('supabase_sync')
  try {
    await furrow.ask('open', { url: await postgres.database('furrow') })
    await supabase.ask('open', { url: await postgres.database('peer') })
    const free = await besidePeer(form, { postgres, furrow, supabase })
    const limited = await underLimit(form, furrow)
    return {
      results: [...free.results, ...limited.results],
      notes: [...free.notes, ...limited.notes],
    }
  } finally {
    await furrow.stop()
    await supabase.stop()
    await postgres.stop()
  }
}

async function besidePeer(
  form: Form,
  { furrow, supabase }: { postgres: Postgres; furrow: Side; supabase: Side },
): Promise<Measured> {
  const customers = form.pick(15_000, 200_000)
  const rounds = form.pick(3, 5)
  const double = await startDouble({ customers })
  const { baseUrl, bulkKey: key } = double.stripe
  const perSecond = async (side: Side, given: object) => {
    await side.ask('clear')
    const taken_s = await side.ask<number>('backfill', given)
    const count = await side.ask<number>('count')
    if (count !== customers) throw new Error(`expected ${customers} customers, got ${count}`)
    return customers / taken_s
  }
  const ours = () => perSecond(furrow, stripeCustomers({ baseUrl, key }))
  const theirs = () => perSecond(supabase, { url: double.url, key })
  try {
    form.tell('warming up')
    await inTurns(1, ours, theirs)
    const { one, other } = await inTurns(
      rounds,
      async (round) => {
        form.tell(`round ${round} of ${rounds}`)
        return ours()
      },
      theirs,
    )
    const result: Result = {
      id: 'P1',
      title: 'backfill, 100 a page',
      measured: rounded(median(one)),
      unit: 'records/s',
      against: { '@supabase/stripe-sync-engine': rounded(median(other)) },
      ratio: rounded(ratioOf(one, other)),
      goal: { is: '>=', value: 5 },
    }
    const notes = [
      `${customers.toLocaleString('en')} customers`,
      `rounds, records/s: Furrow ${written(one)}; stripe-sync-engine ${written(other)}`,
    ]
    return { results: [result], notes }
  } finally {
    await double.stop()
  }
}

/** What Furrow's side is told of the account that holds nothing but customers. */
export function stripeCustomers({ baseUrl, key }: { baseUrl: string; key: string }) {
  return { partner: 'stripe', baseUrl, credential: { api_key: key }, streams: ['customers'] }
}

/** How much of a partner's limit is used while the double enforces it. */
async function underLimit(form: Form, furrow: Side): Promise<Measured> {
  const customers = form.pick(100_000, 600_000)
  form.tell(`at ${limit_per_second} requests a second`)
  const double = await startDouble({ customers, rate: limit_per_second })
  const { baseUrl, bulkKey: key } = double.stripe
  try {
    await furrow.ask('clear')
    const given = { ...stripeCustomers({ baseUrl, key }), per_second: limit_per_second }
    const taken_s = await furrow.ask<number>('backfill', given)
    const pages_per_second = customers / page_size / taken_s
    const refused = await refusedBy(double.url)
    const result: Result = {
      id: 'P1.limit',
      title: 'pages read while the partner enforces its limit',
      measured: rounded(pages_per_second),
      unit: 'requests/s',
      against: { limit: limit_per_second },
      ratio: rounded(pages_per_second / limit_per_second),
      goal: { is: '>=', value: 0.9 },
    }
    const counted = customers.toLocaleString('en')
    return {
      results: [result],
      notes: [`at the limit: ${counted} customers, ${refused} requests refused`],
    }
  } finally {
    await double.stop()
  }
}

async function refusedBy(url: string): Promise<number> {
  const answer = await fetch(`${url}/_sandbox/requests`)
  const { requests } = (await answer.json()) as { requests: { status: number }[] }
  return requests.filter(({ status }) => status === 429).length
}
