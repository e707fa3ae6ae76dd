// Webhook subscriptions of the application, and events on their way to them.
import { createHmac } from 'node:crypto'
import { createDeliveries, type Deliveries, type Endpoint } from '../deliveries.ts'
import type { Answer, Asked } from '../partner.ts'
import { token } from '../world/random.ts'
import { notFound, ok } from './errors.ts'
import type { Json } from './format.ts'
import type { Account } from './types.ts'

export const WEBHOOKS = '/v2/webhooks/subscriptions'

// The address is signed with the body, as the subscription has it.
export function squareDeliveries(): Deliveries {
  return createDeliveries({
    sign: ({ message: { body }, endpoint: { url }, secret }) => ({
      'x-square-hmacsha256-signature': createHmac('sha256', secret)
        .update(url + body)
        .digest('base64'),
      'square-environment': 'Sandbox',
    }),
  })
}

export function tellEvent(deliveries: Deliveries, json: Json): void {
  const body = JSON.stringify(json)
  deliveries.tell({ id: String(json.event_id), topic: String(json.type), body })
}

type Subscription = { event_types?: string[]; notification_url?: string }

export function webhookAnswer(account: Account, deliveries: Deliveries, asked: Asked): Answer {
  const { method, path, body } = asked
  const id = decodeURIComponent(path.slice(WEBHOOKS.length + 1))
  const all = deliveries.endpoints()
  if (method === 'POST' && id === '') {
    const { subscription = {} } = JSON.parse(body) as { subscription?: Subscription }
    return register(account, deliveries, subscription)
  }
  if (method === 'GET' && id === '') return ok({ subscriptions: all.map((one) => shown(one)) })
  const found = all.find((one) => one.id === id)
  if (!found) return notFound('Webhook subscription')
  if (method === 'DELETE') deliveries.remove(id)
  return method === 'DELETE' ? ok({}) : ok({ subscription: shown(found) })
}

function register(
  { seed }: Account,
  deliveries: Deliveries,
  { event_types = [], notification_url: url = '' }: Subscription,
): Answer {
  const key = [seed, url, deliveries.endpoints().length, Date.now()] as const
  const endpoint = deliveries.add({
    id: `wbhk_${token(32, 'square endpoint', ...key).toLowerCase()}`,
    url,
    secret: token(22, 'square secret', ...key),
    topics: event_types,
  })
  return ok({ subscription: { ...shown(endpoint), signature_key: endpoint.secret } })
}

function shown({ id, url, topics }: Endpoint): Json {
  return { id, name: 'Furrow', enabled: true, event_types: topics ?? [], notification_url: url }
}
