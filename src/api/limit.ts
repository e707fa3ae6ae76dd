import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from './problem.ts'
import type { ApiRequest } from './serve.ts'

const window_ms = 60_000
const callers_max = 20_000

/** Limits requests a minute for each key, and for each address where there is none; 0 is off. */
export function addRateLimit(app: FastifyInstance, requests_per_minute: number) {
  if (requests_per_minute === 0) return
  app.register(rateLimit, {
    max: requests_per_minute,
    timeWindow: window_ms,
    cache: callers_max,
    enableDraftSpec: true,
    allowList: (request) => !request.routeOptions.config.operation,
    keyGenerator: callerOf,
    errorResponseBuilder: (_, { ttl }) =>
      new Problem({
        code: 'too_many_requests',
        detail: `x-api-key: at most ${requests_per_minute} requests a minute; retry in ${Math.ceil(ttl / 1000)} s`,
        param: 'x-api-key',
      }),
  })
}

function callerOf(request: FastifyRequest): string {
  return (request as ApiRequest).key?.id ?? request.ip
}
