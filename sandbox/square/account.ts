// One seller's account: the world written down as Square's objects, with the log of events.
import { type Key, random, token } from '../world/random.ts'
import { DAY } from '../world/sim.ts'
import { createWorld, type WorldOptions } from '../world.ts'
import { createEvents } from './events.ts'
import { type Json, shiftOf, stamp } from './format.ts'
import { listen } from './listen.ts'
import { removeCustomer } from './profile.ts'
import { type Account, KINDS, type Kind, type Place, type Put, type Stamps } from './types.ts'

export type AccountOptions = WorldOptions & { currency?: string }

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
    became: new Map(),
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
