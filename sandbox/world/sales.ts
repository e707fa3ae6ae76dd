// Purchases, what is given back, and the money that moves for them.
import type { Instrument } from './entities.ts'
import type { Fee } from './money.ts'

export type PaymentStatus =
  | 'awaitingInstrument'
  | 'awaitingConfirmation'
  | 'awaitingBuyer'
  | 'awaitingCapture'
  | 'processing'
  | 'succeeded'
  | 'canceled'

// One purchase; its charges are the tries to collect it. A direct payment has no such stage: only
// its charge exists at the partner.
export type Payment = {
  kind: 'payment'
  key: string
  createdAt: number
  buyer: string
  direct: boolean
  instrument: string | null
  invoice: string | null
  amount: number
  currency: string
  // What was bought.
  items: readonly Item[]
  description: string | null
  captureLater: boolean
  // What becomes of it once it is collected; null leaves it to chance.
  fate: string | null
  status: PaymentStatus
  canceledAt: number | null
  cancelReason: string | null
  received: number
  lastCharge: string | null
  lastFailure: Failure | null
}

// So many of a thing at one of its prices.
export type Item = { price: string; quantity: number }

export type Failure = { code: string; decline: string | null; message: string }

export type Charge = {
  kind: 'charge'
  key: string
  createdAt: number
  payment: string
  // As it was when it was charged.
  instrument: Instrument
  amount: number
  captured: number
  refunded: number
  currency: string
  status: 'succeeded' | 'pending' | 'failed'
  expired: boolean
  failure: Failure | null
  disputed: boolean
  movement: string | null
}

export type Refund = {
  kind: 'refund'
  key: string
  createdAt: number
  charge: string
  amount: number
  currency: string
  reason: string | null
  status: 'pending' | 'succeeded' | 'failed' | 'canceled'
  movement: string | null
  failureMovement: string | null
}

export type DisputeStage = 'inquiry' | 'chargeback'
export type DisputeStatus = 'needsResponse' | 'underReview' | 'won' | 'lost' | 'closed'

export type Dispute = {
  kind: 'dispute'
  key: string
  createdAt: number
  charge: string
  amount: number
  currency: string
  reason: string
  stage: DisputeStage
  status: DisputeStatus
  answered: boolean
  dueAt: number
  movements: string[]
}

export type MovementKind =
  | 'charge'
  | 'refund'
  | 'refundFailure'
  | 'dispute'
  | 'disputeReversal'
  | 'payout'
  | 'payoutFailure'

// One movement on the seller's balance: net = amount − fee, in the balance's currency.
export type Movement = {
  kind: 'movement'
  key: string
  createdAt: number
  type: MovementKind
  amount: number
  fee: number
  fees: Fee[]
  net: number
  currency: string
  rate: number | null
  source: { kind: 'charge' | 'refund' | 'dispute' | 'payout'; key: string }
  availableAt: number
  available: boolean
  payout: string | null
}

export type Payout = {
  kind: 'payout'
  key: string
  createdAt: number
  arrivesAt: number
  amount: number
  currency: string
  status: 'inTransit' | 'paid' | 'failed'
  movement: string
  failureMovement: string | null
}
