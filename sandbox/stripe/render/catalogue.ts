import type { Price, Product } from '../../world/entities.ts'
import type { Entry, Ledger } from '../ledger.ts'
import { type JsonObject, type StripeObject, seconds } from '../types.ts'

export function product({ livemode, id }: Ledger, one: Product): Entry[] {
  const object = {
    id: id('product', one.key),
    object: 'product',
    active: one.active,
    created: seconds(one.createdAt),
    default_price: one.defaultPrice && id('price', one.defaultPrice),
    description: one.description,
    features: [],
    images: [],
    livemode,
    metadata: {},
    name: one.name,
    package_dimensions: null,
    shippable: one.physical ? true : null,
    statement_descriptor: null,
    tax_code: null,
    unit_label: null,
    updated: seconds(one.updatedAt),
    url: null,
  }
  const deleted = one.deletedAt !== null
  const facts = { key: one.key }
  return [{ table: 'products', object, created: object.created, deleted, facts }]
}

export function price(ledger: Ledger, one: Price): Entry[] {
  const object = priceObject(ledger, one)
  return [{ table: 'prices', object, created: seconds(one.createdAt) }]
}

export function priceObject({ livemode, id }: Ledger, one: Price): StripeObject {
  return {
    id: id('price', one.key),
    object: 'price',
    active: one.active,
    billing_scheme: 'per_unit',
    created: seconds(one.createdAt),
    currency: one.currency,
    custom_unit_amount: null,
    livemode,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: id('product', one.product),
    recurring: recurring(one),
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: one.interval ? 'recurring' : 'one_time',
    unit_amount: one.amount,
    unit_amount_decimal: String(one.amount),
  }
}

function recurring({ interval }: Price): JsonObject | null {
  if (!interval) return null
  return { aggregate_usage: null, interval, interval_count: 1, usage_type: 'licensed' }
}
