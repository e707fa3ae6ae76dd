import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { BadAnswer, Gone, Refused, Rejected, Unavailable } from './errors.ts'
import { attempts_max, type Http, newHttp } from './http.ts'
import { body_bytes_max } from './http_body.ts'
import { retryAfter } from './http_failure.ts'
import { pause } from './rate.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

let server: Server
let base: string
let handlers: Handler[]
let seen: string[]
let http: Http

beforeEach(async () => {
  // No jitter: what waits here waits because the partner asked for it.
  vi.spyOn(Math, 'random').mockReturnValue(0)
  handlers = []
  seen = []
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    const handler = handlers.length > 1 ? handlers.shift() : handlers[0]
    handler?.(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  http = open()
})

afterEach(async () => {
  vi.restoreAllMocks()
  await http.close()
  server.closeAllConnections()
  server.close()
})

function open(options: Partial<Parameters<typeof newHttp>[0]> = {}): Http {
  return newHttp({
    baseUrl: `${base}/prefix/`,
    headers: { authorization: 'Bearer sk_test_verysecret' },
    errors: (_status, body) => {
      const error = (body as { error?: { message?: string; code?: string } } | null)?.error
      return { message: error?.message ?? 'without a reason', code: error?.code ?? null }
    },
    ...options,
  })
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Handler {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}

function raw(bytes: string | Buffer, headers: Record<string, string>, status = 200): Handler {
  return (_request, response) => {
    response.writeHead(status, headers)
    response.end(bytes)
  }
}

const list = { path: '/v1/customers' }

describe('an answer', () => {
  test('keeps the base URL prefix and encodes the query', async () => {
    handlers = [json({ ok: true })]
    await http.send({ ...list, query: { 'created[gte]': '1', 'expand[]': ['a b', 'c&d'] } })
    expect(seen).toEqual([
      'GET /prefix/v1/customers?created%5Bgte%5D=1&expand%5B%5D=a%20b&expand%5B%5D=c%26d',
    ])
  })

  test('carries body, status and the clock of the partner', async () => {
    handlers = [json({ ok: true }, 200, { date: 'Sat, 14 Mar 2026 09:26:53 GMT' })]
    const answer = await http.send(list)
    expect(answer).toMatchObject({
      status: 200,
      body: { ok: true },
      date_ms: Date.UTC(2026, 2, 14, 9, 26, 53),
    })
    expect(Math.abs(Date.now() - answer.started_ms)).toBeLessThan(5000)
  })

  test('may be compressed', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    handlers = [raw(gzipSync('{"ok":true}'), headers)]
    expect((await http.send(list)).body).toEqual({ ok: true })
  })

  test('sends a body as JSON', async () => {
    let received = ''
    handlers = [
      (request, response) => {
        request.on('data', (chunk) => {
          received += chunk
        })
        request.on('end', () => json({ type: request.headers['content-type'] })(request, response))
      },
    ]
    const answer = await http.send({ ...list, method: 'POST', body: { a: 1 } })
    expect([received, answer.body]).toEqual(['{"a":1}', { type: 'application/json' }])
  })
})

describe('hostile answers', () => {
  test.each([
    ['HTML', raw('<html>', { 'content-type': 'text/html' }), 'expected application/json'],
    ['JSON cut short', json('{"data":['), 'expected JSON, got something else'],
    ['nesting without end', json('['.repeat(100_000) + ']'.repeat(100_000)), 'at most 64 deep'],
    [
      'a gzip bomb',
      raw(gzipSync(Buffer.alloc(body_bytes_max + 1, ' ')), {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      }),
      `at most ${body_bytes_max} bytes`,
    ],
    [
      'a body without end',
      raw(Buffer.alloc(body_bytes_max + 1, ' '), { 'content-type': 'application/json' }),
      `at most ${body_bytes_max} bytes`,
    ],
    [
      'what is not gzip',
      raw('{}', { 'content-type': 'application/json', 'content-encoding': 'gzip' }),
      'body is not gzip',
    ],
    [
      'an unknown encoding',
      raw('{}', { 'content-type': 'application/json', 'content-encoding': 'constructor' }),
      'expected gzip, deflate or br',
    ],
  ])('%s is a BadAnswer after a second look', async (_title, handler, message) => {
    handlers = [handler]
    const failure = await http.send(list).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(BadAnswer)
    expect((failure as Error).message).toContain(message)
    expect(seen).toHaveLength(2)
  })

  test('a redirect is never followed', async () => {
    handlers = [raw('', { location: 'http://169.254.169.254/' }, 302)]
    await expect(http.send(list)).rejects.toThrow(/302 is a redirect/)
    expect(seen).toHaveLength(1)
  })

  test('__proto__ in JSON stays an ordinary key', async () => {
    handlers = [json('{"__proto__":{"isAdmin":true},"a":1}')]
    const { body } = await http.send(list)
    expect((body as { isAdmin?: boolean }).isAdmin).toBeUndefined()
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  test('an integer beyond 2^53 can still be told', async () => {
    handlers = [json('{"a":9007199254740993,"b":1e400,"c":9007199254740991}')]
    const body = (await http.send(list)).body as Record<string, number>
    expect(Object.values(body).map(Number.isSafeInteger)).toEqual([false, false, true])
  })
})

describe('refusals', () => {
  const words = { error: { message: 'No way: sk_test_verysecret', code: 'no_way' } }

  test.each([
    [401, Refused],
    [403, Refused],
    [404, Gone],
    [410, Gone],
    [400, Rejected],
    [402, Rejected],
    [409, Rejected],
  ])(
    '%i is told once, in the words of the partner and without the secret',
    async (status, type) => {
      handlers = [json(words, status)]
      const failure = (await http.send(list).catch((error: unknown) => error)) as Rejected
      expect(failure).toBeInstanceOf(type)
      expect(failure.message).toBe(`GET /v1/customers: ${status} No way: [secret]`)
      expect(seen).toHaveLength(1)
      if (type === Rejected) expect([failure.status, failure.code]).toEqual([status, 'no_way'])
    },
  )

  test('a status means what the partner means by it', async () => {
    handlers = [json({}, 404)]
    const graphql = open({ means: { 404: 401 } })
    const failure = await graphql.send(list).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Refused)
    expect(failure).not.toBeInstanceOf(Gone)
    await graphql.close()
  })

  test('a refusal need not be JSON', async () => {
    handlers = [raw('<html>', { 'content-type': 'text/html' }, 403)]
    await expect(http.send(list)).rejects.toThrow('403 without a reason')
  })
})

describe('patience', () => {
  test.each([429, 500, 502, 503, 408])('%i is asked again', async (status) => {
    handlers = [json({}, status), json({ ok: true })]
    expect((await http.send(list)).body).toEqual({ ok: true })
    expect(seen).toHaveLength(2)
  })

  test('a reset connection is asked again', async () => {
    handlers = [(request) => request.socket.destroy(), json({ ok: true })]
    expect((await http.send(list)).body).toEqual({ ok: true })
  })

  test('a reset in the middle of the body is asked again', async () => {
    handlers = [
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
        response.write('{"data":', () => response.destroy())
      },
      json({ ok: true }),
    ]
    expect((await http.send(list)).body).toEqual({ ok: true })
  })

  test('silence and slow drips end with the attempt', async () => {
    await http.close()
    http = open({ attempt_ms: 150 })
    handlers = [
      () => undefined,
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        const drip = setInterval(() => response.write(' '), 20)
        response.on('close', () => clearInterval(drip))
      },
      json({ ok: true }),
    ]
    expect((await http.send(list)).body).toEqual({ ok: true })
    expect(seen).toHaveLength(3)
  })

  test('Retry-After is obeyed', async () => {
    handlers = [json({}, 503, { 'retry-after': '1' }), json({ ok: true })]
    const started_ms = Date.now()
    await http.send(list)
    expect(Date.now() - started_ms).toBeGreaterThanOrEqual(990)
  })

  test('a Retry-After beyond our patience is handed on', async () => {
    handlers = [json({ error: { message: 'Too fast' } }, 429, { 'retry-after': '3600' })]
    const failure = (await http.send(list).catch((error: unknown) => error)) as Unavailable
    expect(failure).toBeInstanceOf(Unavailable)
    expect((failure.retryAt_ms as number) - Date.now()).toBeGreaterThan(3_590_000)
    expect(seen).toHaveLength(1)
  })

  test('Stripe-Should-Retry decides over the status', async () => {
    handlers = [json({}, 500, { 'stripe-should-retry': 'false' })]
    await expect(http.send(list)).rejects.toBeInstanceOf(Unavailable)
    expect(seen).toHaveLength(1)
    handlers = [json({}, 409, { 'stripe-should-retry': 'true' }), json({ ok: true })]
    expect((await http.send(list)).body).toEqual({ ok: true })
  })

  test('ends: attempts are counted', async () => {
    await http.close()
    http = open({ patience_ms: 60_000 })
    handlers = [json({}, 500, { 'retry-after': '0' })]
    await expect(http.send(list)).rejects.toBeInstanceOf(Unavailable)
    expect(seen).toHaveLength(attempts_max)
  })

  test('ends: nobody there', async () => {
    server.close()
    await http.close()
    http = open({ patience_ms: 300 })
    const failure = await http.send(list).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Unavailable)
    expect((failure as Error).message).toContain('ECONNREFUSED')
  })

  test('a signal ends the call with its own reason', async () => {
    handlers = [json({}, 503, { 'retry-after': '20' })]
    const reason = new Error('shutting down')
    await expect(http.send(list, { signal: abortIn(100, reason) })).rejects.toBe(reason)
    handlers = [() => undefined]
    await expect(http.send(list, { signal: abortIn(100, reason) })).rejects.toBe(reason)
    await http.close()
    http = open({ patience_ms: 0 })
    await expect(http.send(list, { signal: abortIn(100, reason) })).rejects.toBe(reason)
  })
})

function abortIn(wait_ms: number, reason: Error): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(reason), wait_ms)
  return controller.signal
}

describe('small parts', () => {
  test('Retry-After may be seconds or a date', () => {
    const now_ms = Date.UTC(2026, 2, 14, 9, 26, 53)
    expect(retryAfter('2', [now_ms])).toBe(2000)
    expect(retryAfter('Sat, 14 Mar 2026 09:27:03 GMT', [now_ms])).toBe(10_000)
    expect(retryAfter('Sat, 14 Mar 2026 09:00:00 GMT', [now_ms])).toBe(0)
    expect([retryAfter('soon', [now_ms]), retryAfter(undefined, [now_ms])]).toEqual([null, null])
  })

  test('a date in Retry-After is read by the clock that makes us wait less', () => {
    const now_ms = Date.UTC(2026, 2, 14, 9, 26, 53)
    const ahead_ms = now_ms + 3_600_000
    const date = new Date(ahead_ms + 2000).toUTCString()
    expect(retryAfter(date, [ahead_ms, now_ms])).toBe(2000)
  })

  test('a Basic header is as secret as a Bearer', async () => {
    await http.close()
    const pair = Buffer.from('shop_user:shop_password').toString('base64')
    http = open({ headers: { Authorization: `Basic ${pair}` } })
    handlers = [json({ error: { message: `shop_password of shop_user (${pair})` } }, 401)]
    await expect(http.send(list)).rejects.toThrow('401 [secret] of [secret] ([secret])')
  })

  test('what opens a session, and its token, are as secret', async () => {
    await http.close()
    const login = { variables: { username: 'shop_user', password: 'shop_password' } }
    const session = {
      request: { path: '/login', body: login },
      read: () => ({ headers: { 'x-session-token': 'token_of_today' }, lives_ms: 60_000 }),
    }
    http = open({ session })
    handlers = [json({ error: { message: 'not shop_password' } }, 400)]
    await expect(http.send(list)).rejects.toThrow('400 not [secret]')
    handlers = [json({}), json({ error: { message: 'token_of_today? shop_password?' } }, 400)]
    await expect(http.send(list)).rejects.toThrow('400 [secret]? [secret]?')
  })

  test('waiting for our own turn does not use up the patience', async () => {
    await http.close()
    http = open({ patience_ms: 400, budget: { take: () => pause(500), hold: () => undefined } })
    handlers = [json({}, 500), json({ ok: true })]
    expect((await http.send(list)).body).toEqual({ ok: true })
  })
})
