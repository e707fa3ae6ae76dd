import { currency } from '../world/money.ts'
import type { Item, Payment, Refund } from '../world/sales.ts'
import { billingOf, shippingOf } from './customer.ts'
import { HOME, links, localStamp, money, stamp } from './format.ts'
import type { Row, Shop } from './shop.ts'

type Json = Record<string, unknown>

export function renderOrder(shop: Shop, row: Row): Json {
  const payment = row.thing as Payment // orders are made of payments
  const buyer = shop.world.get('buyer', payment.buyer)
  const { exponent } = currency(payment.currency)
  const customer = buyer.guest ? null : shop.idOf('customers', buyer.key)
  const known = customer !== null && shop.tables.customers.has(customer)
  const paid = paidAt(shop, payment)
  return {
    id: row.id,
    parent_id: 0,
    status: row.trashed ? 'trash' : statusOf(shop, payment),
    currency: payment.currency.toUpperCase(),
    version: '11.0.1',
    prices_include_tax: false,
    ...stamps(row),
    ...totals(payment.amount, exponent),
    customer_id: known ? customer : 0,
    order_key: `wc_order_${row.id}`,
    ...row.fixed,
    payment_method: payment.direct ? 'paypal' : 'stripe',
    payment_method_title: 'Card',
    transaction_id: '',
    customer_note: payment.description ?? '',
    date_completed: null,
    date_completed_gmt: null,
    date_paid: paid === null ? null : localStamp(paid),
    date_paid_gmt: paid === null ? null : stamp(paid),
    number: `${row.id}`,
    meta_data: [],
    tax_lines: [],
    shipping_lines: [],
    fee_lines: [],
    coupon_lines: [],
    refunds: refundsOf(shop, payment).map(({ id, refund }) => ({
      id,
      reason: refund.reason ?? '',
      total: money(-refund.amount, exponent),
      total_tax: '0.00',
    })),
    payment_url: `${HOME}/checkout/order-pay/${row.id}/`,
    is_editable: false,
    needs_payment: paid === null,
    needs_processing: true,
    currency_symbol: '¤',
    _links: links('orders', row.id),
  }
}

export function renderRefund(shop: Shop, row: Row): Json {
  const refund = row.thing as Refund // refunds are made of refunds
  const charge = shop.world.get('charge', refund.charge)
  const parent = shop.idOf('orders', charge.payment) ?? 0
  return {
    id: row.id,
    parent_id: parent,
    date_created: localStamp(row.created),
    date_created_gmt: stamp(row.created),
    amount: money(refund.amount, currency(refund.currency).exponent),
    reason: refund.reason ?? '',
    refunded_by: 1,
    refunded_payment: true,
    meta_data: [],
    line_items: [],
    shipping_lines: [],
    tax_lines: [],
    fee_lines: [],
    _links: links('refunds', row.id),
  }
}

// What stays in an order as it was, whatever becomes of the buyer and the things.
export function placedWith(shop: Shop, payment: Payment, id: number): Json {
  const buyer = shop.world.get('buyer', payment.buyer)
  return {
    billing: billingOf(buyer),
    shipping: shippingOf(buyer),
    line_items: linesOf(shop, payment, id),
  }
}

function stamps({ created, modified }: Row): Json {
  return {
    date_created: localStamp(created),
    date_created_gmt: stamp(created),
    date_modified: localStamp(modified),
    date_modified_gmt: stamp(modified),
  }
}

function totals(amount: number, exponent: number): Json {
  const zero = money(0, exponent)
  return {
    discount_total: zero,
    discount_tax: zero,
    shipping_total: zero,
    shipping_tax: zero,
    cart_tax: zero,
    total: money(amount, exponent),
    total_tax: zero,
  }
}

function statusOf(shop: Shop, payment: Payment): string {
  const charge = payment.lastCharge ? shop.world.get('charge', payment.lastCharge) : null
  if (payment.status === 'canceled') return 'cancelled'
  if (payment.status === 'succeeded') {
    const given = refundsOf(shop, payment).reduce((sum, { refund }) => sum + refund.amount, 0)
    if (charge && given >= charge.captured) return 'refunded'
    return payment.key.length % 2 === 0 ? 'completed' : 'processing'
  }
  if (charge?.status === 'failed') return 'failed'
  return payment.status === 'processing' || charge ? 'on-hold' : 'pending'
}

function paidAt(shop: Shop, payment: Payment): number | null {
  if (payment.status !== 'succeeded' || payment.lastCharge === null) return null
  return shop.world.get('charge', payment.lastCharge).createdAt
}

// Newest first, as the shop lists them.
function refundsOf(shop: Shop, payment: Payment): { id: number; refund: Refund }[] {
  const charge = payment.lastCharge
  if (charge === null) return []
  const found: { id: number; refund: Refund }[] = []
  for (const number of ['1', '2']) {
    const refund = shop.world.all('refund').get(`${charge}/r${number}`)
    const id = refund ? shop.idOf('refunds', refund.key) : null
    if (refund && id !== null) found.unshift({ id, refund })
  }
  return found
}

function linesOf(shop: Shop, payment: Payment, order: number): Json[] {
  const { exponent } = currency(payment.currency)
  return itemsOf(shop, payment).map(({ price, quantity }, i) => {
    const { product, amount } = shop.world.get('price', price)
    const total = money(amount * quantity, exponent)
    return {
      id: order * 10 + i,
      name: shop.world.get('product', product).name,
      product_id: shop.idOf('products', product) ?? 0,
      variation_id: 0,
      quantity,
      tax_class: '',
      subtotal: total,
      subtotal_tax: '0.00',
      total,
      total_tax: '0.00',
      taxes: [],
      meta_data: [],
      sku: '',
      price: amount / 10 ** exponent,
    }
  })
}

// What an invoice asks for is an order here.
function itemsOf({ world }: Shop, { items, invoice }: Payment): readonly Item[] {
  if (items.length > 0 || invoice === null) return items
  const lines = world.all('invoice').get(invoice)?.lines ?? []
  return lines.map(({ price, quantity }) => ({ price, quantity }))
}
