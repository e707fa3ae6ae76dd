// What a Medusa says of its orders, their payments and refunds.
import { type Facts, joined, moment, reference, text, under } from '../truth.ts'
import { addressFacts, type TheirAddress } from './address.ts'
import type { Money } from './money.ts'

export const orderFields = [
  'id,display_id,status,payment_status,fulfillment_status,currency_code,email,customer_id',
  'total,tax_total,shipping_total,discount_total,created_at,canceled_at,*items,*shipping_address',
  'payment_collections.payments.id',
].join()

export const paymentFields = [
  'id,amount,currency_code,provider_id,created_at,captured_at,canceled_at,*captures,*refunds',
].join()

export interface TheirOrder {
  readonly id: string
  readonly display_id: number
  readonly status: string
  readonly payment_status: string
  readonly fulfillment_status: string
  readonly currency_code: string
  readonly email: string | null
  readonly customer_id: string | null
  readonly total: number
  readonly tax_total: number
  readonly shipping_total: number
  readonly discount_total: number
  readonly created_at: string
  readonly canceled_at: string | null
  readonly items: readonly TheirItem[]
  readonly shipping_address: TheirAddress | null
  readonly payment_collections: readonly {
    readonly payments?: readonly { readonly id: string }[]
  }[]
}

interface TheirItem {
  readonly product_id: string | null
  readonly title: string
  readonly variant_sku: string | null
  readonly quantity: number
  readonly unit_price: number
  readonly total: number
}

export interface TheirPayment {
  readonly id: string
  readonly amount: number
  readonly currency_code: string
  readonly provider_id: string
  readonly created_at: string
  readonly captured_at: string | null
  readonly canceled_at: string | null
  readonly refunds: readonly {
    readonly id: string
    readonly amount: number
    readonly note: string | null
    readonly created_at: string
  }[]
}

export function ordersIn(orders: readonly TheirOrder[], money: Money): Map<string, Facts> {
  return new Map(orders.map((one) => [one.id, orderFacts(one, money)]))
}

const statuses: { readonly [theirs: string]: string } = {
  pending: 'open',
  completed: 'completed',
  archived: 'completed',
  canceled: 'cancelled',
}

const paymentStatuses: { readonly [theirs: string]: string } = {
  authorized: 'unpaid',
  canceled: 'unpaid',
  not_paid: 'unpaid',
  partially_captured: 'partially_paid',
  captured: 'paid',
  partially_refunded: 'partially_refunded',
  refunded: 'refunded',
}

function orderFacts(one: TheirOrder, money: Money): Facts {
  const { currency_code: currency, shipping_address: goods } = one
  const minor = (amount: number) => money(amount, currency)
  return {
    customer_id: reference('customers', one.customer_id),
    email: one.email,
    number: `${one.display_id}`,
    // An archived one may have been either before.
    status: one.canceled_at ? 'cancelled' : statuses[one.status],
    payment_status: paymentStatuses[one.payment_status],
    fulfilment_status: one.fulfillment_status,
    currency: currency.toUpperCase(),
    amount: minor(one.total),
    amount_tax: minor(one.tax_total),
    amount_shipping: minor(one.shipping_total),
    amount_discount: minor(one.discount_total),
    created_date: moment(one.created_at),
    placed_date: moment(one.created_at),
    cancelled_date: moment(one.canceled_at),
    ...under('shipping_address', addressFacts(goods)),
    shipping_name: joined(goods?.first_name, goods?.last_name),
    shipping_phone: text(goods?.phone),
    line_items: one.items.map((item) => ({
      product_id: reference('products', item.product_id),
      name: item.title,
      sku: text(item.variant_sku),
      quantity: item.quantity,
      unit_amount: minor(item.unit_price),
      amount: minor(item.total),
    })),
  }
}

/** Payments as their own list tells them, with the order that names them. */
export function paymentsIn(
  payments: readonly TheirPayment[],
  orders: readonly TheirOrder[],
  money: Money,
): Map<string, Facts> {
  const orderOf = new Map(
    orders.flatMap((order) =>
      order.payment_collections.flatMap(({ payments: ids = [] }) =>
        ids.map(({ id }) => [id, order] as const),
      ),
    ),
  )
  const found = new Map<string, Facts>()
  for (const one of payments) {
    const order = orderOf.get(one.id)
    found.set(one.id, chargeFacts(one, order, money))
    for (const refund of one.refunds) {
      found.set(refund.id, {
        ...ofOrder(one, order),
        type: 'refund',
        amount: -money(refund.amount, one.currency_code),
        status: 'succeeded',
        refunded_payment_id: reference('payments', one.id),
        created_date: moment(refund.created_at),
        description: text(refund.note),
      })
    }
  }
  return found
}

function chargeFacts(one: TheirPayment, order: TheirOrder | undefined, money: Money): Facts {
  const given = one.refunds.reduce((sum, refund) => sum + refund.amount, 0)
  return {
    ...ofOrder(one, order),
    type: 'charge',
    amount: money(one.amount, one.currency_code),
    amount_refunded: money(given, one.currency_code),
    status: one.captured_at ? 'succeeded' : one.canceled_at ? 'cancelled' : 'pending',
    refunded_payment_id: null,
    created_date: moment(one.created_at),
    description: `Order ${order?.display_id}`,
  }
}

function ofOrder(one: TheirPayment, order: TheirOrder | undefined): Facts {
  return {
    customer_id: reference('customers', order?.customer_id),
    order_id: reference('orders', order?.id),
    currency: one.currency_code.toUpperCase(),
    'payment_method.type': one.provider_id,
  }
}
