import { randomUUID } from 'node:crypto'
import { BadAnswer } from '../errors.ts'
import type { Registered, Registration } from '../notifications.ts'
import { objectOf, objectsIn, type Payload } from '../rule.ts'

const path = '/v2/webhooks/subscriptions'

/** Events that change what is read, or end it; a catalogue only tells that it changed. */
const event_types = [
  'bank_account.created',
  'bank_account.disabled',
  'bank_account.verified',
  'card.automatically_updated',
  'card.created',
  'card.disabled',
  'card.forgotten',
  'card.updated',
  'customer.created',
  'customer.deleted',
  'customer.updated',
  'dispute.created',
  'dispute.state.updated',
  'invoice.canceled',
  'invoice.created',
  'invoice.deleted',
  'invoice.payment_made',
  'invoice.published',
  'invoice.refunded',
  'invoice.scheduled_charge_failed',
  'invoice.updated',
  'oauth.authorization.revoked',
  'order.created',
  'order.fulfillment.updated',
  'order.updated',
  'payment.created',
  'payment.updated',
  'payout.failed',
  'payout.paid',
  'payout.sent',
  'refund.created',
  'refund.updated',
  'subscription.created',
  'subscription.updated',
]

/** Webhook subscriptions belong to the app, so a seller's own token may not have them. */
export const registration = (api_version: string): Registration => ({
  needs: "the application's own personal access token",
  secret: 'told',
  list: { path, query: { include_disabled: 'true', limit: '100' } },
  listed: (body) => objectsIn(objectOf(body)?.subscriptions).map(registeredIn),
  create: ({ url: notification_url }) => [
    {
      path,
      body: {
        idempotency_key: randomUUID(),
        subscription: { name: 'Furrow', event_types, notification_url, api_version },
      },
    },
  ],
  created(body) {
    const made = objectOf(objectOf(body)?.subscription) ?? {}
    if (typeof made.signature_key !== 'string') {
      throw new BadAnswer('webhook subscription: expected a signature_key')
    }
    return { ...registeredIn(made), secret: made.signature_key }
  },
  remove: (id) => ({ method: 'DELETE', path: `${path}/${encodeURIComponent(id)}` }),
})

function registeredIn({ id, notification_url }: Payload): Registered {
  if (typeof id !== 'string') throw new BadAnswer('webhook subscription: expected an id')
  return { id, url: String(notification_url) }
}
