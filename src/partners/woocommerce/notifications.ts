import type { Notifications, Touch } from '../notifications.ts'
import { objectOf, type Payload } from '../rule.ts'
import { referenceId, wordIn } from '../rules.ts'
import { verifyHmac } from '../signature.ts'
import { registration } from './registration.ts'

const streamOf: { readonly [resource: string]: string } = {
  customer: 'customers',
  order: 'orders',
  product: 'products',
}

/** Webhooks of a shop: signed, except for the ping that tests a new one. */
export const notifications: Notifications = {
  verify: ({ headers, body }, secrets) =>
    verifyHmac(headers, 'x-wc-webhook-signature', { secrets, parts: [body], encoding: 'base64' }),
  // What it is about stands in the headers; of what was deleted, the body has only the id.
  read(body, headers) {
    const resource = headers['x-wc-webhook-resource']
    const payload = objectOf(body)
    if (payload === null || resource === undefined) return []
    return [{ resource, id: payload.id, delivery: headers['x-wc-webhook-delivery-id'] }]
  },
  touches: touchesOf,
  eventId: ({ delivery }) => referenceId(delivery),
  byHand:
    'WooCommerce, Settings, Advanced, Webhooks: one for each of customer, order and product with ' +
    'each of created, updated, deleted and restored, all with the same secret',
  registration,
  isPing: ({ headers, body }) =>
    /^application\/x-www-form-urlencoded\b/.test(headers['content-type'] ?? '') &&
    /^webhook_id=\d+$/.test(Buffer.from(body).toString()),
}

/** Every one only says what to read again: a trashed order is told as a deleted product too. */
function touchesOf({ resource, id }: Payload): readonly Touch[] {
  const stream = wordIn(streamOf, resource)
  const partnerRecordId = referenceId(id)
  if (!stream || partnerRecordId === null) return []
  return [{ stream, partnerRecordId, parentId: null, deleted: false }]
}
