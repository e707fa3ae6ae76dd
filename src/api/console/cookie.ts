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
  const name = isSecure(request) ? secureName(mode) : plainName(mode)
  return cookie(name, token, session_life_ms / 1000)
}

/** The cookies that take away what is signed in, in the mode that the request names. */
export function endedCookies(request: FastifyRequest): string[] {
  const mode = request.headers[console_header] === 'live' ? 'live' : 'test'
  return [secureName(mode), plainName(mode)].map((name) => cookie(name, '', 0))
}

/**
 * Whether a page of this very server sends the request. Cookies with SameSite=Strict do not come
 * from other sites; this also refuses other ports and names of the same site.
 */
export function isOwnPage({ headers, host }: FastifyRequest): boolean {
  const { 'sec-fetch-site': site, origin } = headers
  if (headers[console_header] === undefined) return false
  if (site !== undefined && site !== 'same-origin') return false
  // Not the scheme: a proxy may end https.
  return origin === undefined || /^https?:\/\/(.*)$/.exec(origin)?.[1] === host
}

/** Whether the browser came by https, which behind a proxy only the page's own origin tells. */
function isSecure({ protocol, headers: { origin } }: FastifyRequest): boolean {
  return protocol === 'https' || (origin?.startsWith('https://') ?? false)
}

const plainName = (mode: Mode) => `furrow_${mode}`

const secure_prefix = '__Host-'
/** With the prefix, browsers take it over https only, and from no neighbouring host. */
const secureName = (mode: Mode) => `${secure_prefix}furrow_${mode}`

function cookie(name: string, value: string, seconds: number): string {
  const secure = name.startsWith(secure_prefix) ? '; Secure' : ''
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`
}

function tokenIn({ headers }: FastifyRequest, mode: Mode): string | null {
  const pairs = headers.cookie?.split(';').map((part) => part.trim()) ?? []
  for (const name of [secureName(mode), plainName(mode)]) {
    const found = pairs.find((pair) => pair.startsWith(`${name}=`))
    if (found) return found.slice(name.length + 1)
  }
  return null
}
