import { amount, boolean, currency, enumOf, hashes, string, url } from './field.ts'
import { object, type RecordOf } from './object.ts'

export type Product = RecordOf<typeof product>

export const product = object('product', 'prod', 'What the seller sells', {
  name: string('What it is called', { filter: true, example: 'Seed box' }),
  description: string('Longer text', { example: 'Ten packets of seeds, every month' }),
  active: boolean('Whether it is on sale', { filter: true }),
  sku: string("The seller's stock number", { filter: true, example: 'SEED-1' }),
  price: amount('Its default price'),
  currency: currency('Currency of the default price'),
  prices: hashes(
    {
      amount: amount('Price of one; null where it depends on quantity or buyer'),
      currency: currency('Currency of the price'),
      interval: enumOf(['day', 'week', 'month', 'year'], 'How often; null for a single payment'),
    },
    'Every price it is sold at',
  ),
  category: string('Group it is sold under', { example: 'Seeds' }),
  image_url: url('A picture of it'),
})
