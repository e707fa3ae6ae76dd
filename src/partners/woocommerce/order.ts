import { recordId } from '../../model/object.ts'
import { type Order, order } from '../../model/order.ts'
import { product } from '../../model/product.ts'
import { mapping } from '../mapping.ts'
import { decimal, minorOf } from '../money.ts'
import { clean, objectsIn, type Payload } from '../rule.ts'
import { absent, computed, fold, idText, isoTime, link, referenceId, upper } from '../rules.ts'
import { refundedOf, totalOf, unitAmount, withTax } from './amounts.ts'
import { buyerKey } from './guest.ts'
import { addressAt, fullName } from './person.ts'

/** An order, of whatever status. */
export const wooOrder = mapping(
  order,
  {
    partnerRecordId: idText('id'),
    created_date: isoTime('date_created_gmt'),
    customer_id: link(
      'customer',
      computed(['customer_id', 'billing.email'], 'the customer, else the guest', buyerKey),
    ),
    number: 'number',
    status: fold(
      'status',
      {
        'auto-draft': 'draft',
        'checkout-draft': 'draft',
        pending: 'open',
        'on-hold': 'open',
        processing: 'open',
        completed: 'completed',
        refunded: 'completed',
        cancelled: 'cancelled',
        failed: 'cancelled',
      },
      'other',
    ),
    payment_status: computed(
      ['date_paid_gmt', 'refunds', 'total', 'status'],
      'paid since a date, less what was given back',
      paymentStatus,
    ),
    fulfilment_status: 'status',
    amount: decimal('total', 'currency'),
    amount_tax: decimal('total_tax', 'currency'),
    amount_shipping: computed(
      ['shipping_total', 'shipping_tax'],
      'with its tax',
      withTax('shipping_total', 'shipping_tax'),
    ),
    amount_discount: computed(
      ['discount_total', 'discount_tax'],
      'with its tax',
      withTax('discount_total', 'discount_tax'),
    ),
    currency: upper('currency'),
    line_items: computed(['line_items'], 'each with its tax', linesOf),
    email: 'billing.email',
    shipping_address: addressAt('shipping'),
    shipping_name: fullName('shipping'),
    shipping_phone: 'shipping.phone',
    placed_date: isoTime('date_created_gmt'),
    cancelled_date: absent('not told; the last change may be a later one'),
  },
  { title: 'Order' },
)

type PaymentStatus = NonNullable<Order['payment_status']>

function paymentStatus(payload: Payload): PaymentStatus {
  const refunded = refundedOf(payload) ?? 0
  if (payload.status === 'refunded') return 'refunded'
  if (clean(payload.date_paid_gmt) === null) return 'unpaid'
  if (!(refunded > 0)) return 'paid'
  return refunded >= totalOf(payload) ? 'refunded' : 'partially_refunded'
}

type Line = NonNullable<Order['line_items']>[number]

function linesOf(payload: Payload, context: Parameters<typeof recordId>[1]): Line[] {
  const { currency } = payload
  return objectsIn(payload.line_items).map((line) => {
    const named = referenceId(line.product_id)
    const parts = [line.total, line.total_tax].map((part) => minorOf(part, currency) ?? 0)
    const amount = Number(parts[0]) + Number(parts[1])
    return {
      product_id: named === null ? null : recordId(product, context, named),
      name: clean(line.name) as string | null, // validation refuses what is no text
      sku: clean(line.sku) as string | null,
      quantity: (line.quantity ?? null) as number | null,
      unit_amount: unitAmount(line, currency),
      amount: Number.isNaN(amount) ? null : amount,
    }
  })
}
