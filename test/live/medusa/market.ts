import type { Api } from './api.ts'

/** What a seller sets up before anything can be sold. */
export interface Market {
  readonly regions: readonly Region[]
  readonly channel: string
  readonly location: string
  readonly variants: readonly string[]
  readonly shippingOption: string
  /** A buyer's way in: the shop's own API. */
  readonly publishableKey: string
}

export interface Region {
  readonly id: string
  readonly currency: string
  readonly country: string
}

const places = [
  { name: 'Nordic', currency: 'sek', country: 'se', tax: 25 },
  { name: 'America', currency: 'usd', country: 'us', tax: null },
  { name: 'Japan', currency: 'jpy', country: 'jp', tax: 10 },
  { name: 'Gulf', currency: 'kwd', country: 'kw', tax: null },
] as const

export const coupon = 'TENTH'

interface Made {
  readonly id: string
}

export async function openedMarket(admin: Api): Promise<Market> {
  const { stores } = await admin.get<{ stores: Made[] }>('/admin/stores')
  const supported_currencies = places.map(({ currency }, i) => {
    return { currency_code: currency, is_default: i === 0 }
  })
  await admin.post(`/admin/stores/${stores[0]?.id}`, { supported_currencies })
  const regions: Region[] = []
  for (const place of places) regions.push(await regionIn(admin, place))
  const { sales_channel } = await admin.post<{ sales_channel: Made }>('/admin/sales-channels', {
    name: 'Web shop',
  })
  const channel = sales_channel.id
  const shipping = await shippingFrom(admin, channel)
  const variants = await catalogue(admin, { channel, profile: shipping.profile })
  await admin.post('/admin/promotions', promotion)
  const publishableKey = await publishable(admin, channel)
  return { regions, channel, variants, publishableKey, ...shipping }
}

async function regionIn(admin: Api, place: (typeof places)[number]): Promise<Region> {
  const { name, currency, country, tax } = place
  const { region } = await admin.post<{ region: Made }>('/admin/regions', {
    name,
    currency_code: currency,
    countries: [country],
    payment_providers: ['pp_system_default'],
  })
  if (tax !== null) {
    await admin.post('/admin/tax-regions', {
      country_code: country,
      provider_id: 'tp_system',
      default_tax_rate: { rate: tax, code: country, name: 'Sales tax' },
    })
  }
  return { id: region.id, currency, country }
}

async function shippingFrom(admin: Api, channel: string) {
  const { stock_location } = await admin.post<{ stock_location: Made }>('/admin/stock-locations', {
    name: 'Warehouse',
  })
  const at = `/admin/stock-locations/${stock_location.id}`
  await admin.post(`${at}/fulfillment-providers`, { add: ['manual_manual'] })
  await admin.post(`${at}/sales-channels`, { add: [channel] })
  const wanted = { name: 'Parcels', type: 'shipping' }
  const { stock_location: opened } = await admin.post<{
    stock_location: { fulfillment_sets: Made[] }
  }>(`${at}/fulfillment-sets?fields=*fulfillment_sets`, wanted)
  const set = opened.fulfillment_sets[0]?.id
  const { fulfillment_set } = await admin.post<{
    fulfillment_set: { service_zones: Made[] }
  }>(`/admin/fulfillment-sets/${set}/service-zones?fields=*service_zones`, {
    name: 'Everywhere',
    geo_zones: places.map(({ country }) => ({ type: 'country', country_code: country })),
  })
  const { shipping_profile } = await admin.post<{ shipping_profile: Made }>(
    '/admin/shipping-profiles',
    { name: 'Boxes', type: 'boxes' },
  )
  const { shipping_option } = await admin.post<{ shipping_option: Made }>(
    '/admin/shipping-options',
    {
      name: 'Parcel',
      service_zone_id: fulfillment_set.service_zones[0]?.id,
      shipping_profile_id: shipping_profile.id,
      provider_id: 'manual_manual',
      price_type: 'flat',
      type: { label: 'Parcel', description: 'In some days', code: 'parcel' },
      prices: places.map(({ currency }) => ({ currency_code: currency, amount: 5 })),
    },
  )
  const profile = shipping_profile.id
  return { location: stock_location.id, profile, shippingOption: shipping_option.id }
}

const products = 24

/** Prices are such that taxes of them are whole in each currency's own smallest unit. */
async function catalogue(
  admin: Api,
  { channel, profile }: { channel: string; profile: string },
): Promise<string[]> {
  const { product_category } = await admin.post<{ product_category: Made }>(
    '/admin/product-categories',
    { name: 'Bröd & bullar', is_active: true },
  )
  const found: string[] = []
  for (let i = 0; i < products; i++) {
    const { product } = await admin.post<{ product: { variants: Made[] } }>('/admin/products', {
      title: `Kanelbulle №${i}`,
      description: i % 3 === 0 ? null : `Degen vilar ${i} timmar`,
      subtitle: i % 2 === 0 ? 'Färsk' : null,
      status: i % 8 === 7 ? 'draft' : 'published',
      thumbnail: i % 4 === 0 ? `https://images.example.com/${i}.png` : null,
      categories: i % 2 === 0 ? [{ id: product_category.id }] : [],
      sales_channels: [{ id: channel }],
      shipping_profile_id: profile,
      options: [{ title: 'Size', values: ['S', 'L'] }],
      variants: ['S', 'L'].map((size, at) => variant(i, size, at)),
    })
    if (i % 8 !== 7) found.push(...product.variants.map(({ id }) => id))
  }
  return found
}

function variant(i: number, size: string, at: number) {
  return {
    title: size,
    sku: i % 5 === 4 ? null : `BUN-${i}-${size}`,
    manage_inventory: false,
    options: { Size: size },
    prices: [
      { currency_code: 'sek', amount: 20 + i * 4.4 + at * 8 },
      { currency_code: 'usd', amount: 2.3 + i / 10 + at },
      { currency_code: 'jpy', amount: 300 + i * 100 + at * 200 },
      { currency_code: 'kwd', amount: 1.23 + i / 100 + at },
    ],
  }
}

const promotion = {
  code: coupon,
  type: 'standard',
  status: 'active',
  application_method: { type: 'percentage', target_type: 'items', allocation: 'across', value: 10 },
}

async function publishable(admin: Api, channel: string): Promise<string> {
  const { api_key } = await admin.post<{ api_key: { id: string; token: string } }>(
    '/admin/api-keys',
    { title: 'Web shop', type: 'publishable' },
  )
  await admin.post(`/admin/api-keys/${api_key.id}/sales-channels`, { add: [channel] })
  return api_key.token
}
