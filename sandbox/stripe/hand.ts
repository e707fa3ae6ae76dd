// Changes by hand, in Stripe's words: what a seller does in the dashboard while a test runs.
import { addBuyer, deleteBuyer } from '../world/buyers.ts'
import type { Address, Buyer } from '../world/entities.ts'
import { refundNow } from '../world/fates.ts'
import { removeInstrument, saveInstrument, typeInCard } from '../world/instruments.ts'
import { purchase } from '../world/purchases.ts'
import type { Charge } from '../world/sales.ts'
import type { Account } from './account.ts'
import { missing, refusal } from './errors.ts'
import type { StripeObject } from './types.ts'

export type WrittenAddress = { [field in keyof typeof ADDRESS_FIELDS]?: string | null }

export type WrittenCustomer = {
  name?: string | null
  email?: string | null
  phone?: string | null
  address?: WrittenAddress | null
  shipping?: { name: string; phone?: string | null; address: WrittenAddress } | null
  description?: string | null
  metadata?: Record<string, string>
  preferred_locales?: string[]
  // Not Stripe's: a card is saved and made the default.
  with_card?: boolean
}

export type WrittenCharge = {
  amount: number
  currency: string
  customer?: string
  description?: string
  // Who pays when there is no customer.
  billing_details?: { name?: string; email?: string; phone?: string }
  // Not Stripe's: one of the ways a purchase can go, and whether it has a PaymentIntent.
  way?: string
  bare?: boolean
  // What becomes of it later; it is kept unless something else is asked for.
  fate?: string
}

export function createCustomer(account: Account, written: WrittenCustomer): StripeObject {
  const { world } = account
  const key = `hand${numberOf(account)}`
  const { shipping = null, note = null, labels = {}, ...person } = changesIn(written)
  const arrival = { ...NOBODY, person: { ...NOBODY.person, ...person }, shipping, note, labels }
  const buyer = addBuyer(world, key, arrival)
  if (written.with_card) {
    const card = { number: 1, legacy: false, type: 'card' } as const
    buyer.defaultInstrument = saveInstrument(world, buyer, card).key
    world.happen('buyer.changed', buyer)
  }
  return objectOf(account, 'customers', account.id('customer', key))
}

export function updateCustomer(
  account: Account,
  id: string,
  written: WrittenCustomer,
): StripeObject {
  const buyer = buyerOf(account, id)
  Object.assign(buyer, changesIn(written))
  account.world.happen('buyer.changed', buyer)
  return objectOf(account, 'customers', id)
}

export function deleteCustomer(account: Account, id: string): StripeObject {
  deleteBuyer(account.world, buyerOf(account, id))
  return { id, object: 'customer', deleted: true }
}

export function createCharge(account: Account, written: WrittenCharge): StripeObject {
  const { world } = account
  const { amount, currency, customer, way = 'succeeds', bare = false } = written
  const key = `hand${numberOf(account)}`
  const buyer = customer ? buyerOf(account, customer) : addGuest(account, key, written)
  const card = typeInCard(world, buyer, { key: `${key}/card`, legacy: bare })
  const payment = purchase(world, way, {
    key: `${key}/p1`,
    buyer,
    amount,
    currency,
    instrument: card,
    direct: bare,
    description: written.description ?? null,
    fate: written.fate ?? 'kept',
  })
  if (payment.lastCharge) return chargeObject(account, payment.lastCharge)
  return objectOf(account, 'payment_intents', account.id('payment_intent', payment.key))
}

export function updateCharge(
  account: Account,
  id: string,
  { description }: { description: string },
): StripeObject {
  const charge = chargeOf(account, id)
  account.world.get('payment', charge.payment).description = description
  account.world.happen('charge.changed', charge)
  return objectOf(account, 'charges', id)
}

export function refundCharge(
  account: Account,
  id: string,
  { amount }: { amount?: number },
): StripeObject {
  const charge = chargeOf(account, id)
  const left = charge.captured - charge.refunded
  const asked = amount ?? left
  if (asked < 1 || asked > left) {
    const message = `Refund amount (${asked}) is greater than unrefunded amount on charge (${left})`
    throw refusal(400, { message, param: 'amount' })
  }
  const number = `hand${numberOf(account)}`
  refundNow(account.world, charge, { amount: asked, reason: 'requested_by_customer', number })
  return objectOf(account, 'charges', id)
}

// Deletes whatever can be deleted, whoever wanted it.
export function remove(account: Account, id: string): boolean {
  const { world, tables } = account
  const customer = tables.customers.get(id)
  if (customer && !customer.deleted) {
    deleteBuyer(world, buyerOf(account, id))
    return true
  }
  const product = tables.products.get(id)
  if (product && !product.deleted) {
    const one = world.get('product', keyOf(product.facts))
    one.deletedAt = world.now()
    world.happen('product.deleted', one)
    return true
  }
  const method = tables.payment_methods.get(id) ?? tables.sources.get(id)
  const instrument = method && world.get('instrument', keyOf(method.facts))
  if (!instrument || instrument.removedAt !== null || !instrument.saved) return false
  removeInstrument(world, instrument)
  return true
}

const ADDRESS_FIELDS = {
  line1: 'line1',
  line2: 'line2',
  city: 'city',
  postal_code: 'postalCode',
  state: 'state',
  country: 'country',
} as const satisfies Record<string, keyof Address>

const NOBODY = {
  person: { name: null, email: null, phone: null, address: null, locale: null },
  paysIn: 'usd',
  guest: false,
}

// What was written, and nothing else, as the world says it.
function changesIn(written: WrittenCustomer): Partial<Buyer> {
  const { address, shipping, description, metadata, preferred_locales: locales } = written
  const { name, email, phone } = written
  return {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(address === undefined ? {} : { address: addressOf(address) }),
    ...(description === undefined ? {} : { note: description }),
    ...(metadata === undefined ? {} : { labels: metadata }),
    ...(locales === undefined ? {} : { locale: locales[0] ?? null }),
    ...(shipping === undefined ? {} : { shipping: shippingOf(shipping) }),
  }
}

function shippingOf(written: WrittenCustomer['shipping']): Buyer['shipping'] {
  if (!written) return null
  const { name, phone = null, address } = written
  return { name, phone, address: addressOf(address) }
}

function addressOf(written: WrittenAddress): Address
function addressOf(written: WrittenAddress | null): Address | null
function addressOf(written: WrittenAddress | null): Address | null {
  if (!written) return null
  const entries = Object.entries(ADDRESS_FIELDS).map(([theirs, ours]) => [
    ours,
    written[theirs as keyof WrittenAddress] ?? null, // a key of the table is a field
  ])
  return Object.fromEntries(entries) as Address // every field is in the table
}

function addGuest(account: Account, key: string, { billing_details = {} }: WrittenCharge): Buyer {
  const { name = null, email = null, phone = null } = billing_details
  const person = { ...NOBODY.person, name, email, phone }
  return addBuyer(account.world, key, { ...NOBODY, person, guest: true })
}

function buyerOf({ tables, world }: Account, id: string): Buyer {
  const row = tables.customers.get(id)
  if (!row || row.deleted) throw missing('customer', id, { param: 'id', status: 404 })
  return world.get('buyer', keyOf(row.facts))
}

function chargeOf({ tables, world }: Account, id: string): Charge {
  const row = tables.charges.get(id)
  if (!row) throw missing('charge', id, { param: 'id', status: 404 })
  return world.get('charge', keyOf(row.facts))
}

function chargeObject({ tables }: Account, key: string): StripeObject {
  const row = tables.charges.rows.findLast(({ facts }) => facts.key === key)
  if (!row) throw new Error(`sandbox: charge "${key}" was never written down`)
  return row.object
}

function objectOf(
  { tables }: Account,
  table: 'customers' | 'charges' | 'payment_intents',
  id: string,
) {
  const row = tables[table].get(id)
  if (!row) throw new Error(`sandbox: no ${id} in ${table}`)
  return row.object
}

function keyOf(facts: Record<string, unknown>): string {
  return String(facts.key)
}

// Numbers are given in turn, whatever is made by hand.
function numberOf({ world }: Account): number {
  return world.all('buyer').size + world.all('payment').size + world.all('refund').size
}
