import { brotliDecompressSync } from 'node:zlib'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../test/database.ts'
import { clientWith, newClient, newWorld, type World } from '../../test/world.ts'
import { customer } from '../model/customer.ts'
import type { Database } from '../store/database.ts'
import { newApi } from './server.ts'

let db: Database
let world: World
const lines: string[] = []
let queries = 0

beforeAll(async () => {
  db = await testDatabase()
  const counting: Database = {
    ...db,
    query: (...args) => {
      queries += 1
      return db.query(...args)
    },
  }
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) })
  world = await newWorld(counting, { log })
  await world.shop.put(customer, [{ partnerRecordId: 'c0', name: 'Ada' }])
})
afterAll(async () => {
  await world.close()
  await db.close()
})

const path = '/v2/customers'

describe('the cache', () => {
  async function read(url: string): Promise<{ text: string; queries: number }> {
    const before = queries
    const { text } = await world.client.get(url)
    return { text, queries: queries - before }
  }

  it('answers again after one look at the head', async () => {
    const first = await read(`${path}?limit=5`)
    await read(`${path}?limit=5`)
    const again = await read(`${path}?limit=5`)
    expect(again.text).toBe(first.text)
    expect([first.queries > 1, again.queries]).toEqual([true, 1])
  })

  it('never answers with what has changed', async () => {
    for (const url of [`${path}?limit=5`, `${path}?expand[]=ledgerAccountId`]) {
      await read(url)
      await world.shop.put(customer, [{ partnerRecordId: 'c0', name: `Ada ${url}` }])
      expect((await read(url)).text).toContain(JSON.stringify(`Ada ${url}`))
    }
  })

  it('keeps nothing that can change without the feed', async () => {
    const url = `${path}?expand[]=partnerAccountConnectionId`
    await read(url)
    const { ledgerAccountId } = world.shop
    await db.query(`update stream set state = 'failed' where ledger_account_id = $1`, [
      ledgerAccountId,
    ])
    expect((await read(url)).text).toContain('"state":"failed"')
  })

  it('keeps versions apart', async () => {
    expect((await read('/v1/customers')).text).toContain('"partner_source":')
    expect((await read('/v2/customers')).text).toContain('"partnerSource":')
  })

  it('can be off', async () => {
    const api = newApi({ db, version: '0', cacheBytes: 0, eventLoopDelay_ms_max: 0 })
    const client = clientWith(api, world.client.key)
    const first = await client.get(path)
    expect([first.status, typeof first.headers.etag]).toEqual([200, 'string'])
    expect((await client.get(path)).headers.etag).toBe(first.headers.etag)
    await api.close()
  })
})

describe('an ETag', () => {
  it.each(['list', 'record', 'summary', 'timeline'])(
    'of a %s is 304 until it changes',
    async (what) => {
      const id = world.shop.idOf(customer, 'c0')
      const paths = {
        list: path,
        record: `${path}/${id}`,
        summary: `${path}/${id}/summary`,
        timeline: `${path}/${id}/timeline`,
      }
      const url = paths[what as keyof typeof paths]
      const etag = String((await world.client.get(url)).headers.etag)
      const same = await world.client.get(url, { 'if-none-match': etag })
      expect([same.status, same.text, same.headers.etag]).toEqual([304, '', etag])
      await world.shop.put(customer, [{ partnerRecordId: 'c0', name: what }])
      const changed = await world.client.get(url, { 'if-none-match': etag })
      expect([changed.status, changed.headers.etag === etag]).toEqual([200, false])
    },
  )
})

describe('headers', () => {
  it('tell how old the oldest stream is, once all have been read', async () => {
    expect((await world.client.get(`${path}?limit=1`)).headers['furrow-as-of']).toBe(undefined)
    await db.query('update stream set watermark_ms = $1', [Date.UTC(2026, 0, 2)])
    await new Promise((resolve) => setTimeout(resolve, 1050))
    const { headers } = await world.client.get(`${path}?limit=1`)
    expect(headers['furrow-as-of']).toBe('2026-01-02T00:00:00.000Z')
  })

  it('carry an id of the request, the caller’s own if it is sane', async () => {
    const given = await world.client.get(path, { 'request-id': 'job-1.2:3' })
    expect(given.headers['request-id']).toBe('job-1.2:3')
    const wild = await world.client.get('/v2/nothing', { 'request-id': 'a b\tc' })
    expect(wild.headers['request-id']).toMatch(/^req_[\w-]{36}$/)
    expect(wild.json.request_id).toBe(wild.headers['request-id'])
  })

  it('say how much of the limit is left, and refuse what is over it', async () => {
    const api = newApi({ db, version: '0', requestsPerMinute: 2, eventLoopDelay_ms_max: 0 })
    const client = clientWith(api, world.client.key)
    const first = await client.get(path)
    expect(first.headers['ratelimit-limit']).toBe('2')
    expect(first.headers['ratelimit-remaining']).toBe('1')
    await client.get(path)
    const third = await client.get(path)
    expect([third.status, third.json.code]).toEqual([429, 'too_many_requests'])
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0)
    const other = await newClient(api, db, { institutionId: world.institutionId })
    expect((await other.get(path)).status).toBe(200)
    expect((await clientWith(api, null).get('/livez')).status).toBe(200)
    await api.close()
  })

  it('come without a body when only they are asked for', async () => {
    const ask = (key: string) =>
      world.api.inject({ method: 'HEAD', url: path, headers: { 'x-api-key': key } })
    const reply = await ask(world.client.key)
    expect([reply.statusCode, reply.body, typeof reply.headers.etag]).toEqual([200, '', 'string'])
    expect((await ask('none')).statusCode).toBe(401)
  })

  it('ask to retry later when the process does not keep up', async () => {
    const api = newApi({ db, version: '0', eventLoopDelay_ms_max: 20 })
    await api.ready()
    // The delay is looked at once a second.
    const until = performance.now() + 1_500
    while (performance.now() < until) {
      const busy = performance.now() + 100
      while (performance.now() < busy) Math.random()
      await new Promise((resolve) => setImmediate(resolve))
    }
    const reply = await clientWith(api, world.client.key).get(path)
    expect([reply.status, reply.json.code, reply.headers['retry-after']]).toEqual([
      503,
      'unavailable',
      '2',
    ])
    await api.close()
  })

  it('compress what is large when asked, and only then', async () => {
    const plain = await world.client.get('/v2/model')
    expect(plain.headers['content-encoding']).toBe(undefined)
    const reply = await world.api.inject({
      url: '/v2/model',
      headers: { 'x-api-key': world.client.key, 'accept-encoding': 'gzip, br' },
    })
    expect(reply.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(reply.rawPayload).toString()).toBe(plain.text)
  })
})

describe('the log', () => {
  it('has a line a request, without ids, query values or names', async () => {
    lines.length = 0
    const id = world.shop.idOf(customer, 'c0')
    await world.client.get(`${path}/${id}?fields=email`, { 'request-id': 'r1' })
    await world.client.get(`${path}?email=secret@example.com`, { 'request-id': 'r2' })
    await world.client.get(`/v2/secret@example.com`, { 'request-id': 'r3' })
    expect(lines).toHaveLength(3)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      request_id: 'r1',
      method: 'GET',
      route: '/v2/customers/:id',
      status: 200,
    })
    const text = lines.join()
    for (const secret of [id, 'secret', world.client.key]) expect(text).not.toContain(secret)
  })

  it('names a defect without what the request held', async () => {
    lines.length = 0
    const broken: Database = {
      ...db,
      query: async () => {
        throw Object.assign(new Error('column "secret@example.com"'), { code: '42703' })
      },
    }
    const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) })
    const api = newApi({ db: broken, version: '0', log, eventLoopDelay_ms_max: 0 })
    const reply = await clientWith(api, world.client.key).get(`${path}?email=secret@example.com`)
    expect([reply.status, reply.json.code, reply.text.includes('secret')]).toEqual([
      500,
      'internal',
      false,
    ])
    expect(lines.join()).toContain('42703')
    expect(lines.join()).not.toContain('secret')
    await api.close()
  })
})

describe('pages without a version', () => {
  const ask = (url: string) => clientWith(world.api, null).get(url)

  it('tell where to begin, without a key', async () => {
    expect((await ask('/')).json).toMatchObject({ name: 'Furrow', links: { docs: '/docs' } })
  })

  it('tell whether it lives and is ready', async () => {
    expect((await ask('/livez')).status).toBe(200)
    expect((await ask('/readyz')).status).toBe(200)
    const gone: Database = { ...db, query: () => Promise.reject(new Error('gone')) }
    const api = newApi({ db: gone, version: '0', eventLoopDelay_ms_max: 0 })
    const reply = await clientWith(api, null).get('/readyz')
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '2'])
    await api.close()
  })

  it('count requests by route, never by id', async () => {
    const id = world.shop.idOf(customer, 'c0')
    await world.client.get(`${path}/${id}`)
    const { text } = await ask('/metrics')
    expect(text).toMatch(
      /furrow_http_request_duration_seconds_count\{.*route="\/v2\/customers\/:id"/,
    )
    expect(text).not.toContain(id)
  })

  it('explain each error', async () => {
    const wrong = await world.client.get(`${path}?foo=1`)
    const page = await ask(String(wrong.json.type))
    expect(page.json).toMatchObject({ code: 'unknown_parameter', status: 400 })
    expect((await ask('/errors/__proto__')).status).toBe(404)
  })

  it('document both versions, and show them without asking anybody else', async () => {
    expect((await ask('/v1/openapi.json')).json.openapi).toBe('3.1.0')
    expect((await ask('/v2/openapi.json')).json.openapi).toBe('3.1.0')
    const page = await ask('/docs')
    expect(page.status).toBe(200)
    const policy = String(page.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(page.text).not.toMatch(/(src|href)="https?:/)
    const set = await ask('/docs/static/swagger-initializer.js')
    expect(set.text).toContain('/v2/openapi.json')
    expect(set.text).not.toMatch(/validator\.swagger\.io/)
  })
})
