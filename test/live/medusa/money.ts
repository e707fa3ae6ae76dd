import { type Api, allOf } from './api.ts'

/** An amount of Medusa's, in the smallest unit that can be paid. */
export type Money = (amount: number, currency: string) => number

/** Medusa's amounts are in major units; its own list of currencies says how many decimals count. */
export async function moneyOf(admin: Api): Promise<Money> {
  const fields = 'code,decimal_digits'
  const currencies = await allOf<TheirCurrency>(admin, 'currencies', fields, 'code')
  const digits = new Map(currencies.map((one) => [one.code, one.decimal_digits]))
  return (amount, currency) => {
    const of = digits.get(currency)
    if (of === undefined) throw new Error(`currencies: expected ${currency} among them`)
    return Math.round(Number((amount * 10 ** of).toFixed(3)))
  }
}

interface TheirCurrency {
  readonly code: string
  readonly decimal_digits: number
}
