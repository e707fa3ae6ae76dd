// Signing in: cookies, who may use them, and when they end.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { newClient, newWorld, type World } from '../../../test/world.ts'
import { session_life_ms } from './cookie.ts'

const host = 'furrow.example.com'
const own = { 'x-furrow-console': 'test', host }
let folder: string
let world: World
let now_ms = Date.now()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'furrow-console-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Furrow</title>')
  writeFileSync(join(folder, 'assets/index-1a2b3c.js'), 'export {}')
  const options = { console: folder, now: () => now_ms }
  world = await newWorld(await testDatabase(), options)
})

afterAll(async () => {
  await world.close()
  await world.db.close()
  rmSync(folder, { recursive: true, force: true })
})

type Headers = Readonly<Record<string, string>>

const ask = (method: 'GET' | 'POST' | 'DELETE', url: string, headers: Headers, body?: object) =>
  world.api.inject({ method, url, headers, ...(body ? { payload: body } : {}) })

async function signIn(key = world.client.key, headers: Headers = own) {
  const reply = await ask('POST', '/console/session', headers, { key })
  const cookie = String(reply.headers['set-cookie'] ?? '')
  return { reply, cookie: cookie.split(';')[0] ?? '', attributes: cookie }
}

describe('a session', () => {
  it('is kept in a cookie that scripts and other sites cannot use, and that is not the key', async () => {
    const { reply, attributes } = await signIn()
    expect(reply.statusCode).toBe(201)
    expect(attributes).toMatch(
      /^furrow_test=frs_[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/,
    )
    expect(reply.body + attributes).not.toContain(world.client.key)
  })

  it('is sent over https only where it was made so, behind a proxy too', async () => {
    const { attributes } = await signIn(world.client.key, { ...own, origin: `https://${host}` })
    expect(attributes).toMatch(/^__Host-furrow_test=.*; Secure$/)
  })

  it('reads and writes as its key does, with the header that our pages send', async () => {
    const { cookie } = await signIn()
    const read = await ask('GET', '/v2/customers', { ...own, cookie })
    const wrote = await ask(
      'POST',
      '/v2/ledger_accounts',
      { ...own, cookie },
      { business_profile: { name: 'Shop' } },
    )
    expect([read.statusCode, wrote.statusCode]).toEqual([200, 201])
  })

  it.each([
    ['without the header', { host }],
    ['from another site', { ...own, 'sec-fetch-site': 'cross-site' }],
    ['from another port of the same site', { ...own, 'sec-fetch-site': 'same-site' }],
    ['with the origin of another', { ...own, origin: 'http://evil.example.com' }],
    ['in the other mode', { ...own, 'x-furrow-console': 'live' }],
  ])('is no key %s', async (_how, headers) => {
    const { cookie } = await signIn()
    const read = await ask('GET', '/v2/customers', { ...headers, cookie })
    const wrote = await ask(
      'POST',
      '/v2/ledger_accounts',
      { ...headers, cookie },
      { business_profile: { name: 'Shop' } },
    )
    expect([read.statusCode, wrote.statusCode]).toEqual([401, 401])
  })

  it('is refused as an API key', async () => {
    const { cookie } = await signIn()
    const token = cookie.slice('furrow_test='.length)
    const reply = await ask('GET', '/v2/customers', { host, 'x-api-key': token })
    expect(reply.statusCode).toBe(401)
  })

  it('yields to a key that is given beside it', async () => {
    const { cookie } = await signIn()
    const reply = await ask('GET', '/v2/customers', {
      ...own,
      cookie,
      'x-api-key': 'frw_test_none',
    })
    expect(reply.statusCode).toBe(401)
  })

  it('ends when it is signed out', async () => {
    const { cookie } = await signIn()
    const left = await ask('DELETE', '/console/session', { ...own, cookie })
    expect(left.headers['set-cookie']).toContain(
      'furrow_test=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
    )
    const after = await ask('GET', '/v2/customers', { ...own, cookie })
    expect([left.statusCode, after.statusCode]).toEqual([204, 401])
  })

  it('ends with its key, at once where that is revoked here', async () => {
    const { db, api, institutionId } = world
    const other = await newClient(api, db, { institutionId })
    const { cookie } = await signIn(other.key)
    expect((await ask('GET', '/v2/customers', { ...own, cookie })).statusCode).toBe(200)
    await world.client.send('DELETE', `/v2/keys/${other.keyId}`)
    expect((await ask('GET', '/v2/customers', { ...own, cookie })).statusCode).toBe(401)
  })

  it('ends within a second of a revocation elsewhere', async () => {
    const { db, api, institutionId } = world
    const other = await newClient(api, db, { institutionId })
    const { cookie } = await signIn(other.key)
    await ask('GET', '/v2/customers', { ...own, cookie })
    await db.query('update api_key set revoked_date = now() where id = $1', [other.keyId])
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect((await ask('GET', '/v2/customers', { ...own, cookie })).statusCode).toBe(401)
  })

  it('ends after half a day', async () => {
    const { cookie } = await signIn()
    now_ms += session_life_ms + 1_000
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect((await ask('GET', '/v2/customers', { ...own, cookie })).statusCode).toBe(401)
  })

  it('tells who is signed in, and that nobody is', async () => {
    const { cookie } = await signIn()
    const known = (await ask('GET', '/console/session', { ...own, cookie })).json()
    expect(known).toMatchObject({ mode: 'test', scopes: ['read', 'write', 'admin'] })
    const unknown = (await ask('GET', '/console/session', own)).json()
    expect(unknown.object).toBe('signed_out')
  })

  it('is not opened with a wrong key, or by a page of another site', async () => {
    const wrong = await signIn('frw_test_wrong')
    expect(wrong.reply.json()).toMatchObject({ status: 401, param: 'key' })
    const foreign = await signIn(world.client.key, { host, origin: 'http://evil.example.com' })
    expect([foreign.reply.statusCode, foreign.cookie]).toEqual([403, ''])
  })

  it('keeps the newest fifty of a key', async () => {
    const first = await signIn()
    for (let i = 0; i < 50; i++) {
      now_ms += 1
      await signIn()
    }
    const { length } = await world.db.query('select hash from console_session where key_id = $1', [
      world.client.keyId,
    ])
    expect(length).toBe(50)
    expect((await ask('GET', '/v2/customers', { ...own, cookie: first.cookie })).statusCode).toBe(
      401,
    )
  })
})

describe('pages', () => {
  const html = { accept: 'text/html,*/*;q=0.8' }

  it('are answered with the console at its own addresses, under a strict policy', async () => {
    for (const path of ['/', '/customers', '/customers/cus_1?tab=api', '/ledger-accounts/la_1']) {
      const reply = await ask('GET', path, html)
      expect([reply.statusCode, reply.body]).toEqual([200, '<!doctype html><title>Furrow</title>'])
      const policy = String(reply.headers['content-security-policy'])
      expect(policy).toContain("script-src 'self'")
      expect(policy).not.toMatch(/unsafe|https?:|\*/)
    }
  })

  it('leave to programs what these had', async () => {
    expect((await ask('GET', '/', {})).json()).toMatchObject({ name: 'Furrow' })
    expect((await ask('GET', '/customers', {})).json()).toMatchObject({ code: 'unknown_route' })
    for (const path of ['/livez', '/errors', '/v2/openapi.json', '/docs/']) {
      expect((await ask('GET', path, html)).body, path).not.toContain('<title>Furrow</title>')
    }
    expect((await ask('GET', '/elsewhere', html)).statusCode).toBe(404)
  })

  it('have files that browsers keep, and none outside of their folder', async () => {
    const file = await ask('GET', '/assets/index-1a2b3c.js', {})
    expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    for (const path of ['/assets/none.js', '/assets/../index.html', '/assets/%2e%2e/index.html']) {
      expect((await ask('GET', path, {})).statusCode, path).toBe(404)
    }
  })
})
