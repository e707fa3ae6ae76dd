import { basic } from '../authenticate.ts'
import { BadAnswer } from '../errors.ts'
import { anchoredOffsets } from '../offset.ts'
import { shopUrl } from '../own_host.ts'
import type { AccountFacts, Partner, PartnerError } from '../partner.ts'
import type { ListRequest, Query } from '../request.ts'
import { clean, objectOf } from '../rule.ts'
import { notifications } from './notifications.ts'
import { recognise } from './recognise.ts'
import { streams } from './streams.ts'

export const woocommerce: Partner = {
  name: 'woocommerce',
  title: 'WooCommerce',
  docs: 'https://woocommerce.github.io/woocommerce-rest-api-docs/',
  apiVersion: 'wc/v3',
  baseUrl: ({ url }) => shopUrl(url),
  credential: [
    {
      name: 'consumer_key',
      description: 'Consumer key with read permission, of an administrator',
      secret: true,
      example: 'ck_…',
    },
    {
      name: 'consumer_secret',
      description: 'Consumer secret of the key',
      secret: true,
      example: 'cs_…',
    },
    {
      name: 'url',
      description: "The shop's address, as its WordPress knows it",
      secret: false,
      example: 'https://shop.example.com',
    },
  ],
  // One shop is test or live as its owner means it; nothing in a key says which.
  modeOf: () => null,
  headers: ({ consumer_key = '', consumer_secret = '' }) => basic(consumer_key, consumer_secret),
  account: {
    requests: [
      { path: '/wp-json/wc/v3/data/currencies/current' },
      { path: '/wp-json/', query: { _fields: 'name,home' } },
    ],
    read: readAccount,
  },
  limits: {
    per_second: { live: 5, test: 5 },
    source: 'https://developer.woocommerce.com/docs/apis/store-api/rate-limiting/',
  },
  errors: readError,
  paging: anchoredOffsets({
    page_size_max: 100,
    request: listRequest,
    items: (body) => body,
    total: (_body, { headers }) => headers['x-wp-total'],
  }),
  streams,
  notifications,
  deletions: {
    bound: 'Customers within an hour; orders and products within a day, or when notified',
    evidence:
      'absence from a complete reading, confirmed by reading the id: 404, or the status trash; a ' +
      'notification is only a hint, because a trashed order is also told as a deleted product',
  },
  gaps: [
    'No movements, fees, settlements, disputes or saved cards: the payment gateway keeps them',
    'No subscriptions and invoices: plug-ins keep them, each in its own way',
    'Orders have one currency and customers none; amounts have the number of decimals of the shop, ' +
      'whatever the currency has: a third decimal that the shop cut is gone',
    'A refund that is deleted by hand stays: it cannot be read alone',
    'Plain http shops: their keys would have to sign each request by OAuth 1.0a; use https',
  ],
  recognise,
}

/** Times of the list filters are compared in whole seconds, and the bound itself is left out. */
const filter_step_ms = 1000

function listRequest(
  { path, query, timeFilter }: ListRequest,
  { from_ms, skip, take }: { from_ms: number | null; skip: number; take: number },
) {
  const filtered: { [name: string]: Query[string] } = { ...query, per_page: `${take}` }
  if (skip > 0) filtered.offset = `${skip}`
  if (timeFilter && from_ms !== null) {
    filtered[timeFilter] = new Date(from_ms - filter_step_ms).toISOString().slice(0, 19)
    filtered.dates_are_gmt = 'true'
  }
  return { path, query: filtered }
}

// The first release of WooCommerce; no shop is older.
const released_ms = Date.UTC(2011, 8, 27)

function readAccount([currency, site]: readonly unknown[]): AccountFacts {
  const code = objectOf(currency)?.code
  const home = objectOf(site)?.home
  if (typeof code !== 'string') throw new BadAnswer('currencies/current: expected a code')
  if (typeof home !== 'string' || !URL.canParse(home)) {
    throw new BadAnswer("wp-json: expected the shop's own address under home")
  }
  const { host, pathname } = new URL(home)
  return {
    partnerAccountId: `${host}${pathname.replace(/\/+$/, '')}`,
    accountName: clean(objectOf(site)?.name) as string | null, // a text, or cleaned to null
    country: null,
    created_ms: released_ms,
    facts: { currency: code },
  }
}

function readError(_status: number, body: unknown): PartnerError {
  const { code, message } = objectOf(body) ?? {}
  return {
    message: typeof message === 'string' ? message : 'without a reason',
    code: typeof code === 'string' ? code : null,
  }
}
