import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import type { Database } from '../src/store/database.ts'
import { type Business, connected } from './business.ts'
import { testDatabase } from './database.ts'
import { storedRecords, type Values } from './oracle.ts'

let db: Database
let sandbox: Sandbox
let business: Business

beforeAll(async () => {
  db = await testDatabase()
  sandbox = await startSandbox({ seed: 21, buyers: 6 })
  business = await connected(db, sandbox)
})
afterAll(async () => {
  await sandbox.stop()
  await db.close()
})

async function post(path: string, body: unknown): Promise<string> {
  sandbox.advance(60_000)
  const answer = await fetch(`${sandbox.url}/_sandbox/stripe/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { id: string }).id
}

const buy = (email: string) =>
  post('charges', {
    amount: 1200,
    currency: 'usd',
    bare: true,
    billing_details: { name: 'Ines Guest', email },
  })

async function synced(): Promise<Values[]> {
  sandbox.advance(60_000)
  expect(await business.sync()).toEqual({ failed: [] })
  expect(await business.oracle.differences(db)).toEqual([])
  return [...(await storedRecords(db, await business.connection())).values()]
}

async function headOf(): Promise<number> {
  const [row] = await db.query<{ seq: number }>(
    'select seq from feed where ledger_account_id = $1',
    [business.ledgerAccountId],
  )
  return row?.seq ?? 0
}

const find = (records: Values[], object: string, partnerRecordId: string) =>
  records.find((one) => one.object === object && one.partnerRecordId === partnerRecordId)

describe('a guest who becomes a customer', () => {
  it('is merged into the customer, and what hangs on it follows', async () => {
    const charge = await buy('Ines@example.com')
    const before = await synced()
    const guest = find(before, 'customer', 'guest:ines@example.com')
    expect(guest).toMatchObject({ origin: 'DERIVED', recordState: 'ACTIVE' })
    expect(find(before, 'payment', charge)?.customer_id).toBe(guest?.id)

    const id = await post('customers', { name: 'Ines Guest', email: 'ines@EXAMPLE.com' })
    const after = await synced()
    const customer = find(after, 'customer', id)
    expect(find(after, 'customer', 'guest:ines@example.com')).toMatchObject({
      recordState: 'DELETED',
      deletionEvidence: 'merge',
      mergedInto: customer?.id,
    })
    expect(find(after, 'payment', charge)?.customer_id).toBe(customer?.id)
  })

  it('stays that customer when the old payment is read again, or a new one comes', async () => {
    const [charge] = (await synced())
      .filter(({ object, amount }) => object === 'payment' && amount === 1200)
      .map(({ partnerRecordId }) => String(partnerRecordId))
    await post(`charges/${charge}`, { description: 'Read again' })
    const second = await buy('ines@example.com')
    const records = await synced()
    const [customer] = records.filter(({ email }) => email === 'ines@EXAMPLE.com')
    expect(find(records, 'payment', String(charge))).toMatchObject({
      description: 'Read again',
      customer_id: customer?.id,
    })
    expect(find(records, 'payment', second)?.customer_id).toBe(customer?.id)
    expect(find(records, 'customer', 'guest:ines@example.com')?.recordState).toBe('DELETED')
  })

  it('is no change in the feed when its payment is read again and only the payment changed', async () => {
    const [charge] = (await synced()).filter(({ description }) => description === 'Read again')
    const before = await headOf()
    await post(`charges/${charge?.partnerRecordId}`, { description: 'Read once more' })
    await synced()
    const rows = await db.query<{ object: string; changed: string[] }>(
      'select object, changed from change where ledger_account_id = $1 and seq > $2',
      [business.ledgerAccountId, before],
    )
    expect(rows).toEqual([{ object: 'payment', changed: ['description'] }])
  })

  it('is that customer at once where the customer was there before', async () => {
    const id = await post('customers', { name: 'Omar', email: 'omar@example.com' })
    const charge = await buy('OMAR@example.com')
    const records = await synced()
    expect(find(records, 'payment', charge)?.customer_id).toBe(find(records, 'customer', id)?.id)
  })
})
