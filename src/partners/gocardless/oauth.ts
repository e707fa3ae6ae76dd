import type { OAuth } from '../oauth.ts'

const origin = {
  live: 'https://connect.gocardless.com',
  test: 'https://connect-sandbox.gocardless.com',
}

/**
 * developer.gocardless.com/partners/connecting-your-users. Tokens do not end. Giving one back is by
 * OAuth's own request (RFC 7009), which that page does not describe.
 */
export const oauth: OAuth = {
  docs: 'https://developer.gocardless.com/partners/connecting-your-users',
  authorize: { origin, path: '/oauth/authorize' },
  token: { origin, path: '/oauth/access_token' },
  scopes: ['read_only'],
  pkce: false,
  clientAuth: 'post',
  asks: [],
  credential: (accessToken) => ({ access_token: accessToken }),
  refresh: 'none',
  withdrawn: ['access_token_revoked'],
  revoke: ({ app, credential }) => ({
    method: 'POST',
    path: '/oauth/revoke',
    form: {
      client_id: app.clientId,
      client_secret: app.clientSecret,
      token: credential.access_token ?? '',
    },
  }),
}
