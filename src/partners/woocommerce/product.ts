import { type Product, product } from '../../model/product.ts'
import { mapping } from '../mapping.ts'
import { minorOf } from '../money.ts'
import { type Context, objectsIn, type Payload } from '../rule.ts'
import { computed, idText, isoTime, oneOf } from '../rules.ts'

/** A product, with its variations put into it. */
export const wooProduct = mapping(
  product,
  {
    partnerRecordId: idText('id'),
    created_date: isoTime('date_created_gmt'),
    name: 'name',
    description: oneOf('description', 'short_description'),
    active: computed(
      ['status', 'purchasable'],
      'published and on sale',
      ({ status, purchasable }) => {
        return status === 'publish' && purchasable !== false
      },
    ),
    sku: 'sku',
    price: computed(['price'], "in the shop's currency", priceOf),
    currency: computed([], "the shop's", (_payload, { facts }) => facts?.currency ?? null),
    prices: computed(
      ['price', 'variation_list[].price'],
      'of the variations, else its own',
      pricesOf,
    ),
    category: 'categories.0.name',
    image_url: 'images.0.src',
  },
  { title: 'Product' },
)

/** A finer price than the currency has is what the shop reckons with, not what it takes. */
function priceOf({ price }: Payload, { facts }: Context): number | null {
  const amount = minorOf(price, facts?.currency)
  return Number.isSafeInteger(amount) ? (amount as number) : null
}

function pricesOf(payload: Payload, context: Context): Product['prices'] {
  const variations = objectsIn(payload.variation_list)
  const priced = variations.length > 0 ? variations : [payload]
  const currency = context.facts?.currency ?? null
  return priced.map((one) => ({ amount: priceOf(one, context), currency, interval: null }))
}
