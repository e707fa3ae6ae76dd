import { median, ratioOf, rounded, written } from './figures.ts'
import { fill } from './fill.ts'
import type { Form, Measured, Measurement, Result } from './measurement.ts'
import { buyerId } from './seller.ts'
import { startBenchPostgres } from './servers.ts'
import { type Side, startSide } from './side.ts'
import type { Load, Loaded } from './sides/load.ts'

const connections = 32
const page_size = 100
const ids_asked = 100

export const p4: Measurement = {
  id: 'P4',
  title: 'A list of customers, and one customer',
  how:
    `\`GET /v2/customers?limit=${page_size}\` and \`GET /v2/customers/{id}\` (${ids_asked} ids in ` +
    `turns) over ${connections} connections, with no answer kept. Against them, a bare ` +
    '`node:http` server with `pg` on the same table: one prepared statement that selects the ' +
    'texts, joined into one answer; no keys, no validation, no headers. Both are processes of ' +
    'their own with ten connections to Postgres and without a log; the load generator ' +
    '(autocannon) is another. All are warmed up; rounds in turns; medians.',
  run,
}

async function run(form: Form): Promise<Measured> {
  const postgres = await startBenchPostgres()
  const [api, bare, load] = ['furrow_api', 'bare', 'load'].map((name) => startSide(name)) as [
    Side,
    Side,
    Side,
  ]
  try {
    const buyers = form.pick(10_000, 200_000)
    form.tell('filling')
    const { ledgerAccountId, key } = await fill({ url: postgres.url, buyers })
    const { url } = postgres
    const ours = await api.ask<string>('serve', { url, cacheBytes: 0 })
    const theirs = await bare.ask<string>('serve', { url, ledgerAccountId })
    const seller = { ledgerAccountId, payments: () => 0, subscriptions: () => 0 }
    const step = Math.floor(buyers / ids_asked)
    const ids = Array.from({ length: ids_asked }, (_, i) => buyerId(seller, i * step))
    const of = { url: ours, headers: { 'x-api-key': key }, connections, seconds: 1 }
    const peer = { url: theirs, connections, seconds: 1 }
    const list = await compare(form, load, {
      furrow: { ...of, url: `${ours}/v2/customers?limit=${page_size}` },
      bare: { ...peer, url: `${theirs}/customers` },
    })
    const retrieve = await compare(form, load, {
      furrow: { ...of, paths: ids.map((id) => `/v2/customers/${id}`) },
      bare: { ...peer, paths: ids.map((id) => `/customers/${id}`) },
    })
    return measuredOf({ list, retrieve })
  } finally {
    await Promise.all([api, bare, load].map((side) => side.stop()))
    await postgres.stop()
  }
}

interface Sides {
  readonly furrow: Load
  readonly bare: Load
}

interface Rates {
  readonly furrow: number[]
  readonly bare: number[]
}

async function compare(form: Form, load: Side, sides: Sides): Promise<Rates> {
  const seconds = form.pick(1, 5)
  const rounds = form.pick(9, 15)
  const rate = async (asked: Load) =>
    (await load.ask<Loaded>('run', { ...asked, seconds })).per_second
  await assertSame(sides)
  form.tell('warming up')
  await rate(sides.furrow)
  await rate(sides.bare)
  const rates: Rates = { furrow: [], bare: [] }
  for (let round = 1; round <= rounds; round++) {
    form.tell(`round ${round} of ${rounds}`)
    rates.furrow.push(await rate(sides.furrow))
    rates.bare.push(await rate(sides.bare))
  }
  return rates
}

/** Both must answer the same records. */
async function assertSame({ furrow, bare }: Sides) {
  const [ours, theirs] = await Promise.all([recordsAt(furrow), recordsAt(bare)])
  if (ours === theirs) return
  throw new Error(`the answers differ: ${ours.slice(0, 200)} ${theirs.slice(0, 200)}`)
}

async function recordsAt({ url, paths, headers = {} }: Load): Promise<string> {
  const answer = await fetch(new URL(paths?.[0] ?? '', url), { headers })
  const body = (await answer.json()) as { data?: unknown }
  return JSON.stringify(body.data ?? body)
}

function measuredOf({ list, retrieve }: { list: Rates; retrieve: Rates }): Measured {
  return {
    results: [resultOf('P4', 'list of 100', list), resultOf('P4.retrieve', 'retrieve', retrieve)],
    notes: [
      `list, rounds, requests/s: Furrow ${written(list.furrow)}; bare ${written(list.bare)}`,
      `retrieve, rounds, requests/s: Furrow ${written(retrieve.furrow)}; bare ${written(retrieve.bare)}`,
    ],
  }
}

function resultOf(id: string, title: string, { furrow, bare }: Rates): Result {
  return {
    id,
    title,
    measured: rounded(median(furrow)),
    unit: 'requests/s',
    against: { 'node:http + pg': rounded(median(bare)) },
    ratio: rounded(ratioOf(furrow, bare)),
    goal: { is: '>=', value: 0.8 },
  }
}
