import type { Charge, Payment, Refund } from '../world/sales.ts'
import { addressOf, emailOf } from './customer.ts'
import { counted, stamp } from './format.ts'
import type { Json, Row, VendureServer } from './server.ts'

const EMPTY = {
  fullName: null,
  company: null,
  streetLine1: null,
  streetLine2: null,
  city: null,
  province: null,
  postalCode: null,
  phoneNumber: null,
  countryCode: null,
}

export function renderOrder(server: VendureServer, row: Row): Json {
  const payment = row.thing as Payment // orders are made of payments
  const total = counted(payment.amount, payment.currency, server.precision)
  return {
    id: row.id,
    code: `ORDER${row.id.padStart(6, '0')}`,
    state: stateOf(payment),
    active: row.active,
    type: 'Regular',
    createdAt: stamp(row.created),
    updatedAt: stamp(row.updated),
    orderPlacedAt: row.active ? null : stamp(row.created),
    currencyCode: payment.currency.toUpperCase(),
    shippingWithTax: 0,
    total,
    totalWithTax: total,
    discounts: [],
    ...row.fixed,
    payments: chargesOf(server, payment).map((charge) => paymentOf(server, row, charge)),
  }
}

// What stays in an order as it was, also the customer, who may be deleted meanwhile.
export function placedWith(server: VendureServer, payment: Payment): Json {
  const buyer = server.world.get('buyer', payment.buyer)
  const { shipping } = buyer
  return {
    customer: { id: server.idOf('customers', buyer.key), emailAddress: emailOf(buyer) },
    shippingAddress: shipping
      ? { ...addressOf(shipping.address, shipping), countryCode: shipping.address.country }
      : EMPTY,
    lines: linesOf(server, payment),
  }
}

function linesOf(server: VendureServer, { items, invoice, currency }: Payment): Json[] {
  const { world, precision } = server
  const lines = invoice === null ? [] : (world.all('invoice').get(invoice)?.lines ?? [])
  return (items.length > 0 ? items : lines).map(({ price, quantity }, i) => {
    const { product, amount } = world.get('price', price)
    const id = server.idOf('products', product) ?? '0'
    return {
      id: `${i + 1}`,
      quantity,
      unitPriceWithTax: counted(amount, currency, precision),
      discountedLinePriceWithTax: counted(amount * quantity, currency, precision),
      productVariant: {
        id: `${id}1`,
        sku: `SKU-${id}`,
        name: world.get('product', product).name,
        product: { id },
      },
    }
  })
}

function stateOf({ status }: Payment): string {
  if (status === 'succeeded') return 'PaymentSettled'
  if (status === 'canceled') return 'Cancelled'
  return status === 'awaitingCapture' ? 'PaymentAuthorized' : 'ArrangingPayment'
}

function chargesOf({ world }: VendureServer, payment: Payment): Charge[] {
  const tries = payment.lastCharge ? Number(payment.lastCharge.split('~')[1]) : 0
  return Array.from({ length: tries }, (_, i) => world.get('charge', `${payment.key}~${i + 1}`))
}

function paymentOf(server: VendureServer, row: Row, charge: Charge): Json {
  const count = Number(charge.key.split('~')[1])
  const id = Number(row.id) * 10 + count
  return {
    id: `${id}`,
    createdAt: stamp(charge.createdAt),
    amount: counted(charge.amount, charge.currency, server.precision),
    method: charge.instrument.type === 'card' ? 'card-payment' : 'bank-debit',
    state: paymentState(charge),
    transactionId: null,
    errorMessage: charge.failure?.message ?? null,
    refunds: refundsOf(server, charge).map((refund, i) => ({
      id: `${id * 10 + i}`,
      createdAt: stamp(refund.createdAt),
      total: counted(refund.amount, refund.currency, server.precision),
      state:
        refund.status === 'failed' ? 'Failed' : refund.status === 'pending' ? 'Pending' : 'Settled',
      reason: refund.reason,
    })),
  }
}

function paymentState({ status, captured, expired }: Charge): string {
  if (status === 'failed') return 'Declined'
  if (expired) return 'Cancelled'
  if (status === 'pending') return 'Created'
  return captured > 0 ? 'Settled' : 'Authorized'
}

function refundsOf({ world }: VendureServer, { key }: Charge): Refund[] {
  return ['1', '2'].flatMap((number) => world.all('refund').get(`${key}/r${number}`) ?? [])
}
