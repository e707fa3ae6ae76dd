import { amount, currency, enumOf, hashes, idOf, integer, string, timestamp } from './field.ts'
import { object, type RecordOf } from './object.ts'

export type Subscription = RecordOf<typeof subscription>

export const subscription = object(
  'subscription',
  'sub',
  'A buyer is charged again and again for goods or services',
  {
    customer_id: idOf('customer', 'The buyer'),
    status: enumOf(
      ['incomplete', 'trialing', 'active', 'past_due', 'paused', 'cancelled', 'expired', 'other'],
      'State',
      { filter: true, example: 'active' },
    ),
    amount: amount('Charged each interval', { filter: true }),
    currency: currency('Currency of the amount', { filter: true }),
    interval: enumOf(['day', 'week', 'month', 'year'], 'Unit of the interval', {
      example: 'month',
    }),
    interval_count: integer('Units in an interval'),
    items: hashes(
      {
        product_id: idOf('product', 'What is subscribed to', { filter: false }),
        description: string('What it is called', { example: 'Seed box, monthly' }),
        quantity: integer('How many', { example: 1 }),
        unit_amount: amount('Price of one'),
      },
      'What is subscribed to',
    ),
    current_period_start: timestamp('Start of the period being paid for'),
    current_period_end: timestamp('End of the period being paid for', { filter: true }),
    start_date: timestamp('When it began'),
    cancel_at: timestamp('When it will end'),
    cancelled_date: timestamp('When it was cancelled'),
    external_account_id: idOf('external_account', 'The instrument charged'),
    latest_invoice_id: idOf('invoice', 'The newest invoice', { filter: false }),
  },
)
