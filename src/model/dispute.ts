import { amount, boolean, currency, enumOf, idOf, string, timestamp } from './field.ts'
import { object, type RecordOf } from './object.ts'

export type Dispute = RecordOf<typeof dispute>

export const dispute = object('dispute', 'dis', 'A buyer questions a payment with their bank', {
  amount: amount('Disputed amount', { filter: true }),
  currency: currency('Currency of the amount', { filter: true }),
  status: enumOf(
    ['warning', 'needs_response', 'under_review', 'won', 'lost', 'closed', 'other'],
    'State',
    { filter: true, example: 'needs_response' },
  ),
  reason: string("The partner's word for the reason", { example: 'product_not_received' }),
  evidence_due_date: timestamp('Last moment to answer', { filter: true }),
  payment_id: idOf('payment', 'The disputed payment'),
  customer_id: idOf('customer', 'The buyer'),
  transaction: idOf('transaction', 'The balance movement that carries its fee', { filter: false }),
  is_refundable: boolean('Whether the payment can still be refunded'),
})
