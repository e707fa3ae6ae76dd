// One shop: the world written down as WordPress would, users and posts, as it happens.
import type { Thing } from '../world/entities.ts'
import { createWorld, type World, type WorldOptions } from '../world.ts'
import { renderCustomer } from './customer.ts'
import { placedWith, renderOrder, renderRefund } from './order.ts'
import { renderProduct } from './product.ts'

export type ShopOptions = WorldOptions & { currency?: string }

export type RowKind = 'customers' | 'products' | 'orders' | 'refunds'

// A row as it is kept: what it is made of, and what was last written of it.
export type Row = {
  id: number
  thing: Thing
  created: number
  modified: number
  // Left in the trash: read by its id, and in no list.
  trashed: boolean
  rendered: Record<string, unknown> | null
  // What an order keeps as it was when it was placed: who, where to, which things.
  fixed: Record<string, unknown>
}

export type Shop = {
  world: World
  currency: string
  tables: Record<RowKind, Map<number, Row>>
  idOf: (kind: RowKind, key: string) => number | null
  advanceTo: (time: number) => void
  // Says that a thing has changed, as if by hand; its stamp moves.
  write: (kind: RowKind, thing: Thing, silent?: boolean) => Row
  remove: (kind: RowKind, id: number) => boolean
  rendered: (kind: RowKind, row: Row) => Record<string, unknown>
  // Told what is written and removed, in the shop's own topics.
  heard: ((topic: string, body: Record<string, unknown>) => void)[]
}

// WordPress numbers its users and everything else apart; the first ones are its own.
const FIRST_USER = 2
const FIRST_POST = 11

export function createShop({ currency = 'eur', ...options }: ShopOptions): Shop {
  const world = createWorld({
    people: options.seed,
    ...options,
    seed: `${options.seed} woocommerce`,
    currencyFor: () => currency,
  })
  const tables = {
    customers: new Map(),
    products: new Map(),
    orders: new Map(),
    refunds: new Map(),
  }
  const ids = new Map<string, number>()
  const counts = { user: FIRST_USER, post: FIRST_POST }
  const shop: Shop = {
    heard: [],
    world,
    currency,
    tables,
    idOf: (kind, key) => ids.get(`${kind} ${key}`) ?? null,
    advanceTo: (time) => world.advanceTo(time),
    write: (kind, thing, silent = false) => {
      const name = `${kind} ${thing.key}`
      const known = ids.get(name)
      const id = known ?? (kind === 'customers' ? counts.user++ : counts.post++)
      ids.set(name, id)
      const before = tables[kind].get(id)
      const now = world.now()
      const row = before ?? {
        id,
        thing,
        created: now,
        modified: now,
        trashed: false,
        rendered: null,
        fixed: {},
      }
      if (!before && thing.kind === 'payment') row.fixed = placedWith(shop, thing, id)
      row.rendered = null
      if (!silent) row.modified = now
      tables[kind].set(id, row)
      if (!silent) hear(shop, kind, { row, way: before ? 'updated' : 'created' })
      return row
    },
    remove: (kind, id) => {
      const row = tables[kind].get(id)
      if (!row) return false
      tables[kind].delete(id)
      if (kind === 'customers') forget(shop, row)
      hear(shop, kind, { row, way: 'deleted' })
      return true
    },
    rendered: (kind, row) => {
      row.rendered ??= RENDERERS[kind](shop, row)
      return row.rendered
    },
  }
  world.listen(({ verb, subject }) => listen(shop, verb, subject))
  world.advanceTo(world.epoch)
  return shop
}

const RENDERERS = {
  customers: renderCustomer,
  products: renderProduct,
  orders: renderOrder,
  refunds: renderRefund,
} as const

const NOUNS: Partial<Record<RowKind, string>> = {
  customers: 'customer',
  products: 'product',
  orders: 'order',
}

// Of what was deleted, only the id is told. A refund is told as a change of its order.
function hear(shop: Shop, kind: RowKind, { row, way }: { row: Row; way: string }): void {
  const noun = NOUNS[kind]
  if (noun === undefined || shop.heard.length === 0) return
  const body = way === 'deleted' ? { id: row.id } : { id: row.id, resource: noun }
  for (const one of shop.heard) one(`${noun}.${way}`, body)
}

// Orders of a deleted customer become a guest's, and their stamps do not tell.
function forget(shop: Shop, { thing }: Row): void {
  for (const row of shop.tables.orders.values()) {
    const { thing: order } = row
    if (order.kind === 'payment' && order.buyer === thing.key) row.rendered = null
  }
}

function listen(shop: Shop, verb: string, subject: Thing): void {
  if (subject.kind === 'buyer') {
    listenToBuyer(shop, verb, subject)
    return
  }
  if (subject.kind === 'product') {
    const row = shop.write('products', subject)
    if (verb === 'product.deleted') shop.remove('products', row.id)
    return
  }
  if (subject.kind === 'payment') {
    const row = shop.write('orders', subject)
    // What was never paid is cleared away.
    row.trashed = verb === 'payment.canceled' && subject.cancelReason === 'abandoned'
    // An order in the trash is told as a deleted product too.
    if (row.trashed)
      for (const one of shop.heard)
        for (const noun of ['order', 'product']) one(`${noun}.deleted`, { id: row.id })
    return
  }
  if (subject.kind === 'refund' && verb === 'refund.created') {
    shop.write('refunds', subject)
    const charge = shop.world.get('charge', subject.charge)
    shop.write('orders', shop.world.get('payment', charge.payment))
  }
}

function listenToBuyer(shop: Shop, verb: string, buyer: Extract<Thing, { kind: 'buyer' }>): void {
  if (buyer.guest) return
  const row = shop.write('customers', buyer)
  if (verb === 'buyer.deleted') shop.remove('customers', row.id)
}
