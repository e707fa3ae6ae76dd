import { product } from '../../model/product.ts'
import { mapping } from '../mapping.ts'
import { stripeMoney } from '../money.ts'
import { objectOf, objectsIn, type Payload } from '../rule.ts'
import { absent, computed, each, referenceId, unixTime, upper } from '../rules.ts'
import { amountAt } from './amount.ts'
import { unitAmountOf } from './price.ts'

/** A product, with its prices put beside it under `prices`. */
export const stripeProduct = mapping(
  product,
  {
    partnerRecordId: 'id',
    created_date: unixTime('created'),
    name: 'name',
    description: 'description',
    active: 'active',
    sku: absent('Stripe keeps no stock numbers'),
    price: computed(['default_price', 'prices'], 'the default, else the only one', (payload) => {
      const price = defaultPrice(payload)
      return price && (stripeMoney(unitAmountOf(price), price.currency) as number | null)
    }),
    currency: computed(['default_price', 'prices'], "the default price's", (payload) => {
      const currency = defaultPrice(payload)?.currency
      return typeof currency === 'string' ? currency.toUpperCase() : null
    }),
    prices: each('prices', {
      amount: amountAt('unit_amount'),
      currency: upper('currency'),
      interval: 'recurring.interval',
    }),
    category: absent('Stripe groups no products'),
    image_url: 'images.0',
  },
  { title: 'Product' },
)

function defaultPrice({ default_price, prices }: Payload): Payload | null {
  const known = objectsIn(prices)
  const named = referenceId(default_price)
  if (named === null) return known.length === 1 ? (known[0] as Payload) : null
  return objectOf(default_price) ?? known.find(({ id }) => id === named) ?? null
}
