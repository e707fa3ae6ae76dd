import type { Recognised } from '../partner.ts'
import { objectOf, objectsIn, type Payload } from '../rule.ts'
import { isTrash } from './streams.ts'

/** Payloads do not say what they are: what only one kind has tells it. */
const marks: readonly (readonly [stream: string, key: string])[] = [
  ['orders', 'order_key'],
  ['refunds', 'refunded_payment'],
  ['customers', 'username'],
  ['products', 'catalog_visibility'],
]

/** Any body of WooCommerce's: an object, a list of them, a delivered notification. */
export function recognise(body: unknown): readonly Recognised[] {
  if (Array.isArray(body)) return body.flatMap(recognise)
  const payload = objectOf(body)
  if (!payload) return []
  const stream = streamOf(payload)
  if (stream) return [{ stream, payload, deleted: isTrash(payload) }]
  return Array.isArray(payload.data) ? objectsIn(payload.data).flatMap(recognise) : []
}

function streamOf(payload: Payload): string | null {
  return marks.find(([, key]) => Object.hasOwn(payload, key))?.[0] ?? null
}
