import type { EventLog, Touch } from '../notifications.ts'
import { objectOf, type Payload } from '../rule.ts'
import { wordIn } from '../rules.ts'
import { lists, page_size_max } from './paging.ts'

const minute_ms = 60_000
const day_ms = 24 * 60 * minute_ms

/**
 * Square's event log, 28 days of it. An application has to switch it on, so that nothing may rest
 * on it: it only makes things seen sooner, and tells into whom a customer was merged.
 */
export const events: EventLog = {
  list: {
    path: '/v2/events',
    body: { query: { sort: { field: 'DEFAULT', order: 'DESC' } } },
    items: 'events',
    timeFilter: 'query.filter.created_at',
    paging: lists(page_size_max),
  },
  reach_ms: 28 * day_ms,
  overlap_ms: 5 * minute_ms,
  mayBeOff: true,
  read: touchesOf,
  eventId: ({ event_id }) => String(event_id),
  created_ms: ({ created_at }) => timeOf(String(created_at)),
}

/** Times come with their zone, or mean UTC. */
function timeOf(text: string): number {
  return Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`)
}

/** Which stream reads what an event is about, by the first word of its type. */
const streamOf: { readonly [word: string]: string } = {
  customer: 'customers',
  payment: 'payments',
  refund: 'refunds',
  payout: 'settlements',
  dispute: 'disputes',
  invoice: 'invoices',
  order: 'orders',
  subscription: 'subscriptions',
  card: 'cards',
  bank_account: 'bank_accounts',
}

/** Events about parts and definitions, whose id names something else. */
const others = /custom_attribute|evidence/
/** Gone for good, as far as an event tells. */
const deletions = /\.(?:deleted|forgotten)$/

/** An event says what to read again; of a merge, also into whom it was. */
export function touchesOf({ type, data }: Payload): readonly Touch[] {
  const kind = String(type)
  const { id, object } = objectOf(data) ?? {}
  const [word] = kind.split('.', 1)
  const stream = wordIn(streamOf, word)
  if (stream === undefined || others.test(kind)) return []
  const merged = stream === 'customers' ? mergeOf(objectOf(object)?.event_context) : []
  if (typeof id !== 'string' || id === '') return merged
  const touch = { stream, partnerRecordId: id, parentId: null, deleted: deletions.test(kind) }
  // A merge tells more of the same customer, and comes first.
  return [...merged, touch, ...(stream === 'settlements' ? [entriesOf(id)] : [])]
}

function entriesOf(payout: string): Touch {
  const stream = 'settlement_transactions'
  return { stream, partnerRecordId: payout, parentId: payout, deleted: false, children: true }
}

/** Some customers are deleted, and a new one stands for them. */
function mergeOf(context: unknown): readonly Touch[] {
  const { from_customer_ids: from, to_customer_id: to } = objectOf(objectOf(context)?.merge) ?? {}
  if (typeof to !== 'string' || to === '' || !Array.isArray(from)) return []
  const touch = { stream: 'customers', parentId: null } as const
  const gone = from
    .filter((id): id is string => typeof id === 'string' && id !== '' && id !== to)
    .map((id) => ({ ...touch, partnerRecordId: id, deleted: true, mergedInto: to }))
  return [{ ...touch, partnerRecordId: to, deleted: false }, ...gone]
}
