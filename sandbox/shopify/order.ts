import type { Charge, Failure, Payment, Refund } from '../world/sales.ts'
import { addressOf } from './customer.ts'
import { gid, type Json, presented, stamp } from './format.ts'
import type { Row, Shop } from './shop.ts'

export function renderOrder(shop: Shop, row: Row): Json {
  const payment = row.thing as Payment // orders are made of payments
  const owner = shop.ownerOf(payment.buyer)
  const { email, phone, shippingAddress, billingAddress, ...fixed } = row.fixed
  const status = financialStatus(shop, payment)
  const isSent = ['PAID', 'PARTIALLY_REFUNDED'].includes(status) && row.id % 3 === 0
  return {
    id: gid('Order', row.id),
    legacyResourceId: `${row.id}`,
    name: `#${row.id - 5_000_000_000 + 1000}`,
    createdAt: stamp(row.created),
    updatedAt: stamp(row.updated),
    processedAt: stamp(payment.createdAt),
    cancelledAt: payment.canceledAt === null ? null : stamp(payment.canceledAt),
    closed: isSent && row.id % 2 === 0,
    presentmentCurrencyCode: payment.currency.toUpperCase(),
    displayFinancialStatus: status,
    displayFulfillmentStatus: isSent ? 'FULFILLED' : 'UNFULFILLED',
    customer:
      owner && !owner.guest ? { legacyResourceId: `${shop.idOf('customers', owner.key)}` } : null,
    // What is erased is erased here too.
    ...(owner
      ? { email, phone, shippingAddress, billingAddress }
      : { email: null, phone: null, shippingAddress: null, billingAddress: null }),
    totalPriceSet: presented(payment.amount, payment.currency),
    totalTaxSet: presented(0, payment.currency),
    totalShippingPriceSet: presented(0, payment.currency),
    totalDiscountsSet: presented(0, payment.currency),
    transactions: transactionsOf(shop, payment),
    lineItems: (fixed.lineItems as Json[]).map((line) => withoutDeleted(shop, line)),
  }
}

// A product that was deleted is named by no line any more.
function withoutDeleted({ tables }: Shop, line: Json): Json {
  const { legacyResourceId } = (line.product ?? {}) as Json // as written below
  const isThere = tables.products.has(Number(legacyResourceId))
  return isThere ? line : { ...line, product: null }
}

// What stays in an order as it was.
export function placedWith(shop: Shop, payment: Payment): Json {
  const { world } = shop
  const buyer = world.get('buyer', payment.buyer)
  const { shipping, address } = buyer
  return {
    email: buyer.email,
    phone: null,
    shippingAddress: shipping && addressOf(shipping.address, shipping),
    billingAddress: address && addressOf(address, buyer),
    lineItems: linesOf(shop, payment),
  }
}

function linesOf(shop: Shop, { key, items, invoice, currency }: Payment): Json[] {
  const { world } = shop
  const billed = invoice === null ? [] : (world.all('invoice').get(invoice)?.lines ?? [])
  const order = shop.idOf('orders', key)
  const lines = (items.length > 0 ? items : billed).map(({ price, quantity }) => {
    const { product, amount } = world.get('price', price)
    const { name } = world.get('product', product)
    const id = shop.idOf('products', product)
    return { name, sku: `SKU-${id}-0`, quantity, product: `${id}`, unit: amount }
  })
  // Some get more seeds for nothing than a list shows of them.
  const gifts = order % 9 === 0 ? 7 : 0
  for (let i = 1; i <= gifts; i++) {
    lines.push({ name: `Seed sample ${i}`, sku: '', quantity: 1, product: '', unit: 0 })
  }
  return lines.map(({ name, sku, quantity, product, unit }, i) => ({
    id: gid('LineItem', order * 10 + i),
    name,
    sku: sku || null,
    quantity,
    product: product ? { legacyResourceId: product } : null,
    originalUnitPriceSet: presented(unit, currency),
    discountedTotalSet: presented(unit * quantity, currency),
  }))
}

function chargesOf({ world }: Shop, payment: Payment): Charge[] {
  const tries = payment.lastCharge ? Number(payment.lastCharge.split('~')[1]) : 0
  return Array.from({ length: tries }, (_, i) => world.get('charge', `${payment.key}~${i + 1}`))
}

function financialStatus(shop: Shop, payment: Payment): string {
  const charges = chargesOf(shop, payment)
  const captured = charges.find((charge) => charge.captured > 0)
  if (captured && captured.refunded > 0) {
    return captured.refunded >= captured.captured ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
  }
  if (captured) return 'PAID'
  if (payment.status === 'awaitingCapture') return 'AUTHORIZED'
  return payment.status === 'canceled' ? 'VOIDED' : 'PENDING'
}

const FIRST = 1
const CAPTURE = 2
const VOID = 3
const REFUND = 3

function transactionNumber(shop: Shop, charge: Charge, step: number): number {
  const tries = Number(charge.key.split('~')[1])
  return shop.idOf('orders', charge.payment) * 100 + tries * 10 + step
}

function refundStep({ key }: Refund): number {
  return REFUND + Number(key.split('/r').at(-1))
}

// The number of the transaction that took a charge's money, or gave some of it back.
export function saleId(shop: Shop, charge: Charge, refund: Refund | null = null): string {
  const { captureLater } = shop.world.get('payment', charge.payment)
  const step = refund ? refundStep(refund) : captureLater ? CAPTURE : FIRST
  return `${transactionNumber(shop, charge, step)}`
}

type Transaction = Json & { id: string; kind: string; status: string }

export function transactionsOf(shop: Shop, payment: Payment): Transaction[] {
  return chargesOf(shop, payment).flatMap((charge) => ofCharge(shop, payment, charge))
}

function ofCharge(shop: Shop, payment: Payment, charge: Charge): Transaction[] {
  const { world } = shop
  const id = (step: number) => gid('OrderTransaction', transactionNumber(shop, charge, step))
  const base = (step: number, kind: string, what: Partial<Transaction>): Transaction => ({
    id: id(step),
    kind,
    status: 'SUCCESS',
    createdAt: stamp(charge.createdAt),
    gateway: 'shopify_payments',
    errorCode: null,
    amountSet: presented(charge.amount, charge.currency),
    parentTransaction: null,
    paymentDetails: detailsOf(charge),
    ...what,
  })
  const first = base(FIRST, payment.captureLater ? 'AUTHORIZATION' : 'SALE', {
    status: charge.status === 'succeeded' ? 'SUCCESS' : STATUS[charge.status],
    errorCode: charge.failure && errorCode(charge.failure),
  })
  const all = [first]
  const parentTransaction = { id: first.id }
  if (payment.captureLater && charge.captured > 0) {
    const taken = charge.movement ? world.get('movement', charge.movement).createdAt : 0
    const createdAt = stamp(taken || world.now())
    all.push(base(CAPTURE, 'CAPTURE', { parentTransaction, createdAt }))
  }
  if (charge.expired) {
    const createdAt = stamp(payment.canceledAt ?? charge.createdAt)
    all.push(base(VOID, 'VOID', { parentTransaction, createdAt }))
  }
  const sale = all.find(({ kind }) => kind === 'CAPTURE') ?? first
  for (const refund of refundsOf(shop, charge)) {
    all.push(
      base(refundStep(refund), 'REFUND', {
        status: refund.status === 'canceled' ? 'FAILURE' : STATUS[refund.status],
        createdAt: stamp(refund.createdAt),
        amountSet: presented(refund.amount, refund.currency),
        parentTransaction: { id: sale.id },
      }),
    )
  }
  return all
}

const STATUS = { pending: 'PENDING', failed: 'FAILURE', succeeded: 'SUCCESS' } as const

function refundsOf({ world }: Shop, { key }: Charge): Refund[] {
  return ['1', '2'].flatMap((number) => world.all('refund').get(`${key}/r${number}`) ?? [])
}

const ERRORS: Record<string, string> = {
  insufficient_funds: 'INSUFFICIENT_FUNDS',
  expired_card: 'EXPIRED_CARD',
  incorrect_cvc: 'INCORRECT_CVC',
}

function errorCode({ code, decline }: Failure): string {
  return ERRORS[decline ?? ''] ?? (code === 'card_declined' ? 'CARD_DECLINED' : 'GENERIC_ERROR')
}

const WALLETS: Record<string, string> = { apple_pay: 'APPLE_PAY', google_pay: 'GOOGLE_PAY' }

function detailsOf({ instrument: { type, brand, last4, wallet } }: Charge): Json {
  if (type !== 'card') {
    return {
      __typename: 'LocalPaymentMethodsPaymentDetails',
      paymentMethodName: type.toLowerCase(),
    }
  }
  return {
    __typename: 'CardPaymentDetails',
    paymentMethodName: brand,
    company: `${brand.slice(0, 1).toUpperCase()}${brand.slice(1)}`,
    number: `•••• •••• •••• ${last4}`,
    wallet: (wallet && WALLETS[wallet]) ?? null,
  }
}
