// Every operation with inputs made from its own document: valid ones are answered as promised,
// invalid ones are refused with the name of what is wrong, and nothing ends in a 5xx.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { objectTypes } from '../src/model/index.ts'
import type { Version } from '../src/model/versions.ts'
import { createInstitution } from '../src/store/api_key.ts'
import { arranged } from './arranged.ts'
import { type Promised, promises } from './contract.ts'
import { testDatabase } from './database.ts'
import { plainDesk, registerReturnUrl } from './desk.ts'
import { fill, type Ids } from './filled.ts'
import { fillEvents } from './filled_events.ts'
import { hostile, hostileNames, type Query, texts, validQuery } from './inputs.ts'
import {
  type Client,
  newClient,
  newShop,
  newWorld,
  quietEvents,
  type Reply,
  type World,
} from './world.ts'

const runs = Number(process.env.FUZZ_RUNS ?? 50)
let world: World
let ids: Ids
/** Written to, so that what is read stays as it was. */
let other: { readonly client: Client; readonly ids: Ids }

beforeAll(async () => {
  const db = await testDatabase()
  const events = quietEvents()
  world = await newWorld(db, {
    events,
    requestsPerMinute: 0,
    partnerSources: ['stripe'],
    connect: async () => world.shop.connectionId,
    sync: async () => undefined,
    notifications: arranged(() => undefined),
    desk: plainDesk(),
  })
  await registerReturnUrl(world.client)
  ids = await fill(world.shop)
  const { ledgerAccountId } = world.shop
  const filling = { db, events, url: 'https://example.com/', ledgerAccountId }
  ids = { ...ids, ...(await fillEvents(world.client, filling)) }
  const institutionId = await createInstitution(db, { name: 'Other', now_ms: Date.now() })
  const shop = await newShop(db, { institutionId })
  other = {
    client: await newClient(world.api, db, { institutionId }),
    ids: await fill(shop, { count: 1 }),
  }
  await registerReturnUrl(other.client)
})
afterAll(async () => {
  await world.close()
  await world.db.close()
})

function urlOf(one: Promised, query: Query): string {
  const text = query.map(([name, value]) => `${encodeURIComponent(name)}=${value}`).join('&')
  return `${pathOf(one)}${text === '' ? '' : `?${text}`}`
}

function pathOf({ path }: Promised, of: Ids = ids): string {
  const plural = path.split('/')[2] ?? ''
  const object = objectTypes.find((type) => type.plural === plural)?.name ?? plural
  return path.replace('{id}', of[object] ?? 'key_none').replace('{object}', 'payment')
}

const encoded = (query: Query): Query =>
  query.map(([name, value]) => [
    name,
    name.endsWith('[]') || value.includes(',')
      ? value.split(',').map(encodeURIComponent).join(',')
      : encodeURIComponent(value),
  ])

function write(one: Promised, url: string, body: unknown, headers: Record<string, string>) {
  if (one.method === 'GET') throw new Error(`${one.id} writes nothing`)
  return other.client.send(one.method, url, body, headers)
}

/** A link makes a ledger account where there is none, though it is asked for by GET. */
const making = new Set(['consent_page'])

function get({ id }: Promised, url: string): Promise<Reply> {
  return (making.has(id) ? other : world).client.get(url)
}

/** What is wrong with a refusal; null if it says all that it must. */
function faultOfRefusal(one: Promised, reply: Reply): string | null {
  if (reply.status >= 500) return `${reply.status} ${reply.text}`
  if (reply.status < 400) return one.fault(reply.json, true)
  const named = typeof reply.json.param === 'string' || reply.status === 401
  return one.faultOfProblem(reply.json) ?? (named ? null : `no param in ${reply.text}`)
}

describe.each(['v1', 'v2'] as const)('%s', (version: Version) => {
  const all = promises(version)
  const reading = all.filter(({ method }) => method === 'GET').map((one) => [one.id, one] as const)

  it.each(reading)('answers valid requests of %s as promised', async (_, one) => {
    await fc.assert(
      fc.asyncProperty(validQuery({ one, ids }), async (query) => {
        const url = urlOf(one, encoded(query))
        const reply = await get(one, url)
        const partial = query.some(([name]) => name.startsWith('fields'))
        expect([url, reply.status, one.fault(reply.json, partial)]).toEqual([url, 200, null])
      }),
      { numRuns: runs, endOnFailure: true },
    )
  })

  it.each(reading)('refuses invalid requests of %s by name', async (_, one) => {
    const names = one.parameters.filter((p) => p.in === 'query').map(({ name }) => name)
    const name = fc.constantFrom(...names, ...hostileNames)
    const value = fc.oneof(fc.constantFrom(...hostile), texts.map(encodeURIComponent))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 3 }),
        async (query) => {
          const text = query.map(([n, v]) => `${n}=${v}`).join('&')
          const url = `${pathOf(one)}?${text}`
          expect([url, faultOfRefusal(one, await get(one, url))]).toEqual([url, null])
        },
      ),
      { numRuns: runs, endOnFailure: true },
    )
  })

  const byId = all.filter(({ path }) => path.includes('{')).map((one) => [one.id, one] as const)

  it.each(byId)('refuses hostile ids of %s by name', async (_, one) => {
    for (const value of hostile) {
      const url = one.path.replace(/\{\w+\}/, value)
      const reply =
        one.method === 'GET'
          ? await get(one, url)
          : await other.client.send(one.method, url, one.body ? {} : undefined)
      expect([url, faultOfRefusal(one, reply)]).toEqual([url, null])
    }
  })

  const writing = all.filter(({ body }) => body).map((one) => [one.id, one] as const)

  it.each(writing)('refuses invalid bodies of %s by name', async (_, one) => {
    const known = Object.keys((one.body?.schema.properties ?? {}) as object)
    const name = fc.constantFrom(...known, '__proto__', 'constructor', 'x', '\0', '\ud800')
    const body = fc.oneof(
      fc.dictionary(name, fc.jsonValue({ maxDepth: 4 }), { maxKeys: 5 }),
      fc.dictionary(name, fc.string({ unit: 'binary' }), { maxKeys: 5 }),
      fc.jsonValue(),
    )
    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        const headers = { 'content-type': 'application/json' }
        const text = JSON.stringify(value)
        const reply = await write(one, pathOf(one, other.ids), text, headers)
        expect([text, faultOfRefusal(one, reply)]).toEqual([text, null])
      }),
      { numRuns: runs, endOnFailure: true },
    )
  })
})

describe('bodies that are not JSON objects', () => {
  const deep = '['.repeat(100_000)
  const cases: readonly (readonly [string, string, number])[] = [
    ['{', 'application/json', 400],
    ['', 'application/json', 201],
    ['null', 'application/json', 422],
    [deep, 'application/json', 400],
    [`${deep}${']'.repeat(100_000)}`, 'application/json', 422],
    [
      `{"business_profile":${'{"name":'.repeat(5000)}1${'}'.repeat(5000)}}`,
      'application/json',
      422,
    ],
    [`{"institutionAccountId":"${'a'.repeat(300_000)}"}`, 'application/json', 413],
    ['a=b', 'application/x-www-form-urlencoded', 415],
    ['{}', 'text/plain', 415],
    ['{}', 'nonsense', 415],
  ]

  it.each(cases)('are refused: case %$', async (body, type, status) => {
    const headers = { 'content-type': type }
    const reply = await other.client.send('POST', '/v2/ledger_accounts', body, headers)
    expect([reply.status, reply.status >= 400 ? typeof reply.json.param : 'string']).toEqual([
      status,
      'string',
    ])
  })
})
