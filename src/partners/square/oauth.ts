import type { Answer, OAuth } from '../oauth.ts'

const origin = {
  live: 'https://connect.squareup.com',
  test: 'https://connect.squareupsandbox.com',
}

const day_ms = 24 * 60 * 60 * 1000

/**
 * developer.squareup.com/docs/oauth-api/overview, /best-practices and the reference of ObtainToken
 * and RevokeToken. Of its two flows the one with a code verifier is taken: a code that leaks opens
 * nothing without it. In exchange each refresh token holds once, for 90 days, and no secret is sent
 * with it. Access tokens live 30 days; Square asks to renew them every 7.
 */
export const oauth: OAuth = {
  docs: 'https://developer.squareup.com/docs/oauth-api/overview',
  authorize: { origin, path: '/oauth2/authorize' },
  token: { origin, path: '/oauth2/token' },
  scopes: [
    'MERCHANT_PROFILE_READ',
    'CUSTOMERS_READ',
    'PAYMENTS_READ',
    'ORDERS_READ',
    'ITEMS_READ',
    'INVOICES_READ',
    'SUBSCRIPTIONS_READ',
    'PAYOUTS_READ',
    'DISPUTES_READ',
    'BANK_ACCOUNTS_READ',
  ],
  // Whoever is signed in at this browser has to say so again.
  authorizeParameters: { session: 'false' },
  pkce: true,
  clientAuth: 'none',
  json: true,
  asks: [],
  standard: withLife,
  credential: (accessToken) => ({ access_token: accessToken }),
  refresh: 'rotates',
  refreshAfter_ms: 7 * day_ms,
  withdrawn: ['ACCESS_TOKEN_REVOKED'],
  revoke: ({ app, credential }) => ({
    method: 'POST',
    path: '/oauth2/revoke',
    headers: { authorization: `Client ${app.clientSecret}` },
    body: { client_id: app.clientId, access_token: credential.access_token ?? '' },
  }),
}

/** Square tells when a token ends, not how long it lives. */
function withLife(answer: Answer, now_ms: number): Answer {
  const ends_ms = Date.parse(String(answer.expires_at))
  if (Number.isNaN(ends_ms)) return answer
  return { ...answer, expires_in: Math.max(0, Math.floor((ends_ms - now_ms) / 1000)) }
}
