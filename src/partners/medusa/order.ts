import { recordId } from '../../model/object.ts'
import { type Order, order } from '../../model/order.ts'
import { product } from '../../model/product.ts'
import { mapping } from '../mapping.ts'
import { type Context, clean, objectsIn, type Payload } from '../rule.ts'
import { computed, fold, isoTime, link, oneOf, referenceId, upper } from '../rules.ts'
import { amountOf, majorAmount, majorPrice } from './amounts.ts'
import { buyerKey } from './guest.ts'
import { addressAt, addressUnder, nameIn, part } from './person.ts'

const shipping = addressUnder('shipping_address')
const major = 'major units, rounded as they are charged'

/** An order, in major units of its own currency. */
export const medusaOrder = mapping(
  order,
  {
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    customer_id: link(
      'customer',
      computed(['customer_id', 'email'], 'the customer, else the guest', buyerKey),
    ),
    number: computed(['display_id'], 'as a text', ({ display_id }) => referenceId(display_id)),
    status: oneOf(
      computed(['canceled_at'], 'cancelled, also when it was archived since', cancelledOnce),
      fold(
        'status',
        {
          draft: 'draft',
          pending: 'open',
          requires_action: 'open',
          completed: 'completed',
          archived: 'completed',
          canceled: 'cancelled',
        },
        'other',
      ),
    ),
    payment_status: fold(
      'payment_status',
      {
        not_paid: 'unpaid',
        awaiting: 'unpaid',
        authorized: 'unpaid',
        requires_action: 'unpaid',
        canceled: 'unpaid',
        partially_authorized: 'unpaid',
        partially_captured: 'partially_paid',
        captured: 'paid',
        partially_refunded: 'partially_refunded',
        refunded: 'refunded',
      },
      'other',
    ),
    fulfilment_status: 'fulfillment_status',
    amount: computed(['total'], major, amountOf('total')),
    amount_tax: computed(['tax_total'], major, amountOf('tax_total')),
    amount_shipping: computed(['shipping_total'], major, amountOf('shipping_total')),
    amount_discount: computed(['discount_total'], major, amountOf('discount_total')),
    currency: upper('currency_code'),
    line_items: computed(['items'], major, linesOf),
    email: 'email',
    shipping_address: addressAt('shipping_address', 'of the order', shipping),
    shipping_name: computed(
      ['shipping_address.first_name', 'shipping_address.last_name'],
      'first and last name',
      (payload) => nameIn(shipping(payload)),
    ),
    shipping_phone: part('shipping_address', 'phone', 'of the order', shipping),
    placed_date: isoTime('created_at'),
    cancelled_date: oneOf(isoTime('canceled_at')),
  },
  { title: 'Order' },
)

function cancelledOnce({ canceled_at }: Payload): 'cancelled' | null {
  return clean(canceled_at) === null ? null : 'cancelled'
}

type Line = NonNullable<Order['line_items']>[number]

function linesOf({ items, currency_code }: Payload, context: Context): Line[] {
  return objectsIn(items).map((item) => {
    const named = referenceId(item.product_id)
    return {
      product_id: named === null ? null : recordId(product, context, named),
      name: clean(item.title) as string | null, // validation refuses what is no text
      sku: clean(item.variant_sku) as string | null,
      quantity: (item.quantity ?? null) as number | null,
      unit_amount: wholeOf(majorPrice(item, 'unit_price', currency_code)),
      amount: majorAmount(item, 'total', currency_code) as number | null,
    }
  })
}

/** A server may reckon with finer prices than the currency has. */
function wholeOf(amount: unknown): number | null {
  return Number.isSafeInteger(amount) ? (amount as number) : null
}
