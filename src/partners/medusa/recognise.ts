import type { Recognised } from '../partner.ts'
import { objectOf, type Payload } from '../rule.ts'

const streamOf: { readonly [prefix: string]: string } = {
  cus: 'customers',
  prod: 'products',
  order: 'orders',
}

/** Any body of Medusa's: an object, one under its name, a list, a page of them. */
export function recognise(body: unknown): readonly Recognised[] {
  if (Array.isArray(body)) return body.flatMap(recognise)
  const payload = objectOf(body)
  if (!payload) return []
  const stream = streamNamedBy(payload)
  if (stream) return [{ stream, payload, deleted: false }]
  const wrapped = ['customer', 'customers', 'product', 'products', 'order', 'orders', 'data']
  return wrapped.flatMap((key) => (Object.hasOwn(payload, key) ? recognise(payload[key]) : []))
}

/** Ids begin with what they are of. */
function streamNamedBy({ id }: Payload): string | null {
  const prefix = typeof id === 'string' ? id.slice(0, id.indexOf('_')) : ''
  return Object.hasOwn(streamOf, prefix) ? (streamOf[prefix] ?? null) : null
}
