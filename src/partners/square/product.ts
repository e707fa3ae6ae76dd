import { type Product, product } from '../../model/product.ts'
import { mapping } from '../mapping.ts'
import { clean, objectOf, objectsIn, type Payload } from '../rule.ts'
import { absent, computed, oneOf, upper } from '../rules.ts'
import { amountIn } from './person.ts'

const first = 'item_data.variations.0.item_variation_data'

/** An item of the catalogue, with its variations. */
export const squareProduct = mapping(
  product,
  {
    partnerRecordId: 'id',
    created_date: absent('only its last change is told'),
    name: 'item_data.name',
    description: oneOf('item_data.description_plaintext', 'item_data.description'),
    active: computed(['item_data.is_archived'], 'unless it is archived', ({ item_data }) => {
      return objectOf(item_data)?.is_archived !== true
    }),
    sku: `${first}.sku`,
    price: `${first}.price_money.amount`,
    currency: upper(`${first}.price_money.currency`),
    prices: computed(
      ['item_data.variations[].item_variation_data.price_money'],
      'of each variation; none where it is said at the till',
      pricesOf,
    ),
    category: absent('only its id is told'),
    image_url: 'item_data.ecom_image_uris.0',
  },
  { title: 'Item of the catalogue' },
)

type Price = NonNullable<Product['prices']>[number]

function pricesOf({ item_data }: Payload): Price[] {
  return objectsIn(objectOf(item_data)?.variations).map(({ item_variation_data }) => {
    const money = objectOf(objectOf(item_variation_data)?.price_money)
    const code = clean(money?.currency)
    const currency = (typeof code === 'string' ? code.toUpperCase() : code) as string | null
    return { amount: amountIn(money), currency, interval: null }
  })
}
