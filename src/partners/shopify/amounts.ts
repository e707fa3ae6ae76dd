import { decimal, minorOf } from '../money.ts'
import { clean, objectOf, pathReader, type Rule } from '../rule.ts'

/**
 * Shopify tells an order's amounts twice: in the shop's currency and in the buyer's. What the buyer
 * saw and paid is the latter; what reaches the shop's balance is told by its own transactions.
 */
export function presentment(at: string): Rule<number> {
  return decimal(`${at}.presentmentMoney.amount`, `${at}.presentmentMoney.currencyCode`)
}

/** An amount with its currency, in minor units. */
export function money(at: string): Rule<number> {
  return decimal(`${at}.amount`, `${at}.currencyCode`)
}

const buyersMoney = pathReader('presentmentMoney')

/** The buyer's amount of a pair, in minor units. */
export function buyersAmount(pair: unknown): number | null {
  return amountOf(buyersMoney(pair))
}

export function amountOf(held: unknown): number | null {
  const { amount, currencyCode } = objectOf(held) ?? {}
  return minorOf(amount, currencyCode) as number | null // validation refuses what is none
}

export function buyersCurrency(pair: unknown): string | null {
  return clean(objectOf(buyersMoney(pair))?.currencyCode) as string | null // a text, or refused
}

/** Adds up; what is no number is left for validation to refuse. */
export function sum(amounts: readonly unknown[]): number | null {
  let total = 0
  for (const amount of amounts) {
    if (typeof amount !== 'number') return (amount ?? null) as null
    total += amount
  }
  return total
}
