import { amount, currency, enumOf, hashes, idOf, rate, string, timestamp } from './field.ts'
import { object, type RecordOf } from './object.ts'

export type Transaction = RecordOf<typeof transaction>

export const transaction = object(
  'transaction',
  'txn',
  "One movement on the seller's balance at the partner, with its fees",
  {
    type: enumOf(
      ['payment', 'refund', 'settlement', 'dispute', 'adjustment'],
      'What moved the balance; adjustment: tied to none of the others',
      { filter: true },
    ),
    amount: amount('Gross amount, signed', { filter: true }),
    fee: amount('Fees taken out of it', { example: 88 }),
    net: amount('What remains: amount less fee', { example: 1911 }),
    currency: currency("Currency of the seller's balance", { filter: true }),
    fee_details: hashes(
      {
        type: string('Kind of fee', { example: 'processing' }),
        amount: amount('Amount of the fee', { example: 88 }),
        currency: currency('Currency of the fee'),
        description: string('What it is for', { example: 'Processing fees' }),
      },
      'The fees one by one',
    ),
    exchange_rate: rate("Rate into the balance's currency, where there was a conversion"),
    source_object: enumOf(['payment', 'settlement', 'dispute'], 'Which object moved the balance'),
    source_id: idOf(
      ['payment', 'settlement', 'dispute'],
      'The payment, settlement or dispute that moved the balance',
    ),
    settlement_id: idOf('settlement', 'The settlement that paid it out'),
    available_date: timestamp('When the money can be paid out', { filter: true }),
    description: string('Free text', { example: 'Order 1042' }),
  },
)
