// Webhook subscriptions of the app, and what they tell: which thing, in which topic.
import { createHmac } from 'node:crypto'
import { createDeliveries, type Deliveries, type Endpoint } from '../deliveries.ts'
import type { Buyer, Instrument, Thing } from '../world/entities.ts'
import { token } from '../world/random.ts'
import { paymentMethodId } from './customer.ts'
import type { Json } from './format.ts'
import type { Shop } from './shop.ts'

export function shopifyDeliveries(domain: string): Deliveries {
  return createDeliveries({
    sign: ({ message: { body }, secret }) => ({
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
      'x-shopify-shop-domain': domain,
      'x-shopify-api-version': '2026-07',
    }),
  })
}

type Variables = { id?: string; topic?: string; uri?: string }

let numbers = 1_000

// What a document about subscriptions is answered; null where it is about something else.
export function webhookData(
  deliveries: Deliveries,
  root: string,
  { variables, secret }: { variables: Variables; secret: string },
): Json | null {
  if (root === 'webhookSubscriptions') {
    return { [root]: { nodes: deliveries.endpoints().map((one) => shown(one)) } }
  }
  if (root === 'webhookSubscriptionCreate') {
    const { topic = '', uri = '' } = variables
    const known = deliveries.endpoints().some((one) => one.url === uri && one.topics?.[0] === topic)
    if (known) {
      const userErrors = [
        { field: ['uri'], message: 'Address for this topic has already been taken' },
      ]
      return { [root]: { webhookSubscription: null, userErrors } }
    }
    const id = `gid://shopify/WebhookSubscription/${numbers++}`
    const made = deliveries.add({ id, url: uri, secret, topics: [topic] })
    return { [root]: { webhookSubscription: shown(made), userErrors: [] } }
  }
  if (root !== 'webhookSubscriptionDelete') return null
  const removed = deliveries.remove(variables.id ?? '')
  const userErrors = removed ? [] : [{ field: ['id'], message: 'Webhook subscription not found' }]
  return { [root]: { deletedWebhookSubscriptionId: removed ? variables.id : null, userErrors } }
}

function shown({ id, url, topics }: Endpoint): Json {
  return { id, uri: url, topic: topics?.[0] ?? '' }
}

let told = 0

export function tell(
  { world }: Shop,
  deliveries: Deliveries,
  { topic, body }: { topic: string; body: Json },
): void {
  if (deliveries.endpoints().length === 0) return
  const event = token(20, 'shopify event', world.now(), told++)
  const headers = {
    'x-shopify-topic': topic,
    'x-shopify-event-id': event,
    'x-shopify-webhook-id': `${event}-1`,
    'x-shopify-triggered-at': new Date(world.now()).toISOString(),
  }
  const name = topic.replace('/', '_').toUpperCase()
  deliveries.tell({ id: event, topic: name, headers, body: JSON.stringify(body) })
}

export function tellHappening(
  shop: Shop,
  deliveries: Deliveries,
  { verb, subject }: { verb: string; subject: Thing },
): void {
  if (deliveries.endpoints().length === 0) return
  for (const one of happeningsOf(shop, verb, subject)) tell(shop, deliveries, one)
}

type Told = { topic: string; body: Json }

function happeningsOf(shop: Shop, verb: string, subject: Thing): Told[] {
  const { world } = shop
  const way = verb.endsWith('.created') ? 'create' : verb.endsWith('.deleted') ? 'delete' : 'update'
  if (subject.kind === 'buyer') return subject.guest ? [] : [ofBuyer(shop, way, subject)]
  if (subject.kind === 'instrument') return subject.saved ? [ofInstrument(verb, subject)] : []
  if (subject.kind === 'product') {
    return [
      { topic: `products/${way}`, body: named('Product', shop.idOf('products', subject.key)) },
    ]
  }
  if (subject.kind === 'payment') return ofOrder(shop, subject.key, 'orders/updated')
  if (subject.kind === 'charge') return ofOrder(shop, subject.payment, 'orders/updated')
  if (subject.kind === 'refund') {
    const { payment } = world.get('charge', subject.charge)
    const order = shop.idOf('orders', payment)
    return [{ topic: 'refunds/create', body: { id: order + 1, order_id: order } }]
  }
  if (subject.kind === 'dispute') {
    const topic = verb === 'dispute.created' ? 'disputes/create' : 'disputes/update'
    return [{ topic, body: { id: shop.idOf('disputes', subject.key) } }]
  }
  if (subject.kind !== 'subscription') return []
  const topic = `subscription_contracts/${way === 'create' ? 'create' : 'update'}`
  const id = shop.idOf('subscriptionContracts', subject.key)
  return [{ topic, body: named('SubscriptionContract', id) }]
}

function named(type: string, id: number): Json {
  return { id, admin_graphql_api_id: `gid://shopify/${type}/${id}` }
}

function ofBuyer(shop: Shop, way: string, buyer: Buyer): Told {
  const id = shop.idOf('customers', buyer.key)
  if (way === 'delete' && buyer.mergedInto !== null) {
    const gid = (key: string) => `gid://shopify/Customer/${shop.idOf('customers', key)}`
    const kept = gid(buyer.mergedInto)
    const body = {
      admin_graphql_api_customer_kept_id: kept,
      admin_graphql_api_customer_deleted_id: gid(buyer.key),
      status: 'completed',
    }
    return { topic: 'customers/merge', body }
  }
  return { topic: `customers/${way}`, body: named('Customer', id) }
}

// A checkout that nobody tried to pay is no order.
function ofOrder(shop: Shop, payment: string, topic: string): Told[] {
  const id = shop.idOf('orders', payment)
  if (!shop.tables.orders.has(id)) return []
  return [{ topic, body: named('Order', id) }]
}

function ofInstrument(verb: string, { key }: Instrument): Told {
  const ways: Record<string, string> = {
    'instrument.added': 'create',
    'instrument.removed': 'revoke',
  }
  const topic = `customer_payment_methods/${ways[verb] ?? 'update'}`
  return { topic, body: { admin_graphql_api_id: paymentMethodId(key) } }
}
