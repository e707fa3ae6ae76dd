import { minorOf } from '../money.ts'
import { objectOf, type Payload } from '../rule.ts'

// Sums of the server's own are floats; six decimals are more than any currency has.
const decimals_max = 6

/**
 * An amount in major units, as the currency's minor units: by its exact text where it has one
 * (`raw_<name>.value`), else by the number.
 */
export function majorAmount(holder: Payload, name: string, currency: unknown): unknown {
  const exact = objectOf(holder[`raw_${name}`])?.value
  const amount = exact ?? holder[name]
  const written = typeof amount === 'number' ? Number(amount.toFixed(decimals_max)) : amount
  return minorOf(written, currency)
}

/** Reads an amount of an order or payment, whose currency stands beside it. */
export function amountOf(name: string) {
  return (payload: Payload) => majorAmount(payload, name, payload.currency_code) as number | null
}
