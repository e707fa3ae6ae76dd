/** The currencies that have not two decimals, by how many they have, as ISO 4217 has it. */
const unusual: { readonly [decimals: number]: string } = {
  0: `BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XAG XAU XBA XBB XBC XBD XDR XOF
    XPD XPF XPT XSU XTS XUA XXX`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}

const decimals_usual = 2
const known = new Map(
  Object.entries(unusual).flatMap(([decimals, codes]) =>
    codes.split(/\s+/).map((code) => [code, Number(decimals)] as const),
  ),
)

/** How many decimals a currency has. */
export function decimalsOf(currency: string): number {
  return known.get(currency) ?? decimals_usual
}

/** An amount in minor units as people write it, in the reader's own language. */
export function moneyText(minor: number, currency: string | null): string {
  const decimals = currency === null ? 0 : decimalsOf(currency)
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  const value = decimalText(minor, decimals)
  if (currency === null || !/^[A-Z]{3}$/.test(currency)) {
    return new Intl.NumberFormat(undefined, digits).format(value)
  }
  const style = { style: 'currency', currency, currencyDisplay: 'code' } as const
  return new Intl.NumberFormat(undefined, { ...style, ...digits }).format(value)
}

/** The decimal itself: a quotient in floating point could show another last digit. */
function decimalText(minor: number, decimals: number): `${number}` {
  const sign = minor < 0 ? '-' : ''
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0')
  const at = digits.length - decimals
  const fraction = decimals === 0 ? '' : `.${digits.slice(at)}`
  return `${sign}${digits.slice(0, at)}${fraction}` as `${number}`
}
