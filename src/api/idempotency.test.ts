import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../test/database.ts'
import { clientWith, newClient, newWorld, type World } from '../../test/world.ts'
import { setStatus } from '../store/connection.ts'
import { newApi } from './server.ts'

let world: World
let now_ms = Date.UTC(2026, 2, 1)
/** Ends the wait of the partner that is being asked. */
let answerOf: (fail: boolean) => void = () => undefined
let asked = 0

beforeAll(async () => {
  world = await newWorld(await testDatabase(), {
    now: () => now_ms,
    partnerSources: ['stripe'],
    connect: async () => {
      asked += 1
      const failed = await new Promise<boolean>((resolve) => {
        answerOf = resolve
      })
      if (failed) throw Object.assign(new Error('not now'), { name: 'Unavailable' })
      return world.shop.connectionId
    },
  })
})
afterAll(async () => {
  await world.close()
  await world.db.close()
})

let count = 0
function create(key: string, body: object = {}) {
  return world.client.send('POST', '/v2/ledger_accounts', body, { 'idempotency-key': key })
}

describe('a repeated request', () => {
  it('is answered as the first was, and has no effect', async () => {
    const first = await create('a', { institutionAccountId: 'one' })
    const again = await create('a', { institutionAccountId: 'one' })
    expect([again.status, again.text]).toEqual([201, first.text])
    expect(again.headers['idempotent-replayed']).toBe('true')
    const found = await world.client.get('/v2/ledger_accounts?institutionAccountId=one')
    expect(found.data).toHaveLength(1)
  })

  it('must be the same request', async () => {
    await create('b', { institutionAccountId: 'two' })
    const { status, json } = await create('b', { institutionAccountId: 'three' })
    expect([status, json.code, json.param]).toEqual([
      422,
      'idempotency_mismatch',
      'Idempotency-Key',
    ])
  })

  it('is a new one after 72 hours', async () => {
    const first = await create('c')
    now_ms += 73 * 3_600_000
    expect((await create('c')).text).not.toBe(first.text)
  })

  it('of another caller is another request', async () => {
    const { institutionId, db, api } = world
    const live = await newClient(api, db, { institutionId, mode: 'live' })
    const ours = await create('d')
    const theirs = await live.send('POST', '/v2/ledger_accounts', {}, { 'idempotency-key': 'd' })
    expect([theirs.status, theirs.json.id === ours.json.id]).toEqual([201, false])
  })

  it('is worked on again when it failed', async () => {
    const key = `e${++count}`
    expect((await create(key, { wrong: true })).status).toBe(422)
    expect((await create(key, { institutionAccountId: 'one' })).status).toBe(409)
    expect((await create(key, {})).status).toBe(201)
  })

  it('does not show a key a second time, nor keep it', async () => {
    const headers = { 'idempotency-key': 'f' }
    const send = () => world.client.send('POST', '/v2/keys', { scopes: ['read'] }, headers)
    const [first, again] = [await send(), await send()]
    expect(again.json).toEqual({ ...first.json, key: null })
    const rows = await world.db.query('select body from idempotency')
    expect(JSON.stringify(rows)).not.toContain(String(first.json.key))
  })

  it('waits for nothing outside its own transaction, which may have the only connection', async () => {
    const { ledgerAccountId } = world.shop
    const body = { scopes: ['read'], ledgerAccountId }
    const fresh = await newClient(world.api, world.db, { institutionId: world.institutionId })
    const reply = await fresh.send('POST', '/v2/keys', body, { 'idempotency-key': 'g' })
    expect([reply.status, reply.json.ledgerAccountId]).toEqual([201, ledgerAccountId])
  }, 10_000)

  it.each(['', 'a b', 'é', 'x'.repeat(256)])('needs a sane key, unlike %j', async (key) => {
    const { status, json } = await create(key)
    expect([status, json.param]).toEqual([400, 'Idempotency-Key'])
  })
})

describe('a request that waits for a partner', () => {
  const body = () => ({
    ledgerAccountId: world.shop.ledgerAccountId,
    partnerSource: 'stripe',
    credential: { api_key: 'rk' },
  })
  const send = (key: string) =>
    world.client.send('POST', '/v2/partner_account_connections', body(), { 'idempotency-key': key })
  const begun = async (number: number) => {
    while (asked < number) await new Promise((resolve) => setTimeout(resolve, 5))
  }

  it('is not begun a second time', async () => {
    const number = asked + 1
    const first = send('w1')
    await begun(number)
    const second = await send('w1')
    expect([second.status, second.json.code]).toEqual([409, 'idempotency_in_flight'])
    answerOf(false)
    expect((await first).status).toBe(201)
    expect((await send('w1')).status).toBe(201)
    expect(asked).toBe(number)
  })

  it('can be sent again when the partner did not answer', async () => {
    const first = send('w2')
    await begun(asked + 1)
    answerOf(true)
    const reply = await first
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '2'])
    const second = send('w2')
    await begun(asked + 1)
    answerOf(false)
    expect((await second).status).toBe(201)
  })

  it('can be sent again a minute after its process died', async () => {
    const first = send('w3')
    await begun(asked + 1)
    now_ms += 61_000
    const second = send('w3')
    await begun(asked + 1)
    answerOf(false)
    expect((await second).status).toBe(201)
    void first
  })
})

describe('effect and answer', () => {
  it('are stored both or neither', async () => {
    const { db, client, shop } = world
    const failing: typeof db = {
      ...db,
      transaction: (work) =>
        db.transaction((tx) =>
          work({
            query: (sql, ...rest) =>
              sql.startsWith('update idempotency')
                ? Promise.reject(new Error('power cut'))
                : tx.query(sql, ...rest),
          }),
        ),
    }
    const api = newApi({ db: failing, version: '0', eventLoopDelay_ms_max: 0 })
    const headers = { 'idempotency-key': 'both' }
    const body = { institutionAccountId: 'both' }
    const reply = await clientWith(api, client.key).send(
      'POST',
      '/v2/ledger_accounts',
      body,
      headers,
    )
    expect(reply.status).toBe(500)
    expect((await client.get('/v2/ledger_accounts?institutionAccountId=both')).data).toEqual([])
    await api.close()
    await setStatus(db, { ...of(shop), status: 'Active', reason: null, now_ms })
  })
})

function of({ ledgerAccountId, connectionId: id }: World['shop']) {
  return { ledgerAccountId, id }
}
