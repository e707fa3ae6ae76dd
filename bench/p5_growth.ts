import { median, rounded } from './figures.ts'
import { type Filled, fill } from './fill.ts'
import type { Form, Measured, Measurement, Result } from './measurement.ts'
import { buyerId } from './seller.ts'
import { startBenchPostgres } from './servers.ts'
import { type Side, startSide } from './side.ts'

const page_size = 10
const page_number = 1_000
const pages_walked_size = 100
const small = 10_000

export const p5: Measurement = {
  id: 'P5',
  title: 'Growth of the data',
  how:
    'Two databases on one server, one with ' +
    `${small.toLocaleString('en')} customers, the other with many more, each customer with an ` +
    'instrument and a payment, analyzed. Each is served by an API process of its own that ' +
    'keeps no answer. One request after the other, in turns between the two: the first page of ' +
    `${page_size}, page ${page_number.toLocaleString('en')} by its cursor, a customer by id, and ` +
    'its timeline (customers spread over all of them). Median latency of the big one over that ' +
    'of the small one; the worst of the four counts.',
  run,
}

interface Place {
  readonly customers: number
  readonly origin: string
  readonly key: string
  readonly paths: { readonly [kind in Kind]: readonly string[] }
}

const kinds = ['first page', 'page 1,000', 'retrieve', 'timeline'] as const
type Kind = (typeof kinds)[number]

async function run(form: Form): Promise<Measured> {
  const big = form.pick(150_000, 1_000_000, 10_000_000)
  const postgres = await startBenchPostgres()
  const sides = [startSide('furrow_api'), startSide('furrow_api')] as const
  try {
    const places: Place[] = []
    for (const [i, customers] of [small, big].entries()) {
      form.tell(`filling ${customers.toLocaleString('en')}`)
      const url = await postgres.database(`growth_${i}`)
      const filled = await fill({ url, buyers: customers, payments: () => 1 })
      const origin = await (sides[i] as Side).ask<string>('serve', { url, cacheBytes: 0 })
      places.push(await placeOf({ customers, origin, filled }))
    }
    const [from, to] = places as [Place, Place]
    return await compare(form, from, to)
  } finally {
    await Promise.all(sides.map((side) => side.stop()))
    await postgres.stop()
  }
}

interface Serving {
  readonly customers: number
  readonly origin: string
  readonly filled: Filled
}

const ids_asked = 200

async function placeOf({ customers, origin, filled }: Serving): Promise<Place> {
  const { key, ledgerAccountId } = filled
  const seller = { ledgerAccountId, payments: () => 0, subscriptions: () => 0 }
  const step = Math.floor(customers / ids_asked)
  const ids = Array.from({ length: ids_asked }, (_, i) => buyerId(seller, i * step))
  const cursor = await cursorBefore({ origin, key })
  return {
    customers,
    origin,
    key,
    paths: {
      'first page': [`/v2/customers?limit=${page_size}`],
      'page 1,000': [`/v2/customers?limit=${page_size}&cursor=${encodeURIComponent(cursor)}`],
      retrieve: ids.map((id) => `/v2/customers/${id}`),
      timeline: ids.map((id) => `/v2/customers/${id}/timeline`),
    },
  }
}

/** Walks to the page; in bigger steps, because a cursor does not hold the size of a page. */
async function cursorBefore({ origin, key }: { origin: string; key: string }): Promise<string> {
  let cursor = ''
  let left = (page_number - 1) * page_size
  while (left > 0) {
    const limit = Math.min(left, pages_walked_size)
    const from = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
    const answer = await get({ origin, key }, `/v2/customers?limit=${limit}${from}`)
    const page = (await answer.json()) as { next_cursor: string | null }
    if (page.next_cursor === null) throw new Error(`expected ${left} more customers`)
    cursor = page.next_cursor
    left -= limit
  }
  return cursor
}

function get({ origin, key }: Pick<Place, 'origin' | 'key'>, path: string): Promise<Response> {
  return fetch(origin + path, { headers: { 'x-api-key': key } })
}

async function compare(form: Form, from: Place, to: Place): Promise<Measured> {
  const requests = form.pick(400, 2_000)
  const ratios: { kind: Kind; ratio: number; small_ms: number; big_ms: number }[] = []
  const missing: Kind[] = []
  for (const kind of kinds) {
    form.tell(kind)
    if ((await get(from, from.paths[kind][0] ?? '')).status === 404) {
      missing.push(kind)
      continue
    }
    await latencies(kind, from, to, Math.floor(requests / 4))
    const { small_ms, big_ms } = await latencies(kind, from, to, requests)
    ratios.push({ kind, small_ms, big_ms, ratio: big_ms / small_ms })
  }
  const worst = ratios.reduce((one, other) => (other.ratio > one.ratio ? other : one))
  const result: Result = {
    id: 'P5',
    title: `${worst.kind}, the worst of ${ratios.length}; ${to.customers.toLocaleString('en')} customers against ${from.customers.toLocaleString('en')}`,
    measured: rounded(worst.big_ms),
    unit: 'ms',
    against: { [`${from.customers.toLocaleString('en')} customers`]: rounded(worst.small_ms) },
    ratio: rounded(worst.ratio),
    goal: { is: '<=', value: 1.3 },
  }
  const notes = ratios.map(
    ({ kind, small_ms, big_ms, ratio }) =>
      `${kind}: ${rounded(small_ms)} ms, then ${rounded(big_ms)} ms: ${rounded(ratio)}`,
  )
  return {
    results: [result],
    notes: [...notes, ...missing.map((kind) => `${kind}: not in the API yet`)],
  }
}

/** Median latencies of both, asked in turns. */
async function latencies(kind: Kind, from: Place, to: Place, requests: number) {
  const taken: { small: number[]; big: number[] } = { small: [], big: [] }
  for (let i = 0; i < requests; i++) {
    taken.small.push(await latency(from, pathAt(from, kind, i)))
    taken.big.push(await latency(to, pathAt(to, kind, i)))
  }
  return { small_ms: median(taken.small), big_ms: median(taken.big) }
}

function pathAt({ paths }: Place, kind: Kind, i: number): string {
  return paths[kind][i % paths[kind].length] ?? ''
}

async function latency(place: Place, path: string): Promise<number> {
  const started = performance.now()
  const answer = await get(place, path)
  await answer.arrayBuffer()
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
  return performance.now() - started
}
