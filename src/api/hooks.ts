import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ApiKey } from '../store/api_key.ts'
import { presentedKey } from './caller.ts'
import { presentedSession } from './console/cookie.ts'
import { allowanceHeaders, type Limiter } from './limit.ts'
import type { Metrics } from './metrics.ts'
import type { Context } from './operation.ts'
import { Problem } from './problem.ts'
import type { ApiRequest } from './serve.ts'

const security_headers = {
  'cache-control': 'private, no-cache',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  vary: 'x-api-key, authorization, cookie, accept-encoding',
  'x-content-type-options': 'nosniff',
} as const

export interface Counting {
  readonly limit: Limiter
  readonly metrics: Metrics
}

/** What happens to every request: its id, who sends it, and a line in the log. */
export function hooks(app: FastifyInstance, context: Context, { limit, metrics }: Counting) {
  app.decorateRequest('key', null)
  app.decorateRequest('bodyText', '')
  app.addHook('onRequest', (incoming, reply, done) => {
    const request = incoming as ApiRequest
    reply.header('request-id', request.id)
    for (const name in security_headers) {
      reply.header(name, security_headers[name as keyof typeof security_headers])
    }
    if (!request.routeOptions.config.operation) return done()
    const admit = (key: ApiKey | null) => done(refusalOf({ request, reply, key, limit }))
    const key = keyOf(request, context)
    if (key instanceof Promise) key.then(admit, done)
    else admit(key)
  })
  observed(app, context, metrics)
  bodies(app)
}

/** The usable key that a request comes with: its own, or that of a signed-in browser. */
function keyOf(request: ApiRequest, { callers }: Context): ApiKey | null | Promise<ApiKey | null> {
  const presented = presentedKey(request.headers)
  if (presented !== null) return callers.identify(presented)
  const token = presentedSession(request)
  return token === null ? null : callers.session(token).then((session) => session?.key ?? null)
}

function observed(app: FastifyInstance, context: Context, metrics: Metrics) {
  app.addHook('onResponse', (request, reply, done) => {
    // The template, never the path itself: ids and query values are the buyers'.
    const route = request.routeOptions.url ?? 'unknown'
    const { statusCode: status, elapsedTime: ms } = reply
    metrics.observe({ method: request.method, route, status, ms })
    context.log?.info(
      { request_id: request.id, method: request.method, route, status, ms: Math.round(ms) },
      'request',
    )
    done()
  })
}

interface Admission {
  readonly request: ApiRequest
  readonly reply: FastifyReply
  readonly key: ApiKey | null
  readonly limit: Limiter
}

/** Why a request is not let in: too many, no key, or not the scope; undefined if it is. */
function refusalOf({ request, reply, key, limit }: Admission): Error | undefined {
  try {
    const allowance = limit(key?.id ?? request.ip)
    if (allowance) reply.headers(allowanceHeaders(allowance))
    request.key = key
    authorise(request)
    return undefined
  } catch (problem) {
    return problem as Error
  }
}

/** Lets pass who has a usable key with the scope that the operation needs. */
function authorise(request: ApiRequest) {
  const { operation } = request.routeOptions.config
  if (!operation) return
  const { key } = request
  if (!key) throw unauthorised(presentedKey(request.headers) !== null)
  if (key.scopes.includes(operation.scope)) return
  throw new Problem({
    code: 'forbidden',
    detail: `x-api-key: expected a key with the scope ${operation.scope}, got one with ${key.scopes.join(', ')}`,
    param: 'x-api-key',
  })
}

function unauthorised(given: boolean): Problem {
  return new Problem({
    code: 'unauthorised',
    detail: given
      ? 'x-api-key: expected a key in use, got one that is unknown, revoked or expired'
      : 'x-api-key: expected a key, as x-api-key or as Authorization: Bearer, got nothing',
    param: 'x-api-key',
    headers: { 'www-authenticate': 'Bearer' },
  })
}

/** Reads JSON only, and keeps the text: a repeated request is recognised by it. */
function bodies(app: FastifyInstance) {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (incoming, text, done) => {
    const request = incoming as ApiRequest
    request.bodyText = String(text)
    if (request.bodyText.trim() === '') return done(null, undefined)
    try {
      done(null, JSON.parse(request.bodyText))
    } catch (error) {
      const detail = `body: expected JSON, but ${(error as Error).message.slice(0, 80)}`
      done(new Problem({ code: 'bad_json', detail, param: 'body' }))
    }
  })
}
