// Every partner's notifications from its own form to the record: registered, signed, received,
// stored, processed.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PartnerName } from '../sandbox/partners.ts'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import type { Database } from '../src/store/database.ts'
import { masterKeysFrom, newMasterKey } from '../src/store/seal.ts'
import { type Business, connected } from './business.ts'
import { testDatabase } from './database.ts'
import { delivered, notificationsOf, process, type Receiving, startReceiving } from './notified.ts'
import type { Client, Reply } from './world.ts'

const day_ms = 86_400_000
const keys = masterKeysFrom(newMasterKey())
let db: Database
let receiving: Receiving
let sandbox: Sandbox

beforeAll(async () => {
  db = await testDatabase()
  receiving = await startReceiving({ db, keys })
})
afterAll(async () => {
  await receiving.stop()
  await db.close()
})
afterEach(async () => {
  await sandbox?.stop()
})

/** What each partner's notifications keep true, of the objects that its streams become. */
const kept: { readonly [P in PartnerName]?: readonly string[] } = {
  stripe: ['customer', 'payment', 'dispute', 'subscription', 'product', 'invoice'],
  square: ['customer', 'payment', 'dispute', 'order', 'invoice', 'subscription'],
  gocardless: ['customer', 'payment', 'subscription', 'external_account'],
  shopify: ['customer', 'order', 'product', 'payment', 'dispute', 'subscription'],
  paypal: ['dispute', 'invoice', 'subscription', 'product'],
  woocommerce: ['customer', 'order', 'product', 'payment'],
}
const names = Object.keys(kept) as PartnerName[]

interface Stage {
  readonly business: Business
  readonly client: Client
  readonly at: string
}

async function staged(name: PartnerName, seed = 5): Promise<Stage> {
  sandbox = await startSandbox({ seed, buyers: 40 })
  const business = await connected(db, sandbox, { partner: name, keys })
  const client = await receiving.clientOf(business)
  return { business, client, at: `/v2/partner_account_connections/${business.connectionId}` }
}

/** Has a partner deliver to us: through its API, or else by hand in its dashboard. */
async function arranged(name: PartnerName, { client, at, business }: Stage): Promise<Reply> {
  const partner = sandbox.partner(name)
  if (name === 'shopify' || name === 'gocardless') {
    const secret = name === 'shopify' ? appSecret() : 'chosen in the dashboard'
    const set = await client.send('POST', `${at}/notification_secret`, { secret })
    expect([set.status, set.text.includes(secret)]).toEqual([200, false])
    if (name === 'gocardless') {
      const url = `${receiving.url}/v2/notifications/gocardless/${business.connectionId}`
      partner.deliveries?.add({ id: 'EN1', url, secret, topics: null })
      return set
    }
  }
  return client.send('POST', `${at}/notifications`, {})
}

function appSecret(): string {
  return (sandbox.partner('shopify') as unknown as { appSecret: string }).appSecret
}

const ofKept = (name: PartnerName, lines: readonly string[]) =>
  lines.filter((line) => kept[name]?.includes(line.split(' ')[1] ?? ''))

describe.each(names)('%s', (name) => {
  it('delivers what happens, which is read and saved', async () => {
    const stage = await staged(name)
    const { business } = stage
    expect((await business.sync()).failed).toEqual([])
    expect((await arranged(name, stage)).status).toBe(200)
    expect(await business.oracle.differences(db)).toEqual([])
    sandbox.advance(9 * day_ms)
    await delivered(sandbox, name)
    const waiting = await notificationsOf(db, business)
    expect(waiting.filter(({ waits }) => waits).length).toBeGreaterThan(5)
    const before = ofKept(name, await business.oracle.differences(db))
    expect(before.length).toBeGreaterThan(0)
    const done = await process(db, business)
    expect(done.defects).toEqual([])
    expect(ofKept(name, await business.oracle.differences(db))).toEqual([])
    expect((await notificationsOf(db, business)).filter(({ payload }) => payload)).toEqual([])
  })
})
