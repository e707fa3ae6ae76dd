import { BadAnswer } from '../errors.ts'
import type { Registered, Registration } from '../notifications.ts'
import { objectOf, objectsIn, type Payload } from '../rule.ts'

const path = '/v1/notifications/webhooks'

/** Events that say what to read again. Those of payments do not: the report shows these later. */
const event_types = [
  'BILLING.PLAN.ACTIVATED',
  'BILLING.PLAN.CREATED',
  'BILLING.PLAN.DEACTIVATED',
  'BILLING.PLAN.PRICING-CHANGE.ACTIVATED',
  'BILLING.PLAN.UPDATED',
  'BILLING.SUBSCRIPTION.ACTIVATED',
  'BILLING.SUBSCRIPTION.CANCELLED',
  'BILLING.SUBSCRIPTION.CREATED',
  'BILLING.SUBSCRIPTION.EXPIRED',
  'BILLING.SUBSCRIPTION.PAYMENT.FAILED',
  'BILLING.SUBSCRIPTION.SUSPENDED',
  'BILLING.SUBSCRIPTION.UPDATED',
  'CATALOG.PRODUCT.CREATED',
  'CATALOG.PRODUCT.UPDATED',
  'CUSTOMER.DISPUTE.CREATED',
  'CUSTOMER.DISPUTE.RESOLVED',
  'CUSTOMER.DISPUTE.UPDATED',
  'INVOICING.INVOICE.CANCELLED',
  'INVOICING.INVOICE.CREATED',
  'INVOICING.INVOICE.PAID',
  'INVOICING.INVOICE.REFUNDED',
  'INVOICING.INVOICE.SCHEDULED',
  'INVOICING.INVOICE.UPDATED',
  'VAULT.PAYMENT-TOKEN.CREATED',
  'VAULT.PAYMENT-TOKEN.DELETED',
]

export const registration: Registration = {
  needs: 'the Webhooks feature of the app',
  // Signatures name the webhook: its id is what makes one ours.
  secret: 'told',
  list: { path },
  listed: (body) => objectsIn(objectOf(body)?.webhooks).map(registeredIn),
  create: ({ url }) => [
    { path, body: { url, event_types: event_types.map((name) => ({ name })) } },
  ],
  created(body) {
    const made = registeredIn(objectOf(body) ?? {})
    return { ...made, secret: made.id }
  },
  remove: (id) => ({ method: 'DELETE', path: `${path}/${encodeURIComponent(id)}` }),
}

function registeredIn({ id, url }: Payload): Registered {
  if (typeof id !== 'string') throw new BadAnswer('webhook: expected an id')
  return { id, url: String(url) }
}
