// WooCommerce, simulated: a shop's own server, with nothing that limits but the server itself.
import type { Answer, Asked, Partner, RefusalName, Row } from '../partner.ts'
import { token } from '../world/random.ts'
import { HOME } from './format.ts'
import { isKind, listAnswer, oneAnswer, refusal } from './lists.ts'
import { variationsOf } from './product.ts'
import { createShop, type Shop, type ShopOptions } from './shop.ts'

import { tell, WEBHOOKS, webhookAnswer, wooDeliveries } from './webhooks.ts'

export type WooCommerce = Partner & { shop: Shop }

const API = '/wp-json/wc/v3/'

export function createWooCommerce(options: ShopOptions): WooCommerce {
  const shop = createShop(options)
  const deliveries = wooDeliveries()
  shop.heard.push((topic, body) => tell(deliveries, topic, body))
  const keys = {
    own: keyFor(options.seed, 'own'),
    oracle: keyFor(options.seed, 'oracle'),
    wrong: { consumer_key: 'ck_nobodyKnowsThisKey', consumer_secret: 'cs_norThisSecret' },
  }
  const known = new Set([keys.own, keys.oracle].map(written))
  return {
    name: 'woocommerce',
    shop,
    answer: (asked) => {
      const isPublic = asked.path === '/wp-json/'
      if (!isPublic && !known.has(keyOf(asked))) return REFUSALS.unauthorised
      if (asked.path.startsWith(WEBHOOKS)) return webhookAnswer(deliveries, asked)
      return read(shop, asked)
    },
    refuse: (name) => REFUSALS[name],
    keyOf,
    isOracle: (asked) => keyOf(asked) === written(keys.oracle),
    rows: (body) => (Array.isArray(body) ? body : [body as Row]), // one object is one row
    withRows: (body, rows) => (Array.isArray(body) ? rows : rows[0]),
    isList: (body) => Array.isArray(body),
    cursorOf: ({ query }) => new URLSearchParams(query).get('offset'),
    withoutCursor: (asked) => {
      const query = new URLSearchParams(asked.query)
      query.delete('offset')
      return { ...asked, query: query.toString() }
    },
    remove: (id) => shop.remove('customers', Number(id)),
    deliveries,
    tellOfUnknown: () => tell(deliveries, 'customer.updated', { id: 999_999 }),
    advanceTo: shop.advanceTo,
    now: () => shop.world.now(),
    world: shop.world,
    access: {
      credential: { ...keys.own, url: HOME },
      oracle: { ...keys.oracle, url: HOME },
      wrong: { ...keys.wrong, url: HOME },
      accountId: HOME.slice('https://'.length),
    },
  }
}

type Key = { consumer_key: string; consumer_secret: string }

function keyFor(seed: number | string, name: string): Key {
  return {
    consumer_key: `ck_${token(40, 'woocommerce', seed, name, 'key')}`,
    consumer_secret: `cs_${token(40, 'woocommerce', seed, name, 'secret')}`,
  }
}

function written({ consumer_key, consumer_secret }: Key): string {
  return `${consumer_key}:${consumer_secret}`
}

function keyOf({ headers }: Asked): string {
  const [scheme, pair = ''] = String(headers.authorization ?? '').split(' ')
  return scheme === 'Basic' ? Buffer.from(pair, 'base64').toString() : ''
}

function read(shop: Shop, { path, query }: Asked): Answer {
  if (path === '/wp-json/') {
    const body = { name: shop.world.business.name, home: HOME }
    return { status: 200, headers: {}, body }
  }
  if (path === `${API}data/currencies/current`) {
    const code = shop.currency.toUpperCase()
    return { status: 200, headers: {}, body: { code, name: code, symbol: '&curren;', _links: {} } }
  }
  const [kind = '', id, inner] = path.startsWith(API) ? path.slice(API.length).split('/') : []
  if (kind === 'products' && inner === 'variations') {
    const row = shop.tables.products.get(Number(id))
    if (row) return { status: 200, headers: {}, body: variationsOf(shop, row) }
  }
  if (!isKind(kind) || inner !== undefined) {
    return refusal(404, 'rest_no_route', 'No route was found matching the URL and request method.')
  }
  if (id !== undefined) return oneAnswer(shop, kind, id)
  return listAnswer(shop, kind, new URLSearchParams(query))
}

const REFUSALS: Record<RefusalName, Answer> = {
  unauthorised: refusal(401, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.'),
  scopeLost: refusal(403, 'woocommerce_rest_cannot_view', 'Sorry, you cannot view this resource.'),
  deauthorised: refusal(401, 'woocommerce_rest_authentication_error', 'Consumer key is invalid.'),
  tooMany: refusal(429, 'too_many_requests', 'Too many requests.'),
  badCursor: refusal(400, 'rest_invalid_param', 'Invalid parameter(s): offset'),
  broken: refusal(500, 'internal_server_error', 'There has been a critical error on this website.'),
}
