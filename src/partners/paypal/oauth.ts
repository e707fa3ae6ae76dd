import { basic } from '../authenticate.ts'
import type { OAuth } from '../oauth.ts'

const services = 'https://uri.paypal.com/services'

/**
 * Log in with PayPal, with the scopes of what is read: developer.paypal.com/log-in/build and
 * /build-button. Tokens live some hours and are renewed with a refresh token that stays the same.
 * `openid` must be among the scopes; the identity that comes with it is not looked at.
 */
export const oauth: OAuth = {
  docs: 'https://developer.paypal.com/log-in/build',
  authorize: {
    origin: { live: 'https://www.paypal.com', test: 'https://www.sandbox.paypal.com' },
    path: '/signin/authorize',
  },
  token: {
    origin: { live: 'https://api-m.paypal.com', test: 'https://api-m.sandbox.paypal.com' },
    path: '/v1/oauth2/token',
  },
  scopes: [
    'openid',
    `${services}/reporting/search/read`,
    `${services}/reporting/balances/read`,
    `${services}/disputes/read-seller`,
    `${services}/invoicing`,
    `${services}/subscriptions`,
    `${services}/vault/payment-tokens/read`,
  ],
  authorizeParameters: { flowEntry: 'static' },
  pkce: false,
  clientAuth: 'basic',
  asks: [],
  standard: ({ id_token: _, ...answer }) => answer,
  credential: (accessToken) => ({ access_token: accessToken }),
  refresh: 'stays',
  withdrawn: [],
  // With the refresh token goes the consent; with an access token, that token alone.
  revoke: ({ app, credential, refreshToken }) => ({
    method: 'POST',
    path: '/v1/oauth2/token/terminate',
    headers: basic(app.clientId, app.clientSecret),
    form: {
      token: refreshToken ?? credential.access_token ?? '',
      token_type_hint: refreshToken === null ? 'access_token' : 'refresh_token',
    },
  }),
}
