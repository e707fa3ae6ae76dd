// The shop's webhooks: one a topic, and what they tell. The first thing each sends is a ping.
import { createHmac } from 'node:crypto'
import { createDeliveries, type Deliveries, type Endpoint } from '../deliveries.ts'
import type { Answer, Asked } from '../partner.ts'
import { token } from '../world/random.ts'
import { HOME } from './format.ts'
import { refusal } from './lists.ts'

export const WEBHOOKS = '/wp-json/wc/v3/webhooks'
const PING = 'ping'

export function wooDeliveries(): Deliveries {
  return createDeliveries({
    // The ping is sent before there is anything to sign.
    sign: ({ message: { body, topic }, secret }) =>
      topic === PING
        ? {}
        : {
            'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
          },
  })
}

type Wanted = { topic?: string; delivery_url?: string; secret?: string }

export function webhookAnswer(deliveries: Deliveries, asked: Asked): Answer {
  const { method, path, body } = asked
  const id = decodeURIComponent(path.slice(WEBHOOKS.length + 1))
  const all = deliveries.endpoints()
  if (method === 'POST' && id === '') return register(deliveries, JSON.parse(body) as Wanted)
  if (method === 'GET' && id === '') return ok(all.map((one) => shown(one)))
  const found = all.find((one) => one.id === id)
  if (!found) return refusal(404, 'woocommerce_rest_shop_webhook_invalid_id', 'Invalid ID.')
  if (method === 'DELETE') deliveries.remove(id)
  return ok(shown(found))
}

let numbers = 0

function register(deliveries: Deliveries, wanted: Wanted): Answer {
  const { topic = '', delivery_url: url = '', secret = '' } = wanted
  numbers += 1
  const id = `${numbers}`
  void ping(url, id)
  const endpoint = deliveries.add({ id, url, secret, topics: [topic] })
  return { ...ok(shown(endpoint)), status: 201 }
}

async function ping(url: string, id: string): Promise<void> {
  const pinging = createDeliveries({ sign: () => ({}) })
  pinging.hold(true)
  pinging.add({ id, url, secret: '', topics: null })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  pinging.tell({ id: `ping ${id}`, topic: PING, body: `webhook_id=${id}`, headers })
  await pinging.deliver()
}

function shown({ id, url, topics }: Endpoint): Record<string, unknown> {
  const [topic = ''] = topics ?? []
  const [resource, event] = topic.split('.')
  return {
    id: Number(id),
    name: `Furrow: ${topic}`,
    status: 'active',
    topic,
    resource,
    event,
    hooks: [],
    delivery_url: url,
  }
}

function ok(body: unknown): Answer {
  return { status: 200, headers: {}, body }
}

let told = 0

// Of what was deleted, there is only the id.
export function tell(deliveries: Deliveries, topic: string, body: Record<string, unknown>): void {
  if (deliveries.endpoints().length === 0) return
  const [resource = '', event = ''] = topic.split('.')
  const id = token(32, 'woocommerce delivery', told++).toLowerCase()
  const headers = {
    'x-wc-webhook-source': `${HOME}/`,
    'x-wc-webhook-topic': topic,
    'x-wc-webhook-resource': resource,
    'x-wc-webhook-event': event,
    'x-wc-webhook-id': '1',
    'x-wc-webhook-delivery-id': id,
  }
  deliveries.tell({ id, topic, headers, body: JSON.stringify(body) })
}
