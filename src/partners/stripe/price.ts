import { objectOf, type Payload } from '../rule.ts'

/** The price of a subscription's item or an invoice's line; before 2020 it was a plan. */
export function priceOf(item: Payload): Payload {
  return objectOf(item.price) ?? objectOf(item.plan) ?? {}
}

/** Stripe's integer; null where the price is a fraction of it, tiered or up to the buyer. */
export function unitAmountOf(price: Payload): number | null {
  return (price.unit_amount ?? price.amount ?? null) as number | null
}
