import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Desk } from '../../connect/consent.ts'
import { hashOf, isSecret } from '../../connect/consent_link.ts'
import type { ConsentLink } from '../../store/consent_link.ts'

/** What a browser keeps of a link that it opened. */
export interface Kept {
  /** What it proves itself with. */
  readonly secret: string
  /** The link's own text, to find back from a partner. */
  readonly token: string
}

const name_length = 12

/** Each link has a cookie of its own, so that two can be open side by side. */
function cookieName({ publicUrl }: Desk, { hash }: ConsentLink): string {
  const name = `furrow-consent-${hash.slice(0, name_length)}`
  return isHttps(publicUrl) ? `__Host-${name}` : name
}

export function isHttps(url: string): boolean {
  return url.startsWith('https:')
}

/** What this browser keeps of a link; null where that is nothing, or not as it was given. */
export function keptIn(desk: Desk, link: ConsentLink, request: FastifyRequest): Kept | null {
  const name = cookieName(desk, link)
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='))
  const found = pairs.filter(([given]) => given === name).map(([, value]) => value)
  // Two of one name are a sign that somebody else set one of them.
  if (found.length !== 1) return null
  const [secret, rest] = found[0]?.split('.') ?? []
  const token = `${link.ledgerAccountId}.${rest}`
  return isSecret(secret) && hashOf(token) === link.hash ? { secret, token } : null
}

/** Hands the browser what it is to keep; over when the link is. */
export function give(
  desk: Desk,
  link: ConsentLink,
  { reply, kept }: { reply: FastifyReply; kept: Kept },
) {
  const life_seconds = Math.max(0, Math.ceil((link.expires_ms - desk.now()) / 1000))
  const secure = isHttps(desk.publicUrl) ? '; Secure' : ''
  // Lax, because the partner sends the browser back from its own site.
  const rules = `Path=/; Max-Age=${life_seconds}; HttpOnly; SameSite=Lax${secure}`
  const value = `${kept.secret}.${kept.token.slice(link.ledgerAccountId.length + 1)}`
  reply.header('set-cookie', `${cookieName(desk, link)}=${value}; ${rules}`)
}
