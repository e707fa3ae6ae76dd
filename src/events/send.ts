import type { LookupFunction } from 'node:net'
import { Agent, type Dispatcher, request } from 'undici'
import {
  assertCallable,
  BadAddress,
  guardedLookup,
  isLoopbackAddress,
  isPublicAddress,
  type Resolve,
} from '../net/public_address.ts'
import type { Attempted } from '../store/event_delivery.ts'
import { retryAfter } from './schedule.ts'
import { eventUrl, isOnThisMachine, type UrlRules } from './url.ts'

/** One attempt as a whole: name, connection, request and answer. */
export const timeout_ms = 15_000
/** Of an answer's body, how much is kept. */
export const answer_bytes_max = 1024
const connections_max = 32
const keep_alive_ms = 10_000
const answer_header_bytes_max = 16_384

export interface Sending {
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  readonly body: string
  readonly signal?: AbortSignal
}

export interface Sent extends Attempted {
  /** What the receiver asked for; null where it did not. */
  readonly retry_after_ms: number | null
}

/** Posts events to receivers, and never to what only this machine can reach. */
export interface Sender {
  /** Never throws for what goes wrong on the way: that is the outcome. */
  readonly send: (sending: Sending) => Promise<Sent>
  readonly rules: UrlRules
  readonly close: () => Promise<void>
}

export interface SenderOptions extends UrlRules {
  readonly now?: () => number
  readonly timeout_ms?: number
  /** Finds the addresses of names; the system's own by default. */
  readonly resolve?: Resolve
}

export function newSender(options: SenderOptions): Sender {
  const { now = Date.now, loopback, resolve } = options
  const rules = { loopback }
  const routes = {
    public: routeTo(isPublicAddress, resolve),
    local: routeTo(isLoopbackAddress, resolve),
  }
  return {
    rules,
    async send(sending) {
      const date_ms = now()
      const began_ms = performance.now()
      const end = await attempt(sending, {
        rules,
        routes,
        timeout_ms: options.timeout_ms ?? timeout_ms,
      })
      const { retry_after, ...outcome } = end
      const duration_ms = Math.round(performance.now() - began_ms)
      return { ...outcome, date_ms, duration_ms, retry_after_ms: retryAfter(retry_after, now()) }
    },
    async close() {
      await Promise.all([routes.public.agent.destroy(), routes.local.agent.destroy()])
    },
  }
}

interface Route {
  readonly agent: Dispatcher
  readonly isAllowed: (address: string) => boolean
}

function routeTo(isAllowed: Route['isAllowed'], resolve: Resolve | undefined): Route {
  const lookup: LookupFunction = guardedLookup(isAllowed, resolve)
  const agent = new Agent({
    connect: { lookup, timeout: timeout_ms },
    connections: connections_max,
    keepAliveTimeout: keep_alive_ms,
    maxHeaderSize: answer_header_bytes_max,
    allowH2: false,
  })
  return { agent, isAllowed }
}

interface How {
  readonly rules: UrlRules
  readonly routes: { readonly public: Route; readonly local: Route }
  readonly timeout_ms: number
}

type Outcome = Pick<Attempted, 'status_code' | 'error' | 'answer'> & {
  readonly retry_after: unknown
}

async function attempt({ url: text, ...sending }: Sending, how: How): Promise<Outcome> {
  const limit = AbortSignal.timeout(how.timeout_ms)
  try {
    // Looked at anew: the rules may be stricter than when the endpoint was made.
    const url = eventUrl(text, how.rules)
    const { agent, isAllowed } = how.routes[isOnThisMachine(url, how.rules) ? 'local' : 'public']
    assertCallable(url, isAllowed)
    const answer = await request(url, {
      method: 'POST',
      dispatcher: agent,
      headers: { 'content-type': 'application/json', 'user-agent': 'Furrow', ...sending.headers },
      body: sending.body,
      signal: sending.signal ? AbortSignal.any([limit, sending.signal]) : limit,
    })
    return outcomeOf(answer, await beginningOf(answer.body))
  } catch (error) {
    return { status_code: null, error: reasonOf(error, limit), answer: null, retry_after: null }
  }
}

function outcomeOf({ statusCode, headers }: Dispatcher.ResponseData, answer: string): Outcome {
  const isOk = statusCode >= 200 && statusCode < 300
  const isElsewhere = statusCode >= 300 && statusCode < 400
  return {
    status_code: statusCode,
    error: isOk ? null : `${statusCode}${isElsewhere ? ': redirects are not followed' : ''}`,
    answer,
    retry_after: isOk ? null : headers['retry-after'],
  }
}

/** The first bytes of a body as text. An answer whose body breaks off has been given all the same. */
async function beginningOf(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of body) {
      parts.push(part)
      bytes += part.length
      if (bytes >= answer_bytes_max) break
    }
  } catch {
    // What came before the break is what there is.
  }
  const text = Buffer.concat(parts).subarray(0, answer_bytes_max).toString('utf8')
  return text.toWellFormed().replaceAll('\0', '\ufffd')
}

const reason_length_max = 200

function reasonOf(error: unknown, limit: AbortSignal): string {
  if (limit.aborted) return 'no answer in time'
  const { code, message, cause } = error as Error & { code?: string }
  if (error instanceof BadAddress) return message
  if (cause instanceof BadAddress) return cause.message
  const reason = code ? `${code}: ${message}` : message
  return reason.replaceAll('\0', '').toWellFormed().slice(0, reason_length_max)
}
