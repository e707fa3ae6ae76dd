import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arranged } from '../../test/arranged.ts'
import { promises } from '../../test/contract.ts'
import { testDatabase } from '../../test/database.ts'
import { plainDesk, registerReturnUrl, return_url } from '../../test/desk.ts'
import { fill, type Ids } from '../../test/filled.ts'
import { fillEvents } from '../../test/filled_events.ts'
import { newWorld, quietEvents, type World } from '../../test/world.ts'
import { objectNamed, objectTypes, recordTypes } from '../model/index.ts'
import { listId, type ObjectType } from '../model/object.ts'
import { nameIn, type Version } from '../model/versions.ts'
import { setStatus } from '../store/connection.ts'

let world: World
let ids: Ids
const synced: string[] = []
const url = 'https://hooks.example.com/'

beforeAll(async () => {
  const db = await testDatabase()
  const events = quietEvents()
  world = await newWorld(db, {
    events,
    partnerSources: ['stripe'],
    connect: reconnect,
    desk: plainDesk(),
    sync: async ({ id }, { streams }) => void synced.push(`${id} ${streams?.join() ?? 'all'}`),
    notifications: arranged(() => undefined),
  })
  await registerReturnUrl(world.client)
  const { ledgerAccountId } = world.shop
  ids = await fill(world.shop)
  ids = { ...ids, ...(await fillEvents(world.client, { db, events, url, ledgerAccountId })) }
})
afterAll(async () => {
  await world.close()
  await world.db.close()
})

async function reconnect(): Promise<string> {
  const { ledgerAccountId, connectionId: id } = world.shop
  const change = {
    ledgerAccountId,
    id,
    status: 'Active',
    reason: null,
    now_ms: Date.now(),
  } as const
  await setStatus(world.db, change)
  return id
}

/** The path of an operation with ids of this world in it. */
function pathOf(path: string): string {
  const plural = path.split('/')[2] ?? ''
  const object = objectTypes.find((type) => type.plural === plural)?.name ?? plural
  return path.replace('{id}', ids[object] ?? world.client.keyId).replace('{object}', 'customer')
}

const named: { readonly [id: string]: string } = {
  ledger_account_id: 'institutionAccountId=merchant-1',
  // Where it is connected already, so that the link leaves no trace in the lists.
  consent_page: `institutionAccountId=merchant-1&returnUrl=${encodeURIComponent(return_url)}&partnerSource=stripe`,
  consent_status: 'institutionAccountId=merchant-1',
  settlement_summary: 'institutionAccountId=merchant-1&milestone_date=2026-03-14',
  compare_model: 'from=1&to=2',
}

describe.each(['v1', 'v2'] as const)('every operation of %s', (version: Version) => {
  const all = promises(version)
  const reading = all.filter(({ method }) => method === 'GET')

  it.each(reading.map((one) => [one.id, one] as const))(
    'answers %s as promised',
    async (_, one) => {
      const query = named[one.id]?.replace('partnerSource', nameIn(version, 'partnerSource'))
      const reply = await world.client.get(pathOf(one.path) + (query ? `?${query}` : ''))
      expect([reply.status, one.fault(reply.json)]).toEqual([200, null])
    },
  )

  it.each(all.map((one) => [one.id, one] as const))('shows a true example of %s', (_, one) => {
    expect(one.fault(one.example)).toBe(null)
  })

  it('has a name of its own', () => {
    const ids = all.map(({ id }) => id)
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
  })

  const expanding = reading.filter(({ parameters }) =>
    parameters.some(({ name }) => name === 'expand[]'),
  )

  it.each(expanding.map((one) => [one.id, one] as const))(
    'expands all that %s can',
    async (_, one) => {
      const expand = one.parameters.find(({ name }) => name === 'expand[]')
      const items = expand?.schema.items as { readonly examples: readonly string[] }
      const query = items.examples.map((name) => `expand[]=${name}`).join('&')
      const reply = await world.client.get(`${pathOf(one.path)}?${query}`)
      expect([reply.status, one.fault(reply.json)]).toEqual([200, null])
      const left = items.examples.filter((name) => !reply.text.includes(`"${name}":{"object":`))
      expect(left).toEqual([])
    },
  )
})

describe('lists', () => {
  it.each(recordTypes.map((type) => [type.plural, type] as const))(
    'answers each filter of %s with what it asks for',
    async (plural, type) => {
      const [one] = (await world.client.get(`/v2/${plural}?limit=1`)).data
      for (const { name, kind } of filterable(type)) {
        const value = at(one ?? {}, name)
        if (value === null) continue
        const query = `${name}=${encodeURIComponent(String(value))}`
        const found = await world.client.get(`/v2/${plural}?${query}`)
        expect([query, found.status, found.data.some(({ id }) => id === one?.id)]).toEqual([
          query,
          200,
          true,
        ])
        if (!kind.operators.includes('in')) continue
        const several = await world.client.get(
          `/v2/${plural}?${name}[]=${encodeURIComponent(String(value))}`,
        )
        expect(several.data).toEqual(found.data)
      }
    },
  )

  it('answers the lists that attributes name', async () => {
    const customer = objectNamed('customer')
    const id = listId(customer, objectNamed('subscription'), ids.customer ?? '')
    const reply = await world.client.get(`/v2/subscriptions/${id}`)
    expect([reply.status, reply.data.length]).toEqual([200, 3])
    const account = await world.client.get(`/v2/ledger_accounts/${ids.ledger_account}`)
    const connections = await world.client.get(
      `/v2/partner_account_connections/${account.json.connections}`,
    )
    expect(connections.data.map(({ id: one }) => one)).toEqual([ids.partner_account_connection])
  })
})

function filterable(type: ObjectType) {
  return Object.entries(type.attributes).flatMap(([name, kind]) =>
    kind.filter &&
    kind.operators.includes('eq') &&
    !['ledgerAccountId', 'recordState'].includes(name)
      ? [{ name, kind }]
      : Object.entries(kind.many ? {} : (kind.parts ?? {}))
          .filter(([, part]) => part.filter)
          .map(([part, partKind]) => ({ name: `${name}.${part}`, kind: partKind })),
  )
}

function at(record: { readonly [name: string]: unknown }, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((held, part) => (held as { [name: string]: unknown })?.[part], record)
}

describe('writing', () => {
  // A delivery is a partner's to make: test/notifications.test.ts has all of them.
  const writing = (version: Version) =>
    promises(version).filter(({ method, scope }) => method !== 'GET' && scope !== null)

  it.each(['v1', 'v2'] as const)('answers every write of %s as promised', async (version) => {
    const done: string[] = []
    for (const one of writing(version)) {
      const { path, body } = await aim(one.path, one.body?.example, version)
      if (one.method === 'GET') continue
      const reply = await world.client.send(one.method, path, body)
      expect([one.id, reply.status, one.fault(reply.json)]).toEqual([one.id, one.status, null])
      done.push(one.id)
    }
    expect(done).toContain('revoke_partner_account_connection')
    expect(synced).toContain(`${ids.partner_account_connection} all`)
  })
})

/** A write of its own for each operation, so that the others find their world unchanged. */
async function aim(path: string, example: unknown, version: Version) {
  const { client, shop } = world
  if (path.includes('/keys/')) {
    const made = await client.send('POST', `/${version}/keys`, { scopes: ['read'] })
    return { path: path.replace('{id}', String(made.json.id)), body: undefined }
  }
  if (path.endsWith('/ledger_accounts/{id}') || path.endsWith('/ledger_accounts')) {
    const made = await client.send('POST', `/${version}/ledger_accounts`, {})
    const body = example ? { institutionAccountId: `${version} ${Math.random()}` } : undefined
    return { path: path.replace('{id}', String(made.json.id)), body }
  }
  if (path.includes('notification')) await reconnect()
  if (path.includes('/event_endpoints/')) {
    const wanted = { url, types: ['*'] }
    const made = await client.send('POST', `/${version}/event_endpoints`, wanted)
    return { path: path.replace('{id}', String(made.json.id)), body: example }
  }
  const account = version === 'v1' ? 'ledger_id' : 'ledgerAccountId'
  const body = example && typeof example === 'object' ? { ...example } : undefined
  if (body && account in body) Object.assign(body, { [account]: shop.ledgerAccountId })
  if (path.endsWith('/enable')) await client.send('POST', pathOf(path.replace('enable', 'disable')))
  return { path: pathOf(path), body }
}
