// A subscription from its first invoice to its end; what happens to it is written in its plot.

import type { Invoice, Subscription, SubscriptionStatus } from './billing.ts'
import type { Buyer, Instrument, Price } from './entities.ts'
import {
  deleteDraft,
  finalise,
  invoiceFails,
  invoicePaid,
  voidInvoice,
  writeInvoice,
} from './invoices.ts'
import { FAILURES } from './payments.ts'
import { later } from './period.ts'
import { DAY, HOUR, type Sim } from './sim.ts'

export type Plot = {
  quantity: number
  trialDays: number
  pausesAfterTrial: boolean
  firstPayment: 'succeeds' | 'fails' | 'recovers'
  // The renewal whose payment fails, counted from 1, and what the retries come to.
  failsAt: number | null
  afterFailure: 'recovers' | 'canceled' | 'unpaid'
  // Cancelled at the end of this period (counted from 1), or at once after so many days.
  endsAfter: number | null
  leavesAfterDays: number | null
}

export const STEADY: Plot = {
  quantity: 1,
  trialDays: 0,
  pausesAfterTrial: false,
  firstPayment: 'succeeds',
  failsAt: null,
  afterFailure: 'recovers',
  endsAfter: null,
  leavesAfterDays: null,
}

const RETRY_AFTER = [1 * DAY, 3 * DAY, 5 * DAY]
const INCOMPLETE_FOR = 23 * HOUR
const DRAFT_FOR = 1 * HOUR
const OVER: readonly SubscriptionStatus[] = ['canceled', 'incompleteExpired']

type Run = { sim: Sim; subscription: Subscription; price: Price; plot: Plot; renewals: number }

export function subscribe(
  sim: Sim,
  who: { key: string; buyer: Buyer; instrument: Instrument | null; price: Price },
  plot: Plot,
): Subscription {
  const now = sim.now()
  const trialEnd = plot.trialDays > 0 ? now + plot.trialDays * DAY : null
  const anchorAt = trialEnd ?? now
  const subscription: Subscription = {
    kind: 'subscription',
    key: who.key,
    createdAt: now,
    buyer: who.buyer.key,
    price: who.price.key,
    quantity: plot.quantity,
    instrument: who.instrument?.key ?? null,
    status: trialEnd ? 'trialing' : 'incomplete',
    periodStart: now,
    periodEnd: trialEnd ?? later(anchorAt, who.price.interval!, 1),
    anchorAt,
    trialStart: trialEnd ? now : null,
    trialEnd,
    cancelAtPeriodEnd: false,
    canceledAt: null,
    endedAt: null,
    cancelReason: null,
    lastInvoice: null,
  }
  const run: Run = { sim, subscription, price: who.price, plot, renewals: 0 }
  sim.happen('subscription.created', subscription)
  firstInvoice(run)
  sim.at(subscription.periodEnd, () => periodEnds(run))
  if (trialEnd) sim.at(trialEnd - 3 * DAY, () => announceEndOfTrial(run))
  if (plot.leavesAfterDays !== null) {
    sim.at(now + plot.leavesAfterDays * DAY, () => end(sim, subscription, 'requested'))
  }
  return subscription
}

export function end(
  sim: Sim,
  subscription: Subscription,
  reason: Subscription['cancelReason'],
): void {
  if (OVER.includes(subscription.status)) return
  subscription.status = 'canceled'
  subscription.canceledAt ??= sim.now()
  subscription.endedAt = sim.now()
  subscription.cancelReason ??= reason
  sim.happen('subscription.ended', subscription)
  const open = subscription.lastInvoice && sim.get('invoice', subscription.lastInvoice)
  if (open) voidInvoice(sim, open)
  if (open) deleteDraft(sim, open)
}

function firstInvoice(run: Run): void {
  const { sim, subscription, plot } = run
  const invoice = bill(run, 'first')
  finalise(sim, invoice, instrumentOf(run))
  // A trial's first invoice is over nothing, and paid at once.
  if (invoice.status === 'paid') {
    sim.happen('subscription.changed', subscription)
    return
  }
  if (plot.firstPayment === 'succeeds') {
    invoicePaid(sim, invoice)
    turn(run, 'active')
    return
  }
  invoiceFails(sim, invoice, { failure: FAILURES[1]!, nextAttemptAt: null })
  sim.happen('subscription.changed', subscription)
  if (plot.firstPayment === 'recovers') {
    sim.at(sim.now() + 3 * HOUR, () => {
      invoicePaid(sim, invoice)
      turn(run, 'active')
    })
  } else {
    sim.at(sim.now() + INCOMPLETE_FOR, () => expire(run, invoice))
  }
}

function expire(run: Run, invoice: Invoice): void {
  if (OVER.includes(run.subscription.status)) return
  voidInvoice(run.sim, invoice)
  run.subscription.endedAt = run.sim.now()
  turn(run, 'incompleteExpired')
}

function periodEnds(run: Run): void {
  const { sim, subscription, plot } = run
  if (OVER.includes(subscription.status)) return
  if (subscription.cancelAtPeriodEnd) end(sim, subscription, 'requested')
  else if (subscription.status === 'trialing' && plot.pausesAfterTrial) turn(run, 'paused')
  else renew(run)
}

function renew(run: Run): void {
  const { sim, subscription, plot } = run
  run.renewals += 1
  const { interval } = run.price
  const done = run.renewals - (subscription.trialEnd ? 1 : 0)
  subscription.periodStart = subscription.periodEnd
  subscription.periodEnd = later(subscription.anchorAt, interval!, done + 1)
  if (subscription.status === 'trialing') subscription.status = 'active'
  const invoice = bill(run, 'renewal')
  sim.happen('subscription.changed', subscription)
  if (plot.endsAfter === run.renewals) {
    sim.at(sim.now() + 2 * DAY, () => announceEnd(run))
  }
  sim.at(subscription.periodEnd, () => periodEnds(run))
  // The invoices of an unpaid subscription stay drafts.
  if (subscription.status === 'unpaid') return
  sim.at(sim.now() + DRAFT_FOR, () => collectRenewal(run, invoice))
}

function collectRenewal(run: Run, invoice: Invoice): void {
  const { sim, plot } = run
  if (invoice.status !== 'draft' || invoice.deletedAt !== null) return
  finalise(sim, invoice, instrumentOf(run))
  if (plot.failsAt === run.renewals) retry(run, invoice, 0)
  else invoicePaid(sim, invoice)
}

function retry(run: Run, invoice: Invoice, tries: number): void {
  const { sim, plot, subscription } = run
  if (OVER.includes(subscription.status)) return
  const last = tries === RETRY_AFTER.length
  if (last && plot.afterFailure === 'recovers') {
    invoicePaid(sim, invoice)
    turn(run, 'active')
    return
  }
  const nextAttemptAt = last ? null : invoice.finalizedAt! + RETRY_AFTER[tries]!
  invoiceFails(sim, invoice, { failure: FAILURES[tries % FAILURES.length]!, nextAttemptAt })
  if (!last) {
    if (subscription.status !== 'pastDue') turn(run, 'pastDue')
    sim.at(nextAttemptAt!, () => retry(run, invoice, tries + 1))
  } else if (plot.afterFailure === 'unpaid') {
    turn(run, 'unpaid')
  } else {
    end(sim, subscription, 'paymentFailed')
  }
}

function announceEnd(run: Run): void {
  const { sim, subscription } = run
  if (OVER.includes(subscription.status)) return
  subscription.cancelAtPeriodEnd = true
  subscription.canceledAt = sim.now()
  subscription.cancelReason = 'requested'
  sim.happen('subscription.changed', subscription)
}

function announceEndOfTrial({ sim, subscription }: Run): void {
  if (subscription.status === 'trialing') sim.happen('subscription.trialEnding', subscription)
}

function turn({ sim, subscription }: Run, status: SubscriptionStatus): void {
  subscription.status = status
  sim.happen(status === 'paused' ? 'subscription.paused' : 'subscription.changed', subscription)
}

function bill(run: Run, cause: Invoice['cause']): Invoice {
  const { sim, subscription, price } = run
  const key = `${subscription.key}/i${run.renewals}`
  const product = sim.get('product', price.product)
  const free = subscription.status === 'trialing'
  return writeInvoice(sim, {
    key,
    buyer: sim.get('buyer', subscription.buyer),
    currency: price.currency,
    subscription,
    cause,
    lines: [
      {
        key: `${key}/l1`,
        price: price.key,
        quantity: subscription.quantity,
        amount: free ? 0 : price.amount * subscription.quantity,
        description: `${subscription.quantity} × ${product.name}`,
        periodStart: subscription.periodStart,
        periodEnd: subscription.periodEnd,
      },
    ],
  })
}

function instrumentOf({ sim, subscription }: Run): Instrument | null {
  return subscription.instrument ? sim.get('instrument', subscription.instrument) : null
}
