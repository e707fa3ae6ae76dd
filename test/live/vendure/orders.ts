import type { Place } from '../process.ts'
import { type Api, allOf, loggedIn, openApi } from './api.ts'
import type { VendureServer } from './server.ts'

interface Buyer {
  readonly emailAddress: string
}

export interface Bought {
  readonly id: string
  readonly total: number
  readonly lines: readonly { readonly id: string; readonly quantity: number }[]
  /** The payment that was not declined. */
  readonly payment: string
}

/** What becomes of an order; they take turns. */
const fates = [
  ['settle', 'refund whole'],
  ['settle', 'refund part'],
  ['settle', 'ship', 'deliver'],
  [],
  ['settle', 'ship', 'refund part', 'refund part'],
  ['settle'],
  ['settle', 'cancel', 'refund whole'],
  ['cancel'],
  ['settle', 'ship part'],
] as const satisfies readonly (readonly Deed[])[]

const currencies = ['USD', 'EUR', 'JPY']
export const coupon = 'TENTH'

/** Orders of guests and of customers, in several currencies, paid and given back in every way. */
export async function fillOrders(place: Place, server: VendureServer, count: number) {
  const { admin } = server
  const variants = await openedToCurrencies(admin)
  const list = { name: 'customers', options: 'CustomerListOptions', fields: 'emailAddress' }
  const buyers = await allOf<Buyer>(admin, list)
  place.tell(`Placing ${count} orders …`)
  for (let i = 0; i < count; i++) {
    place.life.stopping.throwIfAborted()
    const variant = (step: number) => variants[(i * 5 + step) % variants.length] ?? ''
    const bought = await placed(server, {
      index: i,
      buyer: i % 4 === 0 ? null : (buyers[i * 3]?.emailAddress ?? null),
      currency: currencies[i % currencies.length] ?? '',
      variants: i % 2 === 0 ? [variant(0)] : [variant(0), variant(1)],
      coupon: i % 5 === 1,
      declinedFirst: i % 6 === 2,
    })
    for (const deed of fates[i % fates.length] ?? []) await deeds[deed](admin, bought)
  }
}

/** Prices in other currencies, which a channel has to offer, and a coupon. Gives what can be bought. */
async function openedToCurrencies(admin: Api): Promise<string[]> {
  const { activeChannel } = await admin.ask<{ activeChannel: { id: string } }>(
    '{activeChannel{id}}',
  )
  const input = { id: activeChannel.id, availableCurrencyCodes: currencies }
  await admin.ask('mutation($input:UpdateChannelInput!){updateChannel(input:$input){__typename}}', {
    input,
  })
  const list = {
    name: 'productVariants',
    options: 'ProductVariantListOptions',
    fields: 'id price product{enabled}',
  }
  const variants = await allOf<TheirVariant>(admin, list)
  await admin.ask(
    'mutation($input:[UpdateProductVariantInput!]!){updateProductVariants(input:$input){id}}',
    { input: variants.map(({ id, price }) => ({ id, prices: pricesFor(price) })) },
  )
  await admin.ask(
    'mutation($input:CreatePromotionInput!){createPromotion(input:$input){__typename}}',
    { input: promotion },
  )
  return variants.filter(({ product }) => product.enabled).map(({ id }) => id)
}

interface TheirVariant {
  readonly id: string
  readonly price: number
  readonly product: { readonly enabled: boolean }
}

/** Vendure counts yen in hundredths too, and does not round a tax or a discount to whole ones. */
function pricesFor(price: number) {
  return [
    { currencyCode: 'USD', price },
    { currencyCode: 'EUR', price: price - 7 },
    { currencyCode: 'JPY', price: (price - 11) * 100 },
  ]
}

const promotion = {
  enabled: true,
  couponCode: coupon,
  translations: [{ languageCode: 'en', name: 'A tenth off' }],
  conditions: [],
  actions: [{ code: 'order_percentage_discount', arguments: [{ name: 'discount', value: '10' }] }],
}

interface Basket {
  readonly index: number
  /** A customer with a user; null is a guest. */
  readonly buyer: string | null
  readonly currency: string
  readonly variants: readonly string[]
  readonly coupon: boolean
  readonly declinedFirst: boolean
}

const customer_password = 'test'
const failed = '...on ErrorResult{errorCode message}'
const order = `...on Order{id totalWithTax lines{id quantity} payments{id state}}`

/** Goes through the shop as a buyer does. */
async function placed({ url }: VendureServer, basket: Basket): Promise<Bought> {
  const { index, buyer, currency } = basket
  const at = `${url}/shop-api`
  const shop = buyer
    ? await loggedIn(at, { username: buyer, password: customer_password }, { currency })
    : openApi(at, { currency })
  for (const variant of basket.variants) {
    const given = `productVariantId:${variant},quantity:${1 + (index % 3)}`
    await shop.ask(`mutation{addItemToOrder(${given}){__typename ${failed}}}`)
  }
  if (basket.coupon) {
    await shop.ask(`mutation{applyCouponCode(couponCode:"${coupon}"){__typename ${failed}}}`)
  }
  if (!buyer) await introduced(shop, index)
  await delivered(shop, index)
  await shop.ask(`mutation{transitionOrderToState(state:"ArrangingPayment"){__typename
    ...on OrderStateTransitionError{errorCode message transitionError}}}`)
  if (basket.declinedFirst) await declined(shop)
  const pay = `addPaymentToOrder(input:{method:"standard-payment",metadata:{}})`
  const { paid } = await shop.ask<{ paid: Placed }>(`mutation{paid:${pay}{${order} ${failed}}}`)
  const { id, totalWithTax: total, lines, payments } = paid
  const payment = payments.find(({ state }) => state === 'Authorized')?.id ?? ''
  return { id, total, lines, payment }
}

interface Placed {
  readonly id: string
  readonly totalWithTax: number
  readonly lines: Bought['lines']
  readonly payments: readonly { readonly id: string; readonly state: string }[]
}

async function introduced(shop: Api, index: number) {
  const input = {
    firstName: '李',
    lastName: `小龍 ${index}`,
    // Some come back: a guest is one customer for each address.
    emailAddress: `Guest.${index % 16}@Example.test`,
  }
  await shop.ask(
    `mutation($input:CreateCustomerInput!){setCustomerForOrder(input:$input){__typename ${failed}}}`,
    { input },
  )
}

async function delivered(shop: Api, index: number) {
  const input = {
    fullName: `Åsa Öberg ${index}`,
    streetLine1: `${index} Rue de l’Église`,
    streetLine2: index % 3 === 0 ? '2e étage' : '',
    city: 'Montréal',
    province: 'Québec',
    postalCode: 'H2Y 1C6',
    countryCode: 'CA',
    phoneNumber: index % 2 === 0 ? '+1 514 555 0100' : '',
  }
  await shop.ask(
    `mutation($input:CreateAddressInput!){
      setOrderShippingAddress(input:$input){__typename ${failed}}}`,
    { input },
  )
  const { eligibleShippingMethods: methods } = await shop.ask<{
    eligibleShippingMethods: { id: string }[]
  }>('{eligibleShippingMethods{id}}')
  const method = methods[index % methods.length]?.id
  await shop.ask(
    `mutation{setOrderShippingMethod(shippingMethodId:[${method}]){__typename ${failed}}}`,
  )
}

/** A card that is declined; the order stays open for another one. */
async function declined(shop: Api) {
  const input = 'input:{method:"standard-payment",metadata:{shouldDecline:true}}'
  await shop.ask(`mutation{addPaymentToOrder(${input}){__typename}}`)
}

export type Deed = keyof typeof deeds

/** What a seller does with an order. */
export const deeds = {
  async settle(admin: Api, { payment }: Bought) {
    await admin.ask(`mutation{settlePayment(id:${payment}){__typename ${failed}}}`)
  },
  async 'refund whole'(admin: Api, { payment, total }: Bought) {
    await refunded(admin, { payment, amount: total, reason: 'returned' })
  },
  async 'refund part'(admin: Api, { payment, total }: Bought) {
    // Whole units: yen have no others.
    const amount = Math.floor(total / 300) * 100
    await refunded(admin, { payment, amount, reason: null })
  },
  async ship(admin: Api, { lines }: Bought) {
    await shipped(admin, lines)
  },
  async 'ship part'(admin: Api, { lines }: Bought) {
    await shipped(
      admin,
      lines.slice(0, 1).map(({ id }) => ({ id, quantity: 1 })),
    )
  },
  async deliver(admin: Api, { id }: Bought) {
    const query = `{order(id:${id}){fulfillments{id}}}`
    const { order: found } = await admin.ask<{ order: { fulfillments: { id: string }[] } }>(query)
    for (const one of found.fulfillments) await moved(admin, one.id, 'Delivered')
  },
  async cancel(admin: Api, { id }: Bought) {
    const input = `input:{orderId:${id},cancelShipping:true,reason:"changed their mind"}`
    await admin.ask(`mutation{cancelOrder(${input}){__typename ${failed}}}`)
  },
}

async function refunded(
  admin: Api,
  { payment, amount, reason }: { payment: string; amount: number; reason: string | null },
) {
  // The amount alone would do, by the schema; the table behind it wants the old parts too.
  const input = { paymentId: payment, amount, reason, lines: [], shipping: 0, adjustment: 0 }
  const { refund } = await admin.ask<{ refund: { id: string; state: string } }>(
    `mutation($input:RefundOrderInput!){
      refund:refundOrder(input:$input){__typename ...on Refund{id state} ${failed}}}`,
    { input },
  )
  // Every other one stays on its way.
  if (refund.state !== 'Pending' || reason === null) return
  const done = `input:{id:${refund.id},transactionId:"given-back-${refund.id}"}`
  await admin.ask(`mutation{settleRefund(${done}){__typename ${failed}}}`)
}

async function shipped(admin: Api, lines: Bought['lines']) {
  const handler = {
    code: 'manual-fulfillment',
    arguments: [
      { name: 'method', value: 'Parcel' },
      { name: 'trackingCode', value: 'P-1' },
    ],
  }
  const input = { handler, lines: lines.map(({ id, quantity }) => ({ orderLineId: id, quantity })) }
  const { fulfilment } = await admin.ask<{ fulfilment: { id: string } }>(
    `mutation($input:FulfillOrderInput!){
      fulfilment:addFulfillmentToOrder(input:$input){__typename ...on Fulfillment{id} ${failed}}}`,
    { input },
  )
  await moved(admin, fulfilment.id, 'Shipped')
}

async function moved(admin: Api, id: string, state: string) {
  const given = `id:${id},state:"${state}"`
  await admin.ask(`mutation{transitionFulfillmentToState(${given}){__typename ${failed}}}`)
}
