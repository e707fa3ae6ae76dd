import { currency } from '../world/money.ts'
import type { Charge, Payment, Refund } from '../world/sales.ts'
import { addressOf } from './customer.ts'
import { amounts, major, stamp } from './format.ts'
import type { Json, MedusaServer, Row } from './server.ts'

export function renderOrder(server: MedusaServer, row: Row): Json {
  const payment = row.thing as Payment // orders are made of payments
  const { exponent } = currency(payment.currency)
  const charges = chargesOf(server, payment)
  return {
    id: row.id,
    display_id: row.number,
    status: payment.status === 'canceled' ? 'canceled' : 'pending',
    payment_status: paymentStatus(server, charges),
    fulfillment_status: 'not_fulfilled',
    currency_code: payment.currency,
    total: major(payment.amount, exponent),
    tax_total: 0,
    shipping_total: 0,
    discount_total: 0,
    ...row.fixed,
    created_at: stamp(row.created),
    updated_at: stamp(row.updated),
    canceled_at: payment.canceledAt === null ? null : stamp(payment.canceledAt),
    version: row.version,
    payment_collections: charges.length === 0 ? [] : [collectionOf(server, payment, charges)],
  }
}

// What stays in an order as it was, also the customer it names, who may be gone.
export function placedWith(server: MedusaServer, payment: Payment): Json {
  const buyer = server.world.get('buyer', payment.buyer)
  const { name, phone, address, shipping } = buyer
  return {
    email: buyer.email,
    customer_id: server.customerOf(buyer),
    billing_address: address && addressOf(address, { name, phone }),
    shipping_address: shipping && addressOf(shipping.address, shipping),
    items: itemsOf(server, payment),
  }
}

function itemsOf(server: MedusaServer, { key, items, invoice, ...payment }: Payment): Json[] {
  const { world } = server
  const { exponent } = currency(payment.currency)
  const lines = invoice === null ? [] : (world.all('invoice').get(invoice)?.lines ?? [])
  return (items.length > 0 ? items : lines).map(({ price, quantity }, i) => {
    const { product, amount } = world.get('price', price)
    return {
      id: server.id('ordli', `${key} ${i}`),
      title: world.get('product', product).name,
      product_id: server.id('prod', product),
      variant_sku: null,
      quantity,
      ...amounts('unit_price', amount, exponent),
      total: major(amount * quantity, exponent),
    }
  })
}

function chargesOf({ world }: MedusaServer, payment: Payment): Charge[] {
  const tries = payment.lastCharge ? Number(payment.lastCharge.split('~')[1]) : 0
  const all = Array.from({ length: tries }, (_, i) =>
    world.get('charge', `${payment.key}~${i + 1}`),
  )
  // A try that failed leaves nothing behind, and one that is under way is no payment yet.
  return all.filter(({ status }) => status === 'succeeded')
}

function refundsOf({ world }: MedusaServer, { key }: Charge): Refund[] {
  return ['1', '2'].flatMap((number) => world.all('refund').get(`${key}/r${number}`) ?? [])
}

function paymentStatus(server: MedusaServer, charges: Charge[]): string {
  const [charge] = charges
  if (!charge) return 'not_paid'
  if (charge.expired) return 'canceled'
  if (charge.captured === 0) return 'authorized'
  const given = refundsOf(server, charge).reduce((sum, { amount }) => sum + amount, 0)
  if (given === 0) return 'captured'
  return given >= charge.captured ? 'refunded' : 'partially_refunded'
}

function collectionOf(server: MedusaServer, payment: Payment, charges: Charge[]): Json {
  const { exponent } = currency(payment.currency)
  const created = stamp(payment.createdAt)
  return {
    id: server.id('pay_col', payment.key),
    currency_code: payment.currency,
    status: 'completed',
    ...amounts('amount', payment.amount, exponent),
    created_at: created,
    updated_at: created,
    deleted_at: null,
    payments: charges.map((charge) => paymentOf(server, charge)),
  }
}

function paymentOf(server: MedusaServer, charge: Charge): Json {
  const { exponent } = currency(charge.currency)
  const id = server.id('pay', charge.key)
  const created = stamp(charge.createdAt)
  const captured = charge.captured > 0
  const life = { created_at: created, updated_at: created, deleted_at: null }
  return {
    id,
    currency_code: charge.currency,
    provider_id: 'pp_system_default',
    data: {},
    metadata: null,
    captured_at: captured ? created : null,
    canceled_at: charge.expired ? created : null,
    ...amounts('amount', charge.amount, exponent),
    ...life,
    captures: captured
      ? [
          {
            id: server.id('capt', charge.key),
            payment_id: id,
            ...amounts('amount', charge.captured, exponent),
            ...life,
          },
        ]
      : [],
    refunds: refundsOf(server, charge).map((refund) => ({
      id: server.id('ref', refund.key),
      payment_id: id,
      note: refund.reason,
      ...amounts('amount', refund.amount, exponent),
      created_at: stamp(refund.createdAt),
      updated_at: stamp(refund.createdAt),
      deleted_at: null,
    })),
  }
}
