import countries from 'i18n-iso-countries'
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' }

countries.registerLocale(english)

/**
 * ISO 3166-1 alpha-2 of what a partner calls a country: a code of two or three letters or an
 * English name. Two-letter codes are kept even when unassigned (XK). Null for anything else.
 */
export function countryCode(text: string): string | null {
  const word = text.trim()
  if (/^[A-Za-z]{2}$/.test(word)) return word.toUpperCase()
  const code =
    word.length === 3
      ? countries.alpha3ToAlpha2(word.toUpperCase())
      : countries.getAlpha2Code(word, 'en')
  return code ?? null
}
