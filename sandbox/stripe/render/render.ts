// One row for each kind of thing: how Stripe writes it.
import type { Kind, Thing, ThingOf } from '../../world/entities.ts'
import type { Entry, Ledger } from '../ledger.ts'
import { balanceTransaction, dispute, payout } from './balance.ts'
import { price, product } from './catalogue.ts'
import { charge, refund } from './charge.ts'
import { customer } from './customer.ts'
import { instrument } from './instrument.ts'
import { invoice } from './invoice.ts'
import { paymentIntent } from './payment.ts'
import { subscription } from './subscription.ts'

const RENDERERS: { [K in Kind]: (ledger: Ledger, thing: ThingOf<K>) => Entry[] } = {
  buyer: customer,
  instrument,
  product,
  price,
  payment: paymentIntent,
  charge,
  refund,
  dispute,
  movement: balanceTransaction,
  payout,
  subscription,
  invoice,
}

export const KINDS = Object.keys(RENDERERS) as Kind[] // Object.keys forgets the names

export function render(ledger: Ledger, thing: Thing): Entry[] {
  // The row is found by the thing's own kind, which the compiler cannot follow.
  const write = RENDERERS[thing.kind] as (ledger: Ledger, thing: Thing) => Entry[]
  return write(ledger, thing)
}
