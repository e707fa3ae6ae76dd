import { createServer, type Server } from 'node:http'
import type { Registry } from '../metrics/registry.ts'
import type { Executor } from '../store/database.ts'
import type { Life } from './life.ts'

export interface HealthPort {
  readonly host: string
  readonly port: number
  readonly db: Executor
  readonly registry: Registry
}

const request_timeout_ms = 10_000
const json = 'application/json; charset=utf-8'

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** `/metrics`, `/livez` and `/readyz` of a process that serves nothing else. Gives its port. */
export async function openHealthPort(options: HealthPort, life: Life): Promise<number> {
  const server = createServer({ requestTimeout: request_timeout_ms }, (request, response) => {
    const path = request.url?.split('?')[0] ?? ''
    answerTo(path, options, life).then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      () => response.writeHead(503, { 'content-type': json }).end(said('unavailable')),
    )
  })
  await listening(server, options)
  life.onStop(() => closed(server))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : options.port
}

async function answerTo(path: string, { db, registry }: HealthPort, life: Life): Promise<Answer> {
  if (path === '/livez') return { status: 200, type: json, body: said('ok') }
  if (path === '/metrics') {
    return { status: 200, type: registry.contentType, body: await registry.metrics() }
  }
  if (path !== '/readyz') return { status: 404, type: json, body: said('not found') }
  if (life.stopping.aborted) return { status: 503, type: json, body: said('stopping') }
  await db.query('select 1 as one')
  return { status: 200, type: json, body: said('ok') }
}

function said(status: string): string {
  return JSON.stringify({ status })
}

function listening(server: Server, { host, port }: HealthPort): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => resolve())
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
