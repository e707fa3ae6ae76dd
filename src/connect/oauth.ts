import * as client from 'openid-client'
import { BadAnswer, Refused, Unavailable } from '../partners/errors.ts'
import { type App, type OAuth, oauthUrl } from '../partners/oauth.ts'
import type { Credential, Mode, Partner } from '../partners/partner.ts'
import { sendOnce, tokenFetch } from './token_request.ts'

/** Somebody's OAuth at a partner: whose app asks, and where. */
export interface OAuthPlace {
  readonly partner: Partner
  readonly oauth: OAuth
  readonly mode: Mode
  readonly app: App
  /** Of a simulated partner; null is the partner's own hosts. */
  readonly baseUrl: string | null
  /** What was asked of the business before: a shop's domain. */
  readonly given: Credential
}

/** What a partner granted. */
export interface Grant {
  readonly credential: Credential
  readonly refreshToken: string | null
  /** How long the access token holds; null where it does not end. */
  readonly lives_ms: number | null
}

export interface Asking {
  readonly redirectUri: string
  readonly state: string
  /** Of the code challenge; used where the partner takes one. */
  readonly verifier: string
}

/** Where the business is sent to, to be asked by the partner. Throws BadAddress. */
export async function consentUrl(place: OAuthPlace, asking: Asking): Promise<URL> {
  const { oauth } = place
  const challenge = oauth.pkce
    ? {
        code_challenge: await client.calculatePKCECodeChallenge(asking.verifier),
        code_challenge_method: 'S256',
      }
    : {}
  return client.buildAuthorizationUrl(configOf(place), {
    ...oauth.authorizeParameters,
    scope: oauth.scopes.join(oauth.scopeSeparator ?? ' '),
    redirect_uri: asking.redirectUri,
    state: asking.state,
    ...challenge,
  })
}

/** The partner sent the business back with a no. */
export class ConsentDenied extends Error {
  override readonly name = 'ConsentDenied'
}

/**
 * Hands in the code that the business came back with. Throws ConsentDenied, Refused (also where the
 * way back is not as the partner makes it), Unavailable, BadAnswer.
 */
export async function exchangeCode(
  place: OAuthPlace,
  { query, ...asking }: Asking & { query: URLSearchParams },
): Promise<Grant> {
  const { oauth, app, given, partner } = place
  const error = query.get('error')
  if (error === 'access_denied') throw new ConsentDenied(`${partner.title} says: access denied`)
  if (error !== null) throw new Refused(400, `${partner.title} says: ${shortWord(error)}`)
  if (oauth.verify && !oauth.verify(query, { app, given })) {
    throw new Refused(400, `the way back from ${partner.title} is not signed by it`)
  }
  const url = new URL(`${asking.redirectUri}?${query}`)
  const checks = {
    expectedState: asking.state,
    ...(oauth.pkce ? { pkceCodeVerifier: asking.verifier } : {}),
  }
  const answer = await typed(place, () =>
    client.authorizationCodeGrant(configOf(place), url, checks, { ...oauth.exchangeParameters }),
  )
  return grantOf(place, answer)
}

/** Asks for a new access token. Throws Refused, Unavailable, BadAnswer. */
export async function refreshGrant(place: OAuthPlace, refreshToken: string): Promise<Grant> {
  const answer = await typed(place, () => client.refreshTokenGrant(configOf(place), refreshToken))
  const grant = grantOf(place, answer)
  return { ...grant, refreshToken: grant.refreshToken ?? refreshToken }
}

/** Gives a grant back to the partner. Throws Refused, Unavailable. */
export async function revokeGrant(
  place: OAuthPlace,
  grant: {
    readonly credential: Credential
    readonly partnerAccountId: string
    readonly refreshToken: string | null
  },
) {
  const { oauth, app, mode, baseUrl } = place
  const request = oauth.revoke({ app, ...grant })
  const at = { origin: oauth.token.origin, path: request.path }
  await sendOnce(place, oauthUrl(at, { mode, given: grant.credential, baseUrl }), request)
}

function configOf(place: OAuthPlace): client.Configuration {
  const { oauth, app } = place
  const authorize = oauthUrl(oauth.authorize, place)
  const token = oauthUrl(oauth.token, place)
  const auth = {
    post: client.ClientSecretPost(app.clientSecret),
    basic: client.ClientSecretBasic(app.clientSecret),
    none: client.None(),
  }[oauth.clientAuth]
  const server = {
    issuer: new URL(authorize).origin,
    authorization_endpoint: authorize,
    token_endpoint: token,
  }
  const config = new client.Configuration(server, app.clientId, undefined, auth)
  // Only a simulated partner is asked without TLS: it is on this machine.
  if (new URL(token).protocol === 'http:' && place.baseUrl !== null) {
    client.allowInsecureRequests(config)
  }
  config[client.customFetch] = tokenFetch(place)
  return config
}

/** What the library says of an answer or a way back, as the errors that the rest knows. */
async function typed<T>({ partner }: OAuthPlace, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { name, code, message, cause } = error as Error & { code?: string }
    // What our own requests throw comes back as the cause of an error of the library's.
    if (isOurs(cause)) throw cause
    if (name !== 'ClientError' && code === undefined) throw error
    throw new BadAnswer(`${partner.title}: ${message}`)
  }
}

function isOurs(error: unknown): boolean {
  return [Refused, Unavailable, BadAnswer].some((kind) => error instanceof kind)
}

function grantOf({ oauth, given }: OAuthPlace, answer: client.TokenEndpointResponse): Grant {
  const { access_token, refresh_token, expires_in } = answer
  return {
    credential: oauth.credential(access_token, given),
    refreshToken: refresh_token ?? null,
    lives_ms: expires_in === undefined ? null : expires_in * 1000,
  }
}

/** An error code as it may be shown: nothing but a word. */
function shortWord(text: string): string {
  return /^[\w.-]{1,60}$/.test(text) ? text : 'an error without a name'
}
