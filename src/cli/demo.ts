import { isPartnerName } from '../../sandbox/partners.ts'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import { connectAccount } from '../connect/connect.ts'
import type { Desk } from '../connect/consent.ts'
import { partnerList } from '../partners/index.ts'
import type { Partner } from '../partners/partner.ts'
import { type Connection, findConnection } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import { createLedgerAccount, ledgerAccountOfInstitution } from '../store/ledger_account.ts'
import type { MasterKeys } from '../store/seal.ts'
import { leadToSimulated } from '../store/simulated_address.ts'
import { misused } from './fault.ts'
import { type DemoFile, files, readJson, writeSecret } from './folder.ts'
import type { Life } from './life.ts'

export interface DemoOptions {
  readonly db: Database
  readonly keys: MasterKeys
  readonly institutionId: string
  readonly folder: string
  readonly seed: number | undefined
}

/** The simulated business, connected: a partner system of its own behind a loopback port. */
export interface Demo {
  readonly sandbox: Sandbox
  /** Where a simulated partner is, and what opens it; null for others. */
  readonly simulated: Desk['simulated']
  /** At the first of the partners, which is read before anything is shown. */
  readonly connection: Connection
  /** At all the others that are simulated. */
  readonly others: readonly Connection[]
}

const seed_default = 1
const tick_ms = 1000

/** Starts the simulated partner and connects the demo business to it, as on every earlier start. */
export async function startDemo(options: DemoOptions, life: Life): Promise<Demo> {
  const { seed, epoch_ms } = await worldOf(options)
  const sandbox = await startSandbox({ seed, clock: epoch_ms })
  life.onStop(sandbox.stop)
  keepTime(sandbox, life)
  const ledgerAccountId = await demoAccount(options)
  const connections: Connection[] = []
  for (const partner of partnerList) {
    const to = { partner, ledgerAccountId, sandbox }
    if (isPartnerName(partner.name)) connections.push(await connected(options, to))
  }
  const [connection, ...others] = connections
  if (!connection) throw new Error('no partner is simulated')
  return { sandbox, simulated: simulatedIn(sandbox), connection, others }
}

function simulatedIn(sandbox: Sandbox): Desk['simulated'] {
  return (name) => {
    if (!isPartnerName(name)) return null
    const { baseUrl, credential } = sandbox.partner(name)
    return { baseUrl, credential }
  }
}

/** Seed and epoch, remembered so that the next start finds the same world, only older. */
async function worldOf({ folder, seed }: DemoOptions): Promise<DemoFile> {
  const before = await readJson<DemoFile>(folder, files.demo)
  if (before && seed !== undefined && seed !== before.seed) {
    throw misused(
      `--seed: the demo world in ${folder} was made from seed ${before.seed}: leave --seed out, or give another folder with --data`,
    )
  }
  if (before) return before
  const made = { seed: seed ?? seed_default, epoch_ms: Date.now() }
  await writeSecret(folder, files.demo, JSON.stringify(made))
  return made
}

/** Its clock follows ours, so that new buyers, payments and payouts appear as time goes by. */
function keepTime(sandbox: Sandbox, life: Life) {
  const follow = () => sandbox.advance(Math.max(0, Date.now() - sandbox.now()))
  follow()
  const timer = setInterval(follow, tick_ms)
  life.onStop(async () => clearInterval(timer))
}

const demo_account = 'demo'

async function demoAccount({ db, institutionId }: DemoOptions): Promise<string> {
  const who = { institutionId, mode: 'test' } as const
  const known = await ledgerAccountOfInstitution(db, who, demo_account)
  return known ?? newDemoAccount(db, institutionId, Date.now())
}

interface To {
  readonly partner: Partner
  readonly ledgerAccountId: string
  readonly sandbox: Sandbox
}

async function connected(
  { db, keys }: DemoOptions,
  { partner, ledgerAccountId, sandbox }: To,
): Promise<Connection> {
  if (!isPartnerName(partner.name)) throw new Error(`${partner.name} is not simulated`)
  const { baseUrl, credential } = sandbox.partner(partner.name)
  // What somebody has connected beside the demo business, through the consent page for one.
  await leadToSimulated(db, { partnerSource: partner.name, baseUrl })
  // The port is another one at each start, so it is connected each time.
  const id = await connectAccount(db, keys, {
    ledgerAccountId,
    mode: 'test',
    partner,
    credential,
    baseUrl,
    now_ms: Date.now(),
  })
  const connection = await findConnection(db, ledgerAccountId, id)
  if (!connection) throw new Error(`connection ${id} was made and is not there`)
  return connection
}

async function newDemoAccount(db: Database, institutionId: string, now_ms: number) {
  const text = await createLedgerAccount(db, {
    institutionId,
    mode: 'test',
    institutionAccountId: demo_account,
    name: 'Demo business',
    country: null,
    now_ms,
  })
  return (JSON.parse(text) as { id: string }).id
}
