// What a partner tells of a seller who takes the consent back; GoCardless tells nothing.
import { randomBytes } from 'node:crypto'
import type { Message } from '../deliveries.ts'

export type Withdrawal = { accountId: string; now: number }

type Told = Omit<Message, 'id' | 'body'> & { body: Record<string, unknown> }

const TOLD: Readonly<Record<string, (id: string, of: Withdrawal) => Told>> = {
  stripe: (id, { accountId, now }) => ({
    topic: 'account.application.deauthorized',
    body: {
      id,
      object: 'event',
      account: accountId,
      created: Math.floor(now / 1000),
      data: { object: { id: 'ca_furrow', object: 'application', name: 'Furrow' } },
      livemode: false,
      type: 'account.application.deauthorized',
    },
  }),
  square: (id, { accountId, now }) => ({
    topic: 'oauth.authorization.revoked',
    body: {
      merchant_id: accountId,
      type: 'oauth.authorization.revoked',
      event_id: id,
      created_at: new Date(now).toISOString(),
      data: {
        type: 'revocation',
        id,
        object: {
          revocation: { revoked_at: new Date(now).toISOString(), revoker_type: 'MERCHANT' },
        },
      },
    },
  }),
  paypal: (id, { accountId, now }) => ({
    topic: 'MERCHANT.PARTNER-CONSENT.REVOKED',
    body: {
      id,
      event_version: '1.0',
      create_time: new Date(now).toISOString(),
      event_type: 'MERCHANT.PARTNER-CONSENT.REVOKED',
      resource: { merchant_id: accountId },
      links: [{ href: `https://api.sandbox.paypal.com/v1/notifications/webhooks-events/${id}` }],
    },
  }),
  shopify: (id, { accountId, now }) => ({
    topic: 'APP_UNINSTALLED',
    headers: {
      'x-shopify-topic': 'app/uninstalled',
      'x-shopify-event-id': id,
      'x-shopify-webhook-id': `${id}-1`,
      'x-shopify-triggered-at': new Date(now).toISOString(),
    },
    body: { id: 1, myshopify_domain: accountId },
  }),
}

export function withdrawal(name: string, of: Withdrawal): Message | null {
  const id = `evt_${randomBytes(12).toString('hex')}`
  const told = TOLD[name]?.(id, of)
  return told ? { id, ...told, body: JSON.stringify(told.body) } : null
}
