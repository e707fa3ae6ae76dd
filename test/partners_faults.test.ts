// Every fault of the sandbox at every partner: while a backfill runs, and while a later run does.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { values } from '../sandbox/faults/values.ts'
import { FAULTS, type FaultRequest } from '../sandbox/faults.ts'
import { type PartnerName, partnerNames } from '../sandbox/partners.ts'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { partners } from '../src/partners/index.ts'
import type { Partner } from '../src/partners/partner.ts'
import type { Stream } from '../src/partners/stream.ts'
import type { Database } from '../src/store/database.ts'
import { resetWatermark } from '../src/store/segment.ts'
import { type Business, connected } from './business.ts'
import { newPageOf } from './crash/pages.ts'
import { testDatabase } from './database.ts'
import { invariantsBroken } from './invariants.ts'
import { newOracle, storedRecords, type Values } from './oracle.ts'

const day_ms = 86_400_000
/** How far time goes between two phases. */
const step_ms = 1.1 * day_ms
const buyers = 4
/** So small that the lists of a small world have several. */
const page_size = 3
/** How long one call keeps trying: not at all, so that a fault that stays is soon given up on. */
const patience_ms = 1

type Told = Omit<FaultRequest, 'name'>

/** How a fault strikes, where it is not each request after the first until it is cleared. */
const told: { readonly [fault: string]: Told } = {
  refused: { with: { ms: 150 }, times: 1 },
  gzip_bomb: { with: { megabytes: 48 }, times: 2 },
  slow_drip: { with: { bytes: 20_000, ms: 2 } },
  clock_skew: { with: { seconds: -3600, created: 1 } },
  // These take something away each time, and the world is small.
  object_deleted: { times: 3 },
  page_shrinks: { times: 3 },
  unknown_object_event: { times: 2 },
}

/** Half a minute of silence each, so these strike once and beside everything else. */
const stalling = ['silence', 'half_open']

const broken_line = /ECONNRE|socket|closed|aborted|terminated|other side/i
/** The words that have to stand in the state of a stream; of other faults, any. */
const words: { readonly [fault: string]: RegExp } = {
  refused: broken_line,
  reset: broken_line,
  reset_mid_body: broken_line,
  error_500: /500/,
  error_502: /502/,
  error_503_seconds: /503/,
  error_503_date: /503/,
  too_many_requests: /429/,
  html_200: /JSON|html/i,
  truncated_json: /JSON/,
  gzip_bomb: /larger|too (big|large)|bytes|limit/i,
  unauthorised: /401/,
  scope_lost: /40[13]/,
  account_deauthorised: /40[13]/,
}

/** What a partner said falsely, or did not say: only reading everything again can set it right. */
const misleading = new Set([
  ...Object.keys(values),
  'clock_skew',
  'late_rows',
  'empty_page_has_more',
])
/** What takes something away while it is read. */
const removing = new Set(['object_deleted', 'page_shrinks'])
/** What must never be in a record, whatever a payload holds. */
const poison = /\\ud800|\\u0000|900719925474099[23]|"value":"/

/** About single objects that were made a moment ago: test/notifications.test.ts meets it. */
const elsewhere = ['unseen']
const names = Object.keys(FAULTS).filter((name) => ![...stalling, ...elsewhere].includes(name))

let db: Database
let stalled: Map<string, Promise<string[]>>

beforeAll(async () => {
  db = await testDatabase()
  const cases = partnerNames.flatMap((name) => stalling.map((fault) => ({ name, fault })))
  stalled = new Map(cases.map((one) => [`${one.name} ${one.fault}`, stalledRuns(one)]))
})
afterAll(async () => {
  await Promise.allSettled(stalled.values())
  await db.close()
})

describe.each(partnerNames)('%s', (name) => {
  let sandbox: Sandbox
  /** Requests of a run before the first page of a list: log-in and account. */
  let greeting: number

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: 41, buyers })
    greeting = await greetingOf(sandbox, name)
  })
  afterAll(() => sandbox.stop())
  afterEach(() => sandbox.clearFaults())

  function strike(fault: string) {
    sandbox.inject({ partner: name, times: null, after: greeting, ...told[fault], name: fault })
  }

  it('says of each fault that stays what it is, stores nothing false, and heals', async () => {
    const business = await connected(db, sandbox, { partner: name, page_size })
    for (const _phase of ['backfill', 'later']) {
      for (const fault of names.filter((one) => words[one])) {
        strike(fault)
        await honestRun(business, { sandbox, name, fault })
      }
      await heals(business, { sandbox, name, fault: '' })
      sandbox.advance(step_ms)
    }
  }, 180_000)

  it.each(names.filter((one) => !words[one]))(
    '%s: is told, stores nothing false, and heals',
    async (fault) => {
      const business = await connected(db, sandbox, { partner: name, page_size })
      for (const _phase of ['backfill', 'later']) {
        strike(fault)
        await honestRun(business, { sandbox, name, fault })
        await heals(business, { sandbox, name, fault })
        sandbox.advance(step_ms)
      }
    },
  )

  it.each(stalling)('%s ends by a time-out, and is asked again', async (fault) => {
    expect(await stalled.get(`${name} ${fault}`)).toEqual([])
  })
})

interface Run extends Case {
  /** What was stored before it. */
  readonly before: ReadonlyMap<string, Values>
  readonly failed: boolean
}

interface Case {
  readonly sandbox: Sandbox
  readonly name: PartnerName
  readonly fault: string
}

async function greetingOf(sandbox: Sandbox, name: PartnerName): Promise<number> {
  const business = await connected(db, sandbox, { partner: name, page_size })
  const pageOf = newPageOf(partners[name], (await business.connection()).facts)
  sandbox.clearRequests()
  await business.sync()
  return sandbox.requests().findIndex((one) => pageOf(one) !== null)
}

/** A run that a fault strikes: what failed says why, and what is stored is true as far as it goes. */
async function honestRun(business: Business, { sandbox, name, fault }: Case) {
  const before = await storedRecords(db, await business.connection())
  const { failed } = await business.sync({ patience_ms })
  if (fault === 'refused') await new Promise((resolve) => setTimeout(resolve, 200))
  sandbox.clearFaults()
  const streams = await business.streams()
  for (const { stream, reason } of failed) {
    const { state, reason: shown, last_error } = streams.get(stream) ?? {}
    expect([stream, state]).toEqual([
      stream,
      expect.stringMatching(/^(failed|waiting-for-retry|queued)$/),
    ])
    expect([stream, shown, last_error]).toEqual([stream, reason, reason])
    expect([stream, reason]).toEqual([
      stream,
      expect.stringMatching(state === 'queued' ? /waits for/ : (words[fault] ?? /\w/)),
    ])
  }
  await nothingFalse(business, { sandbox, name, fault, before, failed: failed.length > 0 })
  if (words[fault]) expect([fault, failed]).not.toEqual([fault, []])
  if ((await business.connection()).status !== 'Active') expect(words[fault]).toBeDefined()
  expect(failed.map(({ stream }) => stream).filter((one) => !isStream(name, one))).toEqual([])
}

function isStream(name: PartnerName, stream: string): boolean {
  const partner: Partner = partners[name]
  return stream === 'events' || partner.streams.some((one) => one.name === stream)
}

const ours = new Set(['modifiedDate', 'recordState', 'deletedDate', 'deletionEvidence'])

/** What was saved while things went wrong may be incomplete or old; it must not be false. */
async function nothingFalse(business: Business, { before, ...of }: Run) {
  const connection = await business.connection()
  // One that forgets: what came and went during a fault need never have been seen.
  const credential = of.sandbox.partner(of.name).oracle
  const oracle = newOracle({ partner: partners[of.name], connection, credential })
  expect(await invariantsBroken(db, connection, async () => true)).toEqual(
    // What was begun and not ended goes on later.
    expect.not.arrayContaining([expect.stringMatching(/^(doubled|feed|created|change|column)/)]),
  )
  const stored = await storedRecords(db, connection)
  const texts = [...stored.values()].map((one) => JSON.stringify(one))
  expect(texts.filter((text) => poison.test(text))).toEqual([])
  const expected = await oracle.expected()
  const deleted = [...stored].filter(([id, { recordState, deletionEvidence }]) => {
    return recordState === 'DELETED' && deletionEvidence !== 'merge' && expected.has(id)
  })
  expect(deleted.map(([, { partnerRecordId }]) => partnerRecordId)).toEqual([])
  if (misleading.has(of.fault) || removing.has(of.fault)) return
  const wrong = [...stored].flatMap(([id, record]) =>
    falseIn(record, expected.get(id)?.values, before.get(id)),
  )
  expect([of.fault, ...wrong]).toEqual([of.fault])
  // A run that ended well has everything.
  const missing = [...expected.keys()].filter((id) => !stored.has(id))
  if (!of.failed) expect(missing).toEqual([])
}

/** Attributes that are neither as the partner says, nor as they were, nor still to be filled in. */
function falseIn(record: Values, now: Values | undefined, before: Values | undefined) {
  const { object, partnerRecordId, recordState } = record
  const isOld = before !== undefined || recordState === 'DELETED'
  const name = `${object} ${partnerRecordId}`
  // Statements are of Furrow's own making.
  if (String(object).startsWith('billing_invoice')) return []
  if (!now) return isOld ? [] : [`extra: ${name}`]
  const same = (value: unknown, other: unknown) => JSON.stringify(value) === JSON.stringify(other)
  return Object.keys(now)
    .filter((key) => !ours.has(key) && !same(record[key], now[key]))
    .filter((key) => !before || !same(record[key], before[key]))
    .filter((key) => record[key] !== null || !/(_id|transaction)$/.test(key))
    .map((key) => `${name} ${key}: ${JSON.stringify(record[key])}`)
}

/** Without the fault, the next runs bring all in order, the reasons and the rejects too. */
async function heals(business: Business, { sandbox, name, fault }: Case) {
  sandbox.advance(step_ms)
  const { streams }: Partner = partners[name]
  // What its page says is only seen later than that is read again now.
  await readAnew(business, streams.filter(isSeenLate))
  expect(await business.sync()).toEqual({ failed: [] })
  if (misleading.has(fault)) {
    await readAnew(business, streams)
    expect(await business.sync()).toEqual({ failed: [] })
  }
  expect(await business.oracle.differences(db)).toEqual([])
  const states = [...(await business.streams()).values()]
  expect(states.filter(({ state, reason }) => state !== 'complete' || reason !== null)).toEqual([])
  expect(states.filter(({ rejected }) => rejected > 0)).toEqual([])
  expect((await business.connection()).status).toBe('Active')
}

/** Children that come without moving their parent, and are asked for rarely. */
function isSeenLate({ strategy, verify_ms = 0 }: Stream): boolean {
  return strategy === 'children' && verify_ms > step_ms
}

async function readAnew(
  { ledgerAccountId, connectionId }: Business,
  streams: readonly Pick<Stream, 'name'>[],
) {
  for (const { name: stream } of streams) {
    await resetWatermark(db, { ledgerAccountId, connectionId, stream }, null)
  }
}

/** A backfill and a later run that each meet one stall; gives what is wrong after them. */
async function stalledRuns({ name, fault }: Omit<Case, 'sandbox'>): Promise<string[]> {
  const sandbox = await startSandbox({ seed: 42, buyers: 4 })
  const greeting = await greetingOf(sandbox, name)
  const business = await connected(db, sandbox, { partner: name, page_size })
  const wrong: string[] = []
  for (const after of [greeting, greeting + 1]) {
    sandbox.inject({ name: fault, partner: name, after })
    const { failed } = await business.sync({ patience_ms: 60_000 })
    wrong.push(...failed.map(({ reason }) => reason), ...(await business.oracle.differences(db)))
    sandbox.advance(step_ms)
  }
  await sandbox.stop()
  return wrong
}
