import type { FastifyRequest } from 'fastify'
import type { Mode } from '../../store/api_key.ts'

/** How long a browser stays signed in. */
export const session_life_ms = 12 * 3_600_000

/**
 * Sent with every request of the console: `test` or `live`, since a browser may be signed in to
 * both. A page of another origin cannot send it unasked.
 */
export const console_header = 'x-furrow-console'

/** The token of the console's session, where a page of ours sends it; else null. */
export function presentedSession(request: FastifyRequest): string | null {
  const mode = request.headers[console_header]
  if (mode !== 'test' && mode !== 'live') return null
  return isOwnPage(request) ? tokenIn(request, mode) : null
}

/** The cookie that keeps a token in the browser, out of reach of its scripts. */
export function sessionCookie(request: FastifyRequest, mode: Mode, token: string): string {
  return `${cookieName(request, mode)}=${token}; ${attributes(request, session_life_ms / 1000)}`
}

/** The cookies that take away what is signed in in the mode that the request names. */
export function endedCookie(request: FastifyRequest): string {
  const mode = request.headers[console_header] === 'live' ? 'live' : 'test'
  return `${cookieName(request, mode)}=; ${attributes(request, 0)}`
}

/**
 * Whether a page of this very server sends the request. Cookies with SameSite=Strict do not come
 * from other sites; this also refuses other ports and names of the same site.
 */
export function isOwnPage(request: FastifyRequest): boolean {
  const { 'sec-fetch-site': site, origin } = request.headers
  if (request.headers[console_header] === undefined) return false
  if (site !== undefined && site !== 'same-origin') return false
  return origin === undefined || origin === `${request.protocol}://${request.host}`
}

function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https'
}

/** With the prefix, browsers take it over https only, and from no neighbouring host. */
function cookieName(request: FastifyRequest, mode: Mode): string {
  return `${isSecure(request) ? '__Host-' : ''}furrow_${mode}`
}

function attributes(request: FastifyRequest, seconds: number): string {
  const secure = isSecure(request) ? '; Secure' : ''
  return `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`
}

function tokenIn(request: FastifyRequest, mode: Mode): string | null {
  const { cookie } = request.headers
  if (cookie === undefined) return null
  const name = `${cookieName(request, mode)}=`
  const found = cookie
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(name))
  return found?.slice(name.length) || null
}
