import type { Notifications } from '../notifications.ts'
import { objectOf } from '../rule.ts'
import { referenceId } from '../rules.ts'
import { verifyHmac } from '../signature.ts'
import { registration } from './registration.ts'

const header = 'x-square-hmacsha256-signature'

/** The version of the API, which events are rendered in as well. */
export const api_version = '2026-05-20'

/** Deliveries look like the events of the log, one each; the address they were sent to is signed too. */
export const notifications: Notifications = {
  verify: ({ url, headers, body }, secrets) =>
    verifyHmac(headers, header, { secrets, parts: [url, body], encoding: 'base64' }),
  read(body) {
    const event = objectOf(body)
    return event === null ? [] : [event]
  },
  eventId: ({ event_id }) => referenceId(event_id),
  isFor: ({ merchant_id }, { partnerAccountId }) => merchant_id === partnerAccountId,
  isWithdrawal: ({ type }) => type === 'oauth.authorization.revoked',
  byHand:
    'Developer Console, the application, Webhooks, Subscriptions: choose the events of bank ' +
    'accounts, cards, customers, disputes, invoices, orders, payments, payouts, refunds, ' +
    'subscriptions and OAuth. The secret is the signature key',
  registration: registration(api_version),
}
