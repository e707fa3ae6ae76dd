import { BadAnswer } from '../errors.ts'
import type { Notifications, Registered, Registration } from '../notifications.ts'
import { objectOf, objectsIn, type Payload } from '../rule.ts'
import { referenceId } from '../rules.ts'
import { verifyTimed } from '../signature.ts'
import { api_version, event_types } from './event_types.ts'
import { touchesOf } from './events.ts'

const path = '/v1/webhook_endpoints'

const registration: Registration = {
  needs: 'write access to Webhook endpoints',
  secret: 'told',
  unable: ({ stripe_account }) =>
    stripe_account
      ? 'Stripe lets only the platform register an endpoint for its connected accounts'
      : null,
  list: { path, query: { limit: '100' } },
  listed: (body) => objectsIn(body).map(registeredIn),
  create: ({ url }) => [
    {
      path,
      form: {
        url,
        api_version,
        description: 'Furrow',
        ...Object.fromEntries(event_types.map((type, i) => [`enabled_events[${i}]`, type])),
      },
    },
  ],
  created(body) {
    const secret = objectOf(body)?.secret
    if (typeof secret !== 'string') throw new BadAnswer('webhook endpoint: expected a secret')
    return { ...registeredIn(objectOf(body) ?? {}), secret }
  },
  remove: (id) => ({ method: 'DELETE', path: `${path}/${encodeURIComponent(id)}` }),
}

function registeredIn({ id, url }: Payload): Registered {
  if (typeof id !== 'string') throw new BadAnswer('webhook endpoint: expected an id')
  return { id, url: String(url) }
}

/** Deliveries are events of the log, one each; or thin, with no more than what they are about. */
export const notifications: Notifications = {
  verify: (request, secrets, now_ms) => verifyTimed(request, 'stripe-signature', secrets, now_ms),
  read(body) {
    const event = objectOf(body)
    return event && kinds.includes(String(event.object)) ? [event] : []
  },
  touches: (event) => touchesOf(event.object === 'v2.core.event' ? thickened(event) : event),
  eventId: ({ id }) => referenceId(id),
  // A Connect platform's endpoint hears of every account connected to it.
  isFor({ account, context, livemode }, { partnerAccountId, mode }) {
    const whose = account ?? context
    return (
      (typeof whose !== 'string' || whose === partnerAccountId) &&
      (typeof livemode !== 'boolean' || livemode === (mode === 'live'))
    )
  },
  // Told to the platform's endpoint alone.
  isWithdrawal: ({ type }) => type === 'account.application.deauthorized',
  byHand:
    'Developers, Webhooks, Add destination: choose the events of customers, payment methods, ' +
    'payments, charges, refunds, disputes, payouts, subscriptions, invoices, products and prices; a ' +
    'platform also account.application.deauthorized. The signing secret begins with whsec_',
  registration,
}

const kinds = ['event', 'v2.core.event']

/** What a thin event names, in the place where another one carries it. */
function thickened({ related_object, type }: Payload): Payload {
  const { id, type: kind } = objectOf(related_object) ?? {}
  // The same events under a name of their own: v1.customer.deleted.
  const name = String(type).replace(/^v1\./, '')
  return { type: name, data: { object: { id, object: kind } } }
}
