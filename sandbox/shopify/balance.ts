import type { Dispute, Movement, Payout } from '../world/sales.ts'
import { gid, type Json, money, stamp } from './format.ts'
import { saleId, transactionsOf } from './order.ts'
import type { Row, Shop } from './shop.ts'

const PAYOUT_STATUS = { inTransit: 'IN_TRANSIT', paid: 'PAID', failed: 'FAILED' } as const

export function renderPayout(_shop: Shop, row: Row): Json {
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

export function renderBalanceTransaction(shop: Shop, row: Row): Json {
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

export function renderDispute(shop: Shop, row: Row): Json {
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

export function renderBankAccount({ world }: Shop, row: Row): Json {
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
