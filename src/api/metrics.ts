import { newRegistry, type Registry } from '../metrics/registry.ts'

export interface Observed {
  readonly method: string
  /** The route's template. */
  readonly route: string
  readonly status: number
  readonly ms: number
}

/** What a server counts about itself; tests run several in one process. */
export interface Metrics {
  readonly observe: (request: Observed) => void
  /** In Prometheus' text format. */
  readonly text: () => Promise<string>
  readonly contentType: string
}

const buckets_ms = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]

interface Counts {
  readonly labels: string
  /** Requests by the first bucket that holds them; the last is for all that are longer. */
  readonly buckets: number[]
  sum_ms: number
}

export function newMetrics(registry: Registry = newRegistry()): Metrics {
  // Labels are templates and statuses, so there are few. prom-client's own histogram sorts and
  // joins them anew for every request, which costs more than the rest of a small answer.
  const counts = new Map<string, Counts>()
  return {
    contentType: registry.contentType,
    observe({ method, route, status, ms }) {
      const name = `${method} ${route} ${status}`
      let found = counts.get(name)
      if (!found) {
        const labels = `method="${method}",route="${route}",status="${status}"`
        found = { labels, buckets: new Array(buckets_ms.length + 1).fill(0), sum_ms: 0 }
        counts.set(name, found)
      }
      let bucket = 0
      while (bucket < buckets_ms.length && ms > (buckets_ms[bucket] ?? 0)) bucket += 1
      found.buckets[bucket] = (found.buckets[bucket] ?? 0) + 1
      found.sum_ms += ms
    },
    text: async () => `${await registry.metrics()}\n${histogramText([...counts.values()])}`,
  }
}

const metric = 'furrow_http_request_duration_seconds'

function histogramText(all: readonly Counts[]): string {
  const lines = all.flatMap(({ labels, buckets, sum_ms }) => {
    let total = 0
    const upTo = buckets.map((count, i) => {
      total += count
      const bound = i < buckets_ms.length ? (buckets_ms[i] ?? 0) / 1000 : '+Inf'
      return `${metric}_bucket{le="${bound}",${labels}} ${total}`
    })
    const sum = `${metric}_sum{${labels}} ${sum_ms / 1000}`
    return [...upTo, sum, `${metric}_count{${labels}} ${total}`]
  })
  const head = [
    `# HELP ${metric} Time to answer, by route template and status`,
    `# TYPE ${metric} histogram`,
  ]
  return `${[...head, ...lines].join('\n')}\n`
}
