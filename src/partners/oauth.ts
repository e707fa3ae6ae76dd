import type { Credential, Mode } from './partner.ts'
import type { Headers } from './request.ts'

/** What a platform registered at the partner: its client. */
export interface App {
  readonly clientId: string
  readonly clientSecret: string
}

/** Where a partner's OAuth is: one origin, one a mode, or the shop's own, told by what was asked. */
export type Origin = string | { readonly [M in Mode]: string } | ((given: Credential) => string)

/**
 * How a business lets us in without giving us a key (RFC 6749), as data. What a partner does
 * otherwise than the standard has it is said here, and nowhere else.
 */
export interface OAuth {
  /** Where it is documented. */
  readonly docs: string
  readonly authorize: { readonly origin: Origin; readonly path: string }
  readonly token: { readonly origin: Origin; readonly path: string }
  readonly scopes: readonly string[]
  /** A space, as the standard has it, without it. */
  readonly scopeSeparator?: string
  /** Further parameters of the consent screen, and of the exchange of a code. */
  readonly authorizeParameters?: { readonly [name: string]: string }
  readonly exchangeParameters?: { readonly [name: string]: string }
  /** Whether it takes a code challenge (RFC 7636, S256 only). */
  readonly pkce: boolean
  /** How we say who we are at the token endpoint. `none`: the code verifier stands for a secret. */
  readonly clientAuth: 'post' | 'basic' | 'none'
  /** Its token endpoint reads JSON rather than a form. */
  readonly json?: boolean
  /** Fields of the credential that have to be known before the business can be sent there. */
  readonly asks: readonly string[]
  /** Checks what the partner signed of the way back. */
  readonly verify?: (query: URLSearchParams, of: { app: App; given: Credential }) => boolean
  /** Puts a token answer into the standard's words. `now_ms` is the partner's clock. */
  readonly standard?: (answer: Answer, now_ms: number) => Answer
  /** The credential that a granted token is. */
  readonly credential: (accessToken: string, given: Credential) => Credential
  /**
   * What becomes of a refresh token that was used: it stays, it is replaced and must not be used
   * again, or there is none because access tokens do not end.
   */
  readonly refresh: 'stays' | 'rotates' | 'none'
  /** Refreshed at this age, where the partner asks for it earlier than near the end of its life. */
  readonly refreshAfter_ms?: number
  /** The partner's codes for: the business took its consent back. */
  readonly withdrawn: readonly string[]
  /** The request that gives a grant back. */
  readonly revoke: (of: Revoking) => RevokeRequest
}

/** A token answer as it came. */
export interface Answer {
  readonly [name: string]: unknown
}

export interface Revoking {
  readonly app: App
  readonly credential: Credential
  /** The partner's own id of the account. */
  readonly partnerAccountId: string
  readonly refreshToken: string | null
}

export interface RevokeRequest {
  readonly method: 'POST' | 'DELETE'
  /** On the host of the token endpoint. */
  readonly path: string
  readonly headers?: Headers
  readonly form?: { readonly [name: string]: string }
  readonly body?: { readonly [name: string]: string }
}

/** Where something of a partner's OAuth is. `baseUrl` stands for all its hosts: the sandbox. */
export function oauthUrl(
  { origin, path }: OAuth['authorize'],
  { mode, given, baseUrl }: { mode: Mode; given: Credential; baseUrl: string | null },
): string {
  if (baseUrl !== null) return `${baseUrl}${path}`
  if (typeof origin === 'string') return `${origin}${path}`
  return `${typeof origin === 'function' ? origin(given) : origin[mode]}${path}`
}
