import { errors as undici } from 'undici'
import { BadAnswer, Gone, Refused, Rejected, Unavailable } from './errors.ts'
import { jsonOf } from './http_body.ts'
import { BadAddress } from './own_host.ts'
import type { PartnerError } from './partner.ts'
import type { ApiRequest } from './request.ts'

export const message_length_max = 300

/** An attempt that gave no answer, and whether another may. */
export interface Failure {
  readonly error: Error
  readonly again: boolean
  /** How long the partner asks us to wait. */
  readonly wait_ms: number | null
  /** Over the rate: every caller of the connection waits. */
  readonly throttled: boolean
}

/** How refusals are worded, and what must not be repeated in them. */
export interface Words {
  readonly errors: (status: number, body: unknown) => PartnerError
  readonly secrets: readonly string[]
}

interface RefusedAnswer {
  readonly name: string
  readonly status: number
  readonly headers: { readonly [name: string]: string | string[] | undefined }
  readonly bytes: Buffer
  readonly now_ms: number
}

/** What an answer that is not 2xx means. `Stripe-Should-Retry` decides over the status. */
export function refusalOf(words: Words, refused: RefusedAnswer): Failure {
  const { status, headers, now_ms } = refused
  const error = errorOf(words, refused)
  const wait_ms = retryAfter(headers['retry-after'], [dateOf(headers.date) ?? now_ms, now_ms])
  const told = headers['stripe-should-retry']
  const throttled = status === 429
  if (told === 'true') {
    return { error: new Unavailable(error.message), again: true, wait_ms, throttled }
  }
  return { error, again: error instanceof Unavailable && told !== 'false', wait_ms, throttled }
}

function errorOf(words: Words, { name, status, bytes }: RefusedAnswer): Error {
  if (status >= 300 && status < 400) {
    return new BadAnswer(`${name}: ${status} is a redirect, which is not followed`)
  }
  const { message, code, withdrawn } = words.errors(status, looseJson(bytes))
  const text = scrub(`${name}: ${status} ${message}`, words.secrets)
  if (status === 401 || status === 403) return new Refused(status, text, withdrawn)
  if (status === 404 || status === 410) return new Gone(text)
  if (status === 429 || status === 408 || status >= 500) return new Unavailable(text)
  return new Rejected(status, code, text)
}

/** A refusal's body is only read for its words, so it may be anything. */
function looseJson(bytes: Buffer): unknown {
  try {
    return jsonOf(bytes, 'application/json', '')
  } catch {
    return null
  }
}

/** What a network fault, a time-out or an unreadable body means. */
export function faultOf(words: Words, name: string, cause: unknown): Failure {
  const failure = { again: true, wait_ms: null, throttled: false }
  if (cause instanceof BadAddress) return { ...failure, again: false, error: cause }
  if (cause instanceof BadAnswer) return { ...failure, error: cause }
  // What undici refuses to send (a header, a path) is our own defect, not the partner's silence.
  if (cause instanceof undici.InvalidArgumentError || cause instanceof TypeError) throw cause
  const { code, message } = cause as { code?: unknown; message?: unknown }
  const why = typeof code === 'string' ? code : String(message ?? cause)
  return { ...failure, error: new Unavailable(scrub(`${name}: ${why}`, words.secrets)) }
}

/**
 * `Retry-After` as seconds, or as a date by any of these clocks (the partner's may be wrong), the
 * soonest; null where it makes no sense.
 */
export function retryAfter(
  value: string | string[] | undefined,
  clocks_ms: readonly number[],
): number | null {
  const text = [value].flat()[0]?.trim()
  if (!text) return null
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  const date_ms = Date.parse(text)
  return Number.isNaN(date_ms) ? null : Math.max(0, date_ms - Math.max(...clocks_ms))
}

let dateText = ''
let dateParsed_ms: number | null = null

/** The partner's clock. Hundreds of answers a second carry the same second. */
export function dateOf(value: string | string[] | undefined): number | null {
  if (typeof value !== 'string') return null
  if (value !== dateText) {
    const parsed = Date.parse(value)
    dateText = value
    dateParsed_ms = Number.isNaN(parsed) ? null : parsed
  }
  return dateParsed_ms
}

const secret_length_min = 8
const secret_name = /auth|key|token|secret|cookie|pass/i

/** What must not be repeated: our header values that are credentials, and the tokens in them. */
export function secretsOf(headers: { readonly [name: string]: string }): readonly string[] {
  return Object.entries(headers)
    .filter(([name]) => secret_name.test(name))
    .flatMap(([, value]) => [value, ...value.split(/[\s,;]+/), ...userAndPassword(value)])
    .filter((text) => text.length >= secret_length_min)
}

/** Texts of a request that are credentials by their name: what a session is opened with. */
export function secretsIn(request: Pick<ApiRequest, 'headers' | 'body' | 'form'>): string[] {
  const found = [...secretsOf(request.headers ?? {})]
  const look = (held: unknown, name: string): void => {
    if (typeof held === 'object' && held !== null) {
      for (const [key, value] of Object.entries(held)) look(value, key)
    } else if (secret_name.test(name)) found.push(String(held))
  }
  look(request.body, '')
  look(request.form, '')
  return found.filter((text) => text.length >= secret_length_min)
}

function userAndPassword(value: string): readonly string[] {
  const match = /^Basic (.+)$/i.exec(value)
  return match?.[1] ? Buffer.from(match[1], 'base64').toString().split(':') : []
}

function scrub(text: string, secrets: readonly string[]): string {
  let scrubbed = text
  for (const secret of secrets) scrubbed = scrubbed.replaceAll(secret, '[secret]')
  return scrubbed.slice(0, message_length_max)
}
