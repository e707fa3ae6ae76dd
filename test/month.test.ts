// A month of one business at every partner: outages, tokens that end, a consent that is taken back,
// deletions, merges, and nobody who asks for anything. In the end all is as the partners say, and the
// feed has no gap.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PartnerName, partnerNames } from '../sandbox/partners.ts'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { refreshDue } from '../src/ingest/refresh.ts'
import { runJob } from '../src/ingest/run_job.ts'
import { enqueueDue } from '../src/ingest/schedule.ts'
import type { SyncJob } from '../src/ingest/sync_job.ts'
import { partnerList, partners } from '../src/partners/index.ts'
import { type Connection, findConnection } from '../src/store/connection.ts'
import type { Database } from '../src/store/database.ts'
import { masterKeysFrom, newMasterKey } from '../src/store/seal.ts'
import { noteStale } from '../src/store/stale.ts'
import { connected, newLedgerAccount } from './business.ts'
import { connectGranted, oauth_partners } from './consent/granted.ts'
import { testDatabase } from './database.ts'
import { invariantsBroken } from './invariants.ts'
import { newOracle, type Oracle, storedRecords, type Values } from './oracle.ts'

const hour_ms = 3_600_000
const day_ms = 24 * hour_ms
const days = 30
/** How far time goes between two looks at what is due. */
const step_ms = Number(process.env.MONTH_STEP_HOURS ?? 24) * hour_ms
const buyers = Number(process.env.MONTH_BUYERS ?? 8)

interface Account {
  readonly name: PartnerName
  readonly connection: () => Promise<Connection>
  readonly oracle: Oracle
}

const keys = masterKeysFrom(newMasterKey())
const said: object[] = []
const note = (facts: object) => void said.push(facts)
const log = { info: () => undefined, warn: note, error: note }
let db: Database
let sandbox: Sandbox
let ledgerAccountId: string
let accounts: readonly Account[]
/** The statuses that each connection was seen in, in order. */
const seen = new Map<PartnerName, string[]>()
const removed: string[] = []

beforeAll(async () => {
  db = await testDatabase()
  sandbox = await startSandbox({ seed: 2026, buyers, clock: Date.now() })
  ledgerAccountId = await newLedgerAccount(db)
  const made: Account[] = []
  for (const name of partnerNames) made.push(await accountAt(name))
  accounts = made
}, 120_000)
afterAll(async () => {
  await sandbox.stop()
  await db.close()
})

/** Connected by a grant where the partner has them, else with a key. */
async function accountAt(name: PartnerName): Promise<Account> {
  const id = isGranting(name)
    ? (await connectGranted({ db, keys, sandbox, ledgerAccountId }, name)).connection.id
    : (await connected(db, sandbox, { partner: name, ledgerAccountId, keys })).connectionId
  const connection = async () => (await findConnection(db, ledgerAccountId, id))!
  const credential = sandbox.partner(name).oracle
  const oracle = newOracle({ partner: partners[name], connection: await connection(), credential })
  return { name, connection, oracle }
}

function isGranting(name: PartnerName): boolean {
  return (oauth_partners as readonly PartnerName[]).includes(name)
}

/** How far our clock is ahead of the machine's: it runs as that does, and is set on with the partners'. */
let ahead_ms = 0
const now = () => Date.now() + ahead_ms

function advance(ms: number) {
  sandbox.advance(ms)
  ahead_ms += ms
}

/** What a worker does at one moment: it refreshes tokens, looks for what is due, and reads it. */
async function work() {
  const options = { db, keys, partners: partnerList, log, now }
  await refreshDue(options)
  const due: SyncJob[] = []
  await enqueueDue(db, { last: async (jobs) => void due.push(...jobs) }, now())
  for (const job of due) await runJob(options, job, new AbortController().signal)
  await noteStale(db, now())
  for (const { name, connection } of accounts) {
    const { status } = await connection()
    const before = seen.get(name) ?? []
    if (before.at(-1) !== status) seen.set(name, [...before, status])
  }
}

type Down = 'error_503_seconds' | 'reset' | 'html_200' | 'too_many_requests'

function down(partner: PartnerName, name: Down) {
  sandbox.inject({ name, partner, times: null })
}

/** What happens on which day, before it is looked for what is due. */
const happenings: { readonly [day: number]: () => unknown } = {
  4: () => down('woocommerce', 'error_503_seconds'),
  5: () => down('shopify', 'reset'),
  6: () => sandbox.clearFaults(),
  8: () => sandbox.partner('square').consent?.withdraw(),
  // A new token went lost with the answer that brought it: the business has to come again.
  9: () => connectGranted({ db, keys, sandbox, ledgerAccountId }, 'shopify'),
  11: () => connectGranted({ db, keys, sandbox, ledgerAccountId }, 'square'),
  13: removeOne,
  16: () => down('vendure', 'html_200'),
  17: () => down('gocardless', 'too_many_requests'),
  18: () => sandbox.clearFaults(),
  20: removeOne,
}

/** A customer goes, wherever a partner keeps some. */
async function removeOne() {
  for (const { name, connection } of accounts) {
    const records = [...(await storedRecords(db, await connection())).values()]
    const one = records.find(
      ({ object, origin, recordState }) =>
        object === 'customer' && origin === 'PARTNER' && recordState === 'ACTIVE',
    )
    if (!one || !sandbox.partner(name).remove(String(one.partnerRecordId))) continue
    removed.push(String(one.id))
  }
}

it('is true after a month that nobody looked after', async () => {
  await work()
  for (let passed_ms = 0; passed_ms < days * day_ms; ) {
    const day = Math.floor(passed_ms / day_ms)
    const isNew = passed_ms % day_ms < step_ms
    if (isNew) await happenings[day]?.()
    advance(step_ms)
    passed_ms += step_ms
    await work()
  }
  // As long as the longest bound that a partner states, and its next look.
  for (let looks = 0; looks < 2; looks++) {
    advance(1.1 * day_ms)
    await work()
  }
  const records = new Map<string, Values>()
  for (const { name, connection, oracle } of accounts) {
    expect([name, ...(await oracle.differences(db))]).toEqual([name])
    expect([name, (await connection()).status]).toEqual([name, 'Active'])
    const broken = await invariantsBroken(db, await connection(), async () => true)
    expect([name, ...broken]).toEqual([name])
    for (const [id, one] of await storedRecords(db, await connection())) records.set(id, one)
  }
  expect(removed.length).toBeGreaterThan(partnerNames.length)
  for (const id of removed) expect(records.get(id)?.recordState).toBe('DELETED')
  // The outages were seen, and so was the consent that was taken back.
  expect(said.length).toBeGreaterThan(0)
  expect(seen.get('shopify')).toEqual(['Active', 'Lost Connection', 'Active'])
  expect(seen.get('square')).toEqual([
    'Active',
    expect.stringMatching(/^(Revoked|Lost Connection)$/),
    'Active',
  ])
}, 1_800_000)
