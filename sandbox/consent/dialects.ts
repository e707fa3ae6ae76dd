// How each partner that has OAuth words it; the rest of it they have in common.
import { createHmac } from 'node:crypto'
import type { Answer, Asked, Partner } from '../partner.ts'

export type Dialect = {
  title: string
  authorize: string
  token: string
  revoke: { method: string; path: string }
  // Seconds that an access token lives; null: it does not end.
  life: number | null
  // Seconds that a refresh token lives; null: it does not end, or there is none.
  refreshLife: number | null
  // What a refresh does to the refresh token.
  refresh: 'none' | 'stays' | 'rotates'
  // The code challenge takes the place of the client's secret.
  pkce: boolean
  accessToken: (text: string) => string
  answer: (granted: Granted) => Record<string, unknown>
  refusal: (code: string) => Answer
  // Who asks: the token that a request carries, and the same request with the account's own key.
  tokenIn: (asked: Asked) => string
  asOwn: (asked: Asked, partner: Partner) => Asked
  // Which grant a request to give one back means: by its token or by the account's id.
  revoked: (asked: Asked) => { token?: string; account?: string }
  // Whether whoever gives a grant back says who they are as the partner wants it said.
  mayRevoke: (asked: Asked) => boolean
  // What the way back carries beside code and state, signed.
  signed?: (query: URLSearchParams, secret: string, now: number) => URLSearchParams
}

export type Granted = {
  access: string
  refresh: string | null
  scope: string
  accountId: string
  expires: number | null
  now: number
}

export const CLIENT = {
  id: 'furrow_simulated_client',
  secret: 'furrow_simulated_client_secret',
}

const HOUR = 3600
const DAY = 24 * HOUR

export function formIn({ body, headers }: Asked): Record<string, string> {
  const type = String(headers['content-type'] ?? '')
  if (!type.includes('json')) return Object.fromEntries(new URLSearchParams(body))
  try {
    return Object(JSON.parse(body || '{}')) as Record<string, string> // read as texts below
  } catch {
    return {}
  }
}

const bearerIn = ({ headers }: Asked) =>
  String(headers.authorization ?? '').replace(/^Bearer /i, '')

const withBearer = (asked: Asked, key: string | undefined): Asked => ({
  ...asked,
  headers: { ...asked.headers, authorization: `Bearer ${key}` },
})

function json(status: number, body: unknown): Answer {
  return { status, headers: { 'cache-control': 'no-store' }, body }
}

const standard = (code: string) => json(400, { error: code, error_description: said(code) })

function said(code: string): string {
  return code === 'invalid_grant' ? 'The code or token is not valid any more' : 'Not as it must be'
}

const stripe: Dialect = {
  title: 'Stripe',
  authorize: '/oauth/authorize',
  token: '/oauth/token',
  revoke: { method: 'POST', path: '/oauth/deauthorize' },
  life: null,
  refreshLife: null,
  refresh: 'none',
  pkce: false,
  accessToken: (text) => `sk_test_${text}`,
  answer: ({ access, scope, accountId }) => ({
    access_token: access,
    livemode: false,
    token_type: 'bearer',
    stripe_publishable_key: `pk_test_${access.slice(8, 32)}`,
    stripe_user_id: accountId,
    scope,
  }),
  refusal: standard,
  tokenIn: bearerIn,
  asOwn: (asked, { access }) => withBearer(asked, access.credential.api_key),
  revoked: (asked) => ({ account: formIn(asked).stripe_user_id ?? '' }),
  mayRevoke: (asked) => bearerIn(asked) === CLIENT.secret && formIn(asked).client_id === CLIENT.id,
}

const square: Dialect = {
  title: 'Square',
  authorize: '/oauth2/authorize',
  token: '/oauth2/token',
  revoke: { method: 'POST', path: '/oauth2/revoke' },
  life: 30 * DAY,
  refreshLife: 90 * DAY,
  refresh: 'rotates',
  pkce: true,
  accessToken: (text) => `EAAA${text}`,
  answer: ({ access, refresh, accountId, expires, now }) => ({
    access_token: access,
    token_type: 'bearer',
    expires_at: new Date(expires ?? now).toISOString(),
    merchant_id: accountId,
    refresh_token: refresh,
    short_lived: false,
  }),
  refusal: (code) => {
    const detail = said(code)
    const errors = [{ category: 'AUTHENTICATION_ERROR', code: 'UNAUTHORIZED', detail }]
    return json(code === 'invalid_grant' ? 401 : 400, { errors })
  },
  tokenIn: bearerIn,
  asOwn: (asked, { access }) => withBearer(asked, access.credential.access_token),
  revoked: (asked) => ({ token: formIn(asked).access_token ?? '' }),
  mayRevoke: ({ headers }) => headers.authorization === `Client ${CLIENT.secret}`,
}

const paypal: Dialect = {
  title: 'PayPal',
  authorize: '/signin/authorize',
  token: '/v1/oauth2/token',
  revoke: { method: 'POST', path: '/v1/oauth2/token/terminate' },
  life: 8 * HOUR,
  refreshLife: null,
  refresh: 'stays',
  pkce: false,
  accessToken: (text) => `A23AA${text}`,
  answer: ({ access, refresh, scope, expires, now }) => ({
    scope,
    access_token: access,
    token_type: 'Bearer',
    refresh_token: refresh,
    expires_in: Math.floor(((expires ?? now) - now) / 1000),
    nonce: `${new Date(now).toISOString()}n`,
  }),
  refusal: standard,
  tokenIn: bearerIn,
  asOwn: (asked, partner) => withBearer(asked, sessionOf(partner, asked)),
  revoked: (asked) => ({ token: formIn(asked).token ?? '' }),
  mayRevoke: ({ headers }) => headers.authorization === `Basic ${pairOf(CLIENT.id, CLIENT.secret)}`,
}

function pairOf(user: string, password: string): string {
  return Buffer.from(`${user}:${password}`).toString('base64')
}

// The account itself is opened by a client's session.
function sessionOf({ access, answer }: Partner, asked: Asked): string {
  const { client_id = '', client_secret = '' } = access.credential
  const pair = pairOf(client_id, client_secret)
  const opened = answer({
    ...asked,
    method: 'POST',
    path: '/v1/oauth2/token',
    query: '',
    headers: { authorization: `Basic ${pair}` },
    body: 'grant_type=client_credentials',
  })
  return String((opened.body as { access_token?: unknown }).access_token)
}

const shopify: Dialect = {
  title: 'Shopify',
  authorize: '/admin/oauth/authorize',
  token: '/admin/oauth/access_token',
  revoke: { method: 'DELETE', path: '/admin/api_permissions/current.json' },
  life: HOUR,
  refreshLife: 90 * DAY,
  refresh: 'rotates',
  pkce: false,
  accessToken: (text) => `shpat_${text.toLowerCase()}`,
  answer: ({ access, refresh, scope, expires, now }) => ({
    access_token: access,
    scope,
    expires_in: Math.floor(((expires ?? now) - now) / 1000),
    refresh_token: refresh,
    refresh_token_expires_in: 90 * DAY,
  }),
  refusal: standard,
  tokenIn: ({ headers }) => String(headers['x-shopify-access-token'] ?? ''),
  asOwn: (asked, { access }) => ({
    ...asked,
    headers: {
      ...asked.headers,
      'x-shopify-access-token': access.credential.access_token,
    },
  }),
  revoked: (asked) => ({ token: String(asked.headers['x-shopify-access-token'] ?? '') }),
  mayRevoke: () => true,
  signed: (query, secret, now) => {
    const whole = new URLSearchParams(query)
    whole.set('timestamp', String(Math.floor(now / 1000)))
    const text = [...whole].map(([name, value]) => `${name}=${value}`)
    const hmac = createHmac('sha256', secret).update(text.sort().join('&')).digest('hex')
    whole.set('hmac', hmac)
    return whole
  },
}

const gocardless: Dialect = {
  title: 'GoCardless',
  authorize: '/oauth/authorize',
  token: '/oauth/access_token',
  revoke: { method: 'POST', path: '/oauth/revoke' },
  life: null,
  refreshLife: null,
  refresh: 'none',
  pkce: false,
  accessToken: (text) => `sandbox_${text}`,
  answer: ({ access, scope, accountId }) => ({
    access_token: access,
    scope,
    token_type: 'bearer',
    organisation_id: accountId.replace(/^CR/, 'OR'),
    email: 'owner@garden.example',
    active: true,
  }),
  refusal: standard,
  tokenIn: bearerIn,
  asOwn: (asked, { access }) => withBearer(asked, access.credential.access_token),
  revoked: (asked) => ({ token: formIn(asked).token ?? '' }),
  mayRevoke: (asked) => {
    const { client_id, client_secret } = formIn(asked)
    return client_id === CLIENT.id && client_secret === CLIENT.secret
  },
}

export const DIALECTS: Readonly<Record<string, Dialect>> = {
  stripe,
  square,
  paypal,
  shopify,
  gocardless,
}
