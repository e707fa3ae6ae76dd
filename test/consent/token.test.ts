// Granted tokens: refreshed early and once, after a crash and a refusal, lost and healed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import { refreshGrant } from '../../src/connect/oauth.ts'
import { openSealed } from '../../src/connect/stored_credential.ts'
import { currentToken, heldOf, lease_ms } from '../../src/connect/token.ts'
import { withRun } from '../../src/ingest/open.ts'
import { refreshDue } from '../../src/ingest/refresh.ts'
import { syncConnection } from '../../src/ingest/sync.ts'
import { partnerList } from '../../src/partners/index.ts'
import { findConnection } from '../../src/store/connection.ts'
import type { Database } from '../../src/store/database.ts'
import { claimToken, tokenRow } from '../../src/store/oauth_token.ts'
import { masterKeysFrom, newMasterKey } from '../../src/store/seal.ts'
import { newLedgerAccount } from '../business.ts'
import { testDatabase } from '../database.ts'
import { connectGranted, type OAuthPartner, placeAt } from './granted.ts'

let db: Database
let sandbox: Sandbox
const keys = masterKeysFrom(newMasterKey())
const hour_ms = 3_600_000
const day_ms = 24 * hour_ms

beforeAll(async () => {
  db = await testDatabase()
  sandbox = await startSandbox({ buyers: 5, clock: Date.now() })
})
afterAll(async () => {
  await sandbox.stop()
  await db.close()
})

async function grantedBy(name: OAuthPartner) {
  const ledgerAccountId = await newLedgerAccount(db)
  const made = await connectGranted({ db, keys, sandbox, ledgerAccountId }, name)
  const of = { ledgerAccountId, connectionId: made.connection.id }
  const options = { db, keys, connection: made.connection, partner: made.partner }
  const began_ms = Date.now()
  sandbox.clearRequests()
  return {
    ...made,
    of,
    at: (after_ms: number, refused: { readonly [name: string]: string } | null = null) =>
      currentToken({ ...options, now: () => began_ms + after_ms }, refused),
    row: async () => (await tokenRow(db, of))!,
    status: async () => (await findConnection(db, ledgerAccountId, of.connectionId))!.status,
    reason: async () => {
      const [row] = await db.query<{ record: string }>(
        'select record from partner_account_connection where ledger_account_id = $1 and id = $2',
        [ledgerAccountId, of.connectionId],
      )
      return String(JSON.parse(row?.record ?? '').status_reason)
    },
    read: async (streams: readonly string[] = []) => {
      const connection = (await findConnection(db, ledgerAccountId, of.connectionId))!
      const run = { db, keys, connection, partner: made.partner }
      return withRun(run, (one) => syncConnection(one, { streams }))
    },
  }
}

const refreshes = () =>
  sandbox.requests().filter(({ body }) => body.includes('refresh_token')).length

describe('a token', () => {
  it('is not refreshed before its time', async () => {
    const { at } = await grantedBy('paypal')
    await at(hour_ms)
    expect(refreshes()).toBe(0)
  })

  it('is refreshed before it ends, and the new one is stored', async () => {
    const { at, row } = await grantedBy('paypal')
    const [first, second] = [await at(0), await at(7 * hour_ms)]
    expect(second?.headers).not.toEqual(first?.headers)
    expect([(await row()).generation, refreshes()]).toEqual([1, 1])
    expect((await at(7 * hour_ms))?.headers).toEqual(second?.headers)
  })

  it('of Square is refreshed every seven days, though it lives for thirty', async () => {
    const { at } = await grantedBy('square')
    await at(6 * day_ms)
    expect(refreshes()).toBe(0)
    await at(7 * day_ms)
    expect(refreshes()).toBe(1)
  })

  it('is refreshed once, however many ask at the same moment', async () => {
    const { at } = await grantedBy('shopify')
    const asked = await Promise.all(Array.from({ length: 100 }, () => at(hour_ms)))
    expect(new Set(asked.map((one) => JSON.stringify(one?.headers))).size).toBe(1)
    expect(refreshes()).toBe(1)
  })

  it('is refreshed by the job though nobody reads', async () => {
    const { row } = await grantedBy('shopify')
    const now = () => Date.now() + 50 * 60_000
    await refreshDue({ db, keys, partners: partnerList, log: { warn: () => undefined }, now })
    expect((await row()).generation).toBe(1)
  })

  it('and what replaces it are stored sealed', async () => {
    const { of, at } = await grantedBy('square')
    const token = await at(0)
    const { sealed } = (await tokenRow(db, of))!
    const { refreshToken } = heldOf(await openSealed(db, keys, { ...of, sealed }))
    const tables = ['credential', 'oauth_token', 'partner_account_connection', 'change']
    const dump = JSON.stringify(
      await Promise.all(tables.map((table) => db.query(`select * from ${table}`))),
    )
    const secrets = [token?.credential.access_token, refreshToken].map(String)
    expect(secrets.filter((secret) => secret.length < 20 || dump.includes(secret))).toEqual([])
  })
})

describe('a token that the partner refuses', () => {
  it('is refreshed once, and reading goes on', async () => {
    const { read, row, status } = await grantedBy('square')
    sandbox.advance(31 * day_ms)
    expect((await read()).failed).toEqual([])
    expect([(await row()).generation, await status(), refreshes()]).toEqual([1, 'Active', 1])
  })

  it('after a refresh too is Lost Connection with the reason', async () => {
    const { at, status, reason, read, double } = await grantedBy('paypal')
    await at(0)
    double.consent?.withdraw()
    await read()
    expect(await status()).toBe('Lost Connection')
    expect(await reason()).toContain('The code or token is not valid any more')
  })

  it('is not asked for again and again', async () => {
    const { read, double } = await grantedBy('paypal')
    double.consent?.withdraw()
    await read()
    sandbox.clearRequests()
    await read()
    expect(sandbox.requests()).toEqual([])
  })

  it.each([
    ['stripe', 'Stripe'],
    ['square', 'Square'],
    ['gocardless', 'GoCardless'],
  ] as const)('because the business took its consent back is Revoked: %s', async (name, title) => {
    const { read, status, reason, double, at } = await grantedBy(name)
    double.consent?.withdraw()
    await read(['customers'])
    expect([await status(), await at(0)]).toEqual(['Revoked', null])
    expect(await reason()).toContain(`revoked at ${title}`)
  })

  it('heals by connecting again, under the same id', async () => {
    const { read, double, status, of } = await grantedBy('paypal')
    double.consent?.withdraw()
    await read()
    const { ledgerAccountId } = of
    const again = await connectGranted({ db, keys, sandbox, ledgerAccountId }, 'paypal')
    expect([again.connection.id, await status()]).toEqual([of.connectionId, 'Active'])
    expect((await read()).failed).toEqual([])
  })
})

describe('a process that ends between the answer and the save', () => {
  /** Refreshes at the partner in the turn of a process that never stores the answer. */
  async function dieInTurn(name: OAuthPartner, { of, row }: Awaited<ReturnType<typeof grantedBy>>) {
    const { sealed, generation } = await row()
    const now_ms = Date.now()
    expect(await claimToken(db, of, { generation, now_ms, lease_ms: now_ms + lease_ms })).toBe(true)
    const { credential, refreshToken } = heldOf(await openSealed(db, keys, { ...of, sealed }))
    const place = { ...placeAt(sandbox, name), given: credential }
    await refreshGrant(place, refreshToken ?? '')
  }

  it('is detected where refresh tokens hold once: Lost Connection, and why', async () => {
    const granted = await grantedBy('shopify')
    await dieInTurn('shopify', granted)
    expect((await granted.row()).sent_ms).not.toBeNull()
    await expect(granted.at(lease_ms + hour_ms)).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringContaining('its answer never stored'),
    })
    await granted.read()
    expect(await granted.status()).toBe('Lost Connection')
    expect(await granted.reason()).toContain('Connect the account again')
  })

  it('heals where the partner takes the refresh token again', async () => {
    const granted = await grantedBy('paypal')
    await dieInTurn('paypal', granted)
    expect(await granted.at(lease_ms + 8 * hour_ms)).not.toBeNull()
    expect(await granted.row()).toMatchObject({ generation: 1, sent_ms: null, lost: null })
  })

  it('keeps its turn for a while, so that nobody refreshes beside it', async () => {
    const { of, row } = await grantedBy('shopify')
    const { generation } = await row()
    const now_ms = Date.now()
    const claim = { generation, now_ms, lease_ms: now_ms + lease_ms }
    expect(await claimToken(db, of, claim)).toBe(true)
    expect(await claimToken(db, of, claim)).toBe(false)
    const later = { ...claim, now_ms: now_ms + lease_ms, lease_ms: now_ms + 2 * lease_ms }
    expect(await claimToken(db, of, later)).toBe(true)
  })
})

describe('a partner that does not answer', () => {
  it('leaves a token that still holds in use', async () => {
    const { at, row } = await grantedBy('paypal')
    sandbox.inject({ name: 'error_500', partner: 'paypal', path: '/v1/oauth2/token', times: null })
    const token = await at(7 * hour_ms)
    sandbox.clearFaults()
    expect([token?.headers, (await row()).lost]).toEqual([(await at(0))?.headers, null])
  })
})
