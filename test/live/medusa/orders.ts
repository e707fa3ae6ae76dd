import type { Place } from '../process.ts'
import { type Api, openApi } from './api.ts'
import { coupon, type Market, type Region } from './market.ts'
import type { MedusaServer } from './server.ts'

export interface Bought {
  readonly id: string
  readonly currency: string
  readonly total: number
  readonly payment: string
  readonly items: readonly { readonly id: string; readonly quantity: number }[]
}

/** What becomes of an order; they take turns. */
const fates = [
  ['capture', 'refund whole'],
  ['capture', 'refund part'],
  ['capture', 'fulfil', 'ship', 'deliver'],
  [],
  ['capture', 'fulfil', 'refund part', 'refund part'],
  ['capture part'],
  ['cancel'],
  ['capture', 'fulfil', 'complete'],
  ['capture', 'refund part', 'complete', 'archive'],
  ['cancel', 'archive'],
] as const satisfies readonly (readonly Deed[])[]

/** Orders from the shop and from the seller's desk, in several currencies. */
export async function fillOrders(
  place: Place,
  server: MedusaServer,
  { market, customers, count }: { market: Market; customers: readonly string[]; count: number },
) {
  place.tell(`Placing ${count} orders …`)
  const { admin, url } = server
  const shop = openApi(url, { 'x-publishable-api-key': market.publishableKey })
  for (let i = 0; i < count; i++) {
    place.life.stopping.throwIfAborted()
    const [region] = [market.regions[i % market.regions.length]] as [Region] // there are some
    const basket = { index: i, region, market, customer: customers[i * 2] ?? '' }
    const fate = fates[i % fates.length] ?? []
    const fromDesk = i % 3 === 2
    const id = fromDesk ? await drafted(admin, basket) : await placed(shop, basket)
    if (fromDesk) await paidByHand(admin, id)
    // What was paid by hand is captured already.
    const left = fate.filter((deed) => !(fromDesk && /^capture/.test(deed)))
    for (const deed of left) await deeds[deed](admin, await boughtAs(admin, id), market)
  }
  // A draft is no order yet.
  const { regions, channel } = market
  const draft = {
    region_id: regions[0]?.id,
    sales_channel_id: channel,
    email: 'draft@example.test',
  }
  await admin.post('/admin/draft-orders', draft)
}

interface Basket {
  readonly index: number
  readonly region: Region
  readonly market: Market
  readonly customer: string
}

/** Through the shop, as a guest; some of them come back. Gives the order's id. */
async function placed(shop: Api, { index, region, market }: Basket): Promise<string> {
  const { cart } = await shop.post<{ cart: { id: string } }>('/store/carts', {
    region_id: region.id,
    email: `guest.${index % 16}@example.test`,
    shipping_address: addressIn(region, index),
    billing_address: addressIn(region, index + 1),
    items: itemsOf({ index, market }),
    ...(index % 5 === 1 ? { promo_codes: [coupon] } : {}),
  })
  const at = `/store/carts/${cart.id}`
  await shop.post(`${at}/shipping-methods`, { option_id: market.shippingOption })
  const { payment_collection } = await shop.post<{ payment_collection: { id: string } }>(
    '/store/payment-collections',
    { cart_id: cart.id },
  )
  const provider = { provider_id: 'pp_system_default' }
  await shop.post(`/store/payment-collections/${payment_collection.id}/payment-sessions`, provider)
  const { order } = await shop.post<{ order: { id: string } }>(`${at}/complete`)
  return order.id
}

/** By the seller, for a customer that is known. */
async function drafted(admin: Api, { index, region, market, customer }: Basket): Promise<string> {
  const { draft_order } = await admin.post<{ draft_order: { id: string } }>('/admin/draft-orders', {
    region_id: region.id,
    sales_channel_id: market.channel,
    customer_id: customer,
    shipping_address: addressIn(region, index),
    items: [
      ...itemsOf({ index, market }),
      { title: 'Handpåläggning', quantity: 1, unit_price: 20 },
    ],
    shipping_methods: [
      {
        name: 'Parcel',
        shipping_option_id: market.shippingOption,
        amount: index % 2 === 0 ? 10 : 0,
      },
    ],
  })
  await admin.post(`/admin/draft-orders/${draft_order.id}/convert-to-order`)
  return draft_order.id
}

async function paidByHand(admin: Api, order_id: string) {
  const { total } = await boughtAs(admin, order_id)
  const { payment_collection } = await admin.post<{ payment_collection: { id: string } }>(
    '/admin/payment-collections',
    { order_id, amount: total },
  )
  await admin.post(`/admin/payment-collections/${payment_collection.id}/mark-as-paid`, { order_id })
}

function itemsOf({ index, market: { variants } }: Pick<Basket, 'index' | 'market'>) {
  const variant = (step: number) => variants[(index * 3 + step) % variants.length]
  const first = { variant_id: variant(0), quantity: 1 + (index % 3) }
  return index % 2 === 0 ? [first] : [first, { variant_id: variant(1), quantity: 2 }]
}

function addressIn({ country }: Region, index: number) {
  return {
    first_name: '李',
    last_name: index % 4 === 0 ? null : `小龍 ${index}`,
    address_1: `${index} Rue de l’Église`,
    address_2: index % 3 === 0 ? '2e étage' : null,
    city: 'Montréal',
    postal_code: 'H2Y 1C6',
    province: index % 2 === 0 ? 'Québec' : null,
    country_code: country,
    phone: index % 2 === 0 ? '+1 514 555 0100' : null,
  }
}

const bought_fields =
  'id,currency_code,total,*items,payment_collections.payments.id,payment_collections.payments.amount'

export async function boughtAs(admin: Api, id: string): Promise<Bought> {
  const { order } = await admin.get<{ order: Theirs }>(`/admin/orders/${id}`, {
    fields: bought_fields,
  })
  const { currency_code: currency, total, items } = order
  const [payment] = order.payment_collections.flatMap(({ payments }) => payments ?? [])
  return { id, currency, total, items, payment: payment?.id ?? '' }
}

interface Theirs extends Pick<Bought, 'id' | 'total' | 'items'> {
  readonly currency_code: string
  readonly payment_collections: readonly {
    readonly payments?: readonly { readonly id: string }[]
  }[]
}

export type Deed = keyof typeof deeds

/** What a seller does with an order. */
export const deeds = {
  async capture(admin: Api, { payment }: Bought) {
    await admin.post(`/admin/payments/${payment}/capture`)
  },
  async 'capture part'(admin: Api, { payment, total, currency }: Bought) {
    await admin.post(`/admin/payments/${payment}/capture`, { amount: thirdOf(total, currency) })
  },
  async 'refund whole'(admin: Api, { payment, total }: Bought) {
    await admin.post(`/admin/payments/${payment}/refund`, { amount: total, note: 'Ångrat köp' })
  },
  async 'refund part'(admin: Api, { payment, total, currency }: Bought) {
    await admin.post(`/admin/payments/${payment}/refund`, { amount: thirdOf(total, currency) })
  },
  async fulfil(admin: Api, { id, items }: Bought, { location }: Market) {
    const all = items.map((one) => ({ id: one.id, quantity: one.quantity }))
    await admin.post(`/admin/orders/${id}/fulfillments`, { items: all, location_id: location })
  },
  async ship(admin: Api, { id, items }: Bought) {
    const all = items.map((one) => ({ id: one.id, quantity: one.quantity }))
    const fulfilment = await fulfilmentOf(admin, id)
    await admin.post(`/admin/orders/${id}/fulfillments/${fulfilment}/shipments`, { items: all })
  },
  async deliver(admin: Api, { id }: Bought) {
    const fulfilment = await fulfilmentOf(admin, id)
    await admin.post(`/admin/orders/${id}/fulfillments/${fulfilment}/mark-as-delivered`)
  },
  async cancel(admin: Api, { id }: Bought) {
    await admin.post(`/admin/orders/${id}/cancel`)
  },
  async complete(admin: Api, { id }: Bought) {
    await admin.post(`/admin/orders/${id}/complete`)
  },
  async archive(admin: Api, { id }: Bought) {
    await admin.post(`/admin/orders/${id}/archive`)
  },
} as const satisfies {
  [deed: string]: (admin: Api, bought: Bought, market: Market) => Promise<void>
}

async function fulfilmentOf(admin: Api, id: string): Promise<string> {
  const { order } = await admin.get<{ order: { fulfillments: { id: string }[] } }>(
    `/admin/orders/${id}`,
    { fields: 'id,*fulfillments' },
  )
  return order.fulfillments[0]?.id ?? ''
}

/** A third, in what can be paid: yen have no decimals. */
function thirdOf(total: number, currency: string): number {
  const step = currency === 'jpy' ? 1 : 100
  return Math.floor((total * step) / 3) / step
}
