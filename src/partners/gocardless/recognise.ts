import type { Recognised } from '../partner.ts'
import { objectOf, type Payload } from '../rule.ts'

/** Ids begin with what they are of. */
const streamOf: { readonly [prefix: string]: string } = {
  CU: 'customers',
  BA: 'customer_bank_accounts',
  MD: 'mandates',
  SB: 'subscriptions',
  PM: 'payments',
  RF: 'refunds',
  PO: 'payouts',
}

const wrapped = [...Object.values(streamOf), 'data']

/** Any body of GoCardless': an object, one under its name, a list. Events hold nothing to read. */
export function recognise(body: unknown): readonly Recognised[] {
  if (Array.isArray(body)) return body.flatMap(recognise)
  const payload = objectOf(body)
  if (!payload) return []
  const stream = streamNamedBy(payload)
  if (stream) return [{ stream, payload, deleted: false }]
  return wrapped.flatMap((key) => (Object.hasOwn(payload, key) ? recognise(payload[key]) : []))
}

function streamNamedBy({ id, created_at }: Payload): string | null {
  const prefix = typeof id === 'string' && created_at !== undefined ? id.slice(0, 2) : ''
  return Object.hasOwn(streamOf, prefix) ? (streamOf[prefix] ?? null) : null
}
