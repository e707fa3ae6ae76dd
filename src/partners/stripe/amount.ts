import { minorUnits, stripeMoney } from '../money.ts'
import type { Rule } from '../rule.ts'

/** An amount of Stripe's in ISO 4217 minor units. */
export function amountAt(at: string, currencyAt = 'currency'): Rule<number> {
  return minorUnits(at, currencyAt, stripeMoney)
}
