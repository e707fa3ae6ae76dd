import type { Subscription } from '../world/billing.ts'
import type { Product } from '../world/entities.ts'
import { token } from '../world/random.ts'
import { paymentMethodId } from './customer.ts'
import { decimal, gid, type Json, money, stamp } from './format.ts'
import type { Row, Shop } from './shop.ts'

export function renderProduct({ world, currency }: Shop, row: Row): Json {
  const product = row.thing as Product // products are made of products
  const price = world.all('price').get(`${product.key}-${currency}`)
  // Some come in more sizes than a list shows of them.
  const sizes = price ? (row.id % 6 === 0 ? 12 : 1) : 0
  return {
    id: gid('Product', row.id),
    legacyResourceId: `${row.id}`,
    createdAt: stamp(row.created),
    updatedAt: stamp(row.updated),
    title: product.name,
    description: product.description,
    status: product.active ? 'ACTIVE' : 'ARCHIVED',
    productType: row.id % 3 === 0 ? '' : 'Garden',
    featuredMedia:
      row.id % 2 === 0
        ? { preview: { image: { url: `https://cdn.garden.example/${product.key}.png` } } }
        : null,
    variants: Array.from({ length: sizes }, (_, i) => ({
      id: gid('ProductVariant', row.id * 100 + i),
      sku: i % 5 === 4 ? null : `SKU-${row.id}-${i}`,
      price: decimal((price?.amount ?? 0) * (i + 1), currency),
    })),
  }
}

const CONTRACT_STATUS: Record<Subscription['status'], string> = {
  incomplete: 'ACTIVE',
  incompleteExpired: 'EXPIRED',
  trialing: 'ACTIVE',
  active: 'ACTIVE',
  pastDue: 'FAILED',
  canceled: 'CANCELLED',
  unpaid: 'FAILED',
  paused: 'PAUSED',
}

export function renderContract(shop: Shop, row: Row): Json {
  const one = row.thing as Subscription // contracts are made of subscriptions
  const { world } = shop
  const price = world.get('price', one.price)
  const product = world.get('product', price.product)
  const owner = shop.ownerOf(one.buyer)
  const isTheirs = owner?.key === one.buyer && one.instrument !== null
  const instrument = isTheirs ? world.get('instrument', one.instrument ?? '') : null
  return {
    id: gid('SubscriptionContract', row.id),
    createdAt: stamp(row.created),
    updatedAt: stamp(row.updated),
    status: CONTRACT_STATUS[one.status],
    nextBillingDate: one.endedAt === null ? stamp(one.periodEnd) : null,
    currencyCode: price.currency.toUpperCase(),
    billingPolicy: { interval: (price.interval ?? 'month').toUpperCase(), intervalCount: 1 },
    customer: owner && { legacyResourceId: `${shop.idOf('customers', owner.key)}` },
    customerPaymentMethod: instrument?.saved ? { id: paymentMethodId(instrument.key) } : null,
    deliveryPrice: money(0, price.currency),
    lines: [
      {
        id: gid('SubscriptionLine', token(24, 'shopify line', one.key).toLowerCase()),
        title: product.name,
        quantity: one.quantity,
        productId: gid('Product', shop.idOf('products', product.key)),
        currentPrice: money(price.amount, price.currency),
        lineDiscountedPrice: money(price.amount * one.quantity, price.currency),
      },
    ],
  }
}
