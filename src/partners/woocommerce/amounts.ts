import { minorOf } from '../money.ts'
import { objectsIn, type Payload } from '../rule.ts'

/** What orders and their payments are worth, in minor units of the order's currency. */
export function refundedOf({ refunds, currency }: Payload): number | null {
  // Refunds are listed with their totals below zero.
  return sum(objectsIn(refunds).map(({ total }) => minorOf(total, currency)))
}

/** Delivery with its tax, or discount with its tax. */
export function withTax(total: string, tax: string) {
  return (order: Payload) => {
    const parts = [order[total], order[tax]].map((part) => minorOf(part, order.currency) ?? 0)
    return plain(sum(parts, 1))
  }
}

function sum(amounts: readonly unknown[], sign = -1): number | null {
  let total = 0
  for (const amount of amounts) {
    // Anything else is left for validation to refuse.
    if (typeof amount !== 'number') return amount as null
    total += amount
  }
  return plain(total * sign)
}

/** Never minus zero. */
function plain(amount: number | null): number | null {
  return amount === 0 ? 0 : amount
}

/** Price of one; a shop may reckon with finer prices than its currency has, which are left out. */
export function unitAmount({ price }: Payload, currency: unknown): number | null {
  const amount = minorOf(price, currency)
  return Number.isSafeInteger(amount) ? (amount as number) : null
}

/** The order's total, as far as it is one. */
export function totalOf(order: Payload): number {
  const amount = minorOf(order.total, order.currency)
  return typeof amount === 'number' ? amount : 0
}
