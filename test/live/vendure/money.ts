/** Decimals that a currency has; Vendure counts every one in as many as its server is set to. */
const decimals: { readonly [currency: string]: number } = { USD: 2, EUR: 2, JPY: 0 }
const vendure_decimals = 2

/** An amount of Vendure's, in the smallest unit that can be paid. */
export function paid(amount: number, currency: string): number {
  const of = decimals[currency]
  if (of === undefined) throw new Error(`decimals: expected a row for ${currency}`)
  return Math.round(amount / 10 ** (vendure_decimals - of))
}
