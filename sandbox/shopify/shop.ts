// One shop: the world written down as Shopify's tables would have it, with the stamps they keep.
import type { Buyer, Instrument, Thing } from '../world/entities.ts'
import { createWorld, type World, type WorldOptions } from '../world.ts'
import type { Field } from './cost.ts'
import type { Json } from './format.ts'
import { renderers } from './render.ts'

export type ShopOptions = WorldOptions & { currency?: string }

export const KINDS = [
  'customers',
  'products',
  'orders',
  'subscriptionContracts',
  'payouts',
  'balanceTransactions',
  'disputes',
  'bankAccounts',
] as const
export type Kind = (typeof KINDS)[number]

export type Row = {
  id: number
  thing: Thing
  created: number
  updated: number
  // As it was last written, by what was asked of it.
  rendered: Map<readonly Field[], Json>
  // What an order keeps as it was when it was placed.
  fixed: Json
}

export type Shop = {
  world: World
  currency: string
  domain: string
  tables: Record<Kind, Map<number, Row>>
  // Counts changes of a table, so that a list knows when it is old.
  version: Record<Kind, number>
  idOf: (kind: Kind, key: string) => number
  // Saved payment methods of a buyer, in the order they were saved.
  methods: Map<string, Instrument[]>
  // Who a buyer is by now: merged into another one, erased, or a guest.
  ownerOf: (key: string) => Buyer | null
  write: (kind: Kind, thing: Thing, moves?: boolean) => Row
  remove: (id: number) => boolean
  advanceTo: (time: number) => void
}

// Numbers of different kinds never meet.
const FIRST: Record<Kind, number> = {
  customers: 7_000_000_001,
  products: 8_000_000_001,
  orders: 5_000_000_001,
  subscriptionContracts: 900_001,
  payouts: 100_000_001,
  balanceTransactions: 200_000_001,
  disputes: 300_000_001,
  bankAccounts: 400_000_001,
}

export function createShop({ currency, ...options }: ShopOptions): Shop {
  const seed = `${options.seed} shopify`
  const own = currency ? { currencyFor: () => currency } : {}
  const world = createWorld({ people: options.seed, merges: true, ...options, ...own, seed })
  const ids = new Map<string, number>()
  const counts = { ...FIRST }
  const erased = new Set<string>()
  const tables = Object.fromEntries(KINDS.map((kind) => [kind, new Map()])) as Shop['tables']
  const version = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Shop['version']
  const shop: Shop = {
    world,
    currency: currency ?? 'usd',
    domain: `garden-${options.seed}.myshopify.com`.toLowerCase(),
    tables,
    version,
    idOf: (kind, key) => {
      const known = ids.get(`${kind} ${key}`)
      if (known !== undefined) return known
      ids.set(`${kind} ${key}`, counts[kind])
      return counts[kind]++
    },
    methods: new Map(),
    ownerOf: (key) => {
      let buyer = world.get('buyer', key)
      while (!buyer.guest && buyer.mergedInto !== null) buyer = world.get('buyer', buyer.mergedInto)
      return erased.has(buyer.key) ? null : buyer
    },
    write: (kind, thing, moves = true) => {
      const id = shop.idOf(kind, thing.key)
      const now = world.now()
      const row = tables[kind].get(id) ?? newRow(id, thing, now)
      if (moves) row.updated = now
      row.rendered.clear()
      tables[kind].set(id, row)
      version[kind] += 1
      return row
    },
    remove: (id) => {
      const row = tables.customers.get(id)
      if (!row) return false
      erased.add(row.thing.key)
      tables.customers.delete(id)
      version.customers += 1
      rewriteAllOf(shop, row.thing.key)
      return true
    },
    advanceTo: (time) => world.advanceTo(time),
  }
  world.listen(({ verb, subject }) => listen(shop, verb, subject))
  world.advanceTo(world.epoch)
  return shop
}

function newRow(id: number, thing: Thing, now: number): Row {
  return { id, thing, created: now, updated: now, rendered: new Map(), fixed: {} }
}

// What hangs on a buyer says whose it is.
function rewriteAllOf(shop: Shop, buyer: string): void {
  for (const kind of ['orders', 'subscriptionContracts'] as const) {
    for (const { thing } of [...shop.tables[kind].values()]) {
      const whose = thing.kind === 'payment' || thing.kind === 'subscription' ? thing.buyer : ''
      if (whose === buyer || hasBecome(shop, whose, buyer)) shop.write(kind, thing)
    }
  }
  for (const { thing } of [...shop.tables.disputes.values()]) shop.write('disputes', thing)
}

function hasBecome({ world }: Shop, whose: string, buyer: string): boolean {
  const known = world.all('buyer')
  let at = known.get(whose)
  while (at && !at.guest && at.mergedInto !== null) {
    if (at.mergedInto === buyer) return true
    at = known.get(at.mergedInto)
  }
  return false
}

function listen(shop: Shop, verb: string, subject: Thing): void {
  const { world } = shop
  if (subject.kind === 'buyer') listenToBuyer(shop, verb, subject)
  if (subject.kind === 'instrument' && subject.saved) listenToInstrument(shop, verb, subject)
  if (subject.kind === 'product') {
    const { id } = shop.write('products', subject)
    if (verb === 'product.deleted') {
      shop.tables.products.delete(id)
      for (const { rendered } of shop.tables.orders.values()) rendered.clear()
    }
  }
  if (subject.kind === 'payment') writeOrder(shop, subject.key)
  if (subject.kind === 'charge') writeOrder(shop, subject.payment)
  if (subject.kind === 'refund') writeOrder(shop, world.get('charge', subject.charge).payment)
  if (subject.kind === 'dispute') shop.write('disputes', subject)
  if (subject.kind === 'subscription') shop.write('subscriptionContracts', subject)
  if (subject.kind === 'payout') shop.write('payouts', subject)
  if (subject.kind === 'movement') {
    shop.write('balanceTransactions', subject)
    const bank = { kind: 'product', key: `bank ${subject.currency}` } as Thing // only its key counts
    const known = shop.tables.bankAccounts.has(shop.idOf('bankAccounts', bank.key))
    if (!known) shop.write('bankAccounts', bank).fixed = { currency: subject.currency }
  }
}

// A checkout that nobody tried to pay is no order.
function writeOrder(shop: Shop, key: string): void {
  const payment = shop.world.all('payment').get(key)
  if (!payment || payment.lastCharge === null) return
  const row = shop.write('orders', payment)
  if (Object.keys(row.fixed).length === 0) row.fixed = renderers.placed(shop, payment)
}

function listenToBuyer(shop: Shop, verb: string, buyer: Buyer): void {
  if (buyer.guest) return
  if (verb !== 'buyer.deleted') {
    shop.write('customers', buyer)
    return
  }
  const id = shop.idOf('customers', buyer.key)
  if (buyer.mergedInto === null) {
    shop.remove(id)
    return
  }
  shop.tables.customers.delete(id)
  shop.version.customers += 1
  rewriteAllOf(shop, buyer.key)
}

// No stamp of the customer's moves with them.
function listenToInstrument(shop: Shop, verb: string, instrument: Instrument): void {
  const saved = shop.methods.get(instrument.buyer) ?? []
  shop.methods.set(instrument.buyer, saved)
  if (verb === 'instrument.added') saved.push(instrument)
  const buyer = shop.world.get('buyer', instrument.buyer)
  if (shop.tables.customers.has(shop.idOf('customers', buyer.key))) {
    shop.write('customers', buyer, false)
  }
}
