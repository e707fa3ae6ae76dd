// What a Vendure says of itself, asked for and read without anything of our partner folder.
import { type Facts, joined, moment, type Truth, text, under } from '../truth.ts'
import { addressFacts, type TheirAddress } from './address.ts'
import { type Api, allOf } from './api.ts'
import { ordersIn, paymentsIn, type TheirOrder } from './bought.ts'
import { paid } from './money.ts'

export async function vendureTruth(admin: Api): Promise<Truth> {
  const lists = {
    customers: { name: 'customers', options: 'CustomerListOptions', fields: customerFields },
    products: { name: 'products', options: 'ProductListOptions', fields: productFields },
    orders: { name: 'orders', options: 'OrderListOptions', fields: orderFields },
  }
  const customers = await allOf<TheirCustomer>(admin, lists.customers)
  const products = await allOf<TheirProduct>(admin, lists.products)
  const all = await allOf<TheirOrder & { active: boolean }>(admin, lists.orders)
  const orders = all.filter(({ active }) => !active)
  return {
    customers: new Map(customers.map((one) => [one.id, customerFacts(one)])),
    products: new Map(products.map((one) => [one.id, productFacts(one)])),
    orders: ordersIn(orders),
    payments: paymentsIn(orders),
  }
}

const customerFields = `id createdAt emailAddress phoneNumber lastName firstName
  addresses{defaultBillingAddress defaultShippingAddress phoneNumber fullName streetLine1
    streetLine2 city province postalCode country{code}}`

const productFields = `id createdAt enabled description name
  variants{currencyCode priceWithTax sku} collections{name}`

const orderFields = `id active code createdAt orderPlacedAt state currencyCode totalWithTax
  shippingWithTax taxSummary{taxTotal} discounts{amountWithTax}
  customer{emailAddress id}
  shippingAddress{phoneNumber fullName streetLine1 streetLine2 city province postalCode countryCode}
  lines{unitPriceWithTax discountedLinePriceWithTax quantity productVariant{name sku product{id}}}
  payments{state method amount createdAt id errorMessage
    refunds{id total state reason createdAt}}`

interface TheirCustomer {
  readonly id: string
  readonly createdAt: string
  readonly firstName: string
  readonly lastName: string
  readonly emailAddress: string
  readonly phoneNumber: string | null
  readonly addresses: readonly (TheirAddress & {
    readonly defaultBillingAddress: boolean
    readonly defaultShippingAddress: boolean
    readonly country: { readonly code: string }
  })[]
}

function customerFacts(one: TheirCustomer): Facts {
  const billed = one.addresses.filter(({ defaultBillingAddress }) => defaultBillingAddress)
  const [home] = [...billed, ...one.addresses]
  const [goods] = one.addresses.filter(({ defaultShippingAddress }) => defaultShippingAddress)
  return {
    name: joined(one.firstName, one.lastName),
    email: one.emailAddress,
    phone: text(one.phoneNumber),
    created_date: moment(one.createdAt),
    payment_currency: 'USD',
    origin: 'PARTNER',
    ...under('address', addressFacts(home, home?.country.code)),
    ...under('shipping_address', addressFacts(goods, goods?.country.code)),
    shipping_name: text(goods?.fullName),
    shipping_phone: text(goods?.phoneNumber),
  }
}

interface TheirProduct {
  readonly id: string
  readonly createdAt: string
  readonly name: string
  readonly description: string
  readonly enabled: boolean
  readonly collections: readonly { readonly name: string }[]
  readonly variants: readonly {
    readonly sku: string
    readonly priceWithTax: number
    readonly currencyCode: string
  }[]
}

function productFacts(one: TheirProduct): Facts {
  const prices = one.variants.map(({ priceWithTax, currencyCode }) => ({
    amount: paid(priceWithTax, currencyCode),
    currency: currencyCode,
    interval: null,
  }))
  return {
    name: one.name,
    description: text(one.description),
    active: one.enabled,
    sku: text(one.variants[0]?.sku),
    price: prices[0]?.amount ?? null,
    currency: prices[0]?.currency ?? null,
    prices,
    category: one.collections[0]?.name ?? null,
    created_date: moment(one.createdAt),
  }
}
