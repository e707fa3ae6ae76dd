// Webhook endpoints: registered, listed, removed; and events on their way to them.
import { createDeliveries, type Deliveries, type Endpoint } from '../deliveries.ts'
import type { Asked } from '../partner.ts'
import { token } from '../world/random.ts'
import { missing, unknownPath } from './errors.ts'
import { signature } from './sign.ts'
import { API_VERSION, type JsonObject, type StripeObject } from './types.ts'

export const WEBHOOKS = '/v1/webhook_endpoints'

export function stripeDeliveries(): Deliveries {
  return createDeliveries({
    sign: ({ message, secret, now }) => ({
      'stripe-signature': signature(message.body, secret, Math.floor(now / 1000)),
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    }),
  })
}

export function tellEvent(deliveries: Deliveries, event: StripeObject): void {
  const body = JSON.stringify(event, null, 2)
  deliveries.tell({ id: event.id, topic: String(event.type), body })
}

export function webhookAnswer(deliveries: Deliveries, seed: number | string, asked: Asked) {
  const { method, path, body } = asked
  const id = decodeURIComponent(path.slice(WEBHOOKS.length + 1))
  if (method === 'POST' && id === '') return register(deliveries, seed, new URLSearchParams(body))
  const all = deliveries.endpoints()
  if (method === 'GET' && id === '') {
    const data = all.map((one) => shown(one))
    return { object: 'list', data, has_more: false, url: WEBHOOKS }
  }
  const found = all.find((one) => one.id === id)
  if (!found) throw missing('webhook endpoint', id, { param: 'id', status: 404 })
  if (method === 'GET') return shown(found)
  if (method !== 'DELETE') throw unknownPath(method, path)
  deliveries.remove(id)
  return { id, object: 'webhook_endpoint', deleted: true }
}

function register(deliveries: Deliveries, seed: number | string, form: URLSearchParams) {
  const count = deliveries.endpoints().length
  const url = form.get('url') ?? ''
  const key = [seed, url, count, Date.now()] as const
  const topics = [...form].flatMap(([name, value]) =>
    name.startsWith('enabled_events[') ? [value] : [],
  )
  const endpoint = deliveries.add({
    id: `we_${token(24, 'stripe endpoint', ...key)}`,
    url,
    secret: `whsec_${token(32, 'stripe secret', ...key)}`,
    topics: topics.includes('*') ? null : topics,
  })
  // Told this once.
  return { ...shown(endpoint), secret: endpoint.secret }
}

function shown({ id, url, topics }: Endpoint): JsonObject {
  return {
    id,
    object: 'webhook_endpoint',
    api_version: API_VERSION,
    application: null,
    created: 0,
    description: null,
    enabled_events: [...(topics ?? ['*'])],
    livemode: false,
    metadata: {},
    status: 'enabled',
    url,
  }
}
