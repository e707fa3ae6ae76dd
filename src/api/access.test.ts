import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../test/database.ts'
import { clientWith, newClient, newShop, newWorld, type World } from '../../test/world.ts'
import { customer } from '../model/customer.ts'
import { revokeKey } from '../store/api_key.ts'
import { updateLedgerAccount } from '../store/ledger_account.ts'

let world: World
let now_ms = Date.UTC(2026, 2, 1)

beforeAll(async () => {
  world = await newWorld(await testDatabase(), { now: () => now_ms })
  await world.shop.put(customer, [{ partnerRecordId: 'c0' }])
})
afterAll(async () => {
  await world.close()
  await world.db.close()
})

const path = '/v2/customers'

describe('a key', () => {
  it('is taken as x-api-key and as a bearer token', async () => {
    const { key } = world.client
    const ask = (headers: Record<string, string>) => clientWith(world.api, null).get(path, headers)
    expect((await ask({ 'x-api-key': key })).status).toBe(200)
    expect((await ask({ authorization: `Bearer ${key}` })).status).toBe(200)
    expect((await ask({ authorization: `Basic ${key}` })).status).toBe(401)
  })

  it.each([
    ['none', null],
    ['a mistyped one', 'frw_test_oops'],
    ['a well-formed one that never was', `frw_test_${'x'.repeat(49)}`],
  ])('is refused when it is %s', async (_, key) => {
    const reply = await clientWith(world.api, key).get(path)
    expect([reply.status, reply.json.code, reply.headers['www-authenticate']]).toEqual([
      401,
      'unauthorised',
      'Bearer',
    ])
  })

  it('is refused from the moment it expires', async () => {
    const { institutionId } = world
    const expires_date = new Date(now_ms + 60_000).toISOString()
    const client = await newClient(world.api, world.db, { institutionId, expires_date })
    expect((await client.get(path)).status).toBe(200)
    now_ms += 61_000
    expect((await client.get(path)).status).toBe(401)
  })

  it('is refused within a second of being revoked elsewhere', async () => {
    const { institutionId, db } = world
    const client = await newClient(world.api, db, { institutionId })
    expect((await client.get(path)).status).toBe(200)
    await revokeKey(db, { institutionId, id: client.keyId, now_ms })
    await new Promise((resolve) => setTimeout(resolve, 950))
    expect((await client.get(path)).status).toBe(401)
  })

  it('is refused at once when it was revoked through the API', async () => {
    const client = await newClient(world.api, world.db, { institutionId: world.institutionId })
    expect((await client.get(path)).status).toBe(200)
    expect((await world.client.send('DELETE', `/v2/keys/${client.keyId}`)).status).toBe(200)
    expect((await client.get(path)).status).toBe(401)
  })

  it.each([
    ['read', 'GET', '/v2/customers', 200],
    ['read', 'POST', '/v2/ledger_accounts', 403],
    ['read', 'GET', '/v2/keys', 403],
    ['write', 'GET', '/v2/customers', 403],
    ['write', 'POST', '/v2/ledger_accounts', 201],
    ['admin', 'GET', '/v2/keys', 200],
    ['admin', 'GET', '/v2/customers', 403],
  ] as const)('with the scope %s may %s %s: %d', async (scope, method, url, status) => {
    const { institutionId } = world
    const client = await newClient(world.api, world.db, { institutionId, scopes: [scope] })
    const reply = method === 'GET' ? await client.get(url) : await client.send(method, url, {})
    expect(reply.status).toBe(status)
    if (status === 403) expect(reply.json.detail).toContain(`got one with ${scope}`)
  })

  it('of one ledger account sees that one only', async () => {
    const { institutionId, db, api, shop } = world
    const other = await newShop(db, { institutionId })
    const [foreign] = await other.put(customer, [{ partnerRecordId: 'c9' }])
    const { ledgerAccountId } = shop
    const client = await newClient(api, db, { institutionId, ledgerAccountId })
    expect((await client.get(path)).data).toHaveLength(1)
    expect((await client.get(`${path}/${foreign}`)).status).toBe(404)
    const named = await client.get(`${path}?ledgerAccountId=${other.ledgerAccountId}`)
    expect([named.status, named.json.param]).toEqual([404, 'ledgerAccountId'])
    expect((await client.send('POST', '/v2/ledger_accounts', {})).status).toBe(403)
  })

  it('of one ledger account makes and manages only such keys', async () => {
    const { institutionId, db, api, shop, client: whole } = world
    const { ledgerAccountId } = shop
    const client = await newClient(api, db, { institutionId, ledgerAccountId })
    const made = await client.send('POST', '/v2/keys', { scopes: ['read'] })
    expect(made.json.ledgerAccountId).toBe(ledgerAccountId)
    const keys = (await client.get('/v2/keys')).data
    expect(new Set(keys.map((one) => one.ledgerAccountId))).toEqual(new Set([ledgerAccountId]))
    expect((await client.send('DELETE', `/v2/keys/${whole.keyId}`)).status).toBe(404)
  })

  it('of test mode makes test keys, and sees no live ones', async () => {
    const { institutionId, db, api, client } = world
    const live = await newClient(api, db, { institutionId, mode: 'live' })
    expect((await client.send('POST', '/v2/keys', { scopes: ['read'] })).json.mode).toBe('test')
    const keys = (await client.get('/v2/keys')).data
    expect(keys.map(({ id }) => id)).not.toContain(live.keyId)
    expect((await client.send('DELETE', `/v2/keys/${live.keyId}`)).status).toBe(404)
    expect((await live.get(path)).data).toEqual([])
  })

  it('is shown once, and works at once', async () => {
    const made = await world.client.send('POST', '/v2/keys', { scopes: ['read'], name: 'Job' })
    const client = clientWith(world.api, String(made.json.key))
    expect((await client.get(path)).status).toBe(200)
    const listed = (await world.client.get('/v2/keys')).text
    expect(listed).toContain('"name":"Job"')
    expect(listed).not.toContain(String(made.json.key))
  })
})

describe('ledger accounts', () => {
  it('are seen as soon as they are made', async () => {
    const made = await world.client.send('POST', '/v2/ledger_accounts', {
      institutionAccountId: 'm-7',
      business_profile: { name: 'Ny', country: 'SE' },
    })
    const found = await world.client.get('/v2/ledger_accounts?institutionAccountId=M-7')
    expect(found.data).toEqual([made.json])
    const id = await world.client.get('/v2/auth/consent/ledgerAccountId?institutionAccountId=m-7')
    expect(id.json.ledgerAccountId).toBe(made.json.id)
  })

  it('are found by the new id after a change elsewhere, within a second', async () => {
    const { client, db, shop } = world
    const change = { institutionAccountId: 'renamed' }
    await client.get(`${path}?institutionAccountId=merchant-1`)
    await updateLedgerAccount(db, { id: shop.ledgerAccountId, change, now_ms })
    await new Promise((resolve) => setTimeout(resolve, 950))
    expect((await client.get(`${path}?institutionAccountId=renamed`)).status).toBe(200)
    expect((await client.get(`${path}?institutionAccountId=merchant-1`)).status).toBe(404)
  })

  it('keep what a change leaves out', async () => {
    const { client, shop } = world
    const url = `/v2/ledger_accounts/${shop.ledgerAccountId}`
    const reply = await client.send('PATCH', url, { business_profile: { country: 'NO' } })
    expect(reply.json.business_profile).toEqual({
      name: 'Garden',
      country: 'NO',
      account_name_partner: [{ partnerSource: 'stripe', name: 'Garden' }],
    })
  })

  it('have an institutionAccountId of their own', async () => {
    const body = { institutionAccountId: 'm-8' }
    expect((await world.client.send('POST', '/v2/ledger_accounts', body)).status).toBe(201)
    const again = await world.client.send('POST', '/v2/ledger_accounts', body)
    expect([again.status, again.json.param]).toEqual([409, 'institutionAccountId'])
    const url = `/v2/ledger_accounts/${world.shop.ledgerAccountId}`
    expect((await world.client.send('PATCH', url, body)).status).toBe(409)
  })

  it('must be named where several could be meant', async () => {
    const reply = await world.client.get('/v2/changes')
    expect([reply.status, reply.json.code, reply.json.param]).toEqual([
      400,
      'missing_parameter',
      'ledgerAccountId',
    ])
  })
})
