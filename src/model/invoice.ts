import { amount, currency, enumOf, hashes, idOf, integer, string, timestamp, url } from './field.ts'
import { object, type RecordOf } from './object.ts'

export type Invoice = RecordOf<typeof invoice>

export const invoice = object('invoice', 'inv', 'The seller bills a buyer', {
  customer_id: idOf('customer', 'The buyer'),
  number: string('Number the buyer knows it by', { filter: true, example: 'F-0042' }),
  status: enumOf(['draft', 'open', 'paid', 'void', 'uncollectible', 'other'], 'State', {
    filter: true,
    example: 'paid',
  }),
  amount_due: amount('What is to be paid', { filter: true }),
  amount_paid: amount('What has been paid'),
  amount_tax: amount('Tax in it', { example: 400 }),
  currency: currency('Currency of the amounts', { filter: true }),
  due_date: timestamp('Last day to pay', { filter: true }),
  paid_date: timestamp('When it was paid'),
  subscription_id: idOf('subscription', 'The subscription it bills'),
  order_id: idOf('order', 'The order it bills'),
  payment_id: idOf('payment', 'The payment that settled it'),
  line_items: hashes(
    {
      description: string('What is billed', { example: '1 × Seed box' }),
      product_id: idOf('product', 'What was bought', { filter: false }),
      quantity: integer('How many'),
      unit_amount: amount('Price of one'),
      amount: amount('Price of all'),
    },
    'What is billed',
  ),
  hosted_url: url('Page where the buyer sees and pays it'),
})
