import type { Recognised } from '../partner.ts'
import { objectOf, objectsIn, type Payload } from '../rule.ts'

/** Payloads do not say what they are: what only one kind has tells it. */
const marks: readonly (readonly [stream: string, keys: readonly string[]])[] = [
  ['transactions', ['transaction_info']],
  ['disputes', ['dispute_id']],
  ['subscriptions', ['plan_id', 'status']],
  ['invoices', ['detail', 'status']],
  ['payment_tokens', ['payment_source', 'customer']],
  ['products', ['id', 'name', 'create_time']],
]

/** Where lists and events have theirs. */
const held = [
  'transaction_details',
  'items',
  'products',
  'subscriptions',
  'payment_tokens',
  'data',
  'resource',
  'invoice',
]

/** Any body of PayPal's: an object, a list of them, a delivered event. */
export function recognise(body: unknown): readonly Recognised[] {
  if (Array.isArray(body)) return body.flatMap(recognise)
  const payload = objectOf(body)
  if (!payload) return []
  const stream = streamOf(payload)
  if (stream) return [{ stream, payload, deleted: false }]
  return held.flatMap((key) =>
    Array.isArray(payload[key])
      ? objectsIn(payload[key]).flatMap(recognise)
      : recognise(payload[key]),
  )
}

function streamOf(payload: Payload): string | null {
  // A plan has all that a product has.
  if (Object.hasOwn(payload, 'billing_cycles')) return null
  return marks.find(([, keys]) => keys.every((key) => Object.hasOwn(payload, key)))?.[0] ?? null
}
