import { setTimeout as sleep } from 'node:timers/promises'
import type { PartnerName } from '../../sandbox/partners.ts'
import { random } from '../../sandbox/world/random.ts'
import { type LoadFigures, startLoad } from './load.ts'
import { type Member, newMember } from './process.ts'
import { type Stage, setStage, writtenAccounts } from './stage.ts'

export interface FleetFigures extends LoadFigures {
  readonly kills: number
  readonly partners: number
  readonly records: number
  readonly lost: number
  readonly doubled: number
  readonly stale: number
  readonly seconds: number
  readonly broken: readonly string[]
}

export interface FleetOptions {
  readonly partners: readonly PartnerName[]
  /** How often each process is killed. */
  readonly rounds: number
  readonly seed: number
  readonly buyers: number
}

const hour_ms = 3_600_000
/** Past the longest bound that a partner states for what its API hides. */
const bound_hours = 27
/** A dead worker's job is taken over within a minute; then it is read to its end. */
const settle_max_ms = 240_000

/** Two API processes and three workers, each killed in turn while all are busy. */
export async function fleet(options: FleetOptions): Promise<FleetFigures> {
  const began_ms = Date.now()
  const stage = await setStage(options)
  const servers = await membersOf(stage, 2, 'api', apiArgs)
  const workers = await membersOf(stage, 3, 'worker', workerArgs)
  const members = [...servers, ...workers]
  try {
    await Promise.all(members.map((member) => member.start()))
    const { key } = stage
    const ledgerAccountIds = stage.businesses.map((one) => one.ledgerAccountId)
    const load = startLoad({ servers, key, ledgerAccountIds, readers: 4, writers: 1 })
    const kills = await killEach(stage, members, options)
    stage.sandbox.advance(bound_hours * hour_ms)
    const unsettled = await settle(stage, servers)
    const told = await load.stop()
    return await figuresOf(stage, { told, kills, unsettled, began_ms, ...options })
  } finally {
    for (const member of members) await member.stop('SIGKILL')
    await stage.close()
  }
}

const apiArgs = (port: number) => ['api', '--port', String(port)]
const workerArgs = (port: number) => [
  ...['worker', '--sync-every', '4s', '--parallel', '2', '--metrics-port', String(port)],
]

async function membersOf(
  { env }: Stage,
  count: number,
  kind: string,
  args: (port: number) => readonly string[],
): Promise<Member[]> {
  const made = Array.from({ length: count }, (_, i) => ({ name: `${kind} ${i + 1}`, args, env }))
  return Promise.all(made.map(newMember))
}

/** Kills one after the other at a random moment, while the world goes on. */
async function killEach(
  { sandbox }: Stage,
  members: readonly Member[],
  { rounds, seed }: FleetOptions,
): Promise<number> {
  const draw = random('fleet', String(seed))
  let kills = 0
  for (let round = 0; round < rounds; round++) {
    for (const member of members) {
      sandbox.advance(draw.between(1, 10) * hour_ms)
      await sleep(draw.between(500, 3_000))
      await member.stop('SIGKILL')
      kills++
      sandbox.advance(draw.between(1, 10) * hour_ms)
      await sleep(draw.between(0, 1_500))
      await member.start()
    }
  }
  return kills
}

/** Has everything read twice, and waits for its end. Gives what did not come to one. */
async function settle(stage: Stage, servers: readonly Member[]): Promise<string[]> {
  let open: string[] = []
  for (let reading = 0; reading < 2; reading++) {
    const asked_ms = Date.now()
    await askAll(stage, servers)
    const deadline = asked_ms + settle_max_ms
    do {
      await sleep(500)
      open = await unfinished(stage, asked_ms)
    } while (open.length > 0 && Date.now() < deadline)
  }
  return open
}

async function askAll({ businesses, key }: Stage, [server]: readonly Member[]) {
  for (const { connectionId } of businesses) {
    const url = `${server?.url}/v2/partner_account_connections/${connectionId}/sync`
    const headers = { 'x-api-key': key, 'content-type': 'application/json' }
    const { status } = await fetch(url, { method: 'POST', headers, body: '{}' })
    if (status !== 202) throw new Error(`a sync could not be asked for: ${status}`)
  }
}

async function unfinished({ businesses }: Stage, since_ms: number): Promise<string[]> {
  const open: string[] = []
  for (const business of businesses) {
    const { partnerSource } = await business.connection()
    const streams = [...(await business.streams()).values()]
    const last_ms = Math.max(...streams.map((one) => Date.parse(one.last_success ?? '') || 0))
    if (last_ms < since_ms) open.push(`${partnerSource}: not read since it was asked for`)
    for (const { stream, state, reason } of streams) {
      if (state !== 'complete') open.push(`${partnerSource} ${stream}: ${state} ${reason ?? ''}`)
    }
  }
  return open
}

interface Seen extends FleetOptions {
  readonly told: LoadFigures
  readonly kills: number
  readonly unsettled: readonly string[]
  readonly began_ms: number
}

async function figuresOf(stage: Stage, seen: Seen): Promise<FleetFigures> {
  const { told, kills, unsettled, began_ms, partners } = seen
  const differences: string[] = []
  let records = 0
  for (const { oracle } of stage.businesses) {
    differences.push(...(await oracle.differences(stage.db)))
    records += (await oracle.expected()).size
  }
  const extra = (await writtenAccounts(stage)) - told.written
  const writes = extra === 0 ? [] : [`${extra < 0 ? 'lost' : 'doubled'} writes: ${Math.abs(extra)}`]
  const all = [...differences, ...writes, ...(await gapsIn(stage))]
  const counted = (pattern: RegExp) => all.filter((line) => pattern.test(line)).length
  return {
    ...told,
    kills,
    partners: partners.length,
    records,
    lost: counted(/^(missing|lost)/),
    doubled: counted(/^(doubled|created twice)/),
    stale: counted(/^(different|extra|deleted though)/),
    seconds: Math.round((Date.now() - began_ms) / 1000),
    broken: [...told.failed, ...unsettled, ...all],
  }
}

/** Numbers of the change feed that are missing, and records that it made twice. */
async function gapsIn({ db }: Stage): Promise<string[]> {
  const gaps = await db.query<{ account: string }>(
    `select f.ledger_account_id as account from feed f where f.seq <>
       (select count(*) from change c where c.ledger_account_id = f.ledger_account_id)`,
  )
  const twice = await db.query<{ id: string }>(
    `select id from change where kind = 'created'
     group by ledger_account_id, object, id having count(*) > 1`,
  )
  return [
    ...gaps.map(({ account }) => `lost changes: the feed of ${account} has a gap`),
    ...twice.map(({ id }) => `created twice: ${id}`),
  ]
}

export function fleetSentence(figures: FleetFigures): string {
  const { kills, partners, records, lost, doubled, stale, requests, retried, failed } = figures
  return [
    ...figures.broken.slice(0, 20),
    `fleet: ${kills} kills of 2 API processes and 3 workers, ${partners} partners, ` +
      `${records} records: ${lost} lost, ${doubled} doubled, ${stale} stale; ` +
      `${requests} requests: ${failed.length} failed (${retried} sent again), ` +
      `${figures.written} writes; ${figures.seconds} s`,
  ].join('\n')
}
