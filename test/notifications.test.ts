// Every partner's notifications from its own form to the record: registered, signed, received,
// stored, processed.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Deliveries } from '../sandbox/deliveries.ts'
import type { PartnerName } from '../sandbox/partners.ts'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { addressee_kept_ms } from '../src/ingest/addressee.ts'
import type { Database } from '../src/store/database.ts'
import { masterKeysFrom, newMasterKey } from '../src/store/seal.ts'
import { type Business, connected } from './business.ts'
import { testDatabase } from './database.ts'
import {
  delivered,
  notificationsOf,
  process,
  processToTheEnd,
  type Receiving,
  startReceiving,
} from './notified.ts'
import { storedRecords } from './oracle.ts'
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
    const secret = partner.appSecret ?? 'chosen in the dashboard'
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

/** Of a product that went, the lines of its orders know no more, and nobody is told of the orders. */
const silent = /line_items: expected \[\{"product_id":null/

const ofKept = (name: PartnerName, lines: readonly string[]) =>
  lines
    .filter((line) => kept[name]?.includes(line.split(' ')[1] ?? ''))
    .filter((line) => !silent.test(line))

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
    await processToTheEnd(db, business)
    expect(ofKept(name, await business.oracle.differences(db))).toEqual([])
    expect((await notificationsOf(db, business)).filter(({ payload }) => payload)).toEqual([])
  })
})

describe.each(names)('%s, refusing', (name) => {
  it('is not believed with a wrong secret, and is with the former one', async () => {
    const stage = await staged(name)
    const { business, client, at } = stage
    expect((await arranged(name, stage)).status).toBe(200)
    await delivered(sandbox, name)
    const deliveries = sandbox.partner(name).deliveries as Deliveries // it has some
    deliveries.hold(true)
    sandbox.partner(name).tellOfUnknown()
    expect(deliveries.waiting()).toBe(1)
    const [wrong] = await deliveries.deliver({ secret: 'wrong' })
    expect([wrong?.status, await notificationsOf(db, business)]).toEqual([refusal(name), []])
    // The partner goes on with the secret it has: it is the former one now.
    const set = await client.send('POST', `${at}/notification_secret`, { secret: 'brand new' })
    expect((set.json.secrets as unknown[]).length).toBe(2)
    await elapsed(addressee_kept_ms)
    const [former] = await deliveries.deliver({ again: true })
    expect([former?.status, (await notificationsOf(db, business)).length]).toEqual([200, 1])
    const [repeated] = await deliveries.deliver({ again: true })
    expect([repeated?.status, (await notificationsOf(db, business)).length]).toEqual([200, 1])
    await processToTheEnd(db, business)
    const [row] = await notificationsOf(db, business)
    expect([row?.waits, row?.payload]).toEqual([false, null])
    expect(await storedRecords(db, await business.connection())).toEqual(new Map())
  })
})

const refusal = (name: PartnerName) => (name === 'gocardless' ? 498 : 400)

const elapsed = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('registering', () => {
  it.each(names.filter((name) => name !== 'gocardless'))(
    'at %s again changes nothing; ending it leaves nothing there',
    async (name) => {
      const stage = await staged(name)
      const { business, client, at } = stage
      const first = await arranged(name, stage)
      const { deliveries } = sandbox.partner(name)
      const ids = deliveries?.endpoints().map(({ id }) => id)
      expect(ids?.length).toBeGreaterThan(0)
      const again = await client.send('POST', `${at}/notifications`, {})
      expect([again.json, deliveries?.endpoints().map(({ id }) => id)]).toEqual([first.json, ids])
      expect(again.json.registered_url).toBe(
        `${receiving.url}/v2/notifications/${name}/${business.connectionId}`,
      )
      await client.send('POST', `${at}/disable`)
      expect(deliveries?.endpoints()).toEqual([])
      await client.send('POST', `${at}/enable`)
      expect(deliveries?.endpoints().length).toBe(ids?.length)
      const ended = await client.send('DELETE', `${at}/notifications`)
      expect([ended.status, ended.json.registered_url]).toEqual([200, null])
      expect(deliveries?.endpoints()).toEqual([])
    },
  )

  it('replaces what stands at the partner with a secret that nobody knows', async () => {
    const stage = await staged('stripe')
    const { business, client, at } = stage
    const url = `${receiving.url}/v2/notifications/stripe/${business.connectionId}`
    const deliveries = sandbox.partner('stripe').deliveries as Deliveries // it has some
    deliveries.add({ id: 'we_before', url, secret: 'whsec_lost', topics: null })
    expect((await client.send('POST', `${at}/notifications`, {})).status).toBe(200)
    expect(deliveries.endpoints().map(({ id }) => id)).not.toContain('we_before')
    expect(deliveries.endpoints()).toHaveLength(1)
  })

  it('says how to do it by hand where no API can, and names the scope that is missing', async () => {
    const { client, at } = await staged('gocardless')
    const byHand = await client.send('POST', `${at}/notifications`, {})
    expect([byHand.status, byHand.json.code]).toEqual([409, 'conflict'])
    expect(byHand.json.detail).toMatch(/by hand at GoCardless: Developers, Create/)
    const key = sandbox.stripe.restrictedKey
    const limited = await connected(db, sandbox, { keys, key })
    const theirs = await receiving.clientOf(limited)
    const path = `/v2/partner_account_connections/${limited.connectionId}/notifications`
    const refused = await theirs.send('POST', path, {})
    expect([refused.status, refused.text.includes(key)]).toEqual([409, false])
    expect(refused.json.detail).toMatch(/write access to Webhook endpoints/)
  })

  it('asks for the secret first where no answer tells it', async () => {
    const { client, at } = await staged('shopify')
    const refused = await client.send('POST', `${at}/notifications`, {})
    expect([refused.status, refused.json.detail]).toEqual([
      409,
      expect.stringMatching(/^Shopify tells its secret nowhere: set it first/),
    ])
  })
})

describe('a connection', () => {
  it('that is revoked, disabled or unknown takes nothing', async () => {
    const stage = await staged('stripe')
    const { business, client, at } = stage
    await arranged('stripe', stage)
    const deliveries = sandbox.partner('stripe').deliveries as Deliveries // it has some
    deliveries.hold(true)
    sandbox.partner('stripe').tellOfUnknown()
    const [endpoint] = deliveries.endpoints()
    if (!endpoint) throw new Error('nothing was registered')
    const status = async (url: string) => {
      deliveries.add({ ...endpoint, url })
      await elapsed(addressee_kept_ms)
      return (await deliveries.deliver({ again: true }))[0]?.status
    }
    expect(await status(`${receiving.url}/v2/notifications/stripe/pac_nobody`)).toBe(404)
    expect(await status(endpoint.url.replace('/stripe/', '/square/'))).toBe(404)
    await client.send('POST', `${at}/disable`)
    expect(await status(endpoint.url)).toBe(409)
    await client.send('POST', `${at}/revoke`)
    expect(await status(endpoint.url)).toBe(410)
    expect(await notificationsOf(db, business)).toEqual([])
    const metrics = await receiving.metrics()
    for (const outcome of ['unknown', 'inactive', 'revoked']) {
      expect(metrics).toContain(`{partner="stripe",outcome="${outcome}"}`)
    }
  })
})

/** A customer that the seller makes by hand, at the simulated Stripe. */
async function made(name: string): Promise<string> {
  const answer = await fetch(`${sandbox.url}/_sandbox/stripe/customers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  })
  return ((await answer.json()) as { id: string }).id
}

describe('processing', () => {
  it('waits for what the API does not show yet, and reads it once it does', async () => {
    const stage = await staged('stripe')
    const { business } = stage
    expect((await business.sync()).failed).toEqual([])
    await arranged('stripe', stage)
    await made('Nils Nyberg')
    await delivered(sandbox, 'stripe')
    sandbox.inject({ name: 'unseen', times: null, path: '/v1/*/*' })
    const { ended, postponed, reason } = await process(db, business)
    expect([ended, postponed, reason]).toEqual([0, 1, 'customers: not to be found yet'])
    const early = ofKept('stripe', await business.oracle.differences(db))
    expect(early).toEqual([expect.stringMatching(/^missing: customer/)])
    sandbox.clearFaults()
    await process(db, business, { now: () => Date.now() + 5_000 })
    expect(ofKept('stripe', await business.oracle.differences(db))).toEqual([])
  })

  it('survives an outage of the partner, and says so meanwhile', async () => {
    const stage = await staged('stripe')
    const { business, client, at } = stage
    expect((await business.sync()).failed).toEqual([])
    await arranged('stripe', stage)
    sandbox.advance(2 * day_ms)
    await delivered(sandbox, 'stripe')
    sandbox.inject({ name: 'error_500', times: null })
    const { ended, postponed } = await process(db, business, { patience_ms: 10 })
    expect([ended, postponed > 0]).toEqual([0, true])
    const shown = await client.get(`${at}/notifications`)
    expect(shown.json.reason).toMatch(/500/)
    sandbox.clearFaults()
    await process(db, business, { now: () => Date.now() + 60_000 })
    expect(ofKept('stripe', await business.oracle.differences(db))).toEqual([])
    expect((await client.get(`${at}/notifications`)).json.waiting).toBe(0)
  })

  it('loses the connection where the credential is refused, and goes on when it is back', async () => {
    const stage = await staged('stripe')
    const { business } = stage
    expect((await business.sync()).failed).toEqual([])
    await arranged('stripe', stage)
    sandbox.advance(2 * day_ms)
    await delivered(sandbox, 'stripe')
    sandbox.inject({ name: 'unauthorised' })
    await process(db, business)
    expect((await business.connection()).status).toBe('Lost Connection')
    sandbox.clearFaults()
    await business.reconnect(sandbox.stripe.key)
    await process(db, business, { now: () => Date.now() + 60_000 })
    expect(ofKept('stripe', await business.oracle.differences(db))).toEqual([])
  })
})
