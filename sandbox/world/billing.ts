// Subscriptions and invoices.
import type { Person } from './entities.ts'

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
