// The catalogue: items with their variations, and plans for what is paid for again and again.
import type { Price, Product } from '../world/entities.ts'
import { filled, type Json, money } from './format.ts'
import type { Account, Stamps } from './types.ts'

// A price is a variation; a product is what it is a variation of.
export function catalogId({ id }: Account, key: string): string {
  return id('', 24, 'catalog', key).toUpperCase()
}

type Written = { stamps: Stamps; version: number }

export function pricesOf({ world }: Account, product: Product): Price[] {
  return [...world.all('price').values()].filter((price) => price.product === product.key)
}

export function isPlan(prices: readonly Price[]): boolean {
  return prices.some(({ interval }) => interval !== null)
}

export function renderProduct(account: Account, product: Product, written: Written): Json {
  const prices = pricesOf(account, product)
  const { name, description, active, key } = product
  const variations = prices.map((price) => renderPrice(account, price, written))
  const isGone = product.deletedAt !== null
  if (isPlan(prices)) {
    const subscription_plan_data = { name, subscription_plan_variations: variations }
    return object(account, written, {
      type: 'SUBSCRIPTION_PLAN',
      key,
      isGone,
      subscription_plan_data,
    })
  }
  const item_data = filled({
    name,
    description,
    description_plaintext: description,
    is_taxable: true,
    product_type: 'REGULAR',
    skip_modifier_screen: false,
    is_archived: active ? null : true,
    variations,
  })
  return object(account, written, { type: 'ITEM', key, isGone, item_data })
}

export function renderPrice(account: Account, price: Price, written: Written): Json {
  const { key, currency, amount, interval } = price
  const product = account.world.get('product', price.product)
  const isGone = product.deletedAt !== null
  if (interval === null) {
    const item_variation_data = {
      item_id: catalogId(account, product.key),
      name: currency.toUpperCase(),
      sku: `SKU-${key}`,
      ordinal: 0,
      pricing_type: 'FIXED_PRICING',
      price_money: money(amount, currency),
      sellable: price.active,
      stockable: true,
    }
    return object(account, written, { type: 'ITEM_VARIATION', key, isGone, item_variation_data })
  }
  const phase = {
    uid: account.id('', 24, 'phase', key),
    cadence: CADENCE[interval],
    ordinal: 0,
    pricing: { type: 'STATIC', price_money: money(amount, currency) },
  }
  const subscription_plan_variation_data = {
    name: `${product.name} ${currency.toUpperCase()}`,
    phases: [phase],
    subscription_plan_id: catalogId(account, product.key),
  }
  const type = 'SUBSCRIPTION_PLAN_VARIATION'
  return object(account, written, { type, key, isGone, subscription_plan_variation_data })
}

const CADENCE = { week: 'WEEKLY', month: 'MONTHLY', year: 'ANNUAL' } as const

function object(
  account: Account,
  { stamps, version }: Written,
  { type, key, isGone, ...data }: Json & { type: string; key: string; isGone: boolean },
): Json {
  return {
    type,
    id: catalogId(account, key),
    updated_at: stamps.updated_at,
    version: stamps.updated_at === '' ? 0 : version,
    is_deleted: isGone,
    present_at_all_locations: true,
    ...data,
  }
}
