// What a Medusa says of itself, asked for and read without anything of our partner folder.
import { type Facts, joined, moment, type Truth, text, under } from '../truth.ts'
import { addressFacts, type TheirAddress } from './address.ts'
import { type Api, allOf } from './api.ts'
import {
  orderFields,
  ordersIn,
  paymentFields,
  paymentsIn,
  type TheirOrder,
  type TheirPayment,
} from './bought.ts'
import { type Money, moneyOf } from './money.ts'

export async function medusaTruth(admin: Api): Promise<Truth> {
  const money = await moneyOf(admin)
  const customers = await allOf<TheirCustomer>(admin, 'customers', customerFields)
  const products = await allOf<TheirProduct>(admin, 'products', productFields)
  const orders = await allOf<TheirOrder>(admin, 'orders', orderFields)
  const payments = await allOf<TheirPayment>(admin, 'payments', paymentFields)
  return {
    customers: new Map(customers.map((one) => [one.id, customerFacts(one)])),
    products: new Map(products.map((one) => [one.id, productFacts(one, money)])),
    orders: ordersIn(orders, money),
    payments: paymentsIn(payments, orders, money),
  }
}

const customerFields = 'id,email,phone,first_name,last_name,company_name,created_at,*addresses'
const productFields =
  'id,title,subtitle,description,status,thumbnail,created_at,*categories,*variants,*variants.prices'

interface TheirCustomer {
  readonly id: string
  readonly email: string | null
  readonly phone: string | null
  readonly first_name: string | null
  readonly last_name: string | null
  readonly company_name: string | null
  readonly created_at: string
  readonly addresses: readonly (TheirAddress & {
    readonly is_default_billing: boolean
    readonly is_default_shipping: boolean
  })[]
}

function customerFacts(one: TheirCustomer): Facts {
  const billed = one.addresses.filter(({ is_default_billing }) => is_default_billing)
  const [home] = [...billed, ...one.addresses]
  const [goods] = one.addresses.filter(({ is_default_shipping }) => is_default_shipping)
  return {
    name: joined(one.first_name, one.last_name) ?? text(one.company_name),
    email: one.email,
    phone: text(one.phone),
    created_date: moment(one.created_at),
    payment_currency: null,
    origin: 'PARTNER',
    ...under('address', addressFacts(home)),
    ...under('shipping_address', addressFacts(goods)),
    shipping_name: joined(goods?.first_name, goods?.last_name),
    shipping_phone: text(goods?.phone),
  }
}

interface TheirProduct {
  readonly id: string
  readonly title: string
  readonly subtitle: string | null
  readonly description: string | null
  readonly status: string
  readonly thumbnail: string | null
  readonly created_at: string
  readonly categories: readonly { readonly name: string }[] | null
  readonly variants: readonly {
    readonly sku: string | null
    readonly prices: readonly { readonly amount: number; readonly currency_code: string }[]
  }[]
}

function productFacts(one: TheirProduct, money: Money): Facts {
  const prices = one.variants.flatMap((variant) =>
    variant.prices.map(({ amount, currency_code }) => ({
      amount: money(amount, currency_code),
      currency: currency_code.toUpperCase(),
      interval: null,
    })),
  )
  // The store's own currency; every product here is sold in it.
  const main = prices.find(({ currency }) => currency === 'SEK')
  return {
    name: one.title,
    description: text(one.description) ?? text(one.subtitle),
    active: one.status === 'published',
    sku: text(one.variants[0]?.sku),
    price: main?.amount ?? null,
    currency: main?.currency ?? null,
    prices,
    category: one.categories?.[0]?.name ?? null,
    image_url: one.thumbnail,
    created_date: moment(one.created_at),
  }
}
