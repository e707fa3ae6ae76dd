import { minorOf } from '../money.ts'
import { objectOf, pathReader, type Rule } from '../rule.ts'
import { computed } from '../rules.ts'

/** PayPal's `{currency_code, value}` in minor units; what is no amount is left for validation. */
export function amountIn(money: unknown): number | null {
  const held = objectOf(money)
  if (held === null) return (money ?? null) as null // not an amount: refused later
  return minorOf(held.value, held.currency_code) as number | null
}

/** The amount at a path. */
export function amountAt(at: string): Rule<number> {
  const get = pathReader(at)
  return { rule: 'decimal', paths: [`${at}.value`], read: (payload) => amountIn(get(payload)) }
}

/** The currency at a path. */
export function currencyAt(at: string): Rule<string> {
  const get = pathReader(`${at}.currency_code`)
  return computed([`${at}.currency_code`], 'upper case', (payload) => {
    const code = get(payload) ?? null
    return (typeof code === 'string' ? code.toUpperCase() || null : code) as string | null
  })
}

/** The other way round; never minus zero, and what is no number stays as it is. */
export function negated(amount: number | null): number | null {
  return typeof amount === 'number' ? 0 - amount : amount
}

/** A whole number that PayPal writes as text; null for parts of a thing. */
export function wholeOf(text: unknown): number | null {
  const [, whole] = /^(-?\d{1,12})(?:\.0*)?$/.exec(String(text)) ?? []
  return whole === undefined ? null : Number(whole)
}

const quantity_pattern = /^(-?(?=\.?\d)\d{0,9})(?:\.(\d{1,5}))?$/

/** Price of all, as exact as the price of one and the quantity are; null where that is not whole. */
export function timesOf(unit: number | null, quantity: unknown): number | null {
  const [, whole, fraction = ''] = quantity_pattern.exec(String(quantity)) ?? []
  if (whole === undefined || !Number.isSafeInteger(unit)) return null
  const scale = 10n ** BigInt(fraction.length)
  const product = BigInt(unit as number) * BigInt(whole + fraction) // a safe integer, see above
  return product % scale === 0n ? Number(product / scale) : null
}
