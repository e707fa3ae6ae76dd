import { type Order, order } from '../../model/order.ts'
import { mapping } from '../mapping.ts'
import { clean, objectsIn, type Payload, pathReader } from '../rule.ts'
import { absent, computed, fold, isoTime, link } from '../rules.ts'
import { amountAt, amountIn, currencyAt, wholeOf } from './amounts.ts'
import { payerOf } from './customer.ts'
import { infoOf, kindOf } from './event_codes.ts'
import { simpleAddressAt, spokenName } from './person.ts'

const info = 'transaction_info'
const status = `${info}.transaction_status`
const itemsOf = pathReader('cart_info.item_details')
const deliveryOf = pathReader('shipping_info.name')

/** What was bought, as far as the payment's cart tells: PayPal lists no orders. */
export const paypalOrder = mapping(
  order,
  {
    partnerRecordId: `${info}.transaction_id`,
    created_date: isoTime(`${info}.transaction_initiation_date`),
    customer_id: link(
      'customer',
      computed(
        ['payer_info.account_id', 'payer_info.email_address'],
        'the payer, by id, else by e-mail',
        payerOf,
      ),
    ),
    number: `${info}.invoice_id`,
    status: fold(status, { S: 'completed', V: 'completed', P: 'open', D: 'cancelled' }, 'other'),
    payment_status: fold(status, { S: 'paid', P: 'unpaid', D: 'unpaid' }, 'other'),
    fulfilment_status: absent('not told'),
    amount: amountAt(`${info}.transaction_amount`),
    amount_tax: amountAt(`${info}.sales_tax_amount`),
    amount_shipping: amountAt(`${info}.shipping_amount`),
    amount_discount: computed([`${info}.discount_amount.value`], 'above zero', discountOf),
    currency: currencyAt(`${info}.transaction_amount`),
    line_items: computed(['cart_info.item_details'], 'the lines of the cart', linesOf),
    email: 'payer_info.email_address',
    shipping_address: simpleAddressAt('shipping_info.address'),
    shipping_name: computed(['shipping_info.name'], '"First, Last" without its comma', (row) =>
      spokenName(deliveryOf(row)),
    ),
    shipping_phone: absent('not told'),
    placed_date: isoTime(`${info}.transaction_initiation_date`),
    cancelled_date: absent('not told'),
  },
  { title: 'Cart of a payment', when: isOrder },
)

/** Whether a row tells what was bought. */
export function isOrder(row: Payload): boolean {
  return kindOf(row) === 'payment' && objectsIn(itemsOf(row)).length > 0
}

function discountOf(row: Payload): number | null {
  const amount = amountIn(infoOf(row).discount_amount)
  return typeof amount === 'number' ? Math.abs(amount) : amount
}

type Line = NonNullable<Order['line_items']>[number]

function linesOf(row: Payload): Line[] {
  return objectsIn(itemsOf(row)).map((item) => ({
    product_id: null,
    name: clean(item.item_name) as string | null, // validation refuses what is no text
    sku: clean(item.item_code) as string | null,
    quantity: wholeOf(item.item_quantity),
    unit_amount: amountIn(item.item_unit_price),
    amount: amountIn(item.item_amount),
  }))
}
