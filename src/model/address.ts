import { country, string } from './field.ts'

const personal = { pii: true }

/** Parts of a postal address. `city`, `postal_code` and `country` are the source dictionary's. */
export const addressParts = {
  city: string('City, town or locality', { ...personal, example: 'Uppsala' }),
  postal_code: string('Postal code', { ...personal, example: '753 10' }),
  country: country('ISO 3166-1 alpha-2 country code', personal),
  line1: string('Street and number', { ...personal, example: 'Odlargatan 1' }),
  line2: string('Flat, floor or building', { ...personal, example: '3 tr' }),
  state: string('State, province or region', { ...personal, example: 'Uppland' }),
} as const
