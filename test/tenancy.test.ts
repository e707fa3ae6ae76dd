// Nobody reads or changes what is another's: every operation of the document, every input that can
// hold an id, every kind of attacker. The victim's records hold a canary in every text.
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newApi } from '../src/api/server.ts'
import { objectTypes } from '../src/model/index.ts'
import type { Version } from '../src/model/versions.ts'
import { createInstitution, revokeKey } from '../src/store/api_key.ts'
import type { Database, Executor } from '../src/store/database.ts'
import { arranged } from './arranged.ts'
import { type Attack, attacksOn, canary, pathOf, type Victim } from './attacks.ts'
import { promises } from './contract.ts'
import { testDatabase } from './database.ts'
import { fill, type Ids } from './filled.ts'
import { fillEvents } from './filled_events.ts'
import {
  type Client,
  clientWith,
  newClient,
  newShop,
  quietEvents,
  type Reply,
  type Shop,
} from './world.ts'

interface Stage {
  readonly api: FastifyInstance
  readonly victim: Victim
  readonly attackers: { readonly [name: string]: Attacker }
}

interface Attacker {
  readonly client: Client
  /** Records of the attacker's own, to reach out from. */
  readonly own: Ids
  /** May read what it attacks, but not write it. */
  readonly reader?: boolean
}

const quiet = quietEvents()
let db: Database
let stage: Stage
/** Ledger accounts that something was done to beyond the database. */
const touched: string[] = []

beforeAll(async () => {
  db = await testDatabase()
  stage = await setStage(db, newApiOn(db))
})
afterAll(async () => {
  await stage.api.close()
  await db.close()
})

function newApiOn(executor: Database): FastifyInstance {
  return newApi({
    db: executor,
    version: '0.0.0',
    requestsPerMinute: 0,
    eventLoopDelay_ms_max: 0,
    events: quiet,
    partnerSources: ['stripe'],
    connect: async ({ ledgerAccountId }) => {
      touched.push(ledgerAccountId)
      throw Object.assign(new Error('refused'), { name: 'BadCredential' })
    },
    sync: async ({ ledgerAccountId }) => void touched.push(ledgerAccountId),
    notifications: arranged(({ ledgerAccountId }) => touched.push(ledgerAccountId)),
  })
}

async function setStage(on: Database, api: FastifyInstance): Promise<Stage> {
  const now_ms = Date.now()
  const [bank, rival] = await Promise.all(
    ['Bank', 'Rival'].map((name) => createInstitution(on, { name, now_ms })),
  )
  const institutionId = bank ?? ''
  const live = { institutionId, mode: 'live' } as const
  const shop = await newShop(on, {
    ...live,
    institutionAccountId: `${canary}-merchant`,
    name: canary,
  })
  const ids = await fill(shop, { canary, count: 3 })
  const sibling = await newShop(on, live)
  const siblings = await fill(sibling, { count: 1 })
  const foreign = await newShop(on, { institutionId: rival ?? '', mode: 'live' })
  const foreigners = await fill(foreign, { count: 1 })
  const testing = await newShop(on, { institutionId, mode: 'test' })
  const tests = await fill(testing, { count: 1 })
  const eventsOf = (client: Client, { ledgerAccountId }: Shop, url = 'https://example.com/') =>
    fillEvents(client, { db: on, events: quiet, url, ledgerAccountId })
  const owner = await newClient(api, on, live)
  const events = await eventsOf(owner, shop, `https://hooks.example.com/${canary}`)
  const bound = { ...live, ledgerAccountId: sibling.ledgerAccountId }
  const revoked = await newClient(api, on, live)
  await revokeKey(on, { institutionId, id: revoked.keyId, now_ms })
  const expired = await newClient(api, on, { ...live, expires_date: '2020-01-01T00:00:00.000Z' })
  const all = { ...ids, ...events }
  const victim = { shop, ids: all, keyId: owner.keyId, cursors: await cursorsOf(owner, all) }
  const rivals = await newClient(api, on, { institutionId: rival ?? '', mode: 'live' })
  const neighbour = await newClient(api, on, bound)
  const attackers = {
    'another institution': {
      client: rivals,
      own: { ...foreigners, ...(await eventsOf(rivals, foreign)) },
    },
    'a key of another ledger account': {
      client: neighbour,
      own: { ...siblings, ...(await eventsOf(neighbour, sibling)) },
    },
    'a test key of the same institution': {
      client: await newClient(api, on, { institutionId }),
      own: tests,
    },
    'a revoked key': { client: revoked, own: siblings },
    'an expired key': { client: expired, own: siblings },
    'no key': { client: clientWith(api, null), own: siblings },
    'a made-up key': { client: clientWith(api, `frw_live_${'A'.repeat(49)}`), own: siblings },
    'a read-only key': {
      client: await newClient(api, on, { ...live, scopes: ['read'] }),
      own: siblings,
      reader: true,
    },
  }
  return { api, victim, attackers }
}

async function cursorsOf(owner: Client, ids: Ids): Promise<Map<string, string>> {
  const cursors = new Map<string, string>()
  for (const one of promises('v2')) {
    if (!one.parameters.some(({ name }) => name === 'cursor')) continue
    const reply = await owner.get(`${pathOf(one, ids)}?limit=1`)
    if (typeof reply.json.next_cursor === 'string') cursors.set(one.id, reply.json.next_cursor)
  }
  return cursors
}

async function send({ client }: Attacker, { one, url, body }: Attack): Promise<Reply> {
  return one.method === 'GET' ? client.get(url) : client.send(one.method, url, body)
}

/** Whether an answer shows or did what it must not. */
function leakIn(
  attacker: Attacker,
  { one, url, name, body }: Attack,
  { reply, ids }: { reply: Reply; ids: Ids },
): string | null {
  const told = `${one.method} ${url} (${name}): ${reply.status} ${reply.text.slice(0, 300)}`
  // What the attacker sent may be quoted back in an error; nothing else of the victim's may.
  const sent = `${url} ${JSON.stringify(body)}`
  const unknown = Object.values(ids).filter((id) => !sent.includes(id))
  const seen = reply.status < 400 && [canary, ...unknown].some((mark) => reply.text.includes(mark))
  // What asks for no key asks for a signature, whoever sends it.
  if (one.scope === null) return reply.status < 400 || reply.status >= 500 ? told : null
  if (attacker.reader) return one.method !== 'GET' && reply.status !== 403 ? told : null
  if (seen) return told
  if (reply.status >= 500) return told
  const written = one.method !== 'GET' && reply.status < 400 && name.startsWith('path')
  return written ? told : null
}

async function leaksOf(name: string, of: Stage, version: Version, some = promises(version)) {
  const attacker = of.attackers[name]
  if (!attacker) throw new Error(`no attacker ${name}`)
  const leaks: string[] = []
  let sent = 0
  for (const one of some) {
    for (const attack of attacksOn(one, of.victim, attacker.own)) {
      const reply = await send(attacker, attack)
      const leak = leakIn(attacker, attack, { reply, ids: of.victim.ids })
      sent += 1
      if (leak !== null) leaks.push(leak)
    }
  }
  return { leaks, sent }
}

const attackers = [
  'another institution',
  'a key of another ledger account',
  'a test key of the same institution',
  'a revoked key',
  'an expired key',
  'no key',
  'a made-up key',
  'a read-only key',
]

describe.each(['v1', 'v2'] as const)('%s', (version: Version) => {
  it.each(attackers)(
    'shows and does nothing for %s',
    async (name) => {
      const { leaks, sent } = await leaksOf(name, stage, version)
      expect(sent).toBeGreaterThan(1000)
      expect(leaks).toEqual([])
    },
    300_000,
  )
})

describe('the victim', () => {
  it('finds everything as it was', async () => {
    const { shop, ids } = stage.victim
    const client = await newClient(stage.api, db, {
      institutionId: shop.institutionId,
      mode: 'live',
    })
    for (const type of objectTypes) {
      const reply = await client.get(`/v2/${type.plural}/${ids[type.name]}`)
      expect([type.name, reply.status, reply.json.recordState]).toEqual([type.name, 200, 'ACTIVE'])
    }
    const connection = await client.get(`/v2/partner_account_connections/${shop.connectionId}`)
    expect(connection.json.status).toBe('Active')
  })

  it('is who the canaries stand for', async () => {
    const { shop, ids } = stage.victim
    const client = await newClient(stage.api, db, {
      institutionId: shop.institutionId,
      mode: 'live',
    })
    expect((await client.get(`/v2/customers/${ids.customer}`)).text).toContain(canary)
  })
})

/** Statements with a hole cut into them: what they read is no longer the scope's only. */
const holes: readonly (readonly [name: string, from: RegExp | string, to: string])[] = [
  ['a retrieve', 'where ledger_account_id = $1 and id = $2', 'where ($1 <> id) and id = $2'],
  ['a list', /where ledger_account_id = \$1 and/g, 'where ($1::text is not null) and'],
  ['a feed', /where ledger_account_id = \$1 and seq/g, 'where ledger_account_id <> $1 and seq'],
  [
    'the visible ledger accounts',
    'where institution_id = $1 and mode = $2',
    'where $1::text is not null and $2::text is not null',
  ],
]

describe('a hole', () => {
  it.each(holes)(
    'in the statement of %s is found',
    async (_, from, to) => {
      const holed = withHole(db, (sql) => sql.replaceAll(from as string, to))
      const api = newApiOn(holed)
      const of = { ...stage, api, attackers: attackersOn(api, stage) }
      const reading = promises('v2').filter(({ path }) =>
        /(customers|changes)(\/\{id\})?$/.test(path),
      )
      const { leaks } = await leaksOf('another institution', of, 'v2', reading)
      await api.close()
      expect(leaks.length).toBeGreaterThan(0)
    },
    300_000,
  )
})

function attackersOn(api: FastifyInstance, { attackers: before }: Stage): Stage['attackers'] {
  return Object.fromEntries(
    Object.entries(before).map(([name, attacker]) => [
      name,
      { ...attacker, client: clientWith(api, attacker.client.key || null) },
    ]),
  )
}

function withHole(on: Database, cut: (sql: string) => string): Database {
  const cutIn = (executor: Executor): Executor => ({
    query: (sql, parameters, options) => executor.query(cut(sql), parameters, options),
  })
  return { ...on, ...cutIn(on), transaction: (work) => on.transaction((tx) => work(cutIn(tx))) }
}
