import currencies from 'currency-codes'
import { pathReader, type Rule } from './rule.ts'

/** Decimals of a currency in ISO 4217; null for a code that is not in it. */
export function exponentOf(currency: string): number | null {
  return currencies.code(currency)?.digits ?? null
}

/**
 * Decimals Stripe counts amounts in, where they are not two (docs.stripe.com/currencies). ISK and
 * UGX have none in ISO 4217, but Stripe keeps counting them in hundredths that are always 00; MGA
 * has two in ISO 4217 and none at Stripe. HUF and TWD are counted in hundredths like ISO 4217 does:
 * payouts in them are only whole hundreds, so there is nothing to convert.
 */
export const stripeExponents: { readonly [currency: string]: number } = {
  ...same(0, 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'),
  ...same(2, 'ISK UGX'),
  ...same(3, 'BHD JOD KWD OMR TND'),
}

function same(exponent: number, codes: string): { readonly [currency: string]: number } {
  return Object.fromEntries(codes.split(' ').map((code) => [code, exponent]))
}

/** Brings an amount counted in the partner's decimals into the currency's minor unit. */
export type Converter = (amount: unknown, currency: unknown) => unknown

/**
 * Converts only where the partner's decimals differ from ISO 4217's. A rest smaller than the minor
 * unit stays a fraction, which the model then refuses: money is never rounded silently.
 */
export function newConverter(exponents: { readonly [currency: string]: number }): Converter {
  const shifts = new Map<string, number>()
  for (const [code, theirs] of Object.entries(exponents)) {
    const shift = (exponentOf(code) ?? theirs) - theirs
    if (shift === 0) continue
    shifts.set(code, shift)
    shifts.set(code.toLowerCase(), shift)
  }
  return (amount, currency) => {
    const shift = shifts.get(currency as string)
    if (shift === undefined || typeof amount !== 'number') return amount
    return shift > 0 ? amount * 10 ** shift : amount / 10 ** -shift
  }
}

export const stripeMoney = newConverter(stripeExponents)

/** An amount of the partner's in minor units, beside the currency it is in. */
export function minorUnits(at: string, currencyAt: string, convert: Converter): Rule<number> {
  const amountOf = pathReader(at)
  const currencyOf = pathReader(currencyAt)
  return {
    rule: 'minor units',
    paths: [at],
    read: (payload) => {
      const amount = amountOf(payload) ?? null
      return (amount === null ? null : convert(amount, currencyOf(payload))) as number | null
    },
  }
}

const decimal_pattern = /^(-?)(?=\.?\d)(\d{0,18})(?:\.(\d{1,18}))?$/

/**
 * A decimal text (or a number, as exact as it is written) in the currency's minor units, without a
 * float on the way: "12.5" EUR is 1250, "1500.00" JPY is 1500. What is finer than the minor unit
 * stays a fraction, which the model then refuses; what is no decimal is given back as it came.
 */
export function minorOf(amount: unknown, currency: unknown): unknown {
  return inMinor(amount, currency, (rest) => (/[1-9]/.test(rest) ? 0.5 : 0))
}

/**
 * The same, where a partner reckons more finely than can be paid: rounded as what is charged is,
 * halves away from zero. Only for partners whose own payments are rounded so.
 */
export function roundedMinorOf(amount: unknown, currency: unknown): unknown {
  return inMinor(amount, currency, (rest) => (rest >= '5' ? 1 : 0))
}

/** `restOf` says what the digits behind the minor unit add to it. */
function inMinor(amount: unknown, currency: unknown, restOf: (digits: string) => number): unknown {
  if (amount === null || amount === undefined || amount === '') return null
  const exponent = typeof currency === 'string' ? exponentOf(currency.toUpperCase()) : null
  const [, sign, whole = '', fraction = ''] = decimal_pattern.exec(String(amount)) ?? []
  if (exponent === null || sign === undefined) return amount
  const digits = fraction.padEnd(exponent, '0')
  const value = Number(`${whole}${digits.slice(0, exponent)}`) + restOf(digits.slice(exponent))
  return sign === '-' && value !== 0 ? -value : value
}

/** An amount written as a decimal, beside the currency it is in. */
export function decimal(at: string, currencyAt: string): Rule<number> {
  const amountOf = pathReader(at)
  const currencyOf = pathReader(currencyAt)
  return {
    rule: 'decimal',
    paths: [at],
    read: (payload) => minorOf(amountOf(payload), currencyOf(payload)) as number | null,
  }
}
