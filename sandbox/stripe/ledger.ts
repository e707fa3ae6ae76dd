import type { Instrument } from '../world/entities.ts'
import type { Charge, Refund } from '../world/sales.ts'
import type { World } from '../world.ts'
import type { IdKind, IdOf } from './ids.ts'
import type { TableName } from './tables.ts'
import type { StripeObject } from './types.ts'

// What a rendering needs to know beside the thing itself.
export type Ledger = { world: World; livemode: boolean; accountId: string; id: IdOf }

// An object as Stripe would write it, and the list it belongs to.
export type Entry = {
  table: TableName
  object: StripeObject
  created: number
  deleted?: boolean
  facts?: Record<string, string | null>
}

const LEGACY_KIND: Record<Instrument['type'], IdKind> = {
  card: 'card',
  sepaDebit: 'source',
  bankAccount: 'bank_account',
}

export function instrumentId({ id }: Ledger, instrument: Instrument): string {
  return id(instrument.legacy ? LEGACY_KIND[instrument.type] : 'payment_method', instrument.key)
}

export function customerId({ world, id }: Ledger, buyer: string): string | null {
  return world.get('buyer', buyer).guest ? null : id('customer', buyer)
}

// Charges of anything but cards are called payments, and so are their ids.
export function isCard(charge: Charge): boolean {
  return charge.instrument.type === 'card'
}

export function chargeId(ledger: Ledger, key: string): string {
  const charge = ledger.world.get('charge', key)
  const direct = ledger.world.get('payment', charge.payment).direct
  const kind = direct ? 'bare_charge' : isCard(charge) ? 'charge' : 'payment'
  return ledger.id(kind, key)
}

export function refundId(ledger: Ledger, refund: Refund): string {
  const card = isCard(ledger.world.get('charge', refund.charge))
  return ledger.id(card ? 'refund' : 'payment_refund', refund.key)
}

export function intentId({ world, id }: Ledger, payment: string): string | null {
  return world.get('payment', payment).direct ? null : id('payment_intent', payment)
}

export function movementId({ id }: Ledger, movement: string | null): string | null {
  return movement && id('balance_transaction', movement)
}
