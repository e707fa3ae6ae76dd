import { BadAnswer } from '../errors.ts'
import type { AccountFacts, Partner } from '../partner.ts'
import { clean, objectOf, objectsIn, pathReader } from '../rule.ts'
import { api_version, graphql_path, listOfKind, shop } from './documents.ts'
import { notifications } from './notifications.ts'
import { oauth } from './oauth.ts'
import { recognise } from './recognise.ts'
import { pace, readError, refused } from './refusals.ts'
import { shopOrigin } from './shop_domain.ts'
import { streams } from './streams.ts'

export const shopify: Partner = {
  name: 'shopify',
  title: 'Shopify',
  docs: 'https://shopify.dev/docs/api/admin-graphql',
  apiVersion: api_version,
  baseUrl: shopOrigin,
  credential: [
    {
      name: 'access_token',
      description: 'Admin API access token of an app that is installed in the shop',
      secret: true,
      example: 'shpat_…',
    },
    {
      name: 'shop',
      description: "The shop's own domain at Shopify",
      secret: false,
      example: 'garden.myshopify.com',
    },
  ],
  // A shop is a development store or not; nothing in a token says which.
  modeOf: () => null,
  headers: ({ access_token = '' }) => ({ 'x-shopify-access-token': access_token }),
  account: { requests: [{ path: graphql_path, body: { query: shop } }], read: readAccount },
  oauth,
  limits: {
    // Shopify counts points, not requests: 100 a second on the standard plan, 2000 in hand. A page
    // costs up to 1000 and one object up to 100, so what is left in hand paces the pages.
    per_second: { live: 10, test: 10 },
    source: 'https://shopify.dev/docs/api/usage/limits',
  },
  errors: readError,
  refused,
  // 404: there is no such shop (any more). 402 and 423: it is frozen or locked.
  means: { 402: 403, 404: 401, 410: 401, 423: 403 },
  pace,
  paging: listOfKind('customers').paging as Partner['paging'], // every list of ours names its own
  streams,
  notifications,
  deletions: {
    bound: 'Within a day, or when notified; disputes within an hour',
    evidence:
      'absence from a complete reading, confirmed by reading the id: null; or a notification, ' +
      'confirmed in the same way. Without the scope read_all_orders no order is taken for deleted ' +
      'unless a notification says so, because Shopify then hides those older than 60 days',
  },
  gaps: [
    'Orders older than 60 days are only told to apps with the scope read_all_orders',
    'Payouts, balance transactions, fees, disputes and bank accounts: only of shops on Shopify Payments',
    'No invoices: a draft order that was e-mailed as an invoice is an offer, and an order once it is paid',
    'Amounts of orders and payments are in the currency that the buyer paid in; those of products in ' +
      "the shop's; balance transactions and payouts in the currency of the balance",
    'An authorisation is a payment beside its captures, and counts what is not captured of it yet',
    'Of a merge, the customer that went is seen to be gone; into whom is told by the notification only',
    'When a customer is erased, Shopify takes it off its orders, and so do we',
    'The topics customers/data_request, customers/redact and shop/redact are taken and ask for nothing: ' +
      'what is erased at the shop is gone at the next reading; what is kept of it is yours to erase',
    'The note and the reason of a refund are not told with the transaction that gives money back',
    'Which payment of an order is disputed is told where the order has only one',
    'Subscription contracts: only those of the app itself',
    'Saved payment methods have no date; of several active ones, any may stand as the newest',
    'Without approval for protected customer data, names, addresses, e-mail and phone are null',
    'Orders that a live shop placed as a test are read like others',
    'The price of a query is taken from its published rule; a page may cost less than is reckoned with',
  ],
  recognise,
}

// Shopify's first version of this API; no shop's books are older than the shop.
const released_ms = Date.UTC(2006, 5, 1)

function readAccount([body]: readonly unknown[]): AccountFacts {
  const own = objectOf(pathReader('data.shop')(body))
  const { myshopifyDomain, currencyCode, createdAt, name } = own ?? {}
  if (typeof myshopifyDomain !== 'string') throw new BadAnswer('shop: expected its myshopifyDomain')
  if (typeof currencyCode !== 'string') throw new BadAnswer('shop: expected its currencyCode')
  const created_ms = Date.parse(String(createdAt))
  const scopes = objectsIn(pathReader('data.currentAppInstallation.accessScopes')(body))
  const seesAll = scopes.some(({ handle }) => handle === 'read_all_orders')
  return {
    partnerAccountId: myshopifyDomain.toLowerCase(),
    accountName: clean(name) as string | null, // a text, or cleaned to null
    country: clean(objectOf(own?.shopAddress)?.countryCodeV2) as string | null,
    created_ms: Number.isNaN(created_ms) ? released_ms : created_ms,
    facts: {
      currency: currencyCode,
      orders: seesAll ? 'all' : '60 days',
      payments: paymentsOf(body),
    },
  }
}

/** Whether the shop is on Shopify Payments. */
function paymentsOf(body: unknown): string {
  if (objectOf(pathReader('data.shopifyPaymentsAccount')(body))) return 'Shopify Payments'
  return objectsIn(objectOf(body)?.errors).length > 0 ? 'not told' : 'others'
}
