import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../test/database.ts'
import { type Client, clientWith, newClient, newWorld, type World } from '../../test/world.ts'
import { newApi } from './server.ts'

let world: World
let now_ms = Date.UTC(2026, 2, 1)
const canary = 'canary@buyer.example'

beforeAll(async () => {
  world = await newWorld(await testDatabase(), {
    now: () => now_ms,
    partnerSources: ['stripe'],
    connect: async () => world.shop.connectionId,
    sync: async () => undefined,
  })
})
afterAll(async () => {
  await world.close()
  await world.db.close()
})

/** A client of its own, so that its entries are told from others'. */
const somebody = (options: object = {}) => {
  const { api, db, institutionId } = world
  return newClient(api, db, { institutionId, ...options })
}
const entriesOf = async ({ keyId }: Client, more = '') =>
  (await world.client.get(`/v2/audit_entries?keyId=${keyId}&limit=100${more}`)).data

describe('a change', () => {
  it('is noted with who, what, where and when', async () => {
    const client = await somebody()
    const { json, headers } = await client.send('POST', '/v2/ledger_accounts', {})
    expect(await entriesOf(client)).toEqual([
      {
        object: 'audit_entry',
        id: expect.stringMatching(/^aud_[0-9a-f]{28}$/),
        date: new Date(now_ms).toISOString(),
        via: 'api',
        key_id: client.keyId,
        key_hint: client.key.slice(-4),
        operation: 'create_ledger_account',
        changed_object: 'ledger_account',
        changed_id: json.id,
        ledgerAccountId: json.id,
        request_id: headers['request-id'],
        status: 201,
        code: null,
      },
    ])
  })

  it.each([
    ['POST', '/v2/keys', { scopes: ['read'] }],
    ['PATCH', '/v2/ledger_accounts/{account}', { business_profile: { name: canary } }],
    [
      'POST',
      '/v2/partner_account_connections',
      { ledgerAccountId: '{account}', partnerSource: 'stripe', credential: { api_key: canary } },
    ],
    ['POST', '/v2/partner_account_connections/{connection}/sync', {}],
    ['POST', '/v2/partner_account_connections/{connection}/disable', undefined],
  ] as const)('by %s %s holds nothing of what was sent', async (method, path, body) => {
    const client = await somebody()
    const { ledgerAccountId, connectionId } = world.shop
    const filled = (text: string) =>
      text.replaceAll('{account}', ledgerAccountId).replaceAll('{connection}', connectionId)
    const sent = body === undefined ? body : JSON.parse(filled(JSON.stringify(body)))
    const { status } = await client.send(method, filled(path), sent)
    const found = await entriesOf(client)
    expect(found.map((one) => [one.status, one.code])).toEqual([[status, null]])
    expect(status).toBeLessThan(300)
    expect(JSON.stringify(await world.db.query('select * from audit_entry'))).not.toContain(canary)
  })

  it('is noted once however often the request comes', async () => {
    const client = await somebody()
    const headers = { 'idempotency-key': 'audited' }
    for (let i = 0; i < 3; i++) await client.send('POST', '/v2/ledger_accounts', {}, headers)
    expect(await entriesOf(client)).toHaveLength(1)
  })

  it.each([
    ['PATCH', { institutionAccountId: 'atomic' }],
    ['DELETE', undefined],
  ] as const)('by %s is not made where it cannot be noted', async (method, body) => {
    const { db, client, shop } = world
    const failing: typeof db = {
      ...db,
      transaction: (work) =>
        db.transaction((tx) =>
          work({
            query: (sql, ...rest) =>
              sql.startsWith('insert into audit_entry')
                ? Promise.reject(new Error('no room'))
                : tx.query(sql, ...rest),
          }),
        ),
    }
    const api = newApi({ db: failing, version: '0.0.0', eventLoopDelay_ms_max: 0 })
    const path = `/v2/ledger_accounts/${shop.ledgerAccountId}`
    const before = (await client.get(path)).text
    const { status } = await clientWith(api, client.key).send(method, path, body)
    await api.close()
    expect([status, (await client.get(path)).text]).toEqual([500, before])
  })
})

describe('a refused change', () => {
  it('is noted with its code and without ids', async () => {
    const reader = await somebody({ scopes: ['read'] })
    const path = `/v2/partner_account_connections/${world.shop.connectionId}/revoke`
    await reader.send('POST', path)
    const found = await entriesOf(reader)
    expect(
      found.map(({ operation, status, code, changed_id }) => [operation, status, code, changed_id]),
    ).toEqual([['revoke_partner_account_connection', 403, 'forbidden', null]])
  })

  it.each([
    ['invalid_body', 'POST', '/v2/keys', { scopes: ['everything'] }],
    ['not_found', 'DELETE', '/v2/ledger_accounts/la_0', undefined],
  ] as const)('as %s is noted', async (code, method, path, body) => {
    const client = await somebody()
    await client.send(method, path, body)
    expect((await entriesOf(client)).map((one) => one.code)).toEqual([code])
  })
})

describe('the list', () => {
  it('is filtered by operation, ledger account and date', async () => {
    const client = await somebody()
    now_ms += 3_600_000
    const from = new Date(now_ms).toISOString()
    const { json } = await client.send('POST', '/v2/ledger_accounts', {})
    now_ms += 1
    const to = new Date(now_ms).toISOString()
    await client.send('POST', '/v2/keys', { scopes: ['read'] })
    const operations = async (more: string) =>
      (await entriesOf(client, more)).map(({ operation }) => operation)
    expect(await operations('')).toEqual(['create_key', 'create_ledger_account'])
    expect(await operations('&operation=create_key')).toEqual(['create_key'])
    expect(await operations(`&ledgerAccountId=${json.id}`)).toEqual(['create_ledger_account'])
    expect(await operations(`&date[gte]=${from}&date[lt]=${to}`)).toEqual(['create_ledger_account'])
    expect(await operations(`&date[gte]=${to}`)).toEqual(['create_key'])
  })

  it('is paged without a gap or a repetition', async () => {
    const client = await somebody()
    for (let i = 0; i < 7; i++) await client.send('POST', '/v2/ledger_accounts', {})
    const whole = (await entriesOf(client)).map(({ id }) => id)
    const paged: unknown[] = []
    let cursor = ''
    do {
      const url = `/v2/audit_entries?keyId=${client.keyId}&limit=3${cursor}`
      const { json, data } = await world.client.get(url)
      paged.push(...data.map(({ id }) => id))
      cursor = json.next_cursor ? `&cursor=${json.next_cursor}` : ''
    } while (cursor)
    expect([paged.length, paged]).toEqual([7, whole])
  })

  it('takes no cursor of another list', async () => {
    const client = await somebody()
    for (let i = 0; i < 2; i++) await client.send('POST', '/v2/ledger_accounts', {})
    const first = await world.client.get(`/v2/audit_entries?keyId=${client.keyId}&limit=1`)
    const { status, json } = await world.client.get(
      `/v2/audit_entries?cursor=${first.json.next_cursor}`,
    )
    expect([status, json.code]).toEqual([400, 'bad_cursor'])
  })

  it('is for admins, and shows a key of one business that business only', async () => {
    const { ledgerAccountId } = world.shop
    const bound = await somebody({ ledgerAccountId })
    const reader = await somebody({ scopes: ['read', 'write'] })
    await world.client.send('POST', '/v2/ledger_accounts', {})
    await world.client.send('PATCH', `/v2/ledger_accounts/${ledgerAccountId}`, {})
    const seen = (await bound.get('/v2/audit_entries?limit=100')).data
    expect(new Set(seen.map((one) => one.ledgerAccountId))).toEqual(new Set([ledgerAccountId]))
    expect((await reader.get('/v2/audit_entries')).status).toBe(403)
  })

  it('keeps test and live apart, and institutions', async () => {
    const live = await somebody({ mode: 'live' })
    await live.send('POST', '/v2/ledger_accounts', {})
    expect(await entriesOf(live)).toEqual([])
    expect((await live.get('/v2/audit_entries')).data.map((one) => one.key_id)).toEqual([
      live.keyId,
    ])
  })
})
