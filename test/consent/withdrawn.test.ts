// A seller takes the consent back at the partner, and the partner's notification says so.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import { findConnection } from '../../src/store/connection.ts'
import type { Database } from '../../src/store/database.ts'
import { masterKeysFrom, newMasterKey } from '../../src/store/seal.ts'
import { newLedgerAccount } from '../business.ts'
import { testDatabase } from '../database.ts'
import { delivered, process, type Receiving, startReceiving } from '../notified.ts'
import { connectGranted, type OAuthPartner } from './granted.ts'

const keys = masterKeysFrom(newMasterKey())
let db: Database
let receiving: Receiving
let sandbox: Sandbox

beforeAll(async () => {
  db = await testDatabase()
  receiving = await startReceiving({ db, keys })
  sandbox = await startSandbox({ buyers: 5, clock: Date.now() })
})
afterAll(async () => {
  await sandbox.stop()
  await receiving.stop()
  await db.close()
})

const telling: readonly OAuthPartner[] = ['stripe', 'square', 'paypal', 'shopify']

interface Stage {
  readonly withdraw: () => void
  /** Something else is told of. */
  readonly happens: () => void
  /** Processes what the partner has told. */
  readonly hears: () => Promise<void>
  readonly connects: () => Promise<{ readonly id: string }>
  readonly seen: () => Promise<unknown[]>
}

/** A granted connection whose partner delivers to us. */
async function staged(name: OAuthPartner): Promise<Stage> {
  const ledgerAccountId = await newLedgerAccount(db)
  const grants = { db, keys, sandbox, ledgerAccountId }
  const { connection, double } = await connectGranted(grants, name)
  const client = await receiving.clientOf({ ledgerAccountId })
  const at = `/v2/partner_account_connections/${connection.id}`
  const secret = double.appSecret ?? 'whsec_c2VjcmV0IG9mIHRoZSBhcHA='
  const set = await client.send('POST', `${at}/notification_secret`, { secret })
  expect(set.status).toBe(200)
  const url = `${receiving.url}/v2/notifications/${name}/${connection.id}`
  double.deliveries?.add({ id: `of ${connection.id}`, url, secret, topics: null })
  const found = async () => (await findConnection(db, ledgerAccountId, connection.id))!
  return {
    withdraw: () => expect(double.consent?.withdraw()).toBe(true),
    happens: () => sandbox.partner(name).tellOfUnknown(),
    async hears() {
      await delivered(sandbox, name)
      expect((await process(db, { connection: found, keys })).defects).toEqual([])
      double.deliveries?.remove(`of ${connection.id}`)
    },
    connects: async () => (await connectGranted(grants, name)).connection,
    async seen() {
      const { json } = await client.get(at)
      return [json.status, json.status_reason]
    },
  }
}

describe.each(telling)('%s tells that the consent was taken back', (name) => {
  it('and the connection is Revoked, before anything is read', async () => {
    const { withdraw, hears, seen } = await staged(name)
    withdraw()
    await hears()
    expect(await seen()).toEqual(['Revoked', expect.stringMatching(/^revoked at /)])
  })

  it('together with other news, which nobody may read any more: it is Revoked too', async () => {
    const { withdraw, happens, hears, seen } = await staged(name)
    happens()
    withdraw()
    await hears()
    expect(await seen()).toEqual(['Revoked', expect.stringMatching(/^revoked at /)])
  })

  it('of before, after it was given again: it stays Active', async () => {
    const { withdraw, hears, connects, seen } = await staged(name)
    withdraw()
    await connects()
    await hears()
    expect(await seen()).toEqual(['Active', null])
  })
})
