import { product } from '../../model/product.ts'
import { mapping } from '../mapping.ts'
import { clean, objectOf, objectsIn, type Payload } from '../rule.ts'
import { absent, computed, isoTime, wordIn } from '../rules.ts'
import { amountIn } from './amounts.ts'

/** A product of the catalogue, with the plans it is sold by. */
export const paypalProduct = mapping(
  product,
  {
    partnerRecordId: 'id',
    created_date: isoTime('create_time'),
    name: 'name',
    description: 'description',
    active: computed(['plans[].status'], 'whether any of its plans is', isActive),
    sku: absent('the id is the stock number, where the seller chose it'),
    price: computed(['plans[].billing_cycles'], "its first plan's that is active", (payload) => {
      return pricesOf(payload)[0]?.amount ?? null
    }),
    currency: computed(['plans[].billing_cycles'], 'of that price', (payload) => {
      return pricesOf(payload)[0]?.currency ?? null
    }),
    prices: computed(['plans[].billing_cycles'], 'of the active plans', pricesOf),
    category: 'category',
    image_url: 'image_url',
  },
  { title: 'Product' },
)

function isActive({ plans }: Payload): boolean | null {
  const all = objectsIn(plans)
  return all.length === 0 ? null : all.some(({ status }) => status === 'ACTIVE')
}

const units = { DAY: 'day', WEEK: 'week', MONTH: 'month', YEAR: 'year' } as const

function pricesOf({ plans }: Payload) {
  return objectsIn(plans)
    .filter(({ status }) => status === 'ACTIVE')
    .flatMap(({ billing_cycles }) => objectsIn(billing_cycles))
    .filter(({ tenure_type }) => tenure_type === 'REGULAR')
    .map((cycle) => {
      const price = objectOf(cycle.pricing_scheme)?.fixed_price
      const currency = clean(objectOf(price)?.currency_code) as string | null // as it is told
      const interval = wordIn(units, objectOf(cycle.frequency)?.interval_unit) ?? null
      return { amount: amountIn(price), currency, interval }
    })
}
