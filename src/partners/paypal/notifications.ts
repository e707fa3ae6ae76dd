import type { Notifications, Touch } from '../notifications.ts'
import { objectOf, type Payload, pathReader } from '../rule.ts'
import { referenceId } from '../rules.ts'
import { registration } from './registration.ts'
import { verifyTransmission } from './signature.ts'

/** What the kinds of events are about, by the beginning of their names. */
const about: readonly {
  readonly event: string
  readonly stream: string
  /** Paths of the id in the resource; the first that is there counts. */
  readonly ids: readonly string[]
}[] = [
  { event: 'CUSTOMER.DISPUTE.', stream: 'disputes', ids: ['dispute_id'] },
  { event: 'INVOICING.INVOICE.', stream: 'invoices', ids: ['invoice.id', 'id'] },
  { event: 'BILLING.SUBSCRIPTION.', stream: 'subscriptions', ids: ['id'] },
  { event: 'BILLING.PLAN.', stream: 'products', ids: ['product_id'] },
  { event: 'CATALOG.PRODUCT.', stream: 'products', ids: ['id'] },
  { event: 'VAULT.PAYMENT-TOKEN.', stream: 'payment_tokens', ids: ['id'] },
]

/** Webhooks of the seller's app. The "secret" of the scheme is the webhook's id. */
export const notifications: Notifications = {
  verify: (request, webhookIds, now_ms, tools) =>
    verifyTransmission(request, webhookIds, now_ms, tools),
  read(body) {
    const event = objectOf(body)
    return event && typeof event.event_type === 'string' ? [event] : []
  },
  touches: touchesOf,
  eventId: ({ id }) => referenceId(id),
  isFor: (event, { partnerAccountId, mode }) =>
    modeOf(event) === mode && (merchantOf(event) ?? partnerAccountId) === partnerAccountId,
  // Told to the app of a partner that sellers consented to, not to a seller's own.
  isWithdrawal: ({ event_type }) => event_type === 'MERCHANT.PARTNER-CONSENT.REVOKED',
  byHand:
    'Developer Dashboard, Apps & Credentials, the app, Webhooks, Add webhook: choose the events of ' +
    'disputes, invoices, subscriptions, plans, products, payment tokens and consent. The secret is the ' +
    "webhook's id",
  registration,
}

/** Payments and refunds are left to the report, which shows them some hours later. */
export function touchesOf({ event_type, resource }: Payload): readonly Touch[] {
  const name = String(event_type)
  const found = about.find(({ event }) => name.startsWith(event))
  if (!found) return []
  const id = found.ids
    .map((at) => referenceId(pathReader(at)(resource)))
    .find((one) => one !== null)
  if (!id) return []
  const { stream } = found
  const parentId = stream === 'payment_tokens' ? customerOf(resource) : null
  return [
    { stream, partnerRecordId: id, parentId, deleted: name === 'VAULT.PAYMENT-TOKEN.DELETED' },
  ]
}

const customerIn = pathReader('customer.id')

function customerOf(resource: unknown): string | null {
  return referenceId(customerIn(resource))
}

const merchants = ['payee.merchant_id', 'disputed_transactions.0.seller.merchant_id']

/** The seller an event names, if it names one. */
function merchantOf({ resource }: Payload): string | null {
  const named = merchants.map((at) => referenceId(pathReader(at)(resource)))
  return named.find((one) => one !== null) ?? null
}

const linkIn = pathReader('links.0.href')

/** Events link to themselves, on a host of their own environment. */
function modeOf(event: Payload): 'test' | 'live' {
  return String(linkIn(event)).includes('.sandbox.paypal.com/') ? 'test' : 'live'
}
