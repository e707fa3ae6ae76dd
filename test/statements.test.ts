import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { partnerNames } from '../sandbox/partners.ts'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { isStated } from '../src/ingest/statement.ts'
import { partners } from '../src/partners/index.ts'
import type { Database } from '../src/store/database.ts'
import { type Business, connected } from './business.ts'
import { testDatabase } from './database.ts'
import { storedRecords, type Values } from './oracle.ts'

let db: Database

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

/** Partners that say which part of a fee is tax. */
const tellsTax = ['stripe']
const stating = partnerNames.filter((name) => isStated(partners[name]))

describe.each(stating)('statements of the fees at %s', (name) => {
  let sandbox: Sandbox
  let business: Business

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: 5, buyers: 40 })
    business = await connected(db, sandbox, { partner: name })
    await business.sync()
  })
  afterAll(() => sandbox.stop())

  async function ofObject(object: string): Promise<Values[]> {
    const records = await storedRecords(db, await business.connection())
    const own = [...records.values()].filter((record) => record.object === object)
    return own.sort((one, other) => (String(one.id) < String(other.id) ? -1 : 1))
  }

  /** Fees by month and currency, added up here from the records themselves. */
  async function feesByMonth() {
    const sums: Record<string, number> = {}
    for (const { created_date, currency, fee } of await ofObject('transaction')) {
      const key = `${String(created_date).slice(0, 7)} ${currency}`
      sums[key] = (sums[key] ?? 0) + Number(fee)
    }
    return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0))
  }

  async function stated() {
    const all = await ofObject('billing_invoice')
    return Object.fromEntries(
      all.map(({ InvoicePeriod, currency, amount }) => [`${InvoicePeriod} ${currency}`, amount]),
    )
  }

  it('are of each month and currency, to the unit', async () => {
    const fees = await feesByMonth()
    expect(Object.keys(fees).length).toBeGreaterThan(10)
    expect(await stated()).toEqual(fees)
  })

  it('have lines that add up to each of them', async () => {
    const lines = await ofObject('billing_invoice_line_item')
    for (const { id, amount } of await ofObject('billing_invoice')) {
      const own = lines.filter(({ billing_invoice_id }) => billing_invoice_id === id)
      expect(own.reduce((sum, line) => sum + Number(line.amount), 0)).toBe(amount)
    }
    expect(lines.some(({ fee_type }) => fee_type === 'tax')).toBe(tellsTax.includes(name))
  })

  it('follow what comes later, and change nothing when nothing came', async () => {
    sandbox.advance(40 * 86_400_000)
    await business.sync()
    expect(await stated()).toEqual(await feesByMonth())
    const before = await ofObject('billing_invoice')
    await business.sync()
    expect(await ofObject('billing_invoice')).toEqual(before)
  })
})
