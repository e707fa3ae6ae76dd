import type { Product } from '../world/entities.ts'
import { counted, stamp } from './format.ts'
import type { Json, Row, VendureServer } from './server.ts'

export const CHANNEL_CURRENCY = 'eur'

export function renderProduct({ world, precision }: VendureServer, row: Row): Json {
  const product = row.thing as Product // products are made of products
  const price = world.all('price').get(`${product.key}-${CHANNEL_CURRENCY}`)
  const variant = price && {
    id: `${row.id}1`,
    sku: `SKU-${row.id}`,
    name: product.name,
    priceWithTax: counted(price.amount, CHANNEL_CURRENCY, precision),
    currencyCode: CHANNEL_CURRENCY.toUpperCase(),
  }
  return {
    id: row.id,
    createdAt: stamp(row.created),
    updatedAt: stamp(row.updated),
    name: product.name,
    slug: product.key,
    enabled: product.active,
    description: product.description,
    featuredAsset:
      Number(row.id) % 2 === 0 ? { preview: `https://garden.example/${product.key}.png` } : null,
    collections: Number(row.id) % 3 === 0 ? [] : [{ name: 'Garden' }],
    variants: variant ? [variant] : [],
  }
}
