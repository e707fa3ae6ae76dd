import type { Recognised } from '../partner.ts'
import { objectOf, type Payload } from '../rule.ts'

/** Payloads do not say what they are: what only one kind has tells it. */
const marks: readonly (readonly [stream: string, key: string])[] = [
  ['orders', 'currencyCode'],
  ['customers', 'emailAddress'],
  ['products', 'variants'],
]

const wrapped = ['data', 'items', 'customers', 'customer', 'products', 'product', 'orders', 'order']

/** Any body of Vendure's: an object, a list, an answer with either in it. */
export function recognise(body: unknown): readonly Recognised[] {
  if (Array.isArray(body)) return body.flatMap(recognise)
  const payload = objectOf(body)
  if (!payload) return []
  const stream = streamOf(payload)
  if (stream) return [{ stream, payload, deleted: false }]
  return wrapped.flatMap((key) => (Object.hasOwn(payload, key) ? recognise(payload[key]) : []))
}

function streamOf(payload: Payload): string | null {
  if (!Object.hasOwn(payload, 'id')) return null
  return marks.find(([, key]) => Object.hasOwn(payload, key))?.[0] ?? null
}
