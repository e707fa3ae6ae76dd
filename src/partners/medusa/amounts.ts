import { minorOf, roundedMinorOf } from '../money.ts'
import { objectOf, type Payload } from '../rule.ts'

// Sums of the server's own are floats, and so are the prices of whoever computed them before they
// were stored: 46.400000000000006. Six decimals are more than any currency has.
const decimals_max = 6
const noise_pattern = /\.\d{7}/

/** A price in major units, as the currency's minor units; a finer one stays a fraction. */
export function majorPrice(holder: Payload, name: string, currency: unknown): unknown {
  return minorOf(written(holder, name), currency)
}

/**
 * An amount in major units, as the currency's minor units. The server never rounds: a tax of 25 %
 * on 19.99 makes 24.9875. Its payment providers charge that rounded, and so it is told here.
 */
export function majorAmount(holder: Payload, name: string, currency: unknown): unknown {
  return roundedMinorOf(written(holder, name), currency)
}

/** By its exact text where it has one (`raw_<name>.value`), else by the number. */
function written(holder: Payload, name: string): unknown {
  const exact = objectOf(holder[`raw_${name}`])?.value
  const amount = exact ?? holder[name]
  if (typeof amount === 'number') return Number(amount.toFixed(decimals_max))
  const isNoisy = typeof amount === 'string' && noise_pattern.test(amount)
  return isNoisy ? Number(Number(amount).toFixed(decimals_max)) : amount
}

/** Reads an amount of an order or payment, whose currency stands beside it. */
export function amountOf(name: string) {
  return (payload: Payload) => majorAmount(payload, name, payload.currency_code) as number | null
}
