import type { CustomFetch } from 'openid-client'
import { request } from 'undici'
import { BadAnswer, Refused, Unavailable } from '../partners/errors.ts'
import { bytesOf, jsonOf } from '../partners/http_body.ts'
import { dateOf } from '../partners/http_failure.ts'
import type { Answer, RevokeRequest } from '../partners/oauth.ts'
import { objectOf } from '../partners/rule.ts'
import type { OAuthPlace } from './oauth.ts'

/** One request to a token endpoint. It is never repeated: a code or a token may hold only once. */
export const token_request_ms_max = 20_000

const message_length_max = 300

/** The partner may have acted on a request whose answer did not come. */
export class NoAnswer extends Unavailable {}

/**
 * How the OAuth library sends its requests: without redirects, within a time and a size. What the
 * partner words otherwise than the standard is put into the standard's words. Throws Refused on a
 * refusal, Unavailable, and NoAnswer where it is not known what became of the request.
 */
export function tokenFetch(place: OAuthPlace): CustomFetch {
  const { oauth } = place
  return async (url, { headers, body }) => {
    const form = new URLSearchParams(String(body ?? ''))
    const sent = oauth.json
      ? { body: JSON.stringify(Object.fromEntries(form)), type: 'application/json' }
      : { body: form.toString(), type: 'application/x-www-form-urlencoded' }
    const answer = await ask(place, url, {
      method: 'POST',
      headers: { ...headers, 'content-type': sent.type },
      body: sent.body,
    })
    const told = objectOf(answer.body)
    if (!told) throw new BadAnswer(`${place.partner.title}: expected a token, got no object`)
    const standard = oauth.standard?.(told as Answer, answer.now_ms) ?? told
    return Response.json(standard, { status: 200 })
  }
}

/** Gives something back, by the partner's own request. Throws like tokenFetch. */
export async function sendOnce(place: OAuthPlace, url: string, revoke: RevokeRequest) {
  const { method, form, body } = revoke
  const headers = { accept: 'application/json', ...revoke.headers }
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json'
  const text = form ? new URLSearchParams(form).toString() : body && JSON.stringify(body)
  const sent = text === undefined ? {} : { body: text }
  const typed = text === undefined ? headers : { ...headers, 'content-type': type }
  await ask(place, url, { method, headers: typed, ...sent })
}

interface Sent {
  readonly method: 'POST' | 'DELETE'
  readonly headers: { readonly [name: string]: string }
  readonly body?: string
}

async function ask(place: OAuthPlace, url: string, sent: Sent) {
  const { pathname } = new URL(url)
  const name = `${place.partner.title}: ${sent.method} ${pathname}`
  try {
    const signal = AbortSignal.timeout(token_request_ms_max)
    const response = await request(url, { ...sent, signal })
    const bytes = await bytesOf(response, name)
    const type = response.headers['content-type']
    const status = response.statusCode
    if (status < 200 || status >= 300) throw refusalOf(place, { name, status, bytes })
    const body = bytes.length === 0 ? null : jsonOf(bytes, type ?? 'application/json', name)
    return { body, now_ms: dateOf(response.headers.date) ?? Date.now() }
  } catch (error) {
    if (error instanceof Refused || error instanceof Unavailable) throw error
    if (error instanceof BadAnswer) throw new NoAnswer(error.message)
    const { code, message } = error as { code?: string; message: string }
    const why = `${name}: ${code ?? message}`
    throw notSent.has(code ?? '') ? new Unavailable(why) : new NoAnswer(why)
  }
}

/** Faults after which it is sure that the partner never saw the request. */
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

function refusalOf(
  { partner, oauth }: OAuthPlace,
  { name, status, bytes }: { name: string; status: number; bytes: Buffer },
): Error {
  const body = looseJson(bytes)
  const standard = objectOf(body)
  const own = partner.errors(status, body)
  // The standard's own word, or else the partner's; neither is a secret, and both are cut short.
  const code = typeof standard?.error === 'string' ? standard.error : own.code
  const told = standard?.error_description ?? code ?? own.message
  const text = `${name}: ${status} ${String(told)}`.slice(0, message_length_max)
  if (status === 429 || status === 408 || status >= 500) {
    return status >= 500 ? new NoAnswer(text) : new Unavailable(text)
  }
  if (status >= 300 && status < 400) return new Refused(400, `${name}: ${status} is a redirect`)
  return new Refused(status, text, oauth.withdrawn.includes(code ?? ''))
}

function looseJson(bytes: Buffer): unknown {
  try {
    return jsonOf(bytes, 'application/json', '')
  } catch {
    return null
  }
}
