import { addressParts } from './address.ts'
import {
  amount,
  currency,
  email,
  enumOf,
  hash,
  hashes,
  idOf,
  integer,
  string,
  timestamp,
} from './field.ts'
import { object, type RecordOf } from './object.ts'

export type Order = RecordOf<typeof order>

export const order = object('order', 'ord', 'Goods or services a buyer asked for', {
  customer_id: idOf('customer', 'The buyer'),
  number: string('Number the buyer knows it by', { filter: true, example: '1042' }),
  status: enumOf(['draft', 'open', 'completed', 'cancelled', 'other'], 'State', {
    filter: true,
    example: 'completed',
  }),
  payment_status: enumOf(
    ['unpaid', 'partially_paid', 'paid', 'partially_refunded', 'refunded', 'other'],
    'How much of it is paid',
    { example: 'paid' },
  ),
  fulfilment_status: string("The partner's word for delivery", { example: 'shipped' }),
  amount: amount('Total', { filter: true }),
  amount_tax: amount('Tax in the total', { example: 400 }),
  amount_shipping: amount('Delivery in the total', { example: 500 }),
  amount_discount: amount('Discount taken off', { example: 0 }),
  currency: currency('Currency of the amounts', { filter: true }),
  line_items: hashes(
    {
      product_id: idOf('product', 'What was bought', { filter: false }),
      name: string('What it was called', { example: 'Seed box' }),
      sku: string("The seller's stock number", { example: 'SEED-1' }),
      quantity: integer('How many'),
      unit_amount: amount('Price of one'),
      amount: amount('Price of all'),
    },
    'What was bought',
  ),
  email: email('E-mail address given with the order', { pii: true, filter: true }),
  shipping_address: hash(addressParts, 'Where it is delivered to', { pii: true }),
  shipping_name: string('Name of the delivery contact', { pii: true, example: 'Ada Åkerström' }),
  shipping_phone: string('Phone number of the delivery contact', {
    pii: true,
    example: '+46 18 123 456',
  }),
  placed_date: timestamp('When the buyer placed it', { filter: true }),
  cancelled_date: timestamp('When it was cancelled'),
})
