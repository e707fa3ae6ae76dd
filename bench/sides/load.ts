// Asks a server as fast as it answers, over a number of connections.
import { createRequire } from 'node:module'
import type { Autocannon } from 'autocannon'
import { answerAs } from '../side.ts'

// What it exports is the function itself.
const autocannon = createRequire(import.meta.url)('autocannon') as Autocannon

export interface Load {
  readonly url: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: { readonly [name: string]: string }
  readonly body?: string
  /** Asked for in turns; the path of the url where it is left out. */
  readonly paths?: readonly string[]
  readonly connections: number
  readonly seconds: number
}

export interface Loaded {
  readonly per_second: number
  readonly bytes_per_second: number
  readonly p99_ms: number
}

answerAs({
  async run({ seconds, paths, ...load }: Load): Promise<Loaded> {
    const requests = paths?.map((path) => ({ path }))
    const result = await autocannon({
      ...load,
      duration: seconds,
      ...(requests ? { requests } : {}),
    })
    const failed = result.errors + result.timeouts + result.non2xx
    if (failed > 0) throw new Error(`${failed} of ${result.requests.total} requests failed`)
    return {
      per_second: result.requests.total / result.duration,
      bytes_per_second: result.throughput.total / result.duration,
      p99_ms: result.latency.p99,
    }
  },
})
