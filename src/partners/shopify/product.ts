import { type Product, product } from '../../model/product.ts'
import { mapping } from '../mapping.ts'
import { minorOf } from '../money.ts'
import { type Context, clean, type Payload } from '../rule.ts'
import { computed, isoTime } from '../rules.ts'
import { legacyId, nodesIn } from './ids.ts'

/** A product; its variants have the prices, in the shop's currency. */
export const shopifyProduct = mapping(
  product,
  {
    partnerRecordId: legacyId,
    created_date: isoTime('createdAt'),
    name: 'title',
    description: 'description',
    active: computed(['status'], 'on sale, if only to those who have its link', ({ status }) => {
      return clean(status) === null ? null : status === 'ACTIVE' || status === 'UNLISTED'
    }),
    sku: computed(['variants.nodes'], 'of the first variant', ({ variants }) => {
      return clean(nodesIn(variants)[0]?.sku) as string | null // a text, or refused
    }),
    price: computed(['variants.nodes'], 'of the first variant', (payload, context) => {
      return pricesOf(payload, context)[0]?.amount ?? null
    }),
    currency: computed([], "the shop's", (_payload, { facts }) => facts?.currency ?? null),
    prices: computed(['variants.nodes'], 'of all variants', pricesOf),
    category: 'productType',
    image_url: 'featuredMedia.preview.image.url',
  },
  { title: 'Product' },
)

function pricesOf({ variants }: Payload, { facts }: Context): NonNullable<Product['prices']> {
  const currency = facts?.currency ?? null
  return nodesIn(variants).map(({ price }) => ({
    amount: minorOf(price, currency) as number | null, // validation refuses what is none
    currency,
    interval: null,
  }))
}
