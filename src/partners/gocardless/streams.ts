import { type Payload, uriPart } from '../rule.ts'
import type { Stream } from '../stream.ts'
import { gocardlessBankAccount } from './bank_account.ts'
import { gocardlessCustomer } from './customer.ts'
import { gocardlessDispute } from './dispute.ts'
import { gocardlessMandate } from './mandate.ts'
import { gocardlessPayment, gocardlessRefund } from './payment.ts'
import { gocardlessSettlement } from './settlement.ts'
import { gocardlessSubscription } from './subscription.ts'
import { gocardlessTransaction } from './transaction.ts'

const day_ms = 24 * 60 * 60 * 1000

/** In the order a backfill starts them: parents first. */
export const streams: readonly Stream[] = [
  // What is changed by hand has no event.
  { ...stream('customers', 'Customers'), maps: [gocardlessCustomer], verify_ms: day_ms },
  {
    ...stream('customer_bank_accounts', "Customers' bank accounts"),
    maps: [gocardlessBankAccount],
    owns: (id) => id.startsWith('BA'),
    verify_ms: day_ms,
  },
  {
    ...stream('mandates', 'Mandates'),
    maps: [gocardlessMandate],
    owns: (id) => id.startsWith('MD'),
  },
  { ...stream('subscriptions', 'Subscriptions'), maps: [gocardlessSubscription] },
  {
    ...stream('payments', 'Payments, with their chargebacks'),
    maps: [gocardlessPayment, gocardlessDispute],
    owns: (id) => id.startsWith('PM'),
  },
  { ...stream('refunds', 'Refunds'), maps: [gocardlessRefund], owns: (id) => id.startsWith('RF') },
  {
    ...stream('payouts', 'Payouts, with what they pay out'),
    maps: [gocardlessSettlement, gocardlessTransaction],
    attach: [{ as: 'items', list: itemsOf }],
  },
]

/** A list that is backfilled by creation time and kept true by events. */
function stream(name: string, title: string) {
  return {
    name,
    title,
    strategy: 'created+events',
    list: { path: `/${name}`, timeFilter: 'created_at' },
    retrieve: (id: string) => ({ path: `/${name}/${uriPart(id)}`, at: name }),
  } as const
}

function itemsOf({ id }: Payload) {
  return { path: '/payout_items', query: { payout: String(id) } }
}
