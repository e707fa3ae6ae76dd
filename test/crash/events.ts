import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Random, random } from '../../sandbox/world/random.ts'
import type { Moment } from '../../src/events/deliver.ts'
import { customer } from '../../src/model/customer.ts'
import { createInstitution } from '../../src/store/api_key.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { masterKeysFrom, newMasterKey } from '../../src/store/seal.ts'
import type { PostgresServer } from '../postgres.ts'
import { type Receiver, startReceiver } from '../receiver.ts'
import { newShop, type Shop } from '../world.ts'
import type { DelivererOrders } from './deliverer.ts'
import { newEndpointIn } from './events_endpoint.ts'
import { type EventFigures, figuresOf } from './events_figures.ts'

export interface EventTrialOptions {
  readonly postgres: PostgresServer
  readonly kills_wanted: number
  readonly seed: string
}

const moments: readonly Moment[] = ['before send', 'after send', 'before commit', 'after commit']
/** Short, so that lanes of the dead are taken over within the trial. */
const lease_ms = 1_000
const customers = 30
/** More than one process takes at a time, so that both have something to do. */
const shops_count = 8
const settle_max_ms = 120_000
/** Two processes share the work at any time; one of them is killed. */
const processes = 2

/**
 * Kills processes that deliver events again and again while records change, and compares what the
 * receiver got with what the feed holds.
 */
export async function eventTrial(options: EventTrialOptions): Promise<EventFigures> {
  const { postgres, kills_wanted, seed } = options
  const began_ms = Date.now()
  const schema = `crash_events_${randomBytes(4).toString('hex')}`
  const db = await openDatabase({ url: postgres.url, schema })
  const receiver = await startReceiver()
  try {
    await migrate(db)
    const stage = await stageOf(db, receiver)
    const draw = random('crash', 'events', seed)
    stubborn(receiver, draw)
    const orders = { url: postgres.url, schema, masterKey: stage.masterKey, lease_ms }
    const killed = await killing({ ...stage, draw, orders, kills_wanted })
    await allTold(db)
    for (const one of killed.living) one.kill('SIGKILL')
    return await figuresOf({ db, receiver, killed: killed.names, broken: killed.broken, began_ms })
  } finally {
    await receiver.close()
    await db.close()
  }
}

interface Stage {
  readonly shops: readonly Shop[]
  readonly masterKey: string
}

async function stageOf(db: Database, receiver: Receiver): Promise<Stage> {
  const institutionId = await createInstitution(db, { name: 'Bank', now_ms: Date.now() })
  const masterKey = newMasterKey()
  const keys = masterKeysFrom(masterKey)
  await newEndpointIn(db, { keys, institutionId, url: receiver.url })
  const shops: Shop[] = []
  while (shops.length < shops_count) shops.push(await newShop(db, { institutionId }))
  return { shops, masterKey }
}

/** Now and then the receiver takes its time, so that a kill finds something on its way. */
function stubborn(receiver: Receiver, draw: Random) {
  receiver.answer = async (_, response) => {
    await sleep(draw.between(0, 15))
    response.writeHead(204)
  }
}

interface Killing extends Stage {
  readonly draw: Random
  readonly orders: Omit<DelivererOrders, 'die'>
  readonly kills_wanted: number
}

async function killing({ shops, draw, orders, kills_wanted }: Killing) {
  const names: string[] = []
  const broken: string[] = []
  const living = new Set<ChildProcess>()
  const writing = new AbortController()
  const written = writeOn(shops, draw, writing.signal)
  const note = (line: string) => void broken.push(line)
  living.add(spawned({ ...orders, die: null }, note))
  for (let n = 0; names.length < kills_wanted && n < kills_wanted * 2 && !broken.length; n++) {
    const at = moments[n % (moments.length + 1)]
    const die = at ? { at, nth: draw.between(1, 8) } : null
    const child = spawned({ ...orders, die }, note)
    const limit_ms = at ? 6_000 : draw.between(300, 1_500)
    await Promise.race([ended(child), sleep(limit_ms)])
    if (child.signalCode === 'SIGKILL') names.push(at ?? 'random')
    else if (child.kill('SIGKILL')) names.push('random')
    await ended(child)
    // The one that lived beside it is killed too now and then, so that nobody is left.
    if (draw.chance(0.2)) await replaceAll(living, () => spawned({ ...orders, die: null }, note))
  }
  writing.abort()
  await written
  while (living.size < processes) living.add(spawned({ ...orders, die: null }, note))
  return { names, broken, living }
}

async function replaceAll(living: Set<ChildProcess>, next: () => ChildProcess) {
  for (const one of living) {
    one.kill('SIGKILL')
    await ended(one)
    living.delete(one)
  }
  living.add(next())
}

function ended(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => child.once('close', resolve))
}

function spawned(orders: DelivererOrders, note: (line: string) => void): ChildProcess {
  const script = new URL('./deliverer.ts', import.meta.url).pathname
  const env = {
    ...process.env,
    CRASH_ORDERS: JSON.stringify(orders),
    NODE_COMPILE_CACHE: join(tmpdir(), 'furrow-crash-compiled'),
  }
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stderr.on('data', (bytes) => note(String(bytes)))
  return child
}

/** Records go on changing while processes die. */
async function writeOn(shops: readonly Shop[], draw: Random, signal: AbortSignal) {
  for (let n = 0; !signal.aborted; n++) {
    const shop = draw.pick([...shops])
    const ids = Array.from({ length: draw.between(1, 8) }, () => draw.between(1, customers))
    const parts = [...new Set(ids)].map((id) => ({ partnerRecordId: `c${id}`, name: `Name ${n}` }))
    await shop.put(customer, parts)
    await sleep(draw.between(5, 40))
  }
}

/** Waits until every change has become deliveries and every delivery has ended. */
async function allTold(db: Database) {
  const deadline_ms = Date.now() + settle_max_ms
  for (;;) {
    const [left] = await db.query<{ n: number }>(
      `select (select count(*) from event_delivery where state = 'pending') + (
         select count(*) from feed f join event_lane l using (ledger_account_id)
         where f.seq > l.seq) as n`,
    )
    if (left?.n === 0) return
    if (Date.now() > deadline_ms) throw new Error(`${left?.n} deliveries did not end in time`)
    await sleep(200)
  }
}
