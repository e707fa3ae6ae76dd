import type { Product } from '../world/entities.ts'
import { currency } from '../world/money.ts'
import { amounts, stamp } from './format.ts'
import type { Json, MedusaServer, Row } from './server.ts'

export function renderProduct(server: MedusaServer, row: Row): Json {
  const product = row.thing as Product // products are made of products
  const life = { created_at: stamp(row.created), updated_at: stamp(row.updated), deleted_at: null }
  return {
    id: row.id,
    title: product.name,
    subtitle: null,
    description: product.description,
    handle: product.key,
    status: product.active ? 'published' : 'draft',
    thumbnail: row.number % 2 === 0 ? `https://garden.example/${product.key}.png` : null,
    metadata: null,
    ...life,
    variants: [
      {
        id: server.id('variant', product.key),
        title: 'Default',
        sku: row.number % 3 === 0 ? null : `SKU-${row.number}`,
        product_id: row.id,
        prices: pricesOf(server, product.key),
        ...life,
      },
    ],
    categories: row.number % 4 === 0 ? [] : [{ id: server.id('pcat', 'garden'), name: 'Garden' }],
  }
}

function pricesOf({ world, id }: MedusaServer, product: string): Json[] {
  const found = [...world.all('price').values()].filter((price) => price.product === product)
  return found.map((price) => ({
    id: id('price', price.key),
    currency_code: price.currency,
    ...amounts('amount', price.amount, currency(price.currency).exponent),
    min_quantity: null,
    max_quantity: null,
  }))
}
