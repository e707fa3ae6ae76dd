// What a Vendure says of its orders, their payments and refunds.
import { type Facts, moment, reference, text, under } from '../truth.ts'
import { addressFacts, type TheirAddress } from './address.ts'
import { paid } from './money.ts'

export interface TheirOrder {
  readonly id: string
  readonly code: string
  readonly createdAt: string
  readonly orderPlacedAt: string | null
  readonly state: string
  readonly currencyCode: string
  readonly totalWithTax: number
  readonly shippingWithTax: number
  readonly taxSummary: readonly { readonly taxTotal: number }[]
  readonly discounts: readonly { readonly amountWithTax: number }[]
  readonly customer: { readonly id: string; readonly emailAddress: string } | null
  readonly shippingAddress: (TheirAddress & { readonly countryCode: string | null }) | null
  readonly lines: readonly TheirLine[]
  readonly payments: readonly TheirPayment[]
}

interface TheirLine {
  readonly quantity: number
  readonly unitPriceWithTax: number
  readonly discountedLinePriceWithTax: number
  readonly productVariant: {
    readonly name: string
    readonly sku: string
    readonly product: { readonly id: string }
  }
}

interface TheirPayment {
  readonly id: string
  readonly state: string
  readonly method: string
  readonly amount: number
  readonly createdAt: string
  readonly errorMessage: string | null
  readonly refunds: readonly TheirRefund[]
}

interface TheirRefund {
  readonly id: string
  readonly total: number
  readonly state: string
  readonly reason: string | null
  readonly createdAt: string
}

export function ordersIn(orders: readonly TheirOrder[]): Map<string, Facts> {
  return new Map(orders.map((one) => [one.id, orderFacts(one)]))
}

function orderFacts(one: TheirOrder): Facts {
  const { currencyCode: currency, shippingAddress: goods, state } = one
  const money = (amount: number) => paid(amount, currency)
  return {
    customer_id: reference('customers', one.customer?.id),
    email: one.customer?.emailAddress ?? null,
    number: one.code,
    status: state === 'Delivered' ? 'completed' : state === 'Cancelled' ? 'cancelled' : 'open',
    fulfilment_status: state,
    payment_status: paymentStatus(one),
    currency,
    amount: money(one.totalWithTax),
    amount_tax: money(added(one.taxSummary.map(({ taxTotal }) => taxTotal))),
    amount_shipping: money(one.shippingWithTax),
    amount_discount: money(added(one.discounts.map(({ amountWithTax }) => -amountWithTax))),
    created_date: moment(one.createdAt),
    placed_date: moment(one.orderPlacedAt),
    ...under('shipping_address', addressFacts(goods, goods?.countryCode)),
    shipping_name: text(goods?.fullName),
    shipping_phone: text(goods?.phoneNumber),
    line_items: one.lines.map((line) => lineFacts(line, money)),
  }
}

function lineFacts({ productVariant: variant, ...line }: TheirLine, money: (n: number) => number) {
  return {
    product_id: reference('products', variant.product.id),
    name: variant.name,
    sku: variant.sku,
    quantity: line.quantity,
    unit_amount: money(line.unitPriceWithTax),
    amount: money(line.discountedLinePriceWithTax),
  }
}

function paymentStatus({ payments, totalWithTax }: TheirOrder): string {
  const settled = payments.filter(({ state }) => state === 'Settled')
  const taken = added(settled.map(({ amount }) => amount))
  const given = added(settled.flatMap(({ refunds }) => refunds.map(({ total }) => total)))
  if (taken === 0) return 'unpaid'
  if (given > 0) return given === taken ? 'refunded' : 'partially_refunded'
  return taken < totalWithTax ? 'partially_paid' : 'paid'
}

/** Payments, and refunds beside them: numbered apart at Vendure, and so told apart here. */
export function paymentsIn(orders: readonly TheirOrder[]): Map<string, Facts> {
  const found = new Map<string, Facts>()
  for (const order of orders) {
    for (const one of order.payments) {
      found.set(one.id, chargeFacts(one, order))
      for (const refund of one.refunds) {
        found.set(`refund:${refund.id}`, refundFacts(refund, one, order))
      }
    }
  }
  return found
}

const chargeStatus: { readonly [state: string]: string } = {
  Authorized: 'pending',
  Settled: 'succeeded',
  Declined: 'failed',
  Cancelled: 'cancelled',
}

function chargeFacts(one: TheirPayment, order: TheirOrder): Facts {
  const given = added(one.refunds.map(({ total }) => total))
  return {
    ...ofOrder(order),
    type: 'charge',
    amount: paid(one.amount, order.currencyCode),
    amount_refunded: paid(given, order.currencyCode),
    status: chargeStatus[one.state],
    'status_reason.outcome_reason': text(one.errorMessage),
    refunded_payment_id: null,
    'payment_method.type': one.method,
    created_date: moment(one.createdAt),
    description: order.code,
  }
}

function refundFacts(one: TheirRefund, charge: TheirPayment, order: TheirOrder): Facts {
  return {
    ...ofOrder(order),
    type: 'refund',
    amount: -paid(one.total, order.currencyCode),
    status: one.state === 'Settled' ? 'succeeded' : 'pending',
    refunded_payment_id: reference('payments', charge.id),
    'payment_method.type': charge.method,
    created_date: moment(one.createdAt),
    description: text(one.reason),
  }
}

function ofOrder({ id, customer, currencyCode }: TheirOrder): Facts {
  return {
    customer_id: reference('customers', customer?.id),
    order_id: reference('orders', id),
    currency: currencyCode,
  }
}

function added(amounts: readonly number[]): number {
  return amounts.reduce((sum, one) => sum + one, 0)
}
