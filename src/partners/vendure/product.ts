import { type Product, product } from '../../model/product.ts'
import { mapping } from '../mapping.ts'
import { type Context, clean, objectsIn, type Payload } from '../rule.ts'
import { computed, idText, isoTime } from '../rules.ts'
import { minorUnitsOf } from './amounts.ts'

/** A product; its variants have the prices, with tax. */
export const vendureProduct = mapping(
  product,
  {
    partnerRecordId: idText('id'),
    created_date: isoTime('createdAt'),
    name: 'name',
    description: 'description',
    active: 'enabled',
    sku: computed(['variants[].sku'], 'of the first variant', ({ variants }) => {
      return clean(objectsIn(variants)[0]?.sku) as string | null // a text, or refused
    }),
    price: computed(['variants[].priceWithTax'], 'of the first variant', (one, context) => {
      return pricesOf(one, context)[0]?.amount ?? null
    }),
    currency: computed(['variants[].currencyCode'], 'of the first variant', (one, context) => {
      return pricesOf(one, context)[0]?.currency ?? null
    }),
    prices: computed(
      ['variants[].priceWithTax', 'variants[].currencyCode'],
      'of all variants, with tax',
      pricesOf,
    ),
    category: 'collections.0.name',
    image_url: 'featuredAsset.preview',
  },
  { title: 'Product' },
)

function pricesOf({ variants }: Payload, context: Context): NonNullable<Product['prices']> {
  return objectsIn(variants).map(({ priceWithTax, currencyCode }) => ({
    amount: minorUnitsOf(priceWithTax, currencyCode, context),
    currency: clean(currencyCode) as string | null, // validation refuses what is no text
    interval: null,
  }))
}
