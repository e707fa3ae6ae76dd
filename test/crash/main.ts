// Kills a worker again and again while it reads, and compares what is stored with the partner's.
import { parseArgs } from 'node:util'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import { random } from '../../sandbox/world/random.ts'
import { openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { connected } from '../business.ts'
import { type PostgresServer, startPostgres } from '../postgres.ts'
import { type Killing, type Life, live, moments, type Orders } from './life.ts'
import { newRefetchCount, type Refetched, type Standings, standings } from './refetch.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    seed: { type: 'string', default: '1' },
    buyers: { type: 'string', default: '120' },
    // Kills the database instead of the worker.
    postgres: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})

const kills_wanted = Number(values.kills ?? (values.postgres ? 3 : 25))
const lives_max = kills_wanted * 4 + 10
const schema = 'crash'
const hour_ms = 3_600_000
// A backfill has many moments and takes long; a look at the event log does not.
const backfill = { nth_max: 40, ms_max: 900 }
const follow_up = { nth_max: 3, ms_max: 150 }
const draw = random('crash', values.seed)
const began_ms = Date.now()

// What is acknowledged must be on the disk, as in production.
const durable = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
const postgres = await startPostgres({ settings: durable })
const sandbox = await startSandbox({ seed: Number(values.seed), buyers: Number(values.buyers) })
try {
  const figures = await crash(postgres, sandbox)
  console.log(values.json ? JSON.stringify(figures) : sentence(figures))
  process.exitCode = figures.broken.length > 0 ? 1 : 0
} finally {
  await sandbox.stop()
  await postgres.stop()
}

interface Figures {
  readonly kills: number
  readonly by_moment: { readonly [moment: string]: number }
  readonly lives: number
  readonly records: number
  readonly lost: number
  readonly doubled: number
  readonly stale: number
  readonly refetched: {
    readonly pages: number
    readonly per_stream_per_kill_max: number
    /** Of streams read in one segment. */
    readonly unsplit_max: number
    readonly per_segment_per_kill_max: number
  }
  readonly acknowledged_lost: number
  readonly seconds: number
  readonly broken: readonly string[]
}

async function crash(postgres: PostgresServer, sandbox: Sandbox): Promise<Figures> {
  const db = await openDatabase({ url: postgres.url, schema })
  await migrate(db)
  const business = await connected(db, sandbox)
  const { ledgerAccountId, connectionId, masterKey } = business
  const orders = { url: postgres.url, schema, masterKey, ledgerAccountId, connectionId, die: null }
  const count = newRefetchCount()
  const refetched: Refetched[] = []
  const killed: string[] = []
  const broken: string[] = []
  let lives = 0
  let acknowledged_lost = 0
  let before = await standings(db, connectionId)

  async function oneLife(die: Orders['die'], killing: Killing): Promise<Life> {
    sandbox.clearRequests()
    const life = await live({ ...orders, die }, killing)
    lives++
    if (values.postgres && killing) await postgres.restart()
    const after = await standings(db, connectionId)
    refetched.push(...count(sandbox.requests(), before, after))
    before = after
    if (life.end === 'failed' && !values.postgres) broken.push(`worker failed: ${life.output}`)
    if (life.failed.length > 0) broken.push(...life.failed)
    if (life.acknowledged > (await head())) acknowledged_lost++
    return life
  }

  async function head(): Promise<number> {
    const [feed] = await db.query<{ seq: number }>(
      'select seq from feed where ledger_account_id = $1',
      [ledgerAccountId],
    )
    return feed?.seq ?? 0
  }

  while (killed.length < kills_wanted && lives < lives_max && broken.length === 0) {
    const plan = nextDeath(killed.length, isInBackfill(before))
    const life = await oneLife(plan.die, plan.killing)
    if (life.end !== 'done') killed.push(plan.name)
    await moveTheWorld(sandbox, life.end === 'done')
  }
  // Twice: the first ends passes that were cut off, with the horizon they had.
  for (let i = 0; i < 2 && broken.length === 0; i++) await oneLife(null, null)

  const differences = broken.length > 0 ? [] : await business.oracle.differences(db)
  const records = (await business.oracle.expected()).size
  await db.close()
  return {
    kills: killed.length,
    by_moment: Object.fromEntries(
      [...new Set(killed)].map((name) => [name, killed.filter((one) => one === name).length]),
    ),
    lives,
    records,
    lost: counted(differences, /^(missing|lost)/),
    doubled: counted(differences, /^(doubled|created twice)/),
    stale: counted(differences, /^(different|extra|deleted though)/),
    refetched: {
      pages: round(refetched.reduce((sum, { pages }) => sum + pages, 0)),
      per_stream_per_kill_max: round(Math.max(0, ...refetched.map(({ pages }) => pages))),
      unsplit_max: round(
        Math.max(0, ...refetched.filter(({ open }) => open <= 1).map(({ pages }) => pages)),
      ),
      per_segment_per_kill_max: round(
        Math.max(0, ...refetched.map(({ pages, open }) => pages / Math.max(1, open))),
      ),
    },
    acknowledged_lost,
    seconds: round((Date.now() - began_ms) / 1000),
    broken: [
      ...broken,
      ...differences,
      ...refetched
        .filter(({ pages, open }) => pages > Math.max(1, open))
        .map(({ stream, pages, open }) => `${stream}: ${pages} pages again, ${open} segments open`),
      ...(acknowledged_lost > 0 ? [`${acknowledged_lost} acknowledged commits lost`] : []),
      ...(killed.length < kills_wanted ? [`only ${killed.length} kills in ${lives} lives`] : []),
    ],
  }
}

interface Death {
  readonly name: string
  readonly die: Orders['die']
  readonly killing: Killing
}

/** Whether a stream is still to be read to its end. */
function isInBackfill(standings: Standings): boolean {
  return [...standings.values()].some(({ watermark_ms }) => watermark_ms === null)
}

/** Named moments in turn, and every sixth time whenever it happens to be. */
function nextDeath(index: number, inBackfill: boolean): Death {
  const { nth_max, ms_max } = inBackfill ? backfill : follow_up
  const after_ms = draw.between(0, ms_max)
  if (values.postgres) {
    return { name: 'postgres', die: null, killing: { after_ms, kill: () => postgres.crash() } }
  }
  const at = moments[index % (moments.length + 1)]
  if (!at) return { name: 'random', die: null, killing: { after_ms } }
  const nth = at === 'before ack' ? 1 : draw.between(1, nth_max)
  return { name: at, die: { at, nth }, killing: null }
}

/** Buyers go on buying while the worker is dead; now and then for longer than the event log. */
async function moveTheWorld(sandbox: Sandbox, done: boolean) {
  const hours = done ? draw.pick([24, 72, 200, 800]) : draw.pick([0, 0, 1, 5, 30])
  sandbox.advance(hours * hour_ms)
  if (!draw.chance(0.3)) return
  const at = `${sandbox.url}/_sandbox/stripe/customers`
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ name: `Buyer ${hours}`, with_card: true })
  const made = (await (await fetch(at, { method: 'POST', headers, body })).json()) as { id: string }
  if (draw.chance(0.5)) await fetch(`${at}/${made.id}`, { method: 'DELETE' })
}

function counted(lines: readonly string[], pattern: RegExp): number {
  return lines.filter((line) => pattern.test(line)).length
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function sentence(figures: Figures): string {
  const { kills, lives, records, lost, doubled, stale, refetched, seconds } = figures
  const moments = Object.entries(figures.by_moment).map(([name, times]) => `${times} ${name}`)
  return [
    ...figures.broken.slice(0, 20),
    `kills: ${moments.join(', ')}`,
    `${kills} kills in ${lives} lives, ${records} records: ${lost} lost, ${doubled} doubled, ` +
      `${stale} stale, ${figures.acknowledged_lost} acknowledged lost; pages fetched again: ` +
      `${refetched.pages} in all, at most ${refetched.per_stream_per_kill_max} a stream a kill ` +
      `(${refetched.unsplit_max} where read in one segment, ` +
      `${refetched.per_segment_per_kill_max} an open segment); ${seconds} s`,
  ].join('\n')
}
