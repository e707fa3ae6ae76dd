import { bearer } from '../authenticate.ts'
import type { OAuth } from '../oauth.ts'

const origin = 'https://connect.stripe.com'

/**
 * Connect for Standard accounts: docs.stripe.com/connect/oauth-standard-accounts and
 * docs.stripe.com/connect/oauth-reference. A token does not end; the client's secret is the
 * platform's own key, of the same mode.
 */
export const oauth: OAuth = {
  docs: 'https://docs.stripe.com/connect/oauth-reference',
  authorize: { origin, path: '/oauth/authorize' },
  token: { origin, path: '/oauth/token' },
  scopes: ['read_only'],
  pkce: false,
  clientAuth: 'post',
  asks: [],
  credential: (accessToken) => ({ api_key: accessToken }),
  refresh: 'none',
  withdrawn: ['account_invalid'],
  revoke: ({ app, partnerAccountId }) => ({
    method: 'POST',
    path: '/oauth/deauthorize',
    headers: bearer(app.clientSecret),
    form: { client_id: app.clientId, stripe_user_id: partnerAccountId },
  }),
}
