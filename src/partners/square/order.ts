import { recordId } from '../../model/object.ts'
import { type Order, order } from '../../model/order.ts'
import { product } from '../../model/product.ts'
import { mapping } from '../mapping.ts'
import { type Context, clean, objectsIn, type Payload } from '../rule.ts'
import {
  absent,
  computed,
  fold,
  isoTime,
  link,
  oneOf,
  referenceId,
  timeOfText,
  upper,
} from '../rules.ts'
import { addressAt, amountIn } from './person.ts'

const recipient = 'fulfillments.0.shipment_details.recipient'

export const squareOrder = mapping(
  order,
  {
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    customer_id: link('customer', oneOf('customer_id', 'tenders.0.customer_id')),
    number: oneOf('ticket_name', 'reference_id'),
    status: fold(
      'state',
      { DRAFT: 'draft', OPEN: 'open', COMPLETED: 'completed', CANCELED: 'cancelled' },
      'other',
    ),
    payment_status: computed(
      ['total_money', 'net_amount_due_money', 'refunds[].amount_money'],
      'by what is due, and what was given back',
      paymentStatusOf,
    ),
    fulfilment_status: computed(['fulfillments.0.state'], 'of the first, in lower case', (one) => {
      const state = clean(objectsIn(one.fulfillments)[0]?.state)
      return (typeof state === 'string' ? state.toLowerCase() : state) as string | null // or refused
    }),
    amount: 'total_money.amount',
    amount_tax: 'total_tax_money.amount',
    amount_shipping: absent('a service charge among others'),
    amount_discount: 'total_discount_money.amount',
    currency: upper('total_money.currency'),
    line_items: computed(['line_items'], 'after their discounts and taxes', linesOf),
    email: `${recipient}.email_address`,
    shipping_address: addressAt(`${recipient}.address`),
    shipping_name: `${recipient}.display_name`,
    shipping_phone: `${recipient}.phone_number`,
    placed_date: isoTime('created_at'),
    cancelled_date: computed(['state', 'closed_at'], 'when it was closed', cancelledOf),
  },
  { title: 'Order' },
)

function paymentStatusOf(payload: Payload): Order['payment_status'] {
  const total = amountIn(payload.total_money)
  const due = amountIn(payload.net_amount_due_money)
  if (typeof total !== 'number' || typeof due !== 'number') return null
  const refunds = objectsIn(payload.refunds).filter(
    ({ status }) => status !== 'REJECTED' && status !== 'FAILED',
  )
  const back = refunds.reduce((sum, { amount_money }) => sum + Number(amountIn(amount_money)), 0)
  if (back > 0) return back >= total ? 'refunded' : 'partially_refunded'
  if (due <= 0) return 'paid'
  return due < total ? 'partially_paid' : 'unpaid'
}

type Line = NonNullable<Order['line_items']>[number]

/** A line names the variation that was bought, which is the product. */
function linesOf({ line_items }: Payload, context: Context): Line[] {
  return objectsIn(line_items).map((line) => ({
    product_id: productId(line.catalog_object_id, context),
    name: clean(line.name) as string | null, // validation refuses what is no text
    sku: null,
    quantity: quantityOf(line.quantity),
    unit_amount: amountIn(line.base_price_money),
    amount: amountIn(line.total_money),
  }))
}

function productId(named: unknown, context: Context): string | null {
  const id = referenceId(named)
  return id === null ? null : recordId(product, context, id)
}

/** A decimal text; a part of one is no number of things. */
function quantityOf(text: unknown): number | null {
  const [, whole] = /^(\d{1,12})(?:\.0+)?$/.exec(String(text)) ?? []
  return whole === undefined ? null : Number(whole)
}

function cancelledOf({ state, closed_at }: Payload): string | null {
  return state === 'CANCELED' && typeof closed_at === 'string' && closed_at !== ''
    ? timeOfText(closed_at)
    : null
}
