// One Vendure server: the world written down as its database would, whole seconds and all.
import type { Buyer, Thing } from '../world/entities.ts'
import type { Payment } from '../world/sales.ts'
import { createWorld, type World, type WorldOptions } from '../world.ts'
import { renderCustomer } from './customer.ts'
import { placedWith, renderOrder } from './order.ts'
import { renderProduct } from './product.ts'

export type Kind = 'customers' | 'products' | 'orders'
export type Json = Record<string, unknown>

export type Row = {
  id: string
  thing: Thing
  created: number
  updated: number
  // Whether the buyer is still choosing.
  active: boolean
  rendered: Json | null
  // What an order keeps as it was when it was placed.
  fixed: Json
}

export type VendureServer = {
  world: World
  // Decimals that every amount is counted in, whatever the currency.
  precision: number
  tables: Record<Kind, Map<string, Row>>
  idOf: (kind: Kind, key: string) => string | null
  advanceTo: (time: number) => void
  rendered: (kind: Kind, row: Row) => Json
  remove: (kind: Kind, id: string) => boolean
}

export function createVendureServer({
  precision = 2,
  ...options
}: WorldOptions & { precision?: number }) {
  const seed = `${options.seed} vendure`
  const world = createWorld({ people: options.seed, ...options, seed })
  const tables: VendureServer['tables'] = {
    customers: new Map(),
    products: new Map(),
    orders: new Map(),
  }
  const ids = new Map<string, string>()
  const server: VendureServer = {
    world,
    precision,
    tables,
    idOf: (kind, key) => ids.get(`${kind} ${key}`) ?? null,
    advanceTo: (time) => world.advanceTo(time),
    rendered: (kind, row) => {
      row.rendered ??= RENDERERS[kind](server, row)
      return row.rendered
    },
    remove: (kind, id) => tables[kind].delete(id),
  }
  const counts: Record<Kind, number> = { customers: 0, products: 0, orders: 0 }
  const numberOf = (kind: Kind, key: string) => {
    const known = ids.get(`${kind} ${key}`)
    if (known) return known
    counts[kind] += 1
    ids.set(`${kind} ${key}`, `${counts[kind]}`)
    return `${counts[kind]}`
  }
  world.listen(({ verb, subject }) => listen({ server, numberOf }, verb, subject))
  world.advanceTo(world.epoch)
  return server
}

const RENDERERS = {
  customers: renderCustomer,
  products: renderProduct,
  orders: renderOrder,
} as const

type Book = { server: VendureServer; numberOf: (kind: Kind, key: string) => string }

function listen(book: Book, verb: string, subject: Thing): void {
  const { server } = book
  if (subject.kind === 'buyer') listenToBuyer(book, verb, subject)
  if (subject.kind === 'product') {
    const row = write(book, 'products', subject)
    if (verb === 'product.deleted') server.tables.products.delete(row.id)
  }
  if (subject.kind === 'payment') {
    const row = write(book, 'orders', subject)
    row.active = subject.status === 'awaitingInstrument' && subject.lastCharge === null
  }
  // Money given back changes the state and the stamp of nothing.
  if (subject.kind === 'refund') {
    const charge = server.world.get('charge', subject.charge)
    write(book, 'orders', server.world.get('payment', charge.payment), false)
  }
}

function listenToBuyer(book: Book, verb: string, buyer: Buyer): void {
  const { server } = book
  const id = book.numberOf('customers', buyer.key)
  const before = server.tables.customers.get(id)
  const seen = before && ownFacts(server.rendered('customers', before))
  const row = write(book, 'customers', buyer, false)
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

function write({ server, numberOf }: Book, kind: Kind, thing: Thing, moves = true): Row {
  const table = server.tables[kind]
  const id = numberOf(kind, thing.key)
  const now = server.world.now()
  const before = table.get(id)
  if (before) {
    if (moves) before.updated = now
    before.rendered = null
    return before
  }
  const row: Row = {
    id,
    thing,
    created: now,
    updated: now,
    active: false,
    rendered: null,
    fixed: thing.kind === 'payment' ? placedWith(server, thing as Payment) : {},
  }
  table.set(id, row)
  return row
}
