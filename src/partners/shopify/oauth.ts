import type { App, OAuth } from '../oauth.ts'
import { hmacSha256, isSame } from '../signature.ts'
import { shopOrigin } from './shop_domain.ts'

const day_ms = 24 * 60 * 60 * 1000

/** Oldest and newest the way back may be signed. */
const age_ms_max = day_ms

/**
 * The authorization code grant of an app outside the admin, with offline tokens that end:
 * shopify.dev/docs/apps/build/authentication-authorization/authenticate-standalone-apps and
 * /access-tokens/offline-access-tokens. An access token lives an hour; each refresh replaces the
 * refresh token, which lives 90 days, and may be repeated for a short while. Giving back uninstalls
 * the app.
 */
export const oauth: OAuth = {
  docs: 'https://shopify.dev/docs/apps/build/authentication-authorization',
  authorize: { origin: shopOrigin, path: '/admin/oauth/authorize' },
  token: { origin: shopOrigin, path: '/admin/oauth/access_token' },
  scopes: [
    'read_all_orders',
    'read_customer_payment_methods',
    'read_customers',
    'read_orders',
    'read_own_subscription_contracts',
    'read_products',
    'read_shopify_payments_accounts',
    'read_shopify_payments_bank_accounts',
    'read_shopify_payments_disputes',
    'read_shopify_payments_payouts',
  ],
  scopeSeparator: ',',
  exchangeParameters: { expiring: '1' },
  pkce: false,
  clientAuth: 'post',
  asks: ['shop'],
  verify: (query, { app, given }) => isSigned(query, app) && query.get('shop') === domainOf(given),
  // It does not name the kind of its tokens.
  standard: (answer) => ({ token_type: 'bearer', ...answer }),
  credential: (accessToken, given) => ({ access_token: accessToken, shop: domainOf(given) }),
  refresh: 'rotates',
  // A token answers 401 both when it ended and when the app was uninstalled.
  withdrawn: [],
  revoke: ({ credential }) => ({
    method: 'DELETE',
    path: '/admin/api_permissions/current.json',
    headers: { 'x-shopify-access-token': credential.access_token ?? '' },
  }),
}

function domainOf(given: { readonly [field: string]: string }): string {
  return new URL(shopOrigin(given)).hostname
}

/** Shopify signs the parameters, sorted and without the signature itself, with the app's secret. */
function isSigned(query: URLSearchParams, { clientSecret }: App): boolean {
  const signed = [...query]
    .filter(([name]) => name !== 'hmac' && name !== 'signature')
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&')
  const age_ms = Math.abs(Date.now() - Number(query.get('timestamp')) * 1000)
  const isFresh = query.has('timestamp') && age_ms <= age_ms_max
  return isFresh && isSame(hmacSha256(clientSecret, [signed], 'hex'), query.get('hmac') ?? '')
}
