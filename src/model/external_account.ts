import { country, currency, enumOf, hash, idOf, integer, string } from './field.ts'
import { object, type RecordOf } from './object.ts'

export type ExternalAccount = RecordOf<typeof external_account>

const last4 = string('Last four characters', { pii: true, example: '4242' })

export const external_account = object(
  'external_account',
  'ext',
  "A bank account, card or wallet: a buyer's saved instrument, or where settlements go",
  {
    type: enumOf(['bank_account', 'card', 'other'], 'Which of the three hashes is filled', {
      filter: true,
      example: 'card',
    }),
    customer_id: idOf('customer', "The buyer; null when it is the seller's own"),
    status: enumOf(['active', 'expired', 'disabled', 'removed', 'other'], 'State', {
      filter: true,
    }),
    currency: currency('Currency it is held in'),
    country: country('Country it was issued in'),
    holder_name: string('Name of the holder', { pii: true, example: 'Ada Åkerström' }),
    bank_account: hash(
      {
        bank_name: string('Name of the bank', { example: 'Sparbanken' }),
        last4,
        routing_last4: string('Last four characters of the routing number', { example: '0000' }),
        account_type: string('Kind of account', { example: 'checking' }),
      },
      'A bank account; null on other types',
    ),
    card: hash(
      {
        brand: string('Card scheme', { example: 'visa' }),
        last4,
        exp_month: integer('Month it expires, 1–12', { example: 8 }),
        exp_year: integer('Year it expires, four digits', { example: 2029 }),
        funding: string('Credit, debit, prepaid …', { example: 'credit' }),
        fingerprint: string("The partner's mark of the same card number", {
          pii: true,
          example: 'Zs60Dpo9KRceEvsd',
        }),
      },
      'A card; null on other types',
    ),
    other: hash(
      {
        kind: string('Wallet, crypto, mandate …', { example: 'wallet' }),
        label: string('How to tell it apart', { pii: true, example: 'Link' }),
      },
      'Any other instrument; null on other types',
    ),
  },
)
