import type { Recognised } from '../partner.ts'
import { objectOf, type Payload } from '../rule.ts'
import { typeIn } from './ids.ts'

const streamOf: { readonly [type: string]: string } = {
  Customer: 'customers',
  Product: 'products',
  Order: 'orders',
  CustomerPaymentMethod: 'payment_methods',
  SubscriptionContract: 'subscriptions',
  ShopifyPaymentsPayout: 'settlements',
  ShopifyPaymentsBalanceTransaction: 'transactions',
  ShopifyPaymentsDispute: 'disputes',
  ShopifyPaymentsBankAccount: 'bank_accounts',
}

/** Any body of Shopify's: an object, a list of them, an answer of GraphQL with either in it. */
export function recognise(body: unknown): readonly Recognised[] {
  if (Array.isArray(body)) return body.flatMap(recognise)
  const payload = objectOf(body)
  if (!payload) return []
  const stream = streamFor(payload)
  if (stream) return [{ stream, payload, deleted: false }]
  if (typeIn(payload.id) !== null) return []
  return Object.values(payload).flatMap(recognise)
}

/** An id says what it names; of a customer, payment methods are read by themselves. */
function streamFor(payload: Payload): string | null {
  const type = typeIn(payload.id)
  if (type === 'Customer' && Object.hasOwn(payload, 'paymentMethods')) return 'payment_methods'
  return type !== null && Object.hasOwn(streamOf, type) ? (streamOf[type] ?? null) : null
}
