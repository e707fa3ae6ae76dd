// Shopify, simulated: the Admin API of one shop, in GraphQL. It reads which fields a document asks
// for, and answers with what its objects have; that both fit the schema is checked elsewhere.
import type { Answer, Asked, Partner } from '../partner.ts'
import { token } from '../world/random.ts'
import { type Bucket, createBucket } from './bucket.ts'
import { type Bulk, type BulkOptions, createBulk } from './bulk.ts'
import { costOf, costOfAnswer, type Field, fieldsIn } from './cost.ts'
import type { Json } from './format.ts'
import { stamp } from './format.ts'
import { BadCursor, listOf, oneOf, paymentMethodOf, typeOf, type Variables } from './lists.ts'
import { gate, REFUSALS, refusal } from './refusals.ts'
import { selected } from './selected.ts'
import { createShop, KINDS, type Kind, type Shop, type ShopOptions } from './shop.ts'
import { shopifyDeliveries, tell, tellHappening, webhookData } from './webhooks.ts'
import { asLists, documentOf, keyOf } from './wire.ts'

export type Shopify = Partner & { shop: Shop; appSecret: string }

export type ShopifyOptions = ShopOptions & {
  // Requests a second; with any limit, points are counted too, as on the standard plan.
  ratePerSecond?: number
  // Points a second; 0 is without a limit.
  restoreRate?: number
  // Milliseconds of the clock that fills the bucket.
  bucketClock?: () => number
  scopes?: readonly string[]
  bulk?: BulkOptions
}

const PATH = '/admin/api/2026-07/graphql.json'
const COST_MAX = 1000
const STANDARD = 100
const SCOPES = [
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
]

export function createShopify(options: ShopifyOptions): Shopify {
  const {
    ratePerSecond = 0,
    bucketClock = () => performance.now(),
    scopes = SCOPES,
    ...shopOptions
  } = options
  const { restoreRate = ratePerSecond > 0 ? STANDARD : 0, ...world } = shopOptions
  const shop = createShop(world)
  const tokenFor = (name: string) =>
    `shpat_${token(32, 'shopify', options.seed, name).toLowerCase()}`
  const tokens = { own: tokenFor('own'), oracle: tokenFor('oracle') }
  const deliveries = shopifyDeliveries(shop.domain)
  const appSecret = tokenFor('app secret')
  // After the shop has written it down.
  shop.world.listen((happening) => tellHappening(shop, deliveries, happening))
  const bulk = createBulk(shop, options.seed, options.bulk ?? {})
  const bucket = createBucket(restoreRate, bucketClock)
  const unlimited = createBucket(0, bucketClock)
  const isOracle = (asked: Asked) => keyOf(asked) === tokens.oracle
  const access = (access_token: string) => ({ access_token, shop: shop.domain })
  return {
    name: 'shopify',
    shop,
    world: shop.world,
    appSecret,
    deliveries,
    answer: (asked) => {
      const file = bulk.fileAt(asked)
      // Its address is the key to it.
      if (file) return file
      if (!Object.values(tokens).includes(keyOf(asked))) return REFUSALS.unauthorised
      if (asked.path !== PATH) return gate(404, 'Not Found')
      const hooks = (root: string, variables: Variables) =>
        webhookData(deliveries, root, { variables, secret: appSecret })
      return read(
        { shop, scopes, bulk, hooks, bucket: isOracle(asked) ? unlimited : bucket },
        asked,
      )
    },
    refuse: (name) => REFUSALS[name],
    keyOf,
    isOracle,
    ...asLists(),
    remove: (id) => {
      const removed = shop.remove(Number(id))
      if (removed) tell(shop, deliveries, { topic: 'customers/delete', body: { id: Number(id) } })
      return removed
    },
    idOf: ({ legacyResourceId, id }) => String(legacyResourceId ?? id),
    tellOfUnknown: () =>
      tell(shop, deliveries, { topic: 'customers/update', body: { id: 6_999_999_999 } }),
    advanceTo: shop.advanceTo,
    now: () => shop.world.now(),
    access: {
      credential: access(tokens.own),
      oracle: access(tokens.oracle),
      wrong: access('shpat_nobodyKnowsThisToken'),
      accountId: shop.domain,
      appSecret,
    },
  }
}

type Served = {
  shop: Shop
  scopes: readonly string[]
  bulk: Bulk
  bucket: Bucket
  hooks: (root: string, variables: Variables) => Json | null
}

const documents = new Map<string, Field[]>()

function read({ shop, scopes, bulk, bucket, hooks }: Served, asked: Asked): Answer {
  const { query = '', variables = {} } = documentOf(asked)
  const fields = documents.get(query) ?? fieldsIn(query)
  documents.set(query, fields)
  const requested = costOf(fields, variables.first)
  const [root] = fields
  if (!root)
    return refusal('BAD_REQUEST', 'A query attribute must be specified and must be a string')
  if (requested > COST_MAX) {
    return refusal(
      'MAX_COST_EXCEEDED',
      `Query cost is ${requested}, which exceeds the single query max`,
    )
  }
  const cost = (actualQueryCost: number | null) => ({
    cost: { requestedQueryCost: requested, actualQueryCost, throttleStatus: bucket.status() },
  })
  if (!bucket.take(requested)) {
    const { body, ...rest } = refusal('THROTTLED', 'Throttled')
    return { ...rest, body: { ...(body as Json), extensions: cost(null) } }
  }
  try {
    const host = String(asked.headers.host ?? '127.0.0.1')
    const found = hooks(root.name, variables) ?? bulk.dataFor(root, variables, host)
    const data = found ?? dataFor({ shop, scopes, fields }, root, variables)
    if (data === null)
      return refusal('undefinedField', `Field '${root.name}' doesn't exist on type 'QueryRoot'`)
    const actual = Math.min(requested, costOfAnswer(data) - 1)
    bucket.giveBack(requested - actual)
    return { status: 200, headers: {}, body: { data, extensions: cost(actual) } }
  } catch (error) {
    if (error instanceof BadCursor) return REFUSALS.badCursor
    throw error
  }
}

const ONE: Record<string, Kind> = {
  customer: 'customers',
  product: 'products',
  order: 'orders',
  subscriptionContract: 'subscriptionContracts',
  dispute: 'disputes',
}

const NODES: Record<string, Kind> = {
  ShopifyPaymentsPayout: 'payouts',
  ShopifyPaymentsBalanceTransaction: 'balanceTransactions',
  ShopifyPaymentsBankAccount: 'bankAccounts',
}

function dataFor(
  { shop, scopes, fields }: { shop: Shop; scopes: readonly string[]; fields: Field[] },
  root: Field,
  variables: Variables,
): Json | null {
  const { name } = root
  const id = variables.id ?? ''
  const kind = KINDS.find((one) => one === name)
  if (kind) return { [name]: listOf(shop, kind, root, variables) }
  if (name === 'shop') return selected(accountOf(shop, scopes), fields) as Json // of an object, one
  if (name === 'customerPaymentMethod') {
    return { [name]: selected(paymentMethodOf(shop, id), root.fields) }
  }
  if (name === 'shopifyPaymentsAccount') {
    const [list] = root.fields
    const inner = KINDS.find((one) => one === list?.name)
    if (!list || !inner) return null
    return { [name]: { [inner]: listOf(shop, inner, list, variables) } }
  }
  const of = name === 'node' ? NODES[typeOf(id)] : ONE[name]
  if (!of) return name === 'node' ? { node: null } : null
  const asked = name === 'node' ? (root.fields.find(({ on }) => on === typeOf(id)) ?? root) : root
  return { [name]: oneOf(shop, of, asked, variables) }
}

function accountOf({ world, currency, domain }: Shop, scopes: readonly string[]): Json {
  const { name, country, createdAt } = world.business
  return {
    shop: {
      id: 'gid://shopify/Shop/548380009',
      name,
      myshopifyDomain: domain,
      currencyCode: currency.toUpperCase(),
      createdAt: stamp(createdAt),
      shopAddress: { countryCodeV2: country },
    },
    currentAppInstallation: { accessScopes: scopes.map((handle) => ({ handle })) },
    shopifyPaymentsAccount: { id: 'gid://shopify/ShopifyPaymentsAccount/1' },
  }
}
