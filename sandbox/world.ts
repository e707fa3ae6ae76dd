// One business and everything its buyers did there, from a seed and in no partner's words. What
// happens is told to listeners; each simulated partner writes it down in its own wire format.
import { buyersArrive } from './world/buyers.ts'
import { stock } from './world/catalogue.ts'
import { openTheBank } from './world/movements.ts'
import { SHOW_COUNT, scheduleShows } from './world/showcase.ts'
import { createSim, DAY, type Sim } from './world/sim.ts'

export const EPOCH = Date.UTC(2026, 0, 1)
export const HISTORY_DAYS = 540

export type World = Sim & { epoch: number; start: number; business: Business }

export type Business = { name: string; country: string; email: string; createdAt: number }

export type WorldOptions = {
  seed: number | string
  // People who came by until the epoch, guests and deleted ones included.
  buyers?: number
  // What the virtual clock shows at first.
  epoch?: number
  // The seed of the people who buy at every partner's; the world's own seed without it.
  people?: number | string
  // Partners that do not know a currency are paid in another one; shops, always in their own.
  currencyFor?: (currency: string) => string
  // At partners that can merge customers.
  merges?: boolean
  // People come by, and buy nothing.
  idle?: boolean
}

// The world at the beginning of its history, before anything happened: listen first, then let it
// advance to its epoch.
export function createWorld(options: WorldOptions): World {
  const { seed, buyers = 200, epoch = EPOCH, people = seed } = options
  const start = epoch - HISTORY_DAYS * DAY
  const currencyFor = options.currencyFor ?? ((currency) => currency)
  const sim = createSim({
    seed: String(seed),
    start,
    ...habits(options),
    people: String(people),
    currencyFor,
  })
  const shows = Math.min(SHOW_COUNT, buyers)
  openTheBank(sim)
  stock(sim)
  if (buyers > shows) {
    const gap = ((HISTORY_DAYS - 1) * DAY) / (buyers - shows)
    buyersArrive(sim, { start: start + DAY, gap })
  }
  scheduleShows(sim, epoch, shows)
  return { ...sim, epoch, start, business: business(start) }
}

function habits({ merges = false, idle = false }: WorldOptions) {
  return { merges, idle }
}

function business(createdAt: number): Business {
  const name = 'Grün & Söhne Garden Supply'
  return { name, country: 'US', email: 'owner@garden.example', createdAt }
}
