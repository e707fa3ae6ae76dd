import { amount, country, currency, enumOf, hash, idOf, string } from './field.ts'
import { object, type RecordOf } from './object.ts'

export type Payment = RecordOf<typeof payment>

export const payment = object(
  'payment',
  'pay',
  'Money taken from a buyer (charge) or given back (refund)',
  {
    type: enumOf(['charge', 'refund'], 'Charge or refund', { filter: true, index: false }),
    amount: amount('Amount; negative on a refund', { filter: true }),
    currency: currency('Currency of the amount', { filter: true }),
    description: string('What the payment is for', { pii: true, example: 'Order 1042' }),
    status: enumOf(['unknown', 'pending', 'failed', 'succeeded', 'cancelled'], 'State', {
      filter: true,
      example: 'succeeded',
    }),
    status_reason: hash(
      {
        outcome: enumOf(
          [
            'unknown',
            'pending',
            'issuer_declined',
            'blocked',
            'authorised',
            'paid',
            'failed',
            'cancelled',
            'succeeded',
          ],
          'What became of the attempt',
        ),
        outcome_reason: string("The partner's reason", { example: 'insufficient_funds' }),
        outcome_risk_level: string("The partner's judgement of risk", { example: 'normal' }),
      },
      'Why the payment is in its state',
    ),
    refund_reason: enumOf(
      ['duplicate', 'fraudulent', 'requested_by_customer', 'expired_uncaptured_charge', 'other'],
      'Why money was given back; null on a charge',
    ),
    refunded_payment_id: idOf('payment', 'On a refund: the charge it gives back'),
    amount_refunded: amount('On a charge: how much of it was given back so far'),
    customer_id: idOf('customer', 'The buyer'),
    order_id: idOf('order', 'The order that was paid'),
    invoice_id: idOf('invoice', 'The invoice that was paid'),
    subscription_id: idOf('subscription', 'The subscription that was paid for'),
    external_account_id: idOf('external_account', 'The saved instrument that was charged'),
    transaction: idOf('transaction', "The movement on the seller's balance", { filter: false }),
    payment_method: hash(
      {
        type: string('Kind of instrument', { example: 'card' }),
        brand: string('Card scheme or bank', { example: 'visa' }),
        last4: string('Last four digits', { example: '4242' }),
        country: country('Country the instrument was issued in'),
        wallet: string('Wallet it was used through', { example: 'apple_pay' }),
      },
      'The instrument used',
    ),
  },
)
