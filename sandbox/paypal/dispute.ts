// Disputes: a summary in the list, the whole of it by id.
import type { Dispute } from '../world/sales.ts'
import type { Account } from './account.ts'
import { type Json, known, money, plain, stamp } from './format.ts'
import { chargeKey } from './report.ts'

const REASON: Record<string, string> = {
  fraudulent: 'UNAUTHORISED',
  product_not_received: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED',
  duplicate: 'DUPLICATE_TRANSACTION',
  unrecognized: 'UNAUTHORISED',
  general: 'OTHER',
}

const STATUS: Record<Dispute['status'], string> = {
  needsResponse: 'WAITING_FOR_SELLER_RESPONSE',
  underReview: 'UNDER_REVIEW',
  won: 'RESOLVED',
  lost: 'RESOLVED',
  closed: 'RESOLVED',
}

const OUTCOME: Partial<Record<Dispute['status'], string>> = {
  won: 'RESOLVED_SELLER_FAVOUR',
  lost: 'RESOLVED_BUYER_FAVOUR',
  closed: 'CANCELED_BY_BUYER',
}

export function changedAt({ touched }: Account, one: Dispute): number {
  return touched.get(`dispute ${one.key}`) ?? one.createdAt
}

export function disputeSummary(account: Account, one: Dispute): Json {
  return {
    dispute_id: account.id('dispute', one.key),
    create_time: stamp(one.createdAt),
    update_time: stamp(changedAt(account, one)),
    reason: REASON[one.reason] ?? 'OTHER',
    status: STATUS[one.status],
    dispute_amount: money(one.currency, one.amount),
    dispute_life_cycle_stage: one.stage === 'inquiry' ? 'INQUIRY' : 'CHARGEBACK',
    dispute_channel: 'INTERNAL',
    ...(one.status === 'needsResponse' ? { seller_response_due_date: stamp(one.dueAt) } : {}),
  }
}

export function renderDispute(account: Account, one: Dispute): Json {
  const { world, merchant, id } = account
  const charge = world.get('charge', one.charge)
  const buyer = world.get('buyer', world.get('payment', charge.payment).buyer)
  const outcome_code = OUTCOME[one.status]
  const inquiry = one.stage === 'inquiry'
  return known({
    ...disputeSummary(account, one),
    disputed_transactions: [
      known({
        seller_transaction_id: id('transaction', chargeKey(one.charge)),
        create_time: stamp(charge.createdAt),
        transaction_status: 'COMPLETED',
        gross_amount: money(charge.currency, charge.amount),
        buyer: buyer.name ? { name: plain(buyer.name) } : null,
        seller: { merchant_id: merchant, name: 'Garden Supply' },
      }),
    ],
    dispute_outcome: outcome_code ? { outcome_code } : null,
    refund_details: {
      allowed_refund_amount: money(one.currency, inquiry && !outcome_code ? one.amount : 0),
    },
  })
}
