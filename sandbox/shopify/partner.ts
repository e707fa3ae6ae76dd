// Shopify, simulated: the Admin API of one shop, in GraphQL. It reads which fields a document asks
// for, and answers with what its objects have; that both fit the schema is checked elsewhere.
import type { Answer, Asked, Row as Found, Partner, RefusalName } from '../partner.ts'
import { token } from '../world/random.ts'
import { type Bucket, createBucket } from './bucket.ts'
import { type Bulk, type BulkOptions, createBulk } from './bulk.ts'
import { costOf, costOfAnswer, type Field, fieldsIn } from './cost.ts'
import type { Json } from './format.ts'
import { stamp } from './format.ts'
import { BadCursor, listOf, oneOf, paymentMethodOf, typeOf, type Variables } from './lists.ts'
import { createShop, KINDS, type Kind, type Shop, type ShopOptions } from './shop.ts'

export type Shopify = Partner & { shop: Shop; appSecret: string }

export type ShopifyOptions = ShopOptions & {
  // Requests a second; with any limit, points are counted too, as on the standard plan.
  ratePerSecond?: number
  // Points a second; 0 is without a limit.
  restoreRate?: number
  // Milliseconds of the clock that fills the bucket.
  clock?: () => number
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
    clock = () => performance.now(),
    scopes = SCOPES,
    ...shopOptions
  } = options
  const { restoreRate = ratePerSecond > 0 ? STANDARD : 0, ...world } = shopOptions
  const shop = createShop(world)
  const tokenFor = (name: string) =>
    `shpat_${token(32, 'shopify', options.seed, name).toLowerCase()}`
  const tokens = { own: tokenFor('own'), oracle: tokenFor('oracle') }
  const bulk = createBulk(shop, options.seed, options.bulk ?? {})
  const bucket = createBucket(restoreRate, clock)
  const unlimited = createBucket(0, clock)
  const isOracle = (asked: Asked) => keyOf(asked) === tokens.oracle
  const access = (access_token: string) => ({ access_token, shop: shop.domain })
  return {
    name: 'shopify',
    shop,
    world: shop.world,
    appSecret: tokenFor('app secret'),
    answer: (asked) => {
      const file = bulk.fileAt(asked)
      // Its address is the key to it.
      if (file) return file
      if (!Object.values(tokens).includes(keyOf(asked))) return REFUSALS.unauthorised
      if (asked.path !== PATH) return gate(404, 'Not Found')
      return read({ shop, scopes, bulk, bucket: isOracle(asked) ? unlimited : bucket }, asked)
    },
    refuse: (name) => REFUSALS[name],
    keyOf,
    isOracle,
    ...asLists(),
    remove: (id) => shop.remove(Number(id)),
    idOf: ({ legacyResourceId, id }) => String(legacyResourceId ?? id),
    // It keeps no log of what happened.
    tellOfUnknown: () => undefined,
    advanceTo: shop.advanceTo,
    now: () => shop.world.now(),
    access: {
      credential: access(tokens.own),
      oracle: access(tokens.oracle),
      wrong: access('shpat_nobodyKnowsThisToken'),
      accountId: shop.domain,
    },
  }
}

function asLists(): Pick<Partner, 'rows' | 'withRows' | 'isList' | 'cursorOf' | 'withoutCursor'> {
  return {
    rows: (body) => {
      const held = inside(body)
      const nodes = held && isConnection(held) ? held.nodes : [held]
      return nodes as Found[] // one object is one row
    },
    withRows: (body, rows, more) => {
      const changed = (held: Json): Json => {
        if (!isConnection(held)) return rows[0] ?? held
        const info = held.pageInfo as Json // it is a connection
        const endCursor = info.endCursor ?? 'bm9uZQ=='
        const pageInfo = more ? { ...info, hasNextPage: true, endCursor } : info
        return { ...held, nodes: rows, pageInfo }
      }
      return { ...(body as Json), data: mapped(dataOf(body), changed) } // what has rows is an object
    },
    isList: (body) => isConnection(inside(body)),
    cursorOf: (asked) => variablesOf(asked).after ?? null,
    withoutCursor: (asked) => {
      const { query } = documentOf(asked)
      const variables = { ...variablesOf(asked), after: null }
      return { ...asked, body: JSON.stringify({ query, variables }) }
    },
  }
}

function isConnection(held: Json | null): held is Json & { nodes: unknown[] } {
  return Array.isArray(held?.nodes)
}

function dataOf(body: unknown): Json {
  return ((body as { data?: Json } | null)?.data ?? {}) as Json // an answer's, or nothing
}

// The part of an answer that everything else is about.
function inside(body: unknown): Json | null {
  const [first] = Object.values(dataOf(body))
  if (typeof first !== 'object' || first === null) return null
  const lists = Object.values(first).filter((one) => isConnection(one as Json | null))
  const isWrapped = !('id' in first) && lists.length === 1
  return (isWrapped ? lists[0] : first) as Json // looked at above
}

function mapped(data: Json, change: (held: Json) => Json): Json {
  const [[name = '', first] = []] = Object.entries(data)
  const held = inside({ data })
  if (held === null) return data
  if (held === first) return { ...data, [name]: change(held) }
  const [[key = ''] = []] = Object.entries(first as Json).filter(([, one]) => one === held)
  return { ...data, [name]: { ...(first as Json), [key]: change(held) } }
}

function keyOf({ headers }: Asked): string {
  return String(headers['x-shopify-access-token'] ?? '')
}

function documentOf({ body }: Asked): { query?: string; variables?: Variables } {
  try {
    return JSON.parse(body || '{}')
  } catch {
    return {}
  }
}

function variablesOf(asked: Asked): Variables {
  return documentOf(asked).variables ?? {}
}

type Served = { shop: Shop; scopes: readonly string[]; bulk: Bulk; bucket: Bucket }

const documents = new Map<string, Field[]>()

function read({ shop, scopes, bulk, bucket }: Served, asked: Asked): Answer {
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
    const data = bulk.dataFor(root, variables, host) ?? dataFor(shop, scopes, root, variables)
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
  shop: Shop,
  scopes: readonly string[],
  root: Field,
  variables: Variables,
): Json | null {
  const { name } = root
  const id = variables.id ?? ''
  const kind = KINDS.find((one) => one === name)
  if (kind) return { [name]: listOf(shop, kind, root, variables) }
  if (name === 'shop') return accountOf(shop, scopes)
  if (name === 'customerPaymentMethod') return { [name]: paymentMethodOf(shop, id) }
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

// What the gate before GraphQL says, in words only.
function gate(status: number, errors: string): Answer {
  return { status, headers: {}, body: { errors } }
}

function refusal(code: string, message: string): Answer {
  const errors = [{ message, extensions: { code } }]
  return { status: 200, headers: {}, body: { errors } }
}

const THROTTLE = { maximumAvailable: 2000, currentlyAvailable: 400, restoreRate: 500 }

const REFUSALS: Record<RefusalName, Answer> = {
  unauthorised: gate(
    401,
    '[API] Invalid API key or access token (unrecognized login or wrong password)',
  ),
  scopeLost: refusal('ACCESS_DENIED', 'Access denied. Required access: an access scope.'),
  deauthorised: gate(
    401,
    '[API] Invalid API key or access token (unrecognized login or wrong password)',
  ),
  tooMany: {
    status: 200,
    headers: {},
    body: {
      errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
      extensions: {
        cost: { requestedQueryCost: 500, actualQueryCost: null, throttleStatus: THROTTLE },
      },
    },
  },
  badCursor: refusal('BAD_USER_INPUT', 'Invalid cursor for current pagination sort.'),
  broken: gate(500, 'Internal Server Error'),
}
