import { amount, boolean, currency, enumOf, idOf, listOf, string, timestamp } from './field.ts'
import { object, type RecordOf } from './object.ts'

export type Settlement = RecordOf<typeof settlement>

export const settlement = object('settlement', 'set', 'A payout to the seller', {
  amount: amount('Amount paid out', { filter: true }),
  currency: currency('Currency of the amount', { filter: true }),
  status: enumOf(['pending', 'in_transit', 'paid', 'failed', 'cancelled', 'other'], 'State', {
    filter: true,
    example: 'paid',
  }),
  automatic: boolean('Made by schedule rather than by hand'),
  arrival_date: timestamp('When it reaches the account', { filter: true }),
  funding_account: idOf('external_account', "The seller's account it goes to", { filter: false }),
  related_transactions: listOf('transaction', 'settlement_id', 'Transactions it pays out'),
  statement_descriptor: string("Text on the seller's bank statement", { example: 'FURROW FARM' }),
  failure_reason: string('Why it failed', { example: 'account_closed' }),
})
