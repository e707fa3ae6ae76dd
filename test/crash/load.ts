import { setTimeout as sleep } from 'node:timers/promises'
import { isReady, type Member } from './process.ts'

/** What came of all requests that were sent while processes went and came. */
export interface LoadFigures {
  readonly requests: number
  /** Of them, those that were sent again: refused, reset, or told that the server is stopping. */
  readonly retried: number
  /** Never answered as they should be, with the reason of each. */
  readonly failed: readonly string[]
  readonly written: number
}

export interface Load {
  readonly stop: () => Promise<LoadFigures>
}

export interface LoadOptions {
  readonly servers: readonly Member[]
  readonly key: string
  readonly ledgerAccountIds: readonly string[]
  readonly readers: number
  readonly writers: number
}

const wait_ms = 100
/** A write whose process was killed can be sent again after a minute; see `abandoned_ms`. */
const patience_ms = 90_000
const request_timeout_ms = 15_000
const probe_every_ms = 100

/**
 * Reads and writes again and again, as a client behind a proxy does: of the servers that say they are
 * ready, the next one; and once more where an answer did not come. Writes carry an Idempotency-Key.
 */
export function startLoad(options: LoadOptions): Load {
  const { servers, readers, writers } = options
  const stopping = new AbortController()
  const told = { requests: 0, retried: 0, failed: [] as string[], written: 0 }
  const balancer = balance(servers, stopping.signal)
  const send = (path: string, body?: string) =>
    persist({ options, pick: balancer.pick, path, body, retried: () => void told.retried++ })
  const again = async (work: () => Promise<void>) => {
    while (!stopping.signal.aborted) {
      told.requests++
      await work().catch((error) => void told.failed.push((error as Error).message))
    }
  }
  const paths = pathsOf(options)
  let next = 0
  const reading = () => again(() => send(paths[next++ % paths.length] ?? ''))
  const writing = () =>
    again(async () => {
      await sleep(wait_ms)
      await send('/v2/ledger_accounts', '{}')
      told.written++
    })
  const loops = [
    ...Array.from({ length: readers }, reading),
    ...Array.from({ length: writers }, writing),
  ]
  return {
    async stop() {
      stopping.abort()
      await Promise.all([...loops, balancer.ended])
      return told
    },
  }
}

function pathsOf({ ledgerAccountIds }: LoadOptions): readonly string[] {
  const each = ledgerAccountIds.flatMap((id) => [
    `/v2/payments?ledgerAccountId=${id}&limit=20&expand[]=customer_id`,
    `/v2/changes?ledgerAccountId=${id}&after=0&limit=100`,
  ])
  return ['/v2/customers?limit=50', '/v2/partner_account_connections', ...each]
}

/** Asks every server whether it is ready, as a proxy does. */
function balance(servers: readonly Member[], stopping: AbortSignal) {
  const ready = new Set(servers.map(({ url }) => url))
  let turn = 0
  const probe = async () => {
    while (!stopping.aborted) {
      for (const { url } of servers) {
        if (await isReady(url)) ready.add(url)
        else ready.delete(url)
      }
      await sleep(probe_every_ms)
    }
  }
  return {
    pick: (): string | null => [...ready][turn++ % Math.max(1, ready.size)] ?? null,
    ended: probe(),
  }
}

interface Sending {
  readonly options: LoadOptions
  readonly pick: () => string | null
  readonly path: string
  readonly body: string | undefined
  readonly retried: () => void
}

let writes = 0

async function persist({ options, pick, path, body, retried }: Sending): Promise<void> {
  const named = { 'content-type': 'application/json', 'idempotency-key': `load-${++writes}` }
  const method = body === undefined ? {} : { method: 'POST', body }
  const headers = { 'x-api-key': options.key, ...(body === undefined ? {} : named) }
  const deadline = Date.now() + patience_ms
  let reason = 'no server is ready'
  for (let wait = 0; Date.now() < deadline; retried()) {
    await sleep(wait)
    wait = wait_ms
    const url = pick()
    if (url === null) continue
    const signal = AbortSignal.timeout(request_timeout_ms)
    // A process can die in the middle of its answer: then there was none.
    const answer = await fetch(`${url}${path}`, { ...method, headers, signal })
      .then(async (response) => ({
        status: response.status,
        text: await response.text(),
        response,
      }))
      .catch((error) => ({ status: 0, text: String(error.cause?.code ?? error), response: null }))
    const { status, text } = answer
    if (status === 200 || status === 201) return
    reason = `${path.split('?')[0]}: ${status} ${text.slice(0, 200)}`
    // Another attempt helps against what is passing, and against nothing else.
    if (![0, 409, 503].includes(status)) break
    wait = Number(answer.response?.headers.get('retry-after') ?? 0) * 1000 || wait_ms
  }
  throw new Error(reason)
}
