import { type Dispatcher, errors as faults, Pool } from 'undici'
import { BadAnswer, Gone, Refused, Rejected, Unavailable } from './errors.ts'
import { bytesOf, jsonOf } from './http_body.ts'
import type { ApiRequest, PartnerError, Query } from './partner.ts'
import { type Budget, newBudget, type Priority, pause } from './rate.ts'

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
export const message_length_max = 300

/** Asks one account at a partner, within its rate. */
export interface Http {
  readonly send: Send
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
    connect: { timeout: connect_timeout_ms },
    headersTimeout: headers_timeout_ms,
    bodyTimeout: body_timeout_ms,
    keepAliveTimeout: keep_alive_ms,
    allowH2: false,
  })
  const budget = options.budget ?? newBudget({ ...optional('per_second', options.per_second), now })
  const asked = {
    pool,
    prefix: base.pathname.replace(/\/+$/, ''),
    headers: { accept: 'application/json', 'accept-encoding': 'gzip', ...headers },
    secrets: secretsOf(headers),
    errors,
    now,
    attempt_ms,
  }
  const patience_ms = options.patience_ms ?? patience_ms_default
  return {
    send: (request, how = {}) => persist(asked, budget, patience_ms, request, how),
    close: () => pool.close(),
  }
}

interface Asked {
  readonly pool: Pool
  readonly prefix: string
  readonly headers: { readonly [name: string]: string }
  readonly secrets: readonly string[]
  readonly errors: (status: number, body: unknown) => PartnerError
  readonly now: () => number
  readonly attempt_ms: number
}

/** An attempt that gave no answer, and whether another may. */
interface Failure {
  readonly error: Error
  readonly again: boolean
  /** How long the partner asks us to wait. */
  readonly wait_ms: number | null
  /** Over the rate: every caller of the connection waits. */
  readonly throttled: boolean
}

async function persist(
  asked: Asked,
  budget: Budget,
  patience_ms: number,
  request: ApiRequest,
  { signal, priority = 'bulk' }: SendOptions,
): Promise<Answer> {
  const { now } = asked
  const deadline_ms = now() + patience_ms
  let badAnswers = 0
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    await budget.take(priority, signal)
    const result = await attemptOnce(asked, request, signal)
    if (!('error' in result)) return result
    if (result.error instanceof BadAnswer) badAnswers++
    const wait_ms = result.wait_ms ?? jitter(attempt)
    const goes = result.again && attempt < attempts_max && badAnswers < bad_answers_max
    if (!goes || now() + wait_ms > deadline_ms) throw finalOf(result, now())
    if (result.throttled) budget.hold(now() + wait_ms)
    await pause(wait_ms, signal)
  }
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
  const name = `${request.method ?? 'GET'} ${request.path}`
  const cut = new AbortController()
  const timer = setTimeout(() => cut.abort(new Error('took too long')), asked.attempt_ms)
  const abort = () => cut.abort(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    const response = await asked.pool.request(wireOf(asked, request, cut.signal))
    const bytes = await bytesOf(response)
    return read(asked, name, response, bytes, started_ms)
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    return failed(asked, name, error)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

function wireOf(asked: Asked, request: ApiRequest, signal: AbortSignal) {
  const { prefix, headers } = asked
  const path = prefix + request.path + queryText(request.query)
  const method = request.method ?? 'GET'
  if (request.body === undefined) return { method, path, headers, signal }
  const body = JSON.stringify(request.body)
  return { method, path, headers: { ...headers, 'content-type': 'application/json' }, body, signal }
}

/** `?created%5Bgte%5D=1&expand%5B%5D=a&expand%5B%5D=b`; lists repeat their name. */
export function queryText(query: Query | undefined): string {
  if (!query) return ''
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`),
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

function read(
  asked: Asked,
  name: string,
  { statusCode: status, headers }: Dispatcher.ResponseData,
  bytes: Buffer,
  started_ms: number,
): Answer | Failure {
  if (status >= 200 && status < 300) {
    const body = bytes.length === 0 ? null : jsonOf(bytes, headers['content-type'], name)
    return { status, headers, body, started_ms, date_ms: dateOf(headers.date) }
  }
  const wait_ms = retryAfter(headers['retry-after'], asked.now())
  const { error, again } = refusal(asked, name, status, bytes)
  const told = headers['stripe-should-retry']
  return {
    error:
      told === 'true' && !(error instanceof Unavailable) ? new Unavailable(error.message) : error,
    again: told === 'true' || (told !== 'false' && again),
    wait_ms,
    throttled: status === 429,
  }
}

function refusal(asked: Asked, name: string, status: number, bytes: Buffer) {
  if (status >= 300 && status < 400) {
    return {
      error: new BadAnswer(`${name}: ${status} is a redirect, which is not followed`),
      again: false,
    }
  }
  const { message, code } = asked.errors(status, looseJson(bytes))
  const text = scrub(`${name}: ${status} ${message}`, asked.secrets)
  if (status === 401 || status === 403) return { error: new Refused(status, text), again: false }
  if (status === 404 || status === 410) return { error: new Gone(text), again: false }
  if (status === 429 || status === 408 || status >= 500) {
    return { error: new Unavailable(text), again: true }
  }
  return { error: new Rejected(status, code, text), again: false }
}

/** A refusal's body is only read for its words, so it may be anything. */
function looseJson(bytes: Buffer): unknown {
  try {
    return jsonOf(bytes, 'application/json', '')
  } catch {
    return null
  }
}

function failed(asked: Asked, name: string, cause: unknown): Failure {
  if (cause instanceof BadAnswer) {
    return { error: cause, again: true, wait_ms: null, throttled: false }
  }
  // What undici refuses to send (a header, a path) is our own defect, not the partner's silence.
  if (cause instanceof faults.InvalidArgumentError || cause instanceof TypeError) throw cause
  const { code, message } = cause as { code?: unknown; message?: unknown }
  const why = typeof code === 'string' ? code : String(message ?? cause)
  const error = new Unavailable(scrub(`${name}: ${why}`, asked.secrets))
  return { error, again: true, wait_ms: null, throttled: false }
}

/** `Retry-After` as seconds or as a date; null where it is missing or makes no sense. */
export function retryAfter(value: string | string[] | undefined, now_ms: number): number | null {
  const text = [value].flat()[0]?.trim()
  if (!text) return null
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  const date_ms = Date.parse(text)
  return Number.isNaN(date_ms) ? null : Math.max(0, date_ms - now_ms)
}

let dateText = ''
let dateParsed_ms: number | null = null

// Hundreds of answers a second carry the same second.
function dateOf(value: string | string[] | undefined): number | null {
  if (typeof value !== 'string') return null
  if (value !== dateText) {
    const parsed = Date.parse(value)
    dateText = value
    dateParsed_ms = Number.isNaN(parsed) ? null : parsed
  }
  return dateParsed_ms
}

const secret_length_min = 8

/** What must not be repeated in an error: header values of ours, and the tokens inside them. */
function secretsOf(headers: { readonly [name: string]: string }): readonly string[] {
  return Object.entries(headers)
    .filter(([name]) => /auth|key|token|secret|cookie/i.test(name))
    .flatMap(([, value]) => [value, ...value.split(/[\s,;]+/), ...decoded(value)])
    .filter((text) => text.length >= secret_length_min)
}

/** User and password of a Basic header. */
function decoded(value: string): readonly string[] {
  const match = /^Basic (.+)$/i.exec(value)
  return match?.[1] ? Buffer.from(match[1], 'base64').toString().split(':') : []
}

function scrub(text: string, secrets: readonly string[]): string {
  let scrubbed = text
  for (const secret of secrets) scrubbed = scrubbed.replaceAll(secret, '[secret]')
  return scrubbed.slice(0, message_length_max)
}

function noWords(): PartnerError {
  return { message: '', code: null }
}

function optional<K extends string, V>(name: K, value: V | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { [N in K]?: V }
}
