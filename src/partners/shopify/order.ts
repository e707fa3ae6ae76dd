import { recordId } from '../../model/object.ts'
import { type Order, order } from '../../model/order.ts'
import { product } from '../../model/product.ts'
import { mapping } from '../mapping.ts'
import { type Context, clean, type Payload } from '../rule.ts'
import { computed, fold, isoTime, link, oneOf, upper } from '../rules.ts'
import { buyersAmount, presentment } from './amounts.ts'
import { legacyId, legacyIdIn, nodesIn } from './ids.ts'
import { addressAt, buyerKey } from './person.ts'

/** An order that was placed; a draft is none yet. */
export const shopifyOrder = mapping(
  order,
  {
    partnerRecordId: legacyId,
    created_date: isoTime('createdAt'),
    customer_id: link(
      'customer',
      computed(['customer', 'email'], 'the customer, else the guest', buyerKey),
    ),
    number: 'name',
    status: computed(
      ['cancelledAt', 'closed', 'displayFulfillmentStatus'],
      'cancelled since a time; completed when archived or fulfilled',
      statusOf,
    ),
    payment_status: fold(
      'displayFinancialStatus',
      {
        PENDING: 'unpaid',
        AUTHORIZED: 'unpaid',
        EXPIRED: 'unpaid',
        VOIDED: 'unpaid',
        PARTIALLY_PAID: 'partially_paid',
        PAID: 'paid',
        PARTIALLY_REFUNDED: 'partially_refunded',
        REFUNDED: 'refunded',
      },
      'other',
    ),
    fulfilment_status: 'displayFulfillmentStatus',
    amount: presentment('totalPriceSet'),
    amount_tax: presentment('totalTaxSet'),
    amount_shipping: presentment('totalShippingPriceSet'),
    amount_discount: presentment('totalDiscountsSet'),
    currency: upper('presentmentCurrencyCode'),
    line_items: computed(['lineItems.nodes'], 'after their discounts', linesOf),
    email: 'email',
    shipping_address: addressAt('shippingAddress'),
    shipping_name: 'shippingAddress.name',
    shipping_phone: 'shippingAddress.phone',
    placed_date: oneOf(isoTime('processedAt'), isoTime('createdAt')),
    cancelled_date: isoTime('cancelledAt'),
  },
  { title: 'Order' },
)

function statusOf({ cancelledAt, closed, displayFulfillmentStatus }: Payload): Order['status'] {
  if (clean(cancelledAt) !== null) return 'cancelled'
  return closed === true || displayFulfillmentStatus === 'FULFILLED' ? 'completed' : 'open'
}

type Line = NonNullable<Order['line_items']>[number]

function linesOf({ lineItems }: Payload, context: Context): Line[] {
  return nodesIn(lineItems).map((line) => {
    const named = legacyIdIn(line.product)
    return {
      product_id: typeof named === 'string' ? recordId(product, context, named) : null,
      name: clean(line.name) as string | null, // validation refuses what is no text
      sku: clean(line.sku) as string | null,
      quantity: (line.quantity ?? null) as number | null,
      unit_amount: buyersAmount(line.originalUnitPriceSet),
      amount: buyersAmount(line.discountedTotalSet),
    }
  })
}
