// What becomes of a charge that was collected: mostly nothing; refunds; disputes.

import { currency } from './money.ts'
import { move } from './movements.ts'
import type { Charge, Dispute, DisputeStage, Refund } from './sales.ts'
import { DAY, HOUR, type Sim } from './sim.ts'

const REASONS = ['fraudulent', 'product_not_received', 'duplicate', 'general', 'unrecognized']
const ANSWER_DAYS = 18

export type Fate = (sim: Sim, charge: Charge) => void

export const FATES: Record<string, Fate> = {
  kept: () => undefined,
  refundedInFull: (sim, charge) => refundLater(sim, charge, { share: 1 }),
  refundedInPart: (sim, charge) => refundLater(sim, charge, { share: 0.4 }),
  refundedTwice: (sim, charge) => {
    refundLater(sim, charge, { share: 0.25 })
    refundLater(sim, charge, { share: 0.25, days: 9, number: 2 })
  },
  refundedToNothing: (sim, charge) => {
    refundLater(sim, charge, { share: 0.5 })
    refundLater(sim, charge, { share: 0.5, days: 5, number: 2 })
  },
  refundPends: (sim, charge) => refundLater(sim, charge, { share: 1, pends: true }),
  refundFails: (sim, charge) => refundLater(sim, charge, { share: 1, fails: true }),
  disputeWon: (sim, charge) => disputeLater(sim, charge, { stage: 'chargeback', won: true }),
  disputeLost: (sim, charge) => disputeLater(sim, charge, { stage: 'chargeback', won: false }),
  disputeIgnored: (sim, charge) => disputeLater(sim, charge, { stage: 'chargeback', won: null }),
  inquiry: (sim, charge) => disputeLater(sim, charge, { stage: 'inquiry', won: true }),
}

const ODDS: readonly (readonly [string, number])[] = [
  ['kept', 860],
  ['refundedInFull', 40],
  ['refundedInPart', 25],
  ['refundedTwice', 12],
  ['refundedToNothing', 8],
  ['refundPends', 6],
  ['refundFails', 6],
  ['disputeWon', 8],
  ['disputeLost', 8],
  ['disputeIgnored', 7],
  ['inquiry', 6],
]

export function chargeFate(sim: Sim, charge: Charge, chosen: string | null): void {
  const fate = chosen ?? sim.random('fate', charge.key).weighted(ODDS)
  FATES[fate]!(sim, charge)
}

type RefundPlan = {
  share: number
  days?: number
  number?: number
  pends?: boolean
  fails?: boolean
}

function refundLater(sim: Sim, charge: Charge, plan: RefundPlan): void {
  const r = sim.random('refund', charge.key, plan.number ?? 1)
  const delay = (plan.days ?? r.between(1, 4)) * DAY + r.between(0, 20) * HOUR
  sim.at(sim.now() + delay, () => {
    const left = charge.captured - charge.refunded
    const step = currency(charge.currency).step
    const part = Math.max(step, Math.round((charge.captured * plan.share) / step) * step)
    const amount = plan.share >= 0.5 && plan.number === 2 ? left : Math.min(left, part)
    if (amount <= 0 || charge.disputed) return
    const reason = r.pick(['requested_by_customer', 'duplicate', null])
    refundNow(sim, charge, { amount, reason, ...plan })
  })
}

export function refundNow(
  sim: Sim,
  charge: Charge,
  plan: Pick<RefundPlan, 'pends' | 'fails'> & {
    amount: number
    reason: string | null
    number?: number | string
  },
): void {
  const one: Refund = sim.add({
    kind: 'refund',
    key: `${charge.key}/r${plan.number ?? 1}`,
    createdAt: sim.now(),
    charge: charge.key,
    amount: plan.amount,
    currency: charge.currency,
    reason: plan.reason,
    status: plan.pends ? 'pending' : 'succeeded',
    movement: null,
    failureMovement: null,
  })
  one.movement = move(sim, {
    type: 'refund',
    amount: -plan.amount,
    chargedIn: charge.currency,
    source: { kind: 'refund', key: one.key },
  }).key
  charge.refunded += plan.amount
  sim.happen('refund.created', one)
  sim.happen('charge.refunded', charge)
  if (plan.pends) sim.at(sim.now() + 4 * DAY, () => settleRefund(sim, one))
  if (plan.fails) sim.at(sim.now() + 6 * DAY, () => failRefund(sim, one, charge))
}

function settleRefund(sim: Sim, refund: Refund): void {
  refund.status = 'succeeded'
  sim.happen('refund.changed', refund)
}

function failRefund(sim: Sim, refund: Refund, charge: Charge): void {
  refund.status = 'failed'
  refund.failureMovement = move(sim, {
    type: 'refundFailure',
    amount: refund.amount,
    chargedIn: charge.currency,
    source: { kind: 'refund', key: refund.key },
  }).key
  charge.refunded -= refund.amount
  sim.happen('refund.changed', refund)
  sim.happen('charge.changed', charge)
}

// won: null means that nobody answers, so that it is lost when the time is up.
type DisputePlan = { stage: DisputeStage; won: boolean | null }

function disputeLater(sim: Sim, charge: Charge, plan: DisputePlan): void {
  const r = sim.random('dispute', charge.key)
  sim.at(sim.now() + r.between(3, 25) * DAY + r.between(0, 86_399) * 1000, () => {
    if (charge.refunded > 0 || charge.disputed) return
    const dispute: Dispute = sim.add({
      kind: 'dispute',
      key: `${charge.key}/d1`,
      createdAt: sim.now(),
      charge: charge.key,
      amount: charge.captured,
      currency: charge.currency,
      reason: plan.stage === 'inquiry' ? 'general' : r.pick(REASONS),
      stage: plan.stage,
      status: 'needsResponse',
      answered: false,
      dueAt: sim.now() + ANSWER_DAYS * DAY,
      movements: [],
    })
    charge.disputed = true
    if (plan.stage === 'chargeback') withdraw(sim, dispute)
    sim.happen('charge.changed', charge)
    sim.happen('dispute.created', dispute)
    if (dispute.movements.length > 0) sim.happen('dispute.fundsWithdrawn', dispute)
    goOn(sim, dispute, plan)
  })
}

function goOn(sim: Sim, dispute: Dispute, { stage, won }: DisputePlan): void {
  if (won === null) {
    sim.at(dispute.dueAt, () => close(sim, dispute, 'lost'))
    return
  }
  sim.at(sim.now() + 5 * DAY, () => {
    dispute.answered = true
    dispute.status = 'underReview'
    sim.happen('dispute.changed', dispute)
    const outcome = stage === 'inquiry' ? 'closed' : won ? 'won' : 'lost'
    sim.at(sim.now() + 30 * DAY, () => close(sim, dispute, outcome))
  })
}

function close(sim: Sim, dispute: Dispute, status: Dispute['status']): void {
  dispute.status = status
  if (status === 'won') {
    moveForDispute(sim, dispute, { type: 'disputeReversal', amount: dispute.amount, fee: 0 })
    sim.happen('dispute.fundsReinstated', dispute)
  }
  sim.happen('dispute.closed', dispute)
}

function withdraw(sim: Sim, dispute: Dispute): void {
  const { disputeFee } = currency(dispute.currency)
  moveForDispute(sim, dispute, { type: 'dispute', amount: -dispute.amount, fee: disputeFee })
}

function moveForDispute(
  sim: Sim,
  dispute: Dispute,
  what: { type: 'dispute' | 'disputeReversal'; amount: number; fee: number },
): void {
  const { key } = move(sim, {
    type: what.type,
    amount: what.amount,
    chargedIn: dispute.currency,
    fees: what.fee ? [{ kind: 'processing', amount: what.fee, description: 'Dispute fee' }] : [],
    source: { kind: 'dispute', key: dispute.key },
  })
  dispute.movements.push(key)
}
