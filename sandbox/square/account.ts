// One seller's account: the world written down as Square's objects, with the log of events.
import { type Key, type Random, random, token } from '../world/random.ts'
import type { Movement } from '../world/sales.ts'
import { DAY } from '../world/sim.ts'
import { createWorld, type World, type WorldOptions } from '../world.ts'
import { createEvents, type Events } from './events.ts'
import { type Json, shiftOf, stamp } from './format.ts'
import { listen } from './listen.ts'
import { removeCustomer } from './profile.ts'

export type AccountOptions = WorldOptions & { currency?: string }

export const KINDS = [
  'customers',
  'cards',
  'payments',
  'refunds',
  'disputes',
  'orders',
  'invoices',
  'subscriptions',
  'catalog',
  'payouts',
  'bankAccounts',
] as const
export type Kind = (typeof KINDS)[number]

export type Row = {
  id: string
  // The world's key of it.
  key: string
  created: number
  updated: number
  version: number
  // Written anew whenever it changes, never changed: events keep what it was.
  json: Json
  // Where it belongs, and what else its lists are filtered by.
  location: string
  group: string
  // Without what moves with every change, to see whether anything did.
  mark: string
}

export type Stamps = { created_at: string; updated_at: string; version: number }
export type Place = { id: string; key: string; location?: string; group?: string }
export type Put = { row: Row; isNew: boolean } | null

export type Account = {
  seed: string
  world: World
  merchant: string
  locations: readonly [string, string]
  id: (prefix: string, length: number, ...keys: Key[]) => string
  draw: (...keys: Key[]) => Random
  tables: Record<Kind, Map<string, Row>>
  // Counts changes of a table, so that a list knows when it is old.
  version: Record<Kind, number>
  events: Events
  // What was written once and stays: whose a thing was, what it was called.
  fixed: Map<string, Json>
  // The profiles of a buyer are counted: a merge begins a new one.
  profiles: Map<string, number>
  // Removed by hand, while the world does not know.
  erased: Set<string>
  movements: Map<string, Movement[]>
  // Writes a thing down; null when nothing about it is different.
  put: (kind: Kind, place: Place, render: (stamps: Stamps) => Json) => Put
  drop: (kind: Kind, id: string) => Row | null
  advanceTo: (time: number) => void
  remove: (id: string) => boolean
}

// Sellers have a balance in the currency they sell in, so nobody pays in one that is exchanged.
const inOwnCurrency = (code: string) => (code === 'gbp' ? 'usd' : code)

export function createAccount({ currency, ...options }: AccountOptions): Account {
  const seed = `${options.seed} square`
  const currencyFor = currency ? () => currency : inOwnCurrency
  const world = createWorld({ people: options.seed, merges: true, ...options, currencyFor, seed })
  const ids = new Map<string, string>()
  const id = (prefix: string, length: number, ...keys: Key[]) => {
    const name = `${length} ${prefix} ${keys.join('\u0000')}`
    const made = ids.get(name) ?? `${prefix}${token(length, seed, ...keys)}`
    ids.set(name, made)
    return made
  }
  const location = (name: string) => id('L', 12, 'location', name).toUpperCase()
  const merchant = id('ML', 11, 'merchant').toUpperCase()
  const account: Account = {
    seed,
    world,
    merchant,
    locations: [location('main'), location('second')],
    id,
    draw: (...keys) => random(seed, ...keys),
    tables: Object.fromEntries(KINDS.map((kind) => [kind, new Map()])) as Account['tables'],
    version: Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Account['version'],
    events: createEvents({ seed, merchant, now: world.now, from: world.epoch - 30 * DAY }),
    fixed: new Map(),
    profiles: new Map(),
    erased: new Set(),
    movements: new Map(),
    put: (kind, place, render) => put(account, kind, { place, render }),
    drop: (kind, name) => {
      const row = account.tables[kind].get(name) ?? null
      if (row && account.tables[kind].delete(name)) account.version[kind] += 1
      return row
    },
    advanceTo: (time) => world.advanceTo(time),
    remove: (name) => removeCustomer(account, name),
  }
  world.listen((happening) => listen(account, happening))
  world.advanceTo(world.epoch)
  return account
}

type Writing = { place: Place; render: (stamps: Stamps) => Json }

function put(account: Account, kind: Kind, { place, render }: Writing): Put {
  const table = account.tables[kind]
  const before = table.get(place.id)
  const now = account.world.now() - shiftOf(account.seed, place.id)
  const created = before?.created ?? now
  const version = (before?.version ?? 0) + 1
  const json = render({ created_at: stamp(created), updated_at: stamp(now), version })
  const mark = markOf(json)
  if (before?.mark === mark) return null
  const { id, key, location = '', group = '' } = place
  const written = { updated: now, version, json, mark, location, group }
  const row = before ? Object.assign(before, written) : { id, key, created, ...written }
  table.set(id, row)
  account.version[kind] += 1
  return { row, isNew: before === undefined }
}

function markOf({ updated_at, version, version_token, ...json }: Json): string {
  return json.type === undefined ? JSON.stringify(json) : JSON.stringify(json, unstamped)
}

// Objects of the catalogue hold others, with stamps of their own.
function unstamped(name: string, value: unknown): unknown {
  return name === 'updated_at' || name === 'version' ? undefined : value
}

// One of the two, always the same for the same thing.
export function locationOf(account: Account, key: string): string {
  return account.locations[account.draw('at', key).chance(0.7) ? 0 : 1]
}
