import { addressParts } from './address.ts'
import { country, currency, email, enumOf, hash, idOf, listOf, string } from './field.ts'
import { object, type RecordOf } from './object.ts'

export type Customer = RecordOf<typeof customer>

export const customer = object(
  'customer',
  'cus',
  "A buyer of the seller's, as saved at one partner system",
  {
    name: string('Full name of the customer or business', {
      pii: true,
      filter: true,
      example: 'Ada Åkerström',
    }),
    address: hash(
      {
        ...addressParts,
        country: country('ISO 3166-1 alpha-2 country code', { pii: true, filter: true }),
      },
      "The customer's address",
      { pii: true },
    ),
    email: email("The customer's e-mail address", { pii: true, filter: true }),
    phone: string("The customer's phone number, as the partner has it", {
      pii: true,
      example: '+46 18 123 456',
    }),
    shipping_address: hash(addressParts, 'Where goods are delivered to', { pii: true }),
    shipping_name: string('Name of the delivery contact', { pii: true, example: 'Ada Åkerström' }),
    shipping_phone: string('Phone number of the delivery contact', {
      pii: true,
      example: '+46 18 123 456',
    }),
    payment_currency: currency(
      'Three-letter ISO code of the currency the customer can be charged in',
    ),
    external_account_id: idOf(
      'external_account',
      "Card, bank account or other instrument on file: the partner's default, else the newest active one",
    ),
    subscriptions: listOf(
      'subscription',
      'customer_id',
      'Subscriptions the customer has signed up to',
    ),
    origin: enumOf(
      ['PARTNER', 'DERIVED'],
      'DERIVED: a guest or payer known only from orders or payments',
    ),
    mergedInto: idOf(
      'customer',
      'On a deleted customer: the one that the partner merged it into, or that a guest turned out to be',
    ),
  },
)
