import { type Dispatcher, Pool } from 'undici'
import { publicLookup } from '../net/public_address.ts'
import { type DownloadOptions, download } from './download.ts'
import { BadAnswer, Unavailable } from './errors.ts'
import { bytesOf, jsonOf } from './http_body.ts'
import {
  dateOf,
  type Failure,
  faultOf,
  refusalOf,
  secretsIn,
  secretsOf,
  type Words,
} from './http_failure.ts'
import { wireMethod, wireOf } from './http_request.ts'
import type { Partner, PartnerError } from './partner.ts'
import { type Budget, newBudget, type Priority, pause } from './rate.ts'
import type { ApiRequest, Headers } from './request.ts'
import { inSession, type SessionOptions } from './session.ts'

export const connections_max = 16
export const connect_timeout_ms = 10_000
export const headers_timeout_ms = 30_000
export const body_timeout_ms = 15_000
/** One attempt as a whole, so that a slow drip ends too. */
export const attempt_ms_max = 60_000
export const keep_alive_ms = 30_000
export const attempts_max = 6
/** An answer that is not JSON is sometimes a proxy's; asked again this often at most. */
export const bad_answers_max = 2
/** How long one call keeps trying before it gives up with `Unavailable`. */
export const patience_ms_default = 30_000
export const backoff_ms_first = 250
export const backoff_ms_max = 8_000
/** Texts of former sessions that are still kept out of messages. */
export const session_secrets_max = 32

/** Asks one account at a partner, within its rate. */
export interface Http {
  readonly send: Send
  /** Bytes of a file that the partner wrote; see download. */
  readonly download: (
    url: string,
    options: Omit<DownloadOptions, 'origin'>,
  ) => AsyncIterable<Buffer>
  readonly close: () => Promise<void>
}
export type Send = (request: ApiRequest, options?: SendOptions) => Promise<Answer>

export interface SendOptions {
  readonly signal?: AbortSignal
  readonly priority?: Priority
}

export interface Answer {
  readonly status: number
  readonly headers: { readonly [name: string]: string | string[] | undefined }
  /** Parsed JSON; null when the answer has no body. */
  readonly body: unknown
  /** When the attempt that was answered began. */
  readonly started_ms: number
  /** The partner's clock, from its Date header. */
  readonly date_ms: number | null
}

export interface HttpOptions {
  readonly baseUrl: string
  readonly headers: { readonly [name: string]: string }
  /** Requests a second; unlimited where it is left out. Ignored beside `budget`. */
  readonly per_second?: number
  /** Shared by every caller of the connection; in this process unless another is given. */
  readonly budget?: Budget
  /** Reads the partner's own words out of a refusal. */
  readonly errors?: (status: number, body: unknown) => PartnerError
  /** Tells a refusal that comes with 200; see Partner. */
  readonly refused?: Partner['refused'] | undefined
  /** What statuses stand for; see Partner. */
  readonly means?: Partner['means'] | undefined
  /** Tells how long to wait before asking again; see Partner. */
  readonly pace?: Partner['pace'] | undefined
  /** Opens the session whose headers every request carries. */
  readonly session?: SessionOptions
  /** Connects to public addresses only: for hosts that a customer of ours names. */
  readonly publicOnly?: boolean
  readonly patience_ms?: number
  readonly attempt_ms?: number
  readonly now?: () => number
}

/** A client for one base URL: keeps connections, retries with patience, throws typed errors. */
export function newHttp(options: HttpOptions): Http {
  const { headers, errors = noWords, now = Date.now, attempt_ms = attempt_ms_max } = options
  const base = new URL(options.baseUrl)
  const pool = new Pool(base.origin, {
    connections: connections_max,
    connect: {
      timeout: connect_timeout_ms,
      ...(options.publicOnly ? { lookup: publicLookup } : {}),
    },
    headersTimeout: headers_timeout_ms,
    bodyTimeout: body_timeout_ms,
    keepAliveTimeout: keep_alive_ms,
    allowH2: false,
  })
  const budget = options.budget ?? newBudget({ per_second: options.per_second ?? Infinity, now })
  const { session } = options
  const secrets = [
    ...secretsOf(headers),
    ...(session && 'request' in session ? secretsIn(session.request) : []),
  ]
  const fixed = secrets.length
  const opened = (within: Headers) => {
    secrets.push(...secretsOf(within))
    // Tokens of sessions that ended long ago open nothing.
    secrets.splice(fixed, Math.max(0, secrets.length - fixed - session_secrets_max))
  }
  const asked = {
    pool,
    prefix: base.pathname.replace(/\/+$/, ''),
    headers: { accept: 'application/json', 'accept-encoding': 'gzip', ...headers },
    words: { errors, secrets },
    refused: options.refused ?? (() => null),
    means: options.means ?? {},
    pace: options.pace ?? (() => null),
    now,
    attempt_ms,
  }
  const patience_ms = options.patience_ms ?? patience_ms_default
  const send: Send = (request, how = {}) => persist(asked, budget, patience_ms, request, how)
  return {
    send: session ? inSession(send, { ...session, opened }, now) : send,
    download: (url, how) => download(url, { ...how, origin: base.origin }),
    close: () => pool.close(),
  }
}

interface Asked {
  readonly pool: Pool
  readonly prefix: string
  readonly headers: { readonly [name: string]: string }
  readonly words: Words
  readonly refused: NonNullable<Partner['refused']>
  readonly means: NonNullable<Partner['means']>
  readonly pace: NonNullable<Partner['pace']>
  readonly now: () => number
  readonly attempt_ms: number
}

async function persist(
  asked: Asked,
  budget: Budget,
  patience_ms: number,
  request: ApiRequest,
  { signal, priority = 'incremental' }: SendOptions,
): Promise<Answer> {
  const { now } = asked
  let badAnswers = 0
  let deadline_ms = Infinity
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    await budget.take(priority, signal)
    // Waiting for our own turn is not the partner's fault.
    if (attempt === 1) deadline_ms = now() + patience_ms
    const result = await attemptOnce(asked, request, signal)
    if (!('error' in result)) {
      const pace_ms = asked.pace(result)
      if (pace_ms !== null) budget.hold(now() + Math.min(pace_ms, patience_ms))
      return result
    }
    if (result.error instanceof BadAnswer) badAnswers++
    const wait_ms = waitOf(result, attempt)
    if (result.throttled) budget.hold(now() + Math.min(wait_ms, patience_ms))
    const goes = result.again && attempt < attempts_max && badAnswers < bad_answers_max
    if (!goes || now() + wait_ms > deadline_ms) throw finalOf(result, now())
    await pause(wait_ms, signal)
  }
}

/** As long as the partner asks, and a little more so that callers do not return all at once. */
function waitOf({ wait_ms }: Failure, attempt: number): number {
  return Math.max((wait_ms ?? 0) + jitter(0), jitter(attempt))
}

/** Full jitter: anywhere between nothing and the back-off of this attempt. */
function jitter(attempt: number): number {
  return Math.random() * Math.min(backoff_ms_max, backoff_ms_first * 2 ** attempt)
}

function finalOf(failure: Failure, now_ms: number): Error {
  const { error, wait_ms } = failure
  if (!(error instanceof Unavailable) || wait_ms === null) return error
  return new Unavailable(error.message, now_ms + wait_ms)
}

async function attemptOnce(
  asked: Asked,
  request: ApiRequest,
  signal: AbortSignal | undefined,
): Promise<Answer | Failure> {
  const started_ms = asked.now()
  const name = `${wireMethod(request)} ${request.path}`
  const cut = new AbortController()
  const timer = setTimeout(() => cut.abort(new Error('took too long')), asked.attempt_ms)
  const abort = () => cut.abort(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    const response = await asked.pool.request(wireOf(asked, request, cut.signal))
    const bytes = await bytesOf(response, name)
    return read(asked, name, response, bytes, started_ms)
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    return faultOf(asked.words, name, error)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

function read(
  { words, refused, means, now }: Asked,
  name: string,
  { statusCode, headers }: Dispatcher.ResponseData,
  bytes: Buffer,
  started_ms: number,
): Answer | Failure {
  const status = means[statusCode] ?? statusCode
  if (status < 200 || status >= 300) {
    return refusalOf(words, { name, status, headers, bytes, now_ms: now() })
  }
  const body = bytes.length === 0 ? null : jsonOf(bytes, headers['content-type'], name)
  const refusal = refused(body)
  if (refusal) {
    const failure = refusalOf(words, { name, ...refusal, headers, bytes, now_ms: now() })
    return { ...failure, wait_ms: refusal.wait_ms ?? failure.wait_ms }
  }
  return { status, headers, body, started_ms, date_ms: dateOf(headers.date) }
}

function noWords(): PartnerError {
  return { message: 'without a reason', code: null }
}
