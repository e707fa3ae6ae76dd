// What the world knows about money: exponents, what a thing costs where, what the partner takes.
export type Currency = {
  exponent: number
  // Price level: how many minor units stand for one US cent.
  perCent: number
  // Prices are rounded to this many minor units (three-decimal currencies end in 0 at Stripe).
  step: number
  // The balance the money lands on: a business has no balance in some currencies.
  settlesIn: string
  // Units of the balance's currency, as decimal numbers, that one unit of this one is worth.
  rate: number
  feePercent: number
  feeFixed: number
  disputeFee: number
}

export const CURRENCIES: Record<string, Currency> = {
  usd: money({ exponent: 2, perCent: 1, settlesIn: 'usd', feeFixed: 30, disputeFee: 1500 }),
  eur: money({ exponent: 2, perCent: 0.92, settlesIn: 'eur', feeFixed: 25, disputeFee: 2000 }),
  jpy: money({ exponent: 0, perCent: 1.5, settlesIn: 'jpy', feeFixed: 0, disputeFee: 1300 }),
  kwd: money({ exponent: 3, perCent: 3.07, step: 10, settlesIn: 'kwd', disputeFee: 4600 }),
  gbp: money({ exponent: 2, perCent: 0.79, settlesIn: 'usd', rate: 1.2657, disputeFee: 1500 }),
}

export function currency(code: string): Currency {
  const found = CURRENCIES[code]
  if (!found) throw new Error(`currency: expected one of ${Object.keys(CURRENCIES)}, got "${code}"`)
  return found
}

// A price given in US cents, as it is asked in another currency.
export function priceIn(code: string, cents: number): number {
  const { perCent, step } = currency(code)
  return Math.max(step, Math.round((cents * perCent) / step) * step)
}

export type Fee = { kind: 'processing' | 'tax'; amount: number; description: string }

export function feesOn(code: string, amount: number): Fee[] {
  const { feePercent, feeFixed } = currency(code)
  const processing = Math.round((amount * feePercent) / 100) + feeFixed
  const fees: Fee[] = [{ kind: 'processing', amount: processing, description: 'Processing fees' }]
  // Fees to a European business carry VAT, which is a second line.
  if (code === 'eur') {
    fees.push({ kind: 'tax', amount: Math.round(processing * 0.19), description: 'VAT' })
  }
  return fees
}

function money(facts: Partial<Currency> & Pick<Currency, 'exponent' | 'perCent' | 'settlesIn'>) {
  return { step: 1, rate: 1, feePercent: 2.9, feeFixed: 100, disputeFee: 1500, ...facts }
}
