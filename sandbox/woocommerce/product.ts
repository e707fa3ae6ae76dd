import type { Product } from '../world/entities.ts'
import { currency } from '../world/money.ts'
import { HOME, links, localStamp, money, stamp } from './format.ts'
import type { Row, Shop } from './shop.ts'

export function renderProduct(shop: Shop, row: Row): Record<string, unknown> {
  const product = row.thing as Product // products are made of products
  const price = priceOf(shop, product.key)
  return {
    id: row.id,
    name: product.name,
    slug: product.key,
    permalink: `${HOME}/product/${product.key}/`,
    date_created: localStamp(row.created),
    date_created_gmt: stamp(row.created),
    date_modified: localStamp(row.modified),
    date_modified_gmt: stamp(row.modified),
    type: isVariable(product) ? 'variable' : 'simple',
    status: product.active ? 'publish' : 'private',
    featured: false,
    catalog_visibility: 'visible',
    description: product.description,
    short_description: '',
    sku: row.id % 3 === 0 ? '' : `SKU-${row.id}`,
    price,
    regular_price: price,
    sale_price: '',
    on_sale: false,
    purchasable: price !== '',
    total_sales: 0,
    virtual: !product.physical,
    downloadable: false,
    categories: [{ id: 15, name: product.physical ? 'Garden' : 'Clubs', slug: 'garden' }],
    tags: [],
    images: row.id % 2 === 0 ? [{ id: row.id, src: `${HOME}/${product.key}.png`, name: '' }] : [],
    attributes: [],
    variations: variationsOf(shop, row).map(({ id }) => id),
    meta_data: [],
    stock_status: 'instock',
    _links: links('products', row.id),
  }
}

// Some things come in two sizes, the large one at twice the price.
const SIZES = [
  ['S', 1],
  ['L', 2],
] as const

function isVariable({ key }: Product): boolean {
  return key.endsWith('1')
}

export function variationsOf(shop: Shop, row: Row): Record<string, unknown>[] {
  const product = row.thing as Product // products are made of products
  if (!isVariable(product)) return []
  return SIZES.map(([size, times], i) => {
    const price = priceOf(shop, product.key, times)
    return {
      id: row.id * 1000 + i,
      type: 'variation',
      date_created: localStamp(row.created),
      date_created_gmt: stamp(row.created),
      date_modified: localStamp(row.modified),
      date_modified_gmt: stamp(row.modified),
      description: '',
      sku: '',
      price,
      regular_price: price,
      sale_price: '',
      status: 'publish',
      purchasable: price !== '',
      attributes: [{ id: 0, name: 'Size', slug: 'size', option: size }],
      meta_data: [],
      name: size,
      parent_id: row.id,
    }
  })
}

function priceOf({ world, currency: code }: Shop, key: string, times = 1): string {
  const price = world.all('price').get(`${key}-${code}`)
  return price ? money(price.amount * times, currency(code).exponent) : ''
}
