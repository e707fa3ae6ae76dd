// What each kind of object looks like; connections inside are given whole here.

import type { Subscription } from '../world/billing.ts'
import type { Address, Buyer, Instrument, Product } from '../world/entities.ts'
import { token } from '../world/random.ts'
import type { Dispute, Movement, Payout } from '../world/sales.ts'
import { decimal, gid, type Json, money, stamp } from './format.ts'
import { placedWith, renderOrder, saleId, transactionsOf } from './order.ts'
import type { Row, Shop } from './shop.ts'

export type { Json } from './format.ts'

export const renderers = {
  placed: placedWith,
  customers: renderCustomer,
  paymentMethods: renderPaymentMethods,
  products: renderProduct,
  orders: renderOrder,
  subscriptionContracts: renderContract,
  payouts: renderPayout,
  balanceTransactions: renderBalanceTransaction,
  disputes: renderDispute,
  bankAccounts: renderBankAccount,
} as const

export function addressOf(address: Address, who: { name: string | null; phone: string | null }) {
  return {
    name: who.name,
    address1: address.line1,
    address2: address.line2,
    city: address.city,
    provinceCode: address.state,
    zip: address.postalCode,
    countryCodeV2: address.country,
    phone: who.phone,
  }
}

function renderCustomer(shop: Shop, row: Row): Json {
  const buyer = row.thing as Buyer // customers are made of buyers
  const [firstName, ...rest] = (buyer.name ?? '').split(' ')
  const { email, phone, shipping, address } = buyer
  const known = shipping
    ? addressOf(shipping.address, shipping)
    : address && addressOf(address, buyer)
  return {
    id: gid('Customer', row.id),
    legacyResourceId: `${row.id}`,
    createdAt: stamp(row.created),
    updatedAt: stamp(row.updated),
    state: row.id % 3 === 0 ? 'ENABLED' : 'DISABLED',
    displayName: buyer.name ?? email ?? phone ?? '',
    firstName: firstName || null,
    lastName: rest.join(' ') || null,
    defaultEmailAddress: email === null ? null : { emailAddress: email },
    defaultPhoneNumber: phone === null ? null : { phoneNumber: phone },
    defaultAddress: known,
    amountSpent: { currencyCode: shop.currency.toUpperCase() },
  }
}

function renderPaymentMethods(shop: Shop, row: Row): Json {
  const saved = shop.methods.get(row.thing.key) ?? []
  return {
    id: gid('Customer', row.id),
    legacyResourceId: `${row.id}`,
    updatedAt: stamp(row.updated),
    paymentMethods: saved.map((instrument) => renderPaymentMethod(row.id, instrument)),
  }
}

export function paymentMethodId(instrument: string): string {
  return gid('CustomerPaymentMethod', token(32, 'shopify method', instrument).toLowerCase())
}

export function renderPaymentMethod(customer: number, instrument: Instrument): Json {
  const { removedAt } = instrument
  return {
    id: paymentMethodId(instrument.key),
    revokedAt: removedAt === null ? null : stamp(removedAt),
    revokedReason: removedAt === null ? null : 'MANUALLY_REVOKED',
    customer: { legacyResourceId: `${customer}` },
    instrument: instrumentOf(instrument),
  }
}

function instrumentOf({ type, wallet, brand, last4, expMonth, expYear, payer }: Instrument): Json {
  const card = {
    lastDigits: last4,
    expiryMonth: expMonth,
    expiryYear: expYear,
    name: payer.name ?? '',
  }
  if (type === 'bankAccount') {
    const bank = { bankName: 'First Garden Bank', lastDigits: last4, accountType: 'CHECKING' }
    return { __typename: 'BankAccount', ...bank }
  }
  if (type === 'sepaDebit') {
    const typename = 'CustomerPaypalBillingAgreement'
    return { __typename: typename, paypalAccountEmail: payer.email, inactive: false }
  }
  if (wallet !== null) return { __typename: 'CustomerShopPayAgreement', ...card, inactive: false }
  return { __typename: 'CustomerCreditCard', brand, ...card }
}

function renderProduct({ world, currency }: Shop, row: Row): Json {
  const product = row.thing as Product // products are made of products
  const price = world.all('price').get(`${product.key}-${currency}`)
  // Some come in more sizes than a list shows of them.
  const sizes = price ? (row.id % 6 === 0 ? 12 : 1) : 0
  return {
    id: gid('Product', row.id),
    legacyResourceId: `${row.id}`,
    createdAt: stamp(row.created),
    updatedAt: stamp(row.updated),
    title: product.name,
    description: product.description,
    status: product.active ? 'ACTIVE' : 'ARCHIVED',
    productType: row.id % 3 === 0 ? '' : 'Garden',
    featuredMedia:
      row.id % 2 === 0
        ? { preview: { image: { url: `https://cdn.garden.example/${product.key}.png` } } }
        : null,
    variants: Array.from({ length: sizes }, (_, i) => ({
      id: gid('ProductVariant', row.id * 100 + i),
      sku: i % 5 === 4 ? null : `SKU-${row.id}-${i}`,
      price: decimal((price?.amount ?? 0) * (i + 1), currency),
    })),
  }
}

const CONTRACT_STATUS: Record<Subscription['status'], string> = {
  incomplete: 'ACTIVE',
  incompleteExpired: 'EXPIRED',
  trialing: 'ACTIVE',
  active: 'ACTIVE',
  pastDue: 'FAILED',
  canceled: 'CANCELLED',
  unpaid: 'FAILED',
  paused: 'PAUSED',
}

function renderContract(shop: Shop, row: Row): Json {
  const one = row.thing as Subscription // contracts are made of subscriptions
  const { world } = shop
  const price = world.get('price', one.price)
  const product = world.get('product', price.product)
  const owner = shop.ownerOf(one.buyer)
  const isTheirs = owner?.key === one.buyer && one.instrument !== null
  const instrument = isTheirs ? world.get('instrument', one.instrument ?? '') : null
  return {
    id: gid('SubscriptionContract', row.id),
    createdAt: stamp(row.created),
    updatedAt: stamp(row.updated),
    status: CONTRACT_STATUS[one.status],
    nextBillingDate: one.endedAt === null ? stamp(one.periodEnd) : null,
    currencyCode: price.currency.toUpperCase(),
    billingPolicy: { interval: (price.interval ?? 'month').toUpperCase(), intervalCount: 1 },
    customer: owner && { legacyResourceId: `${shop.idOf('customers', owner.key)}` },
    customerPaymentMethod: instrument?.saved ? { id: paymentMethodId(instrument.key) } : null,
    deliveryPrice: money(0, price.currency),
    lines: [
      {
        id: gid('SubscriptionLine', token(24, 'shopify line', one.key).toLowerCase()),
        title: product.name,
        quantity: one.quantity,
        productId: gid('Product', shop.idOf('products', product.key)),
        currentPrice: money(price.amount, price.currency),
        lineDiscountedPrice: money(price.amount * one.quantity, price.currency),
      },
    ],
  }
}

const PAYOUT_STATUS = { inTransit: 'IN_TRANSIT', paid: 'PAID', failed: 'FAILED' } as const

function renderPayout(_shop: Shop, row: Row): Json {
  const payout = row.thing as Payout // payouts are made of payouts
  return {
    id: gid('ShopifyPaymentsPayout', row.id),
    legacyResourceId: `${row.id}`,
    issuedAt: stamp(payout.createdAt),
    status: PAYOUT_STATUS[payout.status],
    transactionType: 'DEPOSIT',
    net: money(payout.amount, payout.currency),
  }
}

const MOVEMENTS: Record<Movement['type'], readonly [type: string, source: string]> = {
  charge: ['CHARGE', 'CHARGE'],
  refund: ['REFUND', 'REFUND'],
  refundFailure: ['REFUND_FAILURE', 'REFUND'],
  dispute: ['DISPUTE_WITHDRAWAL', 'DISPUTE'],
  disputeReversal: ['DISPUTE_REVERSAL', 'DISPUTE'],
  payout: ['TRANSFER', 'TRANSFER'],
  payoutFailure: ['TRANSFER_FAILURE', 'TRANSFER'],
}

function renderBalanceTransaction(shop: Shop, row: Row): Json {
  const movement = row.thing as Movement // balance transactions are made of movements
  const { amount, fee, net, currency, payout } = movement
  const [type, sourceType] = MOVEMENTS[movement.type]
  const paidBy = payout === null ? undefined : shop.world.all('payout').get(payout)
  return {
    id: gid('ShopifyPaymentsBalanceTransaction', row.id),
    type,
    transactionDate: stamp(movement.createdAt),
    sourceType,
    ...sourceOf(shop, movement, row.id),
    adjustmentReason: null,
    amount: money(amount, currency),
    fee: money(fee, currency),
    net: money(net, currency),
    associatedPayout: paidBy
      ? {
          id: gid('ShopifyPaymentsPayout', shop.idOf('payouts', paidBy.key)),
          status: PAYOUT_STATUS[paidBy.status],
        }
      : { id: null, status: 'PENDING' },
  }
}

function sourceOf(shop: Shop, { source }: Movement, id: number): Json {
  const { world } = shop
  if (source.kind === 'payout') {
    return { sourceId: `${shop.idOf('payouts', source.key)}`, sourceOrderTransactionId: null }
  }
  if (source.kind === 'dispute') {
    const charge = world.get('charge', world.get('dispute', source.key).charge)
    return {
      sourceId: `${shop.idOf('disputes', source.key)}`,
      sourceOrderTransactionId: saleId(shop, charge),
    }
  }
  const refund = source.kind === 'refund' ? world.get('refund', source.key) : null
  const charge = world.get('charge', refund?.charge ?? source.key)
  return {
    sourceId: `${600_000_000 + id}`,
    sourceOrderTransactionId: saleId(shop, charge, refund),
  }
}

const DISPUTE_STATUS: Record<Dispute['status'], string> = {
  needsResponse: 'NEEDS_RESPONSE',
  underReview: 'UNDER_REVIEW',
  won: 'WON',
  lost: 'LOST',
  closed: 'PREVENTED',
}

function renderDispute(shop: Shop, row: Row): Json {
  const dispute = row.thing as Dispute // disputes are made of disputes
  const payment = shop.world.get('payment', shop.world.get('charge', dispute.charge).payment)
  const owner = shop.ownerOf(payment.buyer)
  const customer = owner && !owner.guest ? shop.idOf('customers', owner.key) : null
  return {
    id: gid('ShopifyPaymentsDispute', row.id),
    legacyResourceId: `${row.id}`,
    type: dispute.stage === 'inquiry' ? 'INQUIRY' : 'CHARGEBACK',
    status: DISPUTE_STATUS[dispute.status],
    initiatedAt: stamp(dispute.createdAt),
    evidenceDueBy: stamp(dispute.dueAt),
    amount: money(dispute.amount, dispute.currency),
    reasonDetails: { reason: dispute.reason.toUpperCase(), networkReasonCode: null },
    order: {
      legacyResourceId: `${shop.idOf('orders', payment.key)}`,
      customer: customer === null ? null : { legacyResourceId: `${customer}` },
      transactions: transactionsOf(shop, payment).map(({ id, kind, status }) => ({
        id,
        kind,
        status,
      })),
    },
  }
}

function renderBankAccount({ world }: Shop, row: Row): Json {
  const code = String(row.fixed.currency)
  return {
    id: gid('ShopifyPaymentsBankAccount', row.id),
    createdAt: stamp(world.start),
    status: 'VERIFIED',
    bankName: 'First Garden Bank',
    country: 'US',
    currency: code.toUpperCase(),
    accountNumberLastDigits: `${row.id}`.slice(-4),
  }
}
