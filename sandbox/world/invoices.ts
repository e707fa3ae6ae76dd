// An invoice from draft to its end. Collecting one goes through a payment, like any purchase.

import type { Invoice, InvoiceLine, Subscription } from './billing.ts'
import type { Buyer, Instrument } from './entities.ts'
import { cancelPayment, chargeFails, chargeSucceeds, openPayment } from './payments.ts'
import { personOf } from './person.ts'
import type { Failure } from './sales.ts'
import type { Sim } from './sim.ts'

export type Bill = {
  key: string
  buyer: Buyer
  currency: string
  lines: InvoiceLine[]
  subscription?: Subscription
  cause: Invoice['cause']
  // Sent to the buyer, who has until then to pay; otherwise the saved instrument is charged.
  dueAt?: number
}

export function writeInvoice(sim: Sim, bill: Bill): Invoice {
  const invoice: Invoice = {
    kind: 'invoice',
    key: bill.key,
    createdAt: sim.now(),
    deletedAt: null,
    buyer: bill.buyer.key,
    billedTo: personOf(bill.buyer),
    subscription: bill.subscription?.key ?? null,
    cause: bill.cause,
    number: null,
    currency: bill.currency,
    lines: bill.lines,
    total: bill.lines.reduce((sum, line) => sum + line.amount, 0),
    status: 'draft',
    sent: bill.dueAt !== undefined,
    dueAt: bill.dueAt ?? null,
    finalizedAt: null,
    paidAt: null,
    voidedAt: null,
    uncollectibleAt: null,
    attempts: 0,
    nextAttemptAt: null,
    payment: null,
    charge: null,
  }
  if (bill.subscription) bill.subscription.lastInvoice = invoice.key
  sim.happen('invoice.created', invoice)
  if (bill.buyer.billedIn === null) {
    bill.buyer.billedIn = bill.currency
    sim.happen('buyer.changed', bill.buyer)
  }
  return invoice
}

export function finalise(sim: Sim, invoice: Invoice, instrument: Instrument | null): void {
  const buyer = sim.get('buyer', invoice.buyer)
  buyer.invoiceCount += 1
  invoice.number = `${String(buyer.invoiceCount).padStart(4, '0')}`
  invoice.status = 'open'
  invoice.finalizedAt = sim.now()
  if (invoice.total > 0) {
    invoice.payment = openPayment(sim, {
      key: `${invoice.key}/p`,
      buyer,
      amount: invoice.total,
      currency: invoice.currency,
      instrument,
      invoice: invoice.key,
      description: invoice.subscription ? 'Subscription' : 'Invoice',
    }).key
  }
  sim.happen('invoice.finalised', invoice)
  if (invoice.total === 0) markPaid(sim, invoice)
}

export function invoicePaid(sim: Sim, invoice: Invoice): void {
  if (invoice.status !== 'open') return
  const charge = chargeSucceeds(sim, sim.get('payment', invoice.payment!))
  invoice.charge = charge.key
  invoice.attempts += 1
  markPaid(sim, invoice)
  delinquent(sim, invoice, false)
}

export function invoiceFails(
  sim: Sim,
  invoice: Invoice,
  { failure, nextAttemptAt }: { failure: Failure; nextAttemptAt: number | null },
): void {
  if (invoice.status !== 'open') return
  const charge = chargeFails(sim, sim.get('payment', invoice.payment!), failure)
  invoice.charge = charge.key
  invoice.attempts += 1
  invoice.nextAttemptAt = nextAttemptAt
  sim.happen('invoice.paymentFailed', invoice)
  delinquent(sim, invoice, true)
}

export function voidInvoice(sim: Sim, invoice: Invoice): void {
  if (invoice.status !== 'open') return
  invoice.status = 'void'
  invoice.voidedAt = sim.now()
  invoice.nextAttemptAt = null
  sim.happen('invoice.voided', invoice)
  if (invoice.payment) cancelPayment(sim, sim.get('payment', invoice.payment), 'void_invoice')
}

export function giveUp(sim: Sim, invoice: Invoice): void {
  if (invoice.status !== 'open') return
  invoice.status = 'uncollectible'
  invoice.uncollectibleAt = sim.now()
  invoice.nextAttemptAt = null
  sim.happen('invoice.uncollectible', invoice)
}

export function deleteDraft(sim: Sim, invoice: Invoice): void {
  if (invoice.status !== 'draft') return
  invoice.deletedAt = sim.now()
  sim.happen('invoice.deleted', invoice)
}

function markPaid(sim: Sim, invoice: Invoice): void {
  invoice.status = 'paid'
  invoice.paidAt = sim.now()
  invoice.nextAttemptAt = null
  sim.happen('invoice.paid', invoice)
}

function delinquent(sim: Sim, invoice: Invoice, value: boolean): void {
  const buyer = sim.get('buyer', invoice.buyer)
  if (buyer.delinquent === value || buyer.deletedAt !== null) return
  buyer.delinquent = value
  sim.happen('buyer.changed', buyer)
}
