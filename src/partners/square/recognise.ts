import type { Recognised } from '../partner.ts'
import { objectOf, type Payload } from '../rule.ts'

/** Payloads do not say what they are: what only one kind has tells it, the surest first. */
const marks: readonly (readonly [stream: string, has: readonly string[]])[] = [
  ['products', ['item_data']],
  ['settlement_transactions', ['payout_id', 'gross_amount_money']],
  ['settlements', ['destination', 'arrival_date']],
  ['disputes', ['disputed_payment']],
  ['refunds', ['payment_id', 'amount_money', 'created_at']],
  ['payments', ['source_type', 'total_money']],
  ['invoices', ['payment_requests', 'primary_recipient']],
  ['subscriptions', ['plan_variation_id']],
  ['bank_accounts', ['account_number_suffix']],
  ['cards', ['last_4', 'enabled']],
  ['orders', ['net_amounts']],
  ['orders', ['line_items', 'location_id']],
  ['customers', ['creation_source']],
]

/** Any body of Square's: an object, one under its name, a list, an event with what it is about. */
export function recognise(body: unknown): readonly Recognised[] {
  if (Array.isArray(body)) return body.flatMap(recognise)
  const payload = objectOf(body)
  if (!payload) return []
  const stream = streamFor(payload)
  if (stream) return [{ stream, payload, deleted: payload.is_deleted === true }]
  // A thing of a kind that is not read may have parts that look like one that is.
  if (typeof payload.id === 'string' && !Object.hasOwn(payload, 'object')) return []
  return Object.values(payload).flatMap(recognise)
}

function streamFor(payload: Payload): string | null {
  const found = marks.find(([, keys]) => keys.every((key) => Object.hasOwn(payload, key)))
  return typeof payload.id === 'string' ? (found?.[0] ?? null) : null
}
