import { type Product, product } from '../../model/product.ts'
import { mapping } from '../mapping.ts'
import { type Context, clean, objectsIn, type Payload } from '../rule.ts'
import { computed, isoTime, oneOf } from '../rules.ts'
import { majorPrice } from './amounts.ts'

/** A product; its variants have the prices. */
export const medusaProduct = mapping(
  product,
  {
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    name: 'title',
    description: oneOf('description', 'subtitle'),
    active: computed(['status'], 'published', ({ status }) => status === 'published'),
    sku: computed(['variants[].sku'], 'of the first variant', ({ variants }) => {
      return clean(objectsIn(variants)[0]?.sku) as string | null // a text, or refused
    }),
    price: computed(
      ['variants[].prices'],
      "the first, in the store's currency if there",
      (one, c) => main(one, c)?.amount ?? null,
    ),
    currency: computed(
      ['variants[].prices'],
      'of that price',
      (one, c) => main(one, c)?.currency ?? null,
    ),
    prices: computed(['variants[].prices'], 'of all variants, in major units', pricesOf),
    category: 'categories.0.name',
    image_url: 'thumbnail',
  },
  { title: 'Product' },
)

type Price = NonNullable<Product['prices']>[number]

function pricesOf({ variants }: Payload): Price[] {
  return objectsIn(variants).flatMap(({ prices }) =>
    objectsIn(prices).map((price) => {
      const code = clean(price.currency_code)
      const amount = majorPrice(price, 'amount', code)
      return {
        amount: Number.isSafeInteger(amount) ? (amount as number) : null,
        currency: typeof code === 'string' ? code.toUpperCase() : (code as null),
        interval: null,
      }
    }),
  )
}

function main(payload: Payload, { facts }: Context): Price | null {
  const prices = pricesOf(payload)
  return prices.find(({ currency }) => currency === facts?.currency) ?? prices[0] ?? null
}
