import { FurrowError, Unreachable } from './errors.ts'
import type { Problem } from './generated.ts'

export interface CallOptions {
  readonly signal?: AbortSignal
  /** Of a POST: repeating it with the same key repeats the answer, not the effect. */
  readonly idempotencyKey?: string
}

export interface Connection {
  /** Without the version: `https://furrow.example.com`. */
  readonly url: string
  readonly key: string
  readonly fetch: typeof fetch
  readonly timeout_ms: number
  readonly retries: number
}

export interface Request extends CallOptions {
  readonly method: string
  /** Under the version, with its leading slash. */
  readonly path: string
  readonly query?: Query
  readonly body?: unknown
}

export type Query = { readonly [name: string]: QueryValue | readonly QueryValue[] | undefined }
type QueryValue = string | number | boolean

const backoff_ms_first = 250
const backoff_ms_max = 8_000
const retried = new Set([408, 425, 429, 500, 502, 503, 504])

/**
 * Asks, and asks again where that may help: a POST carries a key, so that it has its effect once.
 * Throws FurrowError, Unreachable.
 */
export async function send(connection: Connection, request: Request): Promise<unknown> {
  const { method } = request
  const idempotencyKey =
    method === 'POST' ? (request.idempotencyKey ?? crypto.randomUUID()) : undefined
  for (let attempt = 0; ; attempt++) {
    try {
      return await once(connection, request, idempotencyKey)
    } catch (error) {
      request.signal?.throwIfAborted()
      const wait_ms = waitAfter(error, attempt)
      if (attempt >= connection.retries || wait_ms === null) throw error
      await pause(wait_ms, request.signal)
    }
  }
}

async function once(
  { url, key, fetch, timeout_ms }: Connection,
  { method, path, query = {}, body, signal }: Request,
  idempotencyKey: string | undefined,
): Promise<unknown> {
  const timeout = AbortSignal.timeout(timeout_ms)
  let response: Response
  let text: string
  try {
    response = await fetch(`${url}/v2${path}${queryText(query)}`, {
      method,
      headers: {
        accept: 'application/json',
        'x-api-key': key,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    text = await response.text()
  } catch (cause) {
    const why = timeout.aborted ? `no answer within ${timeout_ms} ms` : (cause as Error).message
    throw new Unreachable(`${method} ${path}: ${why}`, { cause })
  }
  if (response.ok) return isJson(response) && text !== '' ? JSON.parse(text) : text || null
  throw new FurrowError(problemIn(response.status, text), retryAfterOf(response))
}

function isJson({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('application/json') ?? true
}

/** Whatever a proxy may have answered in place of the API. */
function problemIn(status: number, text: string): Partial<Problem> & Pick<Problem, 'status'> {
  try {
    const problem: unknown = JSON.parse(text)
    return typeof problem === 'object' && problem !== null ? { ...problem, status } : { status }
  } catch {
    return { status }
  }
}

function retryAfterOf({ headers }: Response): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null
}

/** How long to wait before the next attempt; null where another one would not help. */
function waitAfter(error: unknown, attempt: number): number | null {
  const backoff_ms = Math.random() * Math.min(backoff_ms_max, backoff_ms_first * 2 ** attempt)
  if (error instanceof Unreachable) return backoff_ms
  if (!(error instanceof FurrowError) || !retried.has(error.status)) return null
  return (error.retryAfter_ms ?? 0) + backoff_ms
}

function pause(wait_ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, wait_ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}

function queryText(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined) return []
    if (typeof value !== 'object') return [pair(name, value)]
    // As one value each: a text may hold a comma.
    return value.map((one) => pair(`${name.replace(/\[in\]$/, '')}[]`, one))
  })
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

function pair(name: string, value: QueryValue): string {
  return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`
}
