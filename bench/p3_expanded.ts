import { median, ratioOf, rounded, written } from './figures.ts'
import { fill } from './fill.ts'
import type { Form, Measured, Measurement, Result } from './measurement.ts'
import { ask, fillPlain, graphqlQuery, plain_schema } from './plain.ts'
import { type Postgres, startBenchPostgres } from './servers.ts'
import { type Side, startSide } from './side.ts'
import type { Load, Loaded } from './sides/load.ts'

const page_size = 100
const expanded_list_limit = 10
const connections = 32

export const p3: Measurement = {
  id: 'P3',
  title: 'A list of customers with two expansions',
  how:
    `\`GET /v2/customers?limit=${page_size}&expand[]=external_account_id&expand[]=subscriptions\` ` +
    `over ${connections} connections, once with no answer kept, once with the cache that looks at ` +
    "the feed's head for every answer. Against it, PostGraphile 5 on plain tables with foreign " +
    'keys and indexes that hold the same records (hashes as jsonb), asked for the same page: all ' +
    'attributes of the customers, their instrument, their newest ten subscriptions. Its Amber ' +
    'preset in production mode, lists rather than connections, data handed on as text. The three ' +
    'servers are processes of their own with ten connections to Postgres each and without a log; ' +
    'the load generator (autocannon) is another. All are warmed up; rounds in turns; medians. ' +
    'Both answers are counted once before.',
  run,
}

async function run(form: Form): Promise<Measured> {
  const postgres = await startBenchPostgres()
  const sides = [
    startSide('furrow_api'),
    startSide('furrow_api'),
    startSide('postgraphile'),
  ] as const
  const load = startSide('load')
  try {
    const buyers = form.pick(10_000, 200_000)
    form.tell('filling')
    const servers = await serve(postgres, sides, buyers)
    form.tell('counting')
    const size = await assertSame(servers)
    const rates = await rounds(form, load, servers)
    return resultOf(rates, { buyers, size })
  } finally {
    await Promise.all([...sides, load].map((side) => side.stop()))
    await postgres.stop()
  }
}

interface Servers {
  readonly cold: Load
  readonly warm: Load
  readonly peer: Load
}

async function serve(postgres: Postgres, sides: readonly [Side, Side, Side], buyers: number) {
  const subscriptions = (i: number) => i % 4
  const { key } = await fill({ url: postgres.url, buyers, subscriptions })
  await fillPlain(postgres.url, 'public')
  const [uncached, caching, postgraphile] = sides
  const path = `/v2/customers?limit=${page_size}&expand[]=external_account_id&expand[]=subscriptions`
  const furrow = async (side: Side, given: object): Promise<Load> => {
    const url = await side.ask<string>('serve', { url: postgres.url, ...given })
    return { url: url + path, headers: { 'x-api-key': key }, connections, seconds: 1 }
  }
  const endpoint = await postgraphile.ask<string>('serve', {
    url: postgres.url,
    schema: plain_schema,
  })
  const limits = { page: page_size, list: expanded_list_limit }
  const query = await graphqlQuery(endpoint, limits)
  return {
    cold: await furrow(uncached, { cacheBytes: 0 }),
    warm: await furrow(caching, {}),
    peer: {
      url: endpoint,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      connections,
      seconds: 1,
    },
  } satisfies Servers
}

interface Size {
  readonly customers: number
  readonly accounts: number
  readonly subscriptions: number
  readonly bytes: number
  readonly peer_bytes: number
}

/** Both sides must answer the same page with the same content. */
async function assertSame({ cold, warm, peer }: Servers): Promise<Size> {
  const ours = await Promise.all([cold, warm].map(pageOf))
  const [page] = ours
  if (!page) throw new Error('expected an answer')
  const { query } = JSON.parse(peer.body ?? '') as { query: string }
  const data = await ask<{ allCustomersList: PlainCustomer[] }>(peer.url, query)
  const theirs = countsOf(
    data.allCustomersList.map((one) => ({
      id: one.rowId,
      external_account_id: one.externalAccountByExternalAccountId,
      subscriptions: { data: one.customerSubscriptionsByCustomerIdList },
    })),
  )
  for (const counts of ours) {
    const { ids, ...rest } = counts
    const same = JSON.stringify(rest) === JSON.stringify({ ...theirs, ids: undefined })
    if (same && ids === theirs.ids) continue
    throw new Error(`the answers differ: ${JSON.stringify(counts)} ${JSON.stringify(theirs)}`)
  }
  const { customers, accounts, subscriptions } = page
  const bytes = (await bodyOf(cold)).length
  return { customers, accounts, subscriptions, bytes, peer_bytes: JSON.stringify({ data }).length }
}

interface Customer {
  readonly id: string
  readonly external_account_id: unknown
  readonly subscriptions: { readonly data: readonly unknown[] }
}

interface PlainCustomer {
  readonly rowId: string
  readonly externalAccountByExternalAccountId: object
  readonly customerSubscriptionsByCustomerIdList: readonly object[]
}

function countsOf(customers: readonly Customer[]) {
  return {
    customers: customers.length,
    accounts: customers.filter((one) => typeof one.external_account_id === 'object').length,
    subscriptions: customers.reduce((sum, one) => sum + one.subscriptions.data.length, 0),
    ids: customers.map((one) => one.id).join(),
  }
}

async function bodyOf({ url, headers = {} }: Load): Promise<string> {
  const answer = await fetch(url, { headers })
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
  return answer.text()
}

async function pageOf(load: Load) {
  return countsOf((JSON.parse(await bodyOf(load)) as { data: Customer[] }).data)
}

async function rounds(form: Form, load: Side, servers: Servers) {
  const seconds = form.pick(3, 10)
  const count = form.pick(4, 7)
  const rate = async (asked: Load, seconds: number) =>
    (await load.ask<Loaded>('run', { ...asked, seconds })).per_second
  form.tell('warming up')
  for (const asked of [servers.cold, servers.warm, servers.peer]) await rate(asked, seconds)
  const rates = { cold: [] as number[], warm: [] as number[], peer: [] as number[] }
  for (let round = 1; round <= count; round++) {
    form.tell(`round ${round} of ${count}`)
    rates.cold.push(await rate(servers.cold, seconds))
    rates.peer.push(await rate(servers.peer, seconds))
    rates.warm.push(await rate(servers.warm, seconds))
  }
  return rates
}

function resultOf(
  { cold, warm, peer }: { cold: number[]; warm: number[]; peer: number[] },
  { buyers, size }: { buyers: number; size: Size },
): Measured {
  const common = { unit: 'requests/s', against: { 'PostGraphile 5': rounded(median(peer)) } }
  const results: Result[] = [
    {
      id: 'P3',
      title: 'no answer kept',
      measured: rounded(median(cold)),
      ...common,
      ratio: rounded(ratioOf(cold, peer)),
      goal: { is: '>=', value: 3 },
    },
    {
      id: 'P3.cached',
      title: 'with the head-validated cache',
      measured: rounded(median(warm)),
      ...common,
      ratio: rounded(ratioOf(warm, peer)),
      goal: { is: '>=', value: 10 },
    },
  ]
  const { customers, accounts, subscriptions, bytes, peer_bytes } = size
  return {
    results,
    notes: [
      `${buyers.toLocaleString('en')} customers stored; a page holds ${customers} customers, ${accounts} instruments and ${subscriptions} subscriptions in ${Math.round(bytes / 1024)} KiB (PostGraphile ${Math.round(peer_bytes / 1024)} KiB)`,
      `rounds, requests/s: no answer kept ${written(cold)}; cached ${written(warm)}; PostGraphile ${written(peer)}`,
    ],
  }
}
