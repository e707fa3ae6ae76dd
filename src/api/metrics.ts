import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export interface Observed {
  readonly method: string
  /** The route's template. */
  readonly route: string
  readonly status: number
  readonly ms: number
}

interface Metrics {
  readonly registry: Registry
  readonly requests: Histogram
}

const made = new WeakMap<object, Metrics>()
const buckets_seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** The registry of a server: tests run several in one process. */
export function metricsOf(server: object): Metrics {
  const known = made.get(server)
  if (known) return known
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'furrow_' })
  const requests = new Histogram({
    name: 'furrow_http_request_duration_seconds',
    help: 'Time to answer, by route template and status',
    labelNames: ['method', 'route', 'status'],
    buckets: buckets_seconds,
    registers: [registry],
  })
  const metrics = { registry, requests }
  made.set(server, metrics)
  return metrics
}

type Child = ReturnType<Histogram['labels']>

/** Notes requests; labels are templates and statuses, so their number is bounded. */
export function requestObserver() {
  const children = new Map<string, Child>()
  return (app: FastifyInstance, { method, route, status, ms }: Observed) => {
    const name = `${method} ${route} ${status}`
    let child = children.get(name)
    if (!child) {
      child = metricsOf(app.server).requests.labels(method, route, String(status))
      children.set(name, child)
    }
    child.observe(ms / 1000)
  }
}
