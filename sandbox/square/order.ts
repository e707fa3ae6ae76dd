// Orders: every purchase has one, and so has everything that is billed.
import type { Invoice } from '../world/billing.ts'
import type { Buyer } from '../world/entities.ts'
import type { Payment } from '../world/sales.ts'
import { catalogId } from './catalog.ts'
import { address, filled, type Json, money, stamp } from './format.ts'
import { recipientOf } from './invoice.ts'
import { orderId, payerOf, paymentId, placeOf } from './payment.ts'
import { type Account, locationOf, type Stamps } from './types.ts'

type Line = { name: string; price: string; quantity: number; amount: number; uid: string }
type Ordered = {
  key: string
  location: string
  customer: Json
  currency: string
  total: number
  state: string
  payment: Payment | null
  placed: Json
}

export function renderOrder(account: Account, payment: Payment, stamps: Stamps): Json {
  const { key, currency, amount } = payment
  const placed = fixedOf(account, key, () => placedWith(account, payment))
  return rendered(account, stamps, {
    key,
    location: placeOf(account, payment),
    customer: payerOf(account, payment),
    currency,
    total: amount,
    state: stateOf(payment),
    payment,
    placed,
  })
}

export function renderBilledOrder(account: Account, invoice: Invoice, stamps: Stamps): Json {
  const { key, currency, total, status, deletedAt } = invoice
  const placed = fixedOf(account, key, () => ({ line_items: invoice.lines.map(lineOfInvoice) }))
  const { customer_id } = recipientOf(account, invoice)
  return rendered(account, stamps, {
    key,
    location: locationOf(account, invoice.subscription ?? key),
    customer: filled({ customer_id }),
    currency,
    total,
    state: deletedAt !== null ? 'CANCELED' : (BILLED[status] ?? 'OPEN'),
    payment: invoice.payment ? account.world.get('payment', invoice.payment) : null,
    placed,
  })
  function lineOfInvoice(line: Invoice['lines'][number]): Json {
    const { price, quantity, amount, description: name } = line
    const uid = account.id('', 22, 'line', line.key)
    return lineOf(account, { name, price, quantity, amount, uid })
  }
}

const BILLED: Record<string, string> = { draft: 'DRAFT', paid: 'COMPLETED', void: 'CANCELED' }

function stateOf({ status }: Payment): string {
  if (status === 'succeeded') return 'COMPLETED'
  return status === 'canceled' ? 'CANCELED' : 'OPEN'
}

// As it was when it was placed.
function fixedOf({ fixed }: Account, key: string, make: () => Json): Json {
  const name = `placed ${key}`
  const known = fixed.get(name)
  if (known) return known
  const made = make()
  fixed.set(name, made)
  return made
}

function rendered(account: Account, stamps: Stamps, order: Ordered): Json {
  const { currency, total, state, payment } = order
  const none = money(0, currency)
  const whole = money(total, currency)
  const paid = state === 'COMPLETED'
  const zero = { tax_money: none, discount_money: none, tip_money: none }
  return filled({
    id: orderId(account, order.key),
    location_id: order.location,
    reference_id: account.draw('reference', order.key).chance(0.3) ? `web-${order.key}` : null,
    source: { name: 'Garden web shop' },
    ...order.customer,
    ...order.placed,
    net_amounts: { total_money: whole, ...zero, service_charge_money: none },
    tenders: tendersOf(account, payment),
    created_at: stamps.created_at,
    updated_at: stamps.updated_at,
    closed_at: state === 'COMPLETED' || state === 'CANCELED' ? closedAt(account, order) : null,
    state,
    version: stamps.version,
    total_money: whole,
    total_tax_money: none,
    total_discount_money: none,
    total_tip_money: none,
    total_service_charge_money: none,
    net_amount_due_money: paid ? none : whole,
  })
}

// When it first was over.
function closedAt({ fixed, world }: Account, { key, state }: Ordered): string {
  const name = `closed ${state} ${key}`
  const at = fixed.get(name) ?? { at: stamp(world.now()) }
  fixed.set(name, at)
  return String(at.at)
}

function tendersOf(account: Account, payment: Payment | null): Json[] | null {
  if (payment?.lastCharge == null) return null
  const charge = account.world.get('charge', payment.lastCharge)
  if (charge.status === 'failed') return null
  const id = paymentId(account, charge.key)
  return [
    filled({
      id,
      location_id: placeOf(account, payment),
      transaction_id: orderId(account, payment.invoice ?? payment.key),
      created_at: stamp(charge.createdAt),
      amount_money: money(charge.amount, charge.currency),
      customer_id: payerOf(account, payment).customer_id,
      type: charge.instrument.type === 'card' ? 'CARD' : 'BANK_ACCOUNT',
      payment_id: id,
    }),
  ]
}

function placedWith(account: Account, payment: Payment): Json {
  const { world } = account
  const { key, currency, amount, items } = payment
  const lines: Json[] = items.map(({ price, quantity }, i) => {
    const one = world.get('price', price)
    const { name } = world.get('product', one.product)
    const uid = account.id('', 22, 'line', key, i)
    return lineOf(account, { name, price, quantity, amount: one.amount * quantity, uid })
  })
  if (lines.length === 0) {
    const uid = account.id('', 22, 'line', key)
    lines.push({ uid, item_type: 'CUSTOM_AMOUNT', ...amounts(amount, 1, currency) })
  }
  const fulfillment = fulfilmentOf(account, world.get('buyer', payment.buyer), key)
  return { line_items: lines, ...(fulfillment ? { fulfillments: [fulfillment] } : {}) }
}

function lineOf(account: Account, { name, price, quantity, amount, uid }: Line): Json {
  const { interval, currency } = account.world.get('price', price)
  return filled({
    uid,
    name,
    // What is paid for again and again is no item.
    catalog_object_id: interval === null ? catalogId(account, price) : null,
    variation_name: interval === null ? currency.toUpperCase() : null,
    item_type: 'ITEM',
    ...amounts(amount, quantity, currency),
  })
}

function amounts(amount: number, quantity: number, currency: string): Json {
  const none = money(0, currency)
  return {
    quantity: `${quantity}`,
    base_price_money: money(amount / quantity, currency),
    variation_total_price_money: money(amount, currency),
    gross_sales_money: money(amount, currency),
    total_tax_money: none,
    total_discount_money: none,
    total_money: money(amount, currency),
  }
}

function fulfilmentOf(account: Account, { shipping, email }: Buyer, key: string): Json | null {
  if (shipping === null) return null
  const { name, phone, address: to } = shipping
  const recipient = {
    display_name: name,
    email_address: email,
    phone_number: phone,
    address: address(to),
  }
  return {
    uid: account.id('', 22, 'fulfilment', key),
    type: 'SHIPMENT',
    state: 'PROPOSED',
    shipment_details: { recipient: filled(recipient), placed_at: stamp(account.world.now()) },
  }
}
