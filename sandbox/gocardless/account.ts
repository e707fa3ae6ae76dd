// One GoCardless account: the world written down as debits, list by list, with a log of events.
import type { Buyer, Instrument, Thing } from '../world/entities.ts'
import { token } from '../world/random.ts'
import type { Charge } from '../world/sales.ts'
import { createWorld, type World, type WorldOptions } from '../world.ts'
import {
  renderBankAccount,
  renderCustomer,
  renderMandate,
  renderPayment,
  renderPayout,
  renderRefund,
  renderSubscription,
} from './render.ts'

export type Json = Record<string, unknown>
export type Kind = (typeof KINDS)[number]
export type Row = { object: Json; created: number; place: number }

export const KINDS = [
  'customers',
  'customer_bank_accounts',
  'mandates',
  'subscriptions',
  'payments',
  'refunds',
  'payouts',
  'events',
] as const

export type Account = {
  world: World
  creditor: string
  id: (prefix: string, key: string) => string
  tables: Record<Kind, Map<string, Row>>
  // Of customers who were removed nothing can be read any more.
  removed: Set<string>
  advanceTo: (time: number) => void
  remove: (id: string) => boolean
  tell: (resource: string, action: string, links: Json) => void
  // Told every event as it is made.
  heard: ((event: Json) => void)[]
}

// Debits are in a few currencies only.
const CURRENCIES = ['usd', 'eur']

export function createAccount(options: WorldOptions): Account {
  const seed = `${options.seed} gocardless`
  const currencyFor = (code: string) => (CURRENCIES.includes(code) ? code : 'eur')
  const world = createWorld({ people: options.seed, currencyFor, ...options, seed })
  const tables = Object.fromEntries(KINDS.map((kind) => [kind, new Map()])) as Account['tables']
  const id = (prefix: string, key: string) =>
    `${prefix}${token(13, seed, prefix, key).toUpperCase()}`
  const account: Account = {
    world,
    creditor: id('CR', 'self'),
    id,
    tables,
    removed: new Set(),
    heard: [],
    advanceTo: (time) => world.advanceTo(time),
    remove: (name) => removeCustomer(account, name),
    tell: (resource_type, action, links) => {
      const place = tables.events.size
      const name = id('EV', `${place}`)
      const created_at = new Date(world.now()).toISOString()
      const object = {
        id: name,
        created_at,
        resource_type,
        action,
        links,
        details: {},
        metadata: {},
      }
      tables.events.set(name, { object, created: world.now(), place })
      for (const hear of account.heard) hear(object)
    },
  }
  world.listen(({ subject }) => listen(account, subject))
  world.advanceTo(world.epoch)
  return account
}

const LINK: Record<string, string> = {
  customers: 'customer',
  customer_bank_accounts: 'customer_bank_account',
  mandates: 'mandate',
  subscriptions: 'subscription',
  payments: 'payment',
  refunds: 'refund',
  payouts: 'payout',
}

// What is told of a thing, and of what shows it.
function listen(account: Account, subject: Thing): void {
  const { world } = account
  if (subject.kind === 'buyer') listenToBuyer(account, subject)
  if (subject.kind === 'instrument') listenToInstrument(account, subject)
  if (subject.kind === 'payment') put(account, 'payments', renderPayment(account, subject))
  if (subject.kind === 'charge') ofCharge(account, subject)
  if (subject.kind === 'dispute') ofCharge(account, world.get('charge', subject.charge))
  if (subject.kind === 'refund') {
    put(account, 'refunds', renderRefund(account, subject))
    ofCharge(account, world.get('charge', subject.charge))
  }
  if (subject.kind === 'movement' && subject.source.kind === 'charge') {
    ofCharge(account, world.get('charge', subject.source.key))
  }
  if (subject.kind === 'payout') put(account, 'payouts', renderPayout(account, subject))
  if (subject.kind === 'subscription') {
    put(account, 'subscriptions', renderSubscription(account, subject))
  }
}

function ofCharge(account: Account, charge: Charge): void {
  // A charge is known before its payment names it.
  const payment = account.world.get('payment', charge.payment)
  put(account, 'payments', renderPayment(account, payment))
}

function listenToBuyer(account: Account, buyer: Buyer): void {
  if (buyer.deletedAt !== null) removeCustomer(account, account.id('CU', buyer.key))
  else put(account, 'customers', renderCustomer(account, buyer))
}

function listenToInstrument(account: Account, instrument: Instrument): void {
  put(account, 'customer_bank_accounts', renderBankAccount(account, instrument))
  put(account, 'mandates', renderMandate(account, instrument))
}

function put(account: Account, kind: Kind, object: Json | null): void {
  if (object === null) return
  const table = account.tables[kind]
  const name = String(object.id)
  const before = table.get(name)
  if (before && JSON.stringify(before.object) === JSON.stringify(object)) return
  if (before) before.object = object
  else table.set(name, { object, created: account.world.now(), place: table.size })
  account.tell(kind, before ? 'updated' : 'created', { [LINK[kind] ?? kind]: name })
}

function removeCustomer(account: Account, name: string): boolean {
  if (!account.tables.customers.delete(name)) return false
  account.removed.add(name)
  account.tell('customers', 'removed', { customer: name })
  return true
}
