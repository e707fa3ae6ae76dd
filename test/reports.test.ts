// A partner whose report of transactions is late, stalls, and gives only so much at a time.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/server.ts'
import { withRun } from '../src/ingest/open.ts'
import { syncConnection } from '../src/ingest/sync.ts'
import { paypal } from '../src/partners/paypal/index.ts'
import type { Database } from '../src/store/database.ts'
import { type Business, connected } from './business.ts'
import { testDatabase } from './database.ts'
import { storedRecords, type Values } from './oracle.ts'

const hour_ms = 3_600_000
const day_ms = 24 * hour_ms
const started: Sandbox[] = []
let db: Database

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
afterEach(async () => {
  for (const sandbox of started.splice(0)) await sandbox.stop()
})

async function opened(options: SandboxOptions) {
  const sandbox = await startSandbox({ buyers: 100, ...options })
  started.push(sandbox)
  return { sandbox, business: await connected(db, sandbox, { partner: 'paypal' }) }
}

async function recordsOf(business: Business, object: string): Promise<Values[]> {
  const records = await storedRecords(db, await business.connection())
  return [...records.values()].filter((record) => record.object === object)
}

/** Reads the report as each run does, and not what is read again twice a day. */
async function reportRead({ keys, connection }: Business) {
  const options = { db, keys, connection: await connection(), partner: paypal }
  const streams = ['transactions', 'subscriptions', 'invoices']
  expect(await withRun(options, (run) => syncConnection(run, { streams }))).toEqual({ failed: [] })
}

/** What the report shows and we do not have; a row that only changed state is not asked for. */
const missing = async (business: Business) =>
  (await business.oracle.differences(db)).filter((line) => /^missing: (pay|sett)/.test(line))

describe('a report', () => {
  it('that shows a payment hours late is read again until it has come', async () => {
    const { sandbox, business } = await opened({ seed: 41 })
    await business.sync()
    const late: Values[] = []
    for (let hours = 1; hours <= 12; hours++) {
      sandbox.advance(hour_ms)
      const known = new Set((await recordsOf(business, 'payment')).map(({ id }) => id))
      await reportRead(business)
      const came = (await recordsOf(business, 'payment')).filter(({ id }) => !known.has(id))
      late.push(
        ...came.filter(({ created_date }) => {
          return Date.parse(String(created_date)) < sandbox.now() - hour_ms
        }),
      )
    }
    // Each of them was before the run that read the hours it belongs to.
    expect(late.length).toBeGreaterThan(0)
    expect(await missing(business)).toEqual([])
  }, 120_000)

  it('that stalls for longer than is read again is followed from where it stalled', async () => {
    const { sandbox, business } = await opened({ seed: 42 })
    await business.sync()
    // Nothing is refreshed on the tenth and the eleventh; the worker goes on asking.
    const stall_ms = Date.UTC(2026, 0, 10)
    sandbox.advance(stall_ms + 12 * hour_ms - sandbox.now())
    await reportRead(business)
    sandbox.advance(1.4 * day_ms)
    await reportRead(business)
    const { watermark } = (await business.streams()).get('transactions') ?? {}
    expect(Date.parse(String(watermark))).toBeLessThanOrEqual(stall_ms)
    sandbox.advance(5 * hour_ms)
    await reportRead(business)
    const came = (await recordsOf(business, 'payment')).filter(({ created_date }) => {
      const time_ms = Date.parse(String(created_date))
      return time_ms > stall_ms && time_ms < stall_ms + day_ms / 2
    })
    expect(came.length).toBeGreaterThan(0)
    expect(await missing(business)).toEqual([])
  }, 120_000)

  it('of more rows than are given at once is read in halves', async () => {
    const { sandbox, business } = await opened({ seed: 43, resultsMax: 40 })
    sandbox.clearRequests()
    expect(await business.sync()).toEqual({ failed: [] })
    const refused = sandbox.requests().filter(({ path, status }) => {
      return path === '/v1/reporting/transactions' && status === 400
    })
    expect(refused.length).toBeGreaterThan(5)
    expect((await recordsOf(business, 'transaction')).length).toBeGreaterThan(300)
    // The oracle is refused like anybody else, so the whole is read from another account alike.
    const other = await opened({ seed: 43 })
    await other.business.sync()
    const idsOf = async (one: Business) =>
      (await recordsOf(one, 'transaction')).map(({ partnerRecordId }) => partnerRecordId).sort()
    expect(await idsOf(business)).toEqual(await idsOf(other.business))
  }, 120_000)
})

describe('payers', () => {
  it('exist since their earliest payment, are never deleted, and have what they left in the vault', async () => {
    const { sandbox, business } = await opened({ seed: 44 })
    await business.sync()
    sandbox.advance(40 * day_ms)
    await business.sync()
    expect(await business.oracle.differences(db)).toEqual([])
    const payers = await recordsOf(business, 'customer')
    expect(payers.every(({ recordState }) => recordState === 'ACTIVE')).toBe(true)
    expect(payers.every(({ origin }) => origin === 'DERIVED')).toBe(true)
    const first = new Map<unknown, string>()
    for (const { customer_id, created_date } of await recordsOf(business, 'payment')) {
      const date = String(created_date)
      if ((first.get(customer_id) ?? date) >= date) first.set(customer_id, date)
    }
    const later = payers.filter(({ id, created_date }) => {
      return first.has(id) && String(created_date) > String(first.get(id))
    })
    expect(later).toEqual([])
    const instruments = new Set((await recordsOf(business, 'external_account')).map(({ id }) => id))
    const equipped = payers.filter(({ external_account_id }) => external_account_id !== null)
    expect(equipped.length).toBeGreaterThan(20)
    expect(equipped.every(({ external_account_id }) => instruments.has(external_account_id))).toBe(
      true,
    )
  }, 120_000)

  it('lose an instrument that is taken out of the vault, with evidence', async () => {
    const { sandbox, business } = await opened({ seed: 45, buyers: 50 })
    await business.sync()
    const [token] = await recordsOf(business, 'external_account')
    expect(sandbox.partner('paypal').remove(String(token?.partnerRecordId))).toBe(true)
    sandbox.advance(7.5 * day_ms)
    expect(await business.sync()).toEqual({ failed: [] })
    const gone = (await recordsOf(business, 'external_account')).find(({ id }) => id === token?.id)
    expect(gone).toMatchObject({ recordState: 'DELETED', deletionEvidence: 'sweep' })
    expect(await business.oracle.differences(db)).toEqual([])
  }, 120_000)
})

it('fees that are rows of their own are on the statements', async () => {
  const { business } = await opened({ seed: 46, buyers: 60 })
  await business.sync()
  const fees: Record<string, number> = {}
  for (const { created_date, currency, fee } of await recordsOf(business, 'transaction')) {
    const key = `${String(created_date).slice(0, 7)} ${currency}`
    fees[key] = (fees[key] ?? 0) + Number(fee)
  }
  const stated = (await recordsOf(business, 'billing_invoice')).map(
    ({ InvoicePeriod, currency, amount }) => [`${InvoicePeriod} ${currency}`, amount],
  )
  const charged = Object.entries(fees).filter(([, sum]) => sum !== 0)
  expect(charged.length).toBeGreaterThan(20)
  expect(Object.fromEntries(stated)).toEqual(Object.fromEntries(charged))
  const lines = await recordsOf(business, 'billing_invoice_line_item')
  expect(new Set(lines.map(({ fee_type }) => fee_type))).toEqual(new Set(['processing', 'other']))
}, 60_000)
