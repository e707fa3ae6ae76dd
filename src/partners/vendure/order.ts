import { recordId } from '../../model/object.ts'
import { type Order, order } from '../../model/order.ts'
import { product } from '../../model/product.ts'
import { mapping } from '../mapping.ts'
import { type Context, clean, objectOf, objectsIn, type Payload } from '../rule.ts'
import { absent, computed, fold, idText, isoTime, link, oneOf, referenceId } from '../rules.ts'
import { amountAt, minorUnitsOf } from './amounts.ts'
import { addressAt, part } from './person.ts'

const shipping = {
  note: 'of the order',
  find: ({ shippingAddress }: Payload) => objectOf(shippingAddress),
}

/** An order that was placed. */
export const vendureOrder = mapping(
  order,
  {
    partnerRecordId: idText('id'),
    created_date: isoTime('createdAt'),
    customer_id: link('customer', 'customer'),
    number: 'code',
    status: fold(
      'state',
      {
        Draft: 'draft',
        Created: 'draft',
        AddingItems: 'draft',
        ArrangingPayment: 'open',
        PaymentAuthorized: 'open',
        PaymentSettled: 'open',
        PartiallyShipped: 'open',
        Shipped: 'open',
        PartiallyDelivered: 'open',
        Delivered: 'completed',
        Modifying: 'open',
        ArrangingAdditionalPayment: 'open',
        Cancelled: 'cancelled',
      },
      'other',
    ),
    payment_status: computed(
      ['payments', 'totalWithTax'],
      'what was settled, less what was given back',
      paymentStatus,
    ),
    fulfilment_status: 'state',
    amount: computed(
      ['totalWithTax'],
      "in the server's decimals, rounded to what can be paid",
      amountAt('totalWithTax'),
    ),
    amount_tax: computed(['totalWithTax', 'total'], 'with tax, less without', taxOf),
    amount_shipping: computed(['shippingWithTax'], 'with tax', amountAt('shippingWithTax')),
    amount_discount: computed(['discounts'], 'the sum, with tax', discountOf),
    currency: 'currencyCode',
    line_items: computed(['lines'], 'with tax and discounts', linesOf),
    email: 'customer.emailAddress',
    shipping_address: addressAt('shippingAddress', 'countryCode', shipping),
    shipping_name: part('shippingAddress', 'fullName', shipping.note, shipping.find),
    shipping_phone: part('shippingAddress', 'phoneNumber', shipping.note, shipping.find),
    placed_date: oneOf(isoTime('orderPlacedAt'), isoTime('createdAt')),
    cancelled_date: absent('not told; the last change may be a later one'),
  },
  { title: 'Order' },
)

type PaymentStatus = NonNullable<Order['payment_status']>

/** Neither an order nor a payment changes its own state when money is given back. */
function paymentStatus({ payments, totalWithTax }: Payload): PaymentStatus {
  const settled = objectsIn(payments).filter(({ state }) => state === 'Settled')
  const paid = sum(settled.map(({ amount }) => amount))
  const back = sum(
    settled.flatMap(({ refunds }) => settledRefunds(refunds).map(({ total }) => total)),
  )
  if (paid === 0) return 'unpaid'
  if (back >= paid) return 'refunded'
  if (back > 0) return 'partially_refunded'
  return paid >= Number(totalWithTax) ? 'paid' : 'partially_paid'
}

/** A refund that failed gave nothing back. */
export function settledRefunds(refunds: unknown): readonly Payload[] {
  return objectsIn(refunds).filter(({ state }) => state !== 'Failed')
}

export function sum(amounts: readonly unknown[]): number {
  return amounts.reduce<number>((total, one) => total + (typeof one === 'number' ? one : 0), 0)
}

function taxOf({ totalWithTax, total, currencyCode }: Payload, context: Context): number | null {
  if (typeof totalWithTax !== 'number' || typeof total !== 'number') return null
  return minorUnitsOf(totalWithTax - total, currencyCode, context)
}

/** Discounts are told below zero. */
function discountOf({ discounts, currencyCode }: Payload, context: Context): number | null {
  const total = sum(objectsIn(discounts).map(({ amountWithTax }) => amountWithTax))
  return minorUnitsOf(total === 0 ? 0 : -total, currencyCode, context)
}

type Line = NonNullable<Order['line_items']>[number]

function linesOf({ lines, currencyCode }: Payload, context: Context): Line[] {
  return objectsIn(lines).map((line) => {
    const variant = objectOf(line.productVariant)
    const named = referenceId(variant?.product)
    return {
      product_id: named === null ? null : recordId(product, context, named),
      name: clean(variant?.name) as string | null, // validation refuses what is no text
      sku: clean(variant?.sku) as string | null,
      quantity: (line.quantity ?? null) as number | null,
      unit_amount: minorUnitsOf(line.unitPriceWithTax, currencyCode, context),
      amount: minorUnitsOf(line.discountedLinePriceWithTax, currencyCode, context),
    }
  })
}
