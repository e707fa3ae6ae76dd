import { type Product, product } from '../../model/product.ts'
import { among, mapping, partsAt } from '../mapping.ts'
import { clean, objectOf, objectsIn, type Payload } from '../rule.ts'
import { absent, computed, oneOf, upper } from '../rules.ts'
import { amountIn } from './person.ts'

const item = 'whole.item_data'
const price = 'item_variation_data.price_money'

/** What is sold is a variation of an item: it has the price, and orders name it. */
export const squareProduct = among(
  'item_data.variations',
  partsAt('item_data.variations'),
  mapping(
    product,
    {
      partnerRecordId: 'id',
      created_date: absent('only its last change is told'),
      name: computed([`${item}.name`, 'item_variation_data.name'], 'item, variation', nameOf),
      description: oneOf(`${item}.description_plaintext`, `${item}.description`),
      active: computed(
        [`${item}.is_archived`, 'item_variation_data.sellable'],
        'neither archived nor kept from sale',
        activeOf,
      ),
      sku: 'item_variation_data.sku',
      price: `${price}.amount`,
      currency: upper(`${price}.currency`),
      prices: computed(
        [price, 'item_variation_data.location_overrides[].price_money'],
        'its own, and those of locations that differ; none where it is said at the till',
        pricesOf,
      ),
      category: absent('only its id is told'),
      image_url: `${item}.ecom_image_uris.0`,
    },
    { title: 'Variation of an item', when: ({ is_deleted }) => is_deleted !== true },
  ),
)

function itemOf({ whole }: Payload): Payload {
  return objectOf(objectOf(whole)?.item_data) ?? {}
}

/** Where there is only one variation, the item's name says it all. */
function nameOf(variation: Payload): string | null {
  const { name, variations } = itemOf(variation)
  const own = objectOf(variation.item_variation_data)?.name
  const isOnly = objectsIn(variations).length === 1
  const parts = isOnly ? [clean(name) ?? clean(own)] : [clean(name), clean(own)]
  const told = parts.filter((part) => typeof part === 'string')
  return told.length === 0 ? null : told.join(', ')
}

function activeOf(variation: Payload): boolean {
  const { sellable } = objectOf(variation.item_variation_data) ?? {}
  return itemOf(variation).is_archived !== true && sellable !== false
}

type Price = NonNullable<Product['prices']>[number]

function pricesOf({ item_variation_data }: Payload): Price[] {
  const { price_money, location_overrides } = objectOf(item_variation_data) ?? {}
  const others = objectsIn(location_overrides).map((one) => one.price_money)
  const told = [price_money, ...others].filter((money) => objectOf(money) !== null)
  return told.map((money) => {
    const code = clean(objectOf(money)?.currency)
    const currency = (typeof code === 'string' ? code.toUpperCase() : code) as string | null // or refused
    return { amount: amountIn(money), currency, interval: null }
  })
}
