import { exponentOf } from '../money.ts'
import type { Context, Payload } from '../rule.ts'

/** Decimals that a server counts amounts in unless its owner chose others. */
const precision_default = 2

/**
 * An amount of the server's, whose integers have as many decimals as the server counts in whatever
 * the currency, in the currency's minor units. A tax on yen makes hundredths of them, which nobody can
 * pay: they are told as they are charged, rounded.
 */
export function minorUnitsOf(
  amount: unknown,
  currency: unknown,
  { facts }: Context,
): number | null {
  if (typeof amount !== 'number') return (amount ?? null) as null // validation refuses the rest
  const exponent = typeof currency === 'string' ? exponentOf(currency) : null
  const precision = facts?.precision === undefined ? precision_default : Number(facts.precision)
  const shift = (exponent ?? precision) - precision
  return shift >= 0 ? amount * 10 ** shift : rounded(amount / 10 ** -shift)
}

/** Halves away from zero. */
function rounded(amount: number): number {
  return Math.sign(amount) * Math.round(Math.abs(amount))
}

/** Reads an amount of an order, whose currency stands beside it. */
export function amountAt(name: string) {
  return (order: Payload, context: Context) =>
    minorUnitsOf(order[name], order.currencyCode, context)
}
