import { BadSignature } from '../errors.ts'
import type { Notifications, SignedRequest, Touch } from '../notifications.ts'
import { objectOf, type Payload } from '../rule.ts'
import { referenceId } from '../rules.ts'
import { verifyHmac } from '../signature.ts'
import { numberIn } from './ids.ts'
import { registration } from './registration.ts'

type Headers = SignedRequest['headers']

/** Deliveries of webhooks have `x-shopify-*` headers, those of the newer events `shopify-*`. */
const prefixes = ['shopify-', 'x-shopify-']

function prefixOf(headers: Headers): string | null {
  return prefixes.find((prefix) => headers[`${prefix}hmac-sha256`] !== undefined) ?? null
}

export const notifications: Notifications = {
  verify({ headers, body }, secrets) {
    const prefix = prefixOf(headers)
    if (prefix === null) throw new BadSignature('x-shopify-hmac-sha256: expected a signature')
    const scheme = { secrets, parts: [body], encoding: 'base64' } as const
    verifyHmac(headers, `${prefix}hmac-sha256`, scheme)
  },
  // What it is about, and of which shop, stands in the headers.
  read(body, headers) {
    const prefix = prefixOf(headers)
    const payload = objectOf(body)
    if (prefix === null || payload === null) return []
    const topic = headers[`${prefix}topic`]
    const shop = headers[`${prefix}shop-domain`]
    const delivery = headers[`${prefix}event-id`] ?? headers[`${prefix}webhook-id`]
    return [{ topic, shop, delivery, body: payload }]
  },
  touches: touchesOf,
  isFor: ({ shop }, { partnerAccountId }) =>
    typeof shop === 'string' && shop.toLowerCase() === partnerAccountId,
  // One thing that the merchant does is one event, told under several topics.
  eventId({ topic, delivery, body }) {
    const event = referenceId(delivery)
    if (event === null) return null
    const { id, admin_graphql_api_id } = objectOf(body) ?? {}
    return [event, topic, referenceId(admin_graphql_api_id) ?? referenceId(id)].join(' ')
  },
  isWithdrawal: ({ topic }) => topic === 'app/uninstalled',
  byHand:
    "The app's configuration (or Settings, Notifications, Webhooks in the shop): the topics of the " +
    'app, customers, payment methods, orders, refunds, products, disputes and subscription ' +
    "contracts, as JSON. The secret is the app's client secret, or the one shown under the shop's webhooks",
  registration,
}

interface Topic {
  readonly stream: string
  /** The id that is to be read again. */
  readonly id: (body: Payload) => string | null
}

/** A number, where it is not the whole id that holds it. */
const named = (id: unknown) => numberIn(id) ?? referenceId(id)
const own = ({ id, admin_graphql_api_id }: Payload) => named(id) ?? named(admin_graphql_api_id)
const ownGid = ({ admin_graphql_api_id }: Payload) => referenceId(admin_graphql_api_id)

/**
 * Every one only says what to read again. The topics about privacy (customers/data_request,
 * customers/redact, shop/redact) are not among them: what a shop erases is seen to be gone by itself.
 */
const topics: readonly (readonly [beginning: RegExp, topic: Topic])[] = [
  [/^customers\/(?:create|update|delete|enable|disable)$/, { stream: 'customers', id: own }],
  [/^orders\/[a-z_]+$/, { stream: 'orders', id: own }],
  [
    /^(?:refunds|order_transactions)\/create$/,
    { stream: 'orders', id: ({ order_id }) => named(order_id) },
  ],
  [/^products\/[a-z_]+$/, { stream: 'products', id: own }],
  [/^disputes\/[a-z_]+$/, { stream: 'disputes', id: own }],
  [/^subscription_contracts\/[a-z_]+$/, { stream: 'subscriptions', id: ownGid }],
  [/^customer_payment_methods\/[a-z_]+$/, { stream: 'payment_methods', id: ownGid }],
]

function touchesOf({ topic, body }: Payload): readonly Touch[] {
  const payload = objectOf(body)
  if (typeof topic !== 'string' || payload === null) return []
  if (topic === 'customers/merge') return mergeOf(payload)
  const [, found] = topics.find(([beginning]) => beginning.test(topic)) ?? []
  const partnerRecordId = found?.id(payload) ?? null
  if (!found || partnerRecordId === null) return []
  const deleted = topic.endsWith('/delete')
  return [{ stream: found.stream, partnerRecordId, parentId: null, deleted }]
}

/** One customer is left, and has the other's orders; a merge that failed has done nothing. */
function mergeOf(body: Payload): readonly Touch[] {
  const kept = numberIn(body.admin_graphql_api_customer_kept_id)
  const gone = numberIn(body.admin_graphql_api_customer_deleted_id)
  if (kept === null || gone === null || body.status === 'failed') return []
  const touch = { stream: 'customers', parentId: null } as const
  return [
    { ...touch, partnerRecordId: kept, deleted: false },
    { ...touch, partnerRecordId: gone, deleted: true, mergedInto: kept },
  ]
}
