import type { Notifications } from '../notifications.ts'
import { objectOf } from '../rule.ts'
import { verifyHmac } from '../signature.ts'

const header = 'x-square-hmacsha256-signature'

/** Deliveries look like the events of the log, one each; the address they were sent to is signed too. */
export const notifications: Notifications = {
  verify: ({ url, headers, body }, secrets) =>
    verifyHmac(headers, header, { secrets, parts: [url, body], encoding: 'base64' }),
  read(body) {
    const event = objectOf(body)
    return event === null ? [] : [event]
  },
  isFor: ({ merchant_id }, { partnerAccountId }) => merchant_id === partnerAccountId,
}
