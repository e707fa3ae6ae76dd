// Events on their way to the endpoints of the dashboard: several in one delivery.
import { createHmac } from 'node:crypto'
import { createDeliveries, type Deliveries } from '../deliveries.ts'
import { token } from '../world/random.ts'
import type { Json } from './account.ts'

export function goCardlessDeliveries(): Deliveries {
  return createDeliveries({
    sign: ({ message: { body }, secret }) => ({
      'webhook-signature': createHmac('sha256', secret).update(body).digest('hex'),
      'user-agent': 'gocardless-webhook-service/1.1',
    }),
    joined: (messages) => {
      const events = messages.map(({ body }) => JSON.parse(body) as Json)
      const id = `WB${token(13, ...messages.map((one) => one.id)).toUpperCase()}`
      return { id, topic: 'events', body: JSON.stringify({ events, meta: { webhook_id: id } }) }
    },
  })
}

export function tellEvent(deliveries: Deliveries, event: Json): void {
  const { id, resource_type, action } = event
  deliveries.tell({
    id: String(id),
    topic: `${resource_type}.${action}`,
    body: JSON.stringify(event),
  })
}
