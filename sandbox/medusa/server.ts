// One Medusa server: the world written down as its modules would, with stamps that do not tell all.
import type { Buyer, Thing } from '../world/entities.ts'
import { token } from '../world/random.ts'
import type { Payment } from '../world/sales.ts'
import { createWorld, type World, type WorldOptions } from '../world.ts'
import { renderCustomer } from './customer.ts'
import { placedWith, renderOrder } from './order.ts'
import { renderProduct } from './product.ts'

export type Kind = 'customers' | 'products' | 'orders'
export type Json = Record<string, unknown>

export type Row = {
  id: string
  number: number
  thing: Thing
  created: number
  updated: number
  version: number
  rendered: Json | null
  // What an order keeps as it was when it was placed.
  fixed: Json
}

export type MedusaServer = {
  world: World
  storeId: string
  tables: Record<Kind, Map<string, Row>>
  id: (prefix: string, key: string) => string
  // The customer of a buyer; null for who is none, or is none any more.
  customerOf: (buyer: Buyer) => string | null
  advanceTo: (time: number) => void
  rendered: (kind: Kind, row: Row) => Json
  remove: (kind: Kind, id: string) => boolean
}

export function createMedusaServer(options: WorldOptions): MedusaServer {
  const seed = `${options.seed} medusa`
  const world = createWorld({ people: options.seed, ...options, seed })
  const tables: MedusaServer['tables'] = {
    customers: new Map(),
    products: new Map(),
    orders: new Map(),
  }
  const id = (prefix: string, key: string) =>
    `${prefix}_01${token(24, seed, prefix, key).toUpperCase()}`
  const server: MedusaServer = {
    world,
    storeId: id('store', 'self'),
    tables,
    id,
    customerOf: (buyer) => (isCustomer(buyer) ? id('cus', buyer.key) : null),
    advanceTo: (time) => world.advanceTo(time),
    rendered: (kind, row) => {
      row.rendered ??= RENDERERS[kind](server, row)
      return row.rendered
    },
    remove: (kind, name) => tables[kind].delete(name),
  }
  world.listen(({ verb, subject }) => listen(server, verb, subject))
  world.advanceTo(world.epoch)
  return server
}

const RENDERERS = {
  customers: renderCustomer,
  products: renderProduct,
  orders: renderOrder,
} as const

// Who buys without an account becomes a customer too, except when the shop's own code forgot.
function isCustomer(buyer: Buyer): boolean {
  return !buyer.guest || (buyer.email !== null && buyer.key.length % 2 === 0)
}

function listen(server: MedusaServer, verb: string, subject: Thing): void {
  if (subject.kind === 'buyer') listenToBuyer(server, verb, subject)
  if (subject.kind === 'product') {
    const row = write(server, 'products', subject, server.id('prod', subject.key))
    if (verb === 'product.deleted') server.tables.products.delete(row.id)
  }
  // A try to pay, a capture and what becomes of it leave the order's stamp alone.
  if (subject.kind === 'payment') writeOrder(server, subject, verb === 'payment.canceled')
  if (subject.kind === 'charge' || subject.kind === 'refund') {
    const charge = subject.kind === 'charge' ? subject : server.world.get('charge', subject.charge)
    const payment = server.world.get('payment', charge.payment)
    writeOrder(server, payment, verb === 'refund.created')
  }
}

function writeOrder(server: MedusaServer, payment: Payment, moves: boolean): void {
  const row = write(server, 'orders', payment, server.id('order', payment.key), moves)
  if (moves) row.version += 1
}

function listenToBuyer(server: MedusaServer, verb: string, buyer: Buyer): void {
  if (!isCustomer(buyer)) return
  const id = server.id('cus', buyer.key)
  const before = server.tables.customers.get(id)
  const seen = before && ownFacts(server.rendered('customers', before))
  const row = write(server, 'customers', buyer, id, false)
  // An address is a row of its own: changing it does not change the customer's stamp.
  if (seen && seen !== ownFacts(server.rendered('customers', row))) {
    row.updated = server.world.now()
    row.rendered = null
  }
  if (verb === 'buyer.deleted') server.tables.customers.delete(id)
}

function ownFacts({ addresses: _, ...own }: Json): string {
  return JSON.stringify(own)
}

function write(server: MedusaServer, kind: Kind, thing: Thing, id: string, moves = true): Row {
  const table = server.tables[kind]
  const now = server.world.now()
  const before = table.get(id)
  if (before) {
    if (moves) before.updated = now
    before.rendered = null
    return before
  }
  const row: Row = {
    id,
    number: table.size + 1,
    thing,
    created: now,
    updated: now,
    version: 1,
    rendered: null,
    fixed: {},
  }
  if (thing.kind === 'payment') row.fixed = placedWith(server, thing)
  table.set(id, row)
  return row
}
