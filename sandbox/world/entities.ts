// The things of the world, in no partner's words. Times are milliseconds, always whole seconds.

import type { Fee } from './money.ts'
import type { Interval } from './names.ts'

export type Address = {
  line1: string | null
  line2: string | null
  city: string | null
  postalCode: string | null
  state: string | null
  country: string | null
}

export type Person = {
  name: string | null
  email: string | null
  phone: string | null
  address: Address | null
  locale: string | null
}

export type Buyer = Person & {
  kind: 'buyer'
  key: string
  createdAt: number
  deletedAt: number | null
  // A guest pays without being saved as a customer.
  guest: boolean
  paysIn: string
  shipping: { name: string; phone: string | null; address: Address } | null
  note: string | null
  labels: Record<string, string>
  // Set once the buyer was first invoiced, as partners do.
  billedIn: string | null
  delinquent: boolean
  invoiceCount: number
  defaultInstrument: string | null
}

export type InstrumentKind = 'card' | 'sepaDebit' | 'bankAccount'

export type Instrument = {
  kind: 'instrument'
  key: string
  createdAt: number
  removedAt: number | null
  buyer: string
  // Who it was filled in for, as they were then.
  payer: Person
  type: InstrumentKind
  // Kept for later; otherwise it was used for one payment only.
  saved: boolean
  // Saved through the partner's older interface.
  legacy: boolean
  brand: string
  last4: string
  expMonth: number
  expYear: number
  country: string
  funding: string
  wallet: string | null
}

export type Product = {
  kind: 'product'
  key: string
  createdAt: number
  updatedAt: number
  deletedAt: number | null
  name: string
  description: string
  active: boolean
  physical: boolean
  defaultPrice: string | null
}

export type Price = {
  kind: 'price'
  key: string
  createdAt: number
  deletedAt: number | null
  product: string
  currency: string
  amount: number
  interval: Interval | null
  active: boolean
}

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

export type SubscriptionStatus =
  | 'incomplete'
  | 'incompleteExpired'
  | 'trialing'
  | 'active'
  | 'pastDue'
  | 'canceled'
  | 'unpaid'
  | 'paused'

export type Subscription = {
  kind: 'subscription'
  key: string
  createdAt: number
  buyer: string
  price: string
  quantity: number
  instrument: string | null
  status: SubscriptionStatus
  periodStart: number
  periodEnd: number
  anchorAt: number
  trialStart: number | null
  trialEnd: number | null
  cancelAtPeriodEnd: boolean
  canceledAt: number | null
  endedAt: number | null
  cancelReason: 'requested' | 'paymentFailed' | null
  lastInvoice: string | null
}

export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'void' | 'uncollectible'

export type InvoiceLine = {
  key: string
  price: string
  quantity: number
  amount: number
  description: string
  periodStart: number
  periodEnd: number
}

export type Invoice = {
  kind: 'invoice'
  key: string
  createdAt: number
  deletedAt: number | null
  buyer: string
  // A snapshot: the invoice keeps what the buyer was called when it was written.
  billedTo: Person
  subscription: string | null
  cause: 'first' | 'renewal' | 'manual'
  number: string | null
  currency: string
  lines: InvoiceLine[]
  total: number
  status: InvoiceStatus
  sent: boolean
  dueAt: number | null
  finalizedAt: number | null
  paidAt: number | null
  voidedAt: number | null
  uncollectibleAt: number | null
  attempts: number
  nextAttemptAt: number | null
  payment: string | null
  charge: string | null
}

export type Thing =
  | Buyer
  | Instrument
  | Product
  | Price
  | Payment
  | Charge
  | Refund
  | Dispute
  | Movement
  | Payout
  | Subscription
  | Invoice

export type Kind = Thing['kind']
export type ThingOf<K extends Kind> = Extract<Thing, { kind: K }>
