// The product as its user meets it: one command, then HTTP. The simulated partner inside it is
// compared with a twin that is made here from the same seed and epoch.

import { readFileSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { partnerNames } from '../sandbox/partners.ts'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { furrow, type Running, startFurrow } from './furrow.ts'

const start_timeout_ms = 120_000
let folder: string
let server: Running
let twin: Sandbox
/** Twin and server agree on all that was there when the world began to move. */
let epoch_ms: number

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'furrow-end-to-end-'))
  server = await startFurrow(['--data', folder])
  const demo = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8'))
  epoch_ms = demo.epoch_ms
  twin = await startSandbox({ seed: demo.seed, clock: epoch_ms })
}, start_timeout_ms)

afterAll(async () => {
  await server?.stop()
  await twin?.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Listed {
  readonly data: readonly Item[]
  readonly has_more: boolean
  readonly next_cursor: string | null
}
interface Item {
  readonly id: string
  readonly partnerRecordId: string
  readonly [attribute: string]: unknown
}

/** The demo business sells at every simulated partner; these tests compare with one of them. */
function isStripes(one: object): boolean {
  return 'partnerSource' in one && one.partnerSource === 'stripe'
}

async function get<T>(path: string, of: Running = server): Promise<T> {
  const { url, key } = of.ready
  const response = await fetch(`${url}${path}`, { headers: { 'x-api-key': key } })
  expect(response.status, path).toBe(200)
  return (await response.json()) as T
}

async function all(path: string, of: Running = server): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | null = null
  do {
    const place: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
    const page: Listed = await get(`${path}${path.includes('?') ? '&' : '?'}limit=100${place}`, of)
    items.push(...page.data)
    cursor = page.next_cursor
  } while (cursor !== null)
  return items
}

interface Theirs {
  readonly id: string
  readonly created: number
  readonly [attribute: string]: unknown
}

/** A whole list of the twin's. */
async function theirs(path: string): Promise<Theirs[]> {
  const items: Theirs[] = []
  let after = ''
  for (;;) {
    const place = after ? `&starting_after=${after}` : ''
    const url = `${twin.stripe.baseUrl}${path}${path.includes('?') ? '&' : '?'}limit=100${place}`
    const headers = { authorization: `Bearer ${twin.stripe.oracleKey}` }
    const response = await fetch(url, { headers })
    expect(response.status, path).toBe(200)
    const page = (await response.json()) as { data: Theirs[]; has_more: boolean }
    items.push(...page.data)
    if (!page.has_more) return items
    after = page.data.at(-1)?.id ?? ''
  }
}

const sorted = (ids: readonly string[]) => [...ids].sort()
const wasThere = (item: Item) => Date.parse(String(item.created_date)) < epoch_ms
const ownIds = (items: readonly Item[]) =>
  sorted(items.filter(wasThere).map((i) => i.partnerRecordId))

/** The buyer of whom there is most to see: disputes, invoices and payments. */
async function showcaseBuyer() {
  const count = (lists: Theirs[]) => Map.groupBy(lists, (one) => String(one.customer))
  const invoices = count(await theirs('/v1/invoices'))
  const payments = count(await theirs('/v1/payment_intents'))
  const disputes = await theirs('/v1/disputes?expand[]=data.charge')
  const owners = disputes.map((one) => String((one.charge as Theirs).customer))
  const best = owners.sort((a, b) => size(invoices, b) - size(invoices, a))[0] ?? ''
  return { theirId: best, invoices: invoices.get(best) ?? [], payments: payments.get(best) ?? [] }
}

function size(groups: Map<string, Theirs[]>, id: string): number {
  return groups.get(id)?.length ?? 0
}

describe('furrow start', () => {
  it('prints one line of JSON and nothing else', () => {
    const { stdout, stderr } = server.output()
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    expect(Object.keys(JSON.parse(stdout))).toEqual(['url', 'key', 'ledgerAccountId', 'docs'])
    expect(stderr).toBe('')
  })

  it('serves the documents it names', async () => {
    const response = await fetch(server.ready.docs)
    expect([response.status, await response.text()]).toEqual([
      200,
      expect.stringContaining('swagger'),
    ])
  })

  it('keeps its secrets from other users of the machine', async () => {
    for (const name of ['master.key', 'api.key', 'server.json']) {
      expect((await stat(join(folder, name))).mode & 0o077, name).toBe(0)
    }
  })

  it('serves every customer the partner has, with name and e-mail', async () => {
    const wanted = await theirs('/v1/customers')
    const served = await all(`/v2/customers?ledgerAccountId=${server.ready.ledgerAccountId}`)
    const own = served.filter((one) => isStripes(one) && one.origin === 'PARTNER' && wasThere(one))
    const facts = (id: unknown, name: unknown, email: unknown) => `${id} ${name} ${email}`
    expect(wanted.length).toBeGreaterThan(100)
    expect(sorted(own.map((one) => facts(one.partnerRecordId, one.name, one.email)))).toEqual(
      sorted(wanted.map((one) => facts(one.id, one.name, one.email))),
    )
  })

  it('expands a customer’s instrument and subscriptions in place', async () => {
    const page = await get<Listed>(
      '/v2/customers?limit=100&expand[]=data.external_account_id&expand[]=data.subscriptions',
    )
    const instruments = page.data.map((one) => one.external_account_id as Item | null)
    const lists = page.data.map((one) => one.subscriptions as Listed & { object: string })
    expect(instruments.some((one) => one?.object === 'external_account')).toBe(true)
    expect(lists.every((one) => one.object === 'list')).toBe(true)
    expect(lists.some((one) => one.data.length > 0)).toBe(true)
  })

  it('serves what hangs on a buyer as the partner tells it', async () => {
    const buyer = await showcaseBuyer()
    const [ours] = (await all(`/v2/customers?partnerRecordId=${buyer.theirId}`)) as [Item]
    const path = `/v2/customers/${ours.id}`
    const charged = (await all(`${path}/payments`)).filter((one) => one.type === 'charge')
    const paid = new Set(charged.map((one) => one.partnerRecordId))
    expect(buyer.payments.length).toBeGreaterThan(0)
    for (const one of buyer.payments) expect(paid).toContain(one.id)
    expect(ownIds(await all(`${path}/invoices`))).toEqual(sorted(buyer.invoices.map((i) => i.id)))
    expect(await all(`${path}/disputes`)).not.toEqual([])
  })

  it('serves every dispute the partner has, each with its buyer', async () => {
    const wanted = await theirs('/v1/disputes')
    const served = (await all('/v2/disputes')).filter(isStripes)
    expect(ownIds(served)).toEqual(sorted(wanted.map((one) => one.id)))
  })

  it('tells a buyer’s story in one time order, and sums it up', async () => {
    const buyer = await showcaseBuyer()
    const [ours] = (await all(`/v2/customers?partnerRecordId=${buyer.theirId}`)) as [Item]
    const story = await all(`/v2/customers/${ours.id}/timeline`)
    const summary = await get<{ currencies: { payments: number; disputes: number }[] }>(
      `/v2/customers/${ours.id}/summary`,
    )
    const dates = story.map((one) => String(one.date))
    expect(new Set(story.map((one) => one.object))).toContain('dispute')
    expect(dates).toEqual([...dates].sort().reverse())
    const disputed = summary.currencies.reduce((sum, one) => sum + one.disputes, 0)
    expect(disputed).toBeGreaterThan(0)
  })

  it('answers the change feed from the beginning, dense and in order', async () => {
    const { ledgerAccountId } = server.ready
    const feed = await get<{ data: { seq: number }[] }>(
      `/v2/changes?ledgerAccountId=${ledgerAccountId}&after=0&limit=100`,
    )
    expect(feed.data.map(({ seq }) => seq)).toEqual(feed.data.map((_, i) => i + 1))
  })
})

describe('commands beside a running server', () => {
  const run = (args: readonly string[]) => furrow([...args, '--data', folder])

  it('refuse to start a second one on its folder', async () => {
    const { status, stdout, stderr } = await run(['start', '--json'])
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/is in use by process \d+: stop it first, or give another folder/)
  })

  it('list and get records', async () => {
    const listed = await run(['list', 'customers', '--limit', '2', '--json'])
    const [first] = (JSON.parse(listed.stdout) as Listed).data
    const got = await run(['get', 'customer', first?.id ?? '', '--json'])
    expect(JSON.parse(got.stdout)).toEqual(first)
    const table = await run(['list', 'customers', '--limit', '2'])
    expect(table.stdout.split('\n')[1]).toContain(first?.id)
  })

  it('name a filter that does not exist, and the nearest that does', async () => {
    const { status, stderr } = await run(['list', 'payments', '--filter', 'curency=usd'])
    expect([status, stderr]).toEqual([1, expect.stringContaining('did you mean currency?')])
  })

  it('show every stream as read', async () => {
    const { stdout } = await run(['status', '--json'])
    const connections = JSON.parse(stdout) as {
      partnerSource: string
      streams: { state: string; rejected: number }[]
    }[]
    expect(connections.map((one) => one.partnerSource).sort()).toEqual([...partnerNames].sort())
    expect(connections.find(isStripes)?.streams).toHaveLength(13)
    for (const { rejected } of connections.flatMap(({ streams }) => streams)) {
      expect(rejected).toBe(0)
    }
  })

  it('make a key that works and revoke it', async () => {
    const made = JSON.parse((await run(['keys', 'create', '--scopes', 'read', '--json'])).stdout)
    const ask = () =>
      fetch(`${server.ready.url}/v2/customers?limit=1`, { headers: { 'x-api-key': made.key } })
    expect((await ask()).status).toBe(200)
    expect((await run(['keys', 'revoke', made.id])).status).toBe(0)
    expect((await ask()).status).toBe(401)
    expect((await run(['keys', 'list'])).stdout).toMatch(new RegExp(`${made.id}.*revoked`))
  })

  it('read a connection when asked', async () => {
    const before = await lastSuccess()
    const { status, stdout } = await run(['sync', '--json'])
    const each = partnerNames.map(() => expect.stringMatching(/^pac_/))
    expect([status, JSON.parse(stdout).requested]).toEqual([0, each])
    await expect.poll(lastSuccess, { timeout: 20_000 }).toBeGreaterThan(before)
  })

  it('set when a connection is read, and take that back', async () => {
    const { data } = await get<Listed>('/v2/partner_account_connections')
    const { id = '' } = data.find(isStripes) ?? {}
    const set = async (...given: string[]) =>
      JSON.parse((await run(['schedule', id, ...given, '--json'])).stdout)
    const given = { every_seconds: 1800, per_second: 5 }
    expect(await set('--every', '30m', '--per-second', '5')).toMatchObject(given)
    expect(await set()).toMatchObject(given)
    const none = { every_seconds: null, per_second: null }
    expect(await set('--every', 'default', '--per-second', 'default')).toMatchObject(none)
  })

  async function lastSuccess(): Promise<number> {
    const { data } = await get<Listed>('/v2/partner_account_connections')
    const connection = data.find(isStripes) as unknown as {
      streams: { stream: string; last_success: string }[]
    }
    const events = connection.streams.find((one) => one.stream === 'events')
    return Date.parse(events?.last_success ?? '')
  }

  it('find nothing wrong', async () => {
    const { status, stdout } = await run(['doctor', '--json'])
    const { ok, findings } = JSON.parse(stdout)
    expect(findings.filter((one: { state: string }) => one.state === 'wrong')).toEqual([])
    expect([status, ok]).toEqual([0, true])
  })
})

describe('the next start', () => {
  it('finds the same world, key and records, and stops with 0', { timeout: 180_000 }, async () => {
    const before = await all('/v2/customers?recordState=all')
    const known = new Map(before.map((one) => [one.id, one]))
    expect(await server.stop()).toBe(0)
    server = await startFurrow(['--data', folder])
    const after = await all('/v2/customers?recordState=all')
    const same = after.filter((one) => known.has(one.id))
    expect(same.map((one) => one.id)).toEqual(before.map((one) => one.id))
    expect(JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')).epoch_ms).toBe(epoch_ms)
    const feed = await get<{ data: { object: string; kind: string }[] }>(
      `/v2/changes?ledgerAccountId=${server.ready.ledgerAccountId}&after=0&limit=1`,
    )
    expect(feed.data[0]).toMatchObject({ object: 'ledger_account', kind: 'created' })
  })

  it('names the port that is taken before it makes anything', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const { port } = taken.address() as { port: number }
    const other = join(folder, 'other')
    const { status, stderr } = await furrow(['start', '--data', other, '--port', String(port)])
    taken.close()
    expect([status, stderr]).toEqual([
      1,
      `furrow: --port ${port} is taken: give another one, or leave --port out\n`,
    ])
    await expect(stat(other)).rejects.toThrow('ENOENT')
  })
})

describe('a simulated partner beside the server', () => {
  const run = (args: readonly string[]) => furrow([...args, '--data', folder])
  const connectTwin = (baseUrl: string) =>
    run([
      ...['connect', 'stripe', '--key', twin.stripe.key, '--base-url', baseUrl],
      ...['--institution-account', 'twin', '--json'],
    ])

  it('is connected by its address, read, and read again from the beginning', async () => {
    const { status, stdout, stderr } = await connectTwin(twin.stripe.baseUrl)
    expect([status, stderr]).toEqual([0, expect.any(String)])
    const { id, ledgerAccountId } = JSON.parse(stdout)
    const verified = async () => {
      const { streams } = await get<Item>(`/v2/partner_account_connections/${id}`)
      const dates = (streams as unknown as { last_full_verification: string | null }[]).map(
        (one) => one.last_full_verification,
      )
      return dates.filter((date) => date !== null).sort()[0] ?? ''
    }
    await expect.poll(verified, { timeout: 60_000 }).not.toBe('')
    const first = await verified()
    const asked = await run(['sync', id, '--full', '--json'])
    expect([asked.status, asked.stderr]).toEqual([0, expect.any(String)])
    await expect.poll(verified, { timeout: 60_000 }).not.toBe(first)
    const page = await get<Listed>(`/v2/customers?ledgerAccountId=${ledgerAccountId}&limit=1`)
    expect(page.data).toHaveLength(1)
  })

  it('elsewhere than on this machine is refused by the name of what is wrong', async () => {
    const { status, stderr } = await connectTwin('http://169.254.169.254/latest')
    expect([status, stderr]).toEqual([1, expect.stringMatching(/baseUrl: expected an http URL on/)])
  })
})
