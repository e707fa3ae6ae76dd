// What an account is made of.
import type { Key, Random } from '../world/random.ts'
import type { Movement } from '../world/sales.ts'
import type { World } from '../world.ts'
import type { Events } from './events.ts'
import type { Json } from './format.ts'
import type { Lists } from './lists.ts'

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
  // Which profile answers for one that was merged.
  became: Map<string, string>
  // Removed by hand, while the world does not know.
  erased: Set<string>
  movements: Map<string, Movement[]>
  // Writes a thing down; null when nothing about it is different.
  put: (kind: Kind, place: Place, render: (stamps: Stamps) => Json) => Put
  drop: (kind: Kind, id: string) => Row | null
  advanceTo: (time: number) => void
  remove: (id: string) => boolean
}

export type Square = { account: Account; lists: Lists }

// One of the two, always the same for the same thing.
export function locationOf(account: Account, key: string): string {
  return account.locations[account.draw('at', key).chance(0.7) ? 0 : 1]
}
