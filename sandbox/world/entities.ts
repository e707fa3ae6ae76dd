// The things of the world, in no partner's words. Times are milliseconds, always whole seconds.

import type { Invoice, Subscription } from './billing.ts'
import type { Interval } from './names.ts'
import type { Charge, Dispute, Movement, Payment, Payout, Refund } from './sales.ts'

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
  // Deleted because they are this other buyer, where partners merge.
  mergedInto: string | null
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
