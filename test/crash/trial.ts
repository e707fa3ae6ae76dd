import type { PartnerName } from '../../sandbox/partners.ts'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import { type Random, random } from '../../sandbox/world/random.ts'
import { partners } from '../../src/partners/index.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { type Business, connected } from '../business.ts'
import { storedRecords } from '../oracle.ts'
import type { PostgresServer } from '../postgres.ts'
import { type Deaths, newDeaths } from './death.ts'
import { type Figures, figuresOf } from './figures.ts'
import { type Killing, type Life, live, type Orders } from './life.ts'
import { newRefetchCount, type Refetched, standings } from './refetch.ts'

export interface TrialOptions {
  readonly partner: PartnerName
  readonly kills_wanted: number
  readonly seed: string
  readonly buyers: number
  readonly postgres: PostgresServer
  /** Kills the database instead of the worker. */
  readonly killsPostgres: boolean
}

const hour_ms = 3_600_000
/** Of a page, so that a world of some hundred rows is read in many. */
const page_size = 40
/** Past the longest bound that a partner states for what its API hides. */
const bound_hours = 27

/** Kills the workers of one partner again and again, and compares what is stored in the end. */
export async function trial(options: TrialOptions): Promise<Figures> {
  const { partner, seed, buyers, postgres } = options
  const began_ms = Date.now()
  const schema = `crash_${partner}`
  const sandbox = await startSandbox({ seed: Number(seed), buyers })
  const db = await openDatabase({ url: postgres.url, schema })
  try {
    await migrate(db)
    const business = await connected(db, sandbox, { partner })
    const { ledgerAccountId, connectionId, masterKey } = business
    const account = { ledgerAccountId, connectionId, masterKey }
    const orders = { url: postgres.url, schema, partner, page_size, ...account, die: null }
    const draw = random('crash', partner, seed)
    const deaths = newDeaths(draw, options.killsPostgres ? postgres : null)
    const { oneLife, seen } = await livesOf({ ...options, sandbox, db, business, orders, deaths })
    await killed({ ...options, sandbox, db, business, draw }, { oneLife, seen, deaths })
    const { broken } = seen
    const differences = broken.length > 0 ? [] : await business.oracle.differences(db)
    const records = (await business.oracle.expected()).size
    const took_ms = Date.now() - began_ms
    return figuresOf({ ...options, ...seen, records, differences, took_ms })
  } finally {
    await db.close()
    await sandbox.stop()
  }
}

interface Seen {
  lives: number
  acknowledged_lost: number
  readonly killed: string[]
  readonly refetched: Refetched[]
  readonly broken: string[]
}

type OneLife = (die: Orders['die'], killing: Killing) => Promise<Life>

interface Lives extends TrialOptions {
  readonly sandbox: Sandbox
  readonly db: Database
  readonly business: Business
  readonly orders: Orders
  readonly deaths: Deaths
}

async function livesOf(of: Lives): Promise<{ oneLife: OneLife; seen: Seen }> {
  const { sandbox, db, business, orders, postgres, killsPostgres } = of
  const { facts } = await business.connection()
  const count = newRefetchCount(partners[of.partner], facts)
  const seen: Seen = { lives: 0, acknowledged_lost: 0, killed: [], refetched: [], broken: [] }
  let before = await standings(db, business.connectionId)
  return {
    seen,
    async oneLife(die, killing) {
      sandbox.clearRequests()
      const life = await live({ ...orders, die }, killing)
      seen.lives++
      of.deaths.learn(life)
      if (killsPostgres && killing) await postgres.restart()
      const after = await standings(db, business.connectionId)
      seen.refetched.push(...count(sandbox.requests(), before, after))
      before = after
      if (life.end === 'failed' && !killsPostgres) {
        seen.broken.push(`worker failed: ${life.output}`)
      }
      seen.broken.push(...life.failed)
      if (life.acknowledged > (await headOf(db, business))) seen.acknowledged_lost++
      return life
    },
  }
}

async function headOf(db: Database, { ledgerAccountId }: Business): Promise<number> {
  const [feed] = await db.query<{ seq: number }>(
    'select seq from feed where ledger_account_id = $1',
    [ledgerAccountId],
  )
  return feed?.seq ?? 0
}

interface Place extends TrialOptions {
  readonly sandbox: Sandbox
  readonly db: Database
  readonly business: Business
  readonly draw: Random
}

async function killed(
  place: Place,
  { oneLife, seen, deaths }: { oneLife: OneLife; seen: Seen; deaths: Deaths },
) {
  const { kills_wanted, sandbox } = place
  const lives_max = kills_wanted * 4 + 10
  const goesOn = () => seen.broken.length === 0
  while (seen.killed.length < kills_wanted && seen.lives < lives_max && goesOn()) {
    const { name, die, killing } = deaths.next(seen.killed.length)
    const life = await oneLife(die, killing)
    if (life.end !== 'done') seen.killed.push(name)
    await moveTheWorld(place, life.end === 'done')
  }
  sandbox.advance(bound_hours * hour_ms)
  // Twice: the first ends passes that were cut off, with the horizon they had.
  for (let i = 0; i < 2 && goesOn(); i++) await oneLife(null, null)
}

/** Buyers go on buying while the worker is dead; now and then for longer than an event log. */
async function moveTheWorld({ sandbox, draw, partner, ...place }: Place, done: boolean) {
  const hours = done ? draw.pick([24, 72, 200, 800]) : draw.pick([0, 0, 1, 5, 30])
  sandbox.advance(hours * hour_ms)
  if (!draw.chance(0.3)) return
  const customers = await customersOf(place)
  if (customers.length === 0) return
  const id = encodeURIComponent(draw.pick(customers))
  // One that is stored may be gone at the partner by now.
  await fetch(`${sandbox.url}/_sandbox/${partner}/customers/${id}`, { method: 'DELETE' })
}

async function customersOf({ db, business }: Pick<Place, 'db' | 'business'>): Promise<string[]> {
  const records = await storedRecords(db, await business.connection())
  return [...records.values()]
    .filter(({ object, origin, recordState }) => {
      return object === 'customer' && origin === 'PARTNER' && recordState === 'ACTIVE'
    })
    .map(({ partnerRecordId }) => String(partnerRecordId))
    .sort()
}
