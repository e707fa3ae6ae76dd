import type { EventLog, Touch } from '../notifications.ts'
import { objectOf, type Payload } from '../rule.ts'

const minute_ms = 60 * 1000
const day_ms = 24 * 60 * minute_ms

/** Which stream reads what a link of an event names. */
const streamOf: readonly (readonly [link: string, stream: string])[] = [
  ['customer', 'customers'],
  ['customer_bank_account', 'customer_bank_accounts'],
  ['new_customer_bank_account', 'customer_bank_accounts'],
  ['mandate', 'mandates'],
  ['new_mandate', 'mandates'],
  ['subscription', 'subscriptions'],
  ['payment', 'payments'],
  ['refund', 'refunds'],
  ['payout', 'payouts'],
]

/** GoCardless' event log. How long it reaches back is not published: a month is taken for sure. */
export const events: EventLog = {
  list: { path: '/events', timeFilter: 'created_at' },
  reach_ms: 30 * day_ms,
  overlap_ms: 5 * minute_ms,
  read: touchesOf,
  eventId: ({ id }) => String(id),
  created_ms: ({ created_at }) => Date.parse(String(created_at)),
}

/** Events name what they are about and hold nothing of it: everything named is read again. */
export function touchesOf({ links }: Payload): readonly Touch[] {
  const named = objectOf(links) ?? {}
  return streamOf.flatMap(([link, stream]) => {
    const id = named[link]
    if (typeof id !== 'string' || id === '') return []
    return [{ stream, partnerRecordId: id, parentId: null, deleted: false }]
  })
}
