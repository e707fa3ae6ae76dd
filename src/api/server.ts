import { randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import underPressure from '@fastify/under-pressure'
import { type FastifyInstance, fastify } from 'fastify'
import type { Logger } from 'pino'
import type { Desk } from '../connect/consent.ts'
import type { Registry } from '../metrics/registry.ts'
import { type Version, versions } from '../model/versions.ts'
import type { Database } from '../store/database.ts'
import { newAnswerCache } from './answer_cache.ts'
import { newCallers } from './caller.ts'
import { consentPages } from './connect/routes.ts'
import { consolePages } from './console/pages.ts'
import { sessionRoutes } from './console/session.ts'
import { addDeliveryRoutes } from './delivery.ts'
import { docs } from './docs.ts'
import { isChange } from './effect.ts'
import type { EventParts } from './event_call.ts'
import { newFreshnessCache } from './freshness.ts'
import { health } from './health.ts'
import { hooks } from './hooks.ts'
import { leaving } from './leaving.ts'
import { newLimiter } from './limit.ts'
import { newMetrics } from './metrics.ts'
import type { Context, Partners } from './operation.ts'
import { operations } from './operations.ts'
import { body_bytes_max, Problem } from './problem.ts'
import { errorHandling } from './refusals.ts'
import { refusedChanges } from './refused_changes.ts'
import { serve } from './serve.ts'

export interface ApiOptions extends Partial<Partners> {
  readonly db: Database
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Of the product, shown in the documents and at `/`. */
  readonly version: string
  readonly log?: Logger
  /** What else this process counts is shown at `/metrics` too. */
  readonly registry?: Registry
  /** Aborted when the server is to end: it says so to whoever asks, and closes connections. */
  readonly stopping?: AbortSignal
  /** Without it, nobody can be told of events. */
  readonly events?: EventParts
  /** Folder of the built console; without it, none is served. */
  readonly console?: string | null
  /** Bytes of answers that are kept; 0 turns the cache off. */
  readonly cacheBytes?: number
  /** Requests a minute for each key; 0 turns the limit off. */
  readonly requestsPerMinute?: number
  /** Mean delay of the event loop past which requests are refused; 0 turns that off. */
  readonly eventLoopDelay_ms_max?: number
  /** Believe the addresses that a proxy states. */
  readonly trustProxy?: boolean
  /** Without it there is no consent page. */
  readonly desk?: Omit<Desk, 'db' | 'now'>
}

const cache_bytes_default = 32 * 1024 * 1024
const requests_per_minute_default = 6_000
const event_loop_delay_ms_default = 2_000
const request_timeout_ms = 30_000
const keep_alive_timeout_ms = 65_000

/** The API as a Fastify instance: `listen()` it, or `inject()` requests. */
export function newApi(options: ApiOptions): FastifyInstance {
  const context = contextOf(options)
  const app = fastify({
    // The framework's own lines would hold paths and messages, and so the buyers' data.
    logger: false,
    bodyLimit: body_bytes_max,
    requestTimeout: request_timeout_ms,
    keepAliveTimeout: keep_alive_timeout_ms,
    // What comes on a connection that is open still is answered: nobody sends it anew.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    trustProxy: options.trustProxy ?? false,
    requestIdHeader: false,
    genReqId: ({ headers }) => requestId(headers['request-id'] ?? headers['x-request-id']),
    // Query strings are read by the table of operations.
    routerOptions: { querystringParser: () => ({}), maxParamLength: 200 },
    ...errorHandling.options,
  })
  errorHandling.add(app, context)
  const metrics = newMetrics(options.registry)
  const limit = newLimiter(options.requestsPerMinute ?? requests_per_minute_default)
  hooks(app, context, { limit, metrics })
  const { version, stopping = new AbortController().signal } = options
  leaving(app, stopping)
  addPressureLimit(app, options.eventLoopDelay_ms_max ?? event_loop_delay_ms_default)
  app.register(compress, { global: false, encodings: ['br', 'gzip'] })
  app.register(async (routes) => addRoutes(routes, context))
  app.register(async (routes) => addDeliveryRoutes(routes, context, metrics))
  const { desk } = context
  if (desk) app.register(async (pages) => consentPages(pages, desk, context.log))
  const { console: folder = null } = options
  const about = { version, metrics, stopping, console: folder }
  app.register(async (routes) => health(routes, context, about))
  if (folder !== null) {
    app.register(async (routes) => {
      sessionRoutes(routes, { context, limit, version })
      await consolePages(routes, folder)
    })
  }
  app.register(docs, { version })
  return app
}

function contextOf(options: ApiOptions): Context {
  const { db, now = Date.now, cacheBytes = cache_bytes_default } = options
  const { partnerSources = [], described = [], simulated = false } = options
  const { connect, sync, revoke, notifications } = options
  return {
    db,
    now,
    callers: newCallers(db, now),
    cache: newAnswerCache(cacheBytes),
    freshness: newFreshnessCache(db),
    partners: {
      partnerSources,
      described,
      simulated,
      ...(connect ? { connect } : {}),
      ...(sync ? { sync } : {}),
      ...(revoke ? { revoke } : {}),
      ...(notifications ? { notifications } : {}),
    },
    desk: options.desk ? { ...options.desk, db, now } : null,
    events: options.events ?? null,
    release: encodeURIComponent(options.version),
    log: options.log ?? null,
  }
}

function addRoutes(app: FastifyInstance, context: Context) {
  for (const version of Object.keys(versions) as Version[]) {
    for (const operation of operations) {
      app.route({
        method: operation.method,
        url: `/${version}${operation.path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
        config: { operation },
        ...(isChange(operation) ? { onSend: refusedChanges(context) } : {}),
        handler: serve(operation, version, context) as never,
      })
    }
  }
}

/** An id that the caller gave and that is safe to write into a log, or a new one. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.:-]{1,64}$/.test(given) ? given : `req_${randomUUID()}`
}

function addPressureLimit(app: FastifyInstance, delay_ms_max: number) {
  if (delay_ms_max === 0) return
  app.register(underPressure, {
    maxEventLoopDelay: delay_ms_max,
    pressureHandler: () => {
      throw new Problem({ code: 'unavailable', detail: 'the server is too busy to answer' })
    },
  })
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: import('./operation.ts').Operation
  }
}
