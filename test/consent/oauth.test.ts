// OAuth at every partner that has it: the consent screen, the code, the token, giving it back.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLIENT } from '../../sandbox/consent/dialects.ts'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import { simulated_app } from '../../src/connect/app.ts'
import { consentUrl, exchangeCode, refreshGrant } from '../../src/connect/oauth.ts'
import { revokeConnection } from '../../src/connect/revoke.ts'
import { currentToken } from '../../src/connect/token.ts'
import { withRun } from '../../src/ingest/open.ts'
import { syncConnection } from '../../src/ingest/sync.ts'
import { findConnection } from '../../src/store/connection.ts'
import type { Database } from '../../src/store/database.ts'
import { masterKeysFrom, newMasterKey } from '../../src/store/seal.ts'
import { newLedgerAccount } from '../business.ts'
import { testDatabase } from '../database.ts'
import { answerAt, asking, connectGranted, grantedAt, oauth_partners, placeAt } from './granted.ts'

let db: Database
let sandbox: Sandbox
const keys = masterKeysFrom(newMasterKey())

beforeAll(async () => {
  db = await testDatabase()
  sandbox = await startSandbox({ buyers: 20, clock: Date.now() })
})
afterAll(async () => {
  await sandbox.stop()
  await db.close()
})

describe('the app at simulated partners', () => {
  it('is the one that they take for registered', () => {
    expect(simulated_app).toEqual({ clientId: CLIENT.id, clientSecret: CLIENT.secret })
  })
})

describe.each(oauth_partners)('%s', (name) => {
  it('sends the business to its screen with state, scopes and the exact way back', async () => {
    const place = placeAt(sandbox, name)
    const url = await consentUrl(place, asking)
    expect(url.searchParams.get('state')).toBe(asking.state)
    expect(url.searchParams.get('redirect_uri')).toBe(asking.redirectUri)
    expect(url.searchParams.get('response_type')).toBe('code')
    const scopes = place.oauth.scopes.join(place.oauth.scopeSeparator ?? ' ')
    expect(url.searchParams.get('scope')).toBe(scopes)
    expect(url.searchParams.get('code_challenge_method')).toBe(place.oauth.pkce ? 'S256' : null)
  })

  it('grants a token that opens the account', async () => {
    const ledgerAccountId = await newLedgerAccount(db)
    const { connection, double } = await connectGranted(
      { db, keys, sandbox, ledgerAccountId },
      name,
    )
    expect(connection).toMatchObject({ status: 'Active', partnerAccountId: double.accountId })
  })

  it('is read with the token to its end', async () => {
    const ledgerAccountId = await newLedgerAccount(db)
    const { connection, partner } = await connectGranted(
      { db, keys, sandbox, ledgerAccountId },
      name,
    )
    const result = await withRun({ db, keys, connection, partner }, (run) => syncConnection(run))
    expect(result.failed).toEqual([])
    const [row] = await db.query<{ n: number }>(
      'select count(*)::int as n from customer where ledger_account_id = $1',
      [ledgerAccountId],
    )
    expect(row?.n).toBeGreaterThan(5)
  })

  it('gives no token for a no', async () => {
    const place = placeAt(sandbox, name)
    const back = await answerAt(await consentUrl(place, asking), 'deny')
    const given = exchangeCode(place, { ...asking, query: back.searchParams })
    await expect(given).rejects.toMatchObject({ name: 'ConsentDenied' })
  })

  it('gives one token for a code', async () => {
    const place = placeAt(sandbox, name)
    const back = await answerAt(await consentUrl(place, asking), 'allow')
    await exchangeCode(place, { ...asking, query: back.searchParams })
    const again = exchangeCode(place, { ...asking, query: back.searchParams })
    await expect(again).rejects.toMatchObject({ name: 'Refused' })
  })

  it('is told when the authorisation is given back', async () => {
    const ledgerAccountId = await newLedgerAccount(db)
    const { connection, partner } = await connectGranted(
      { db, keys, sandbox, ledgerAccountId },
      name,
    )
    const token = await currentToken({ db, keys, connection, partner })
    const revocation = { connection, partner, reason: 'revoked by the institution' }
    await revokeConnection(db, keys, { ...revocation, now_ms: Date.now() })
    expect(await findConnection(db, ledgerAccountId, connection.id)).toMatchObject({
      status: 'Revoked',
    })
    const [record] = await db.query<{ record: string }>(
      'select record from partner_account_connection where ledger_account_id = $1 and id = $2',
      [ledgerAccountId, connection.id],
    )
    expect(JSON.parse(record?.record ?? '').status_reason).toBe('revoked by the institution')
    expect(await currentToken({ db, keys, connection, partner })).toBeNull()
    const { path = '' } = partner.account.requests[0]
    const method = name === 'shopify' ? 'POST' : 'GET'
    const headers = { ...token?.headers, 'content-type': 'application/json' }
    const reply = await fetch(`${connection.baseUrl}${path}`, { method, headers })
    expect([401, 403]).toContain(reply.status)
  })
})

describe('giving an authorisation back', () => {
  it('to a partner that does not answer ends the connection all the same, and says so', async () => {
    const ledgerAccountId = await newLedgerAccount(db)
    const granting = { db, keys, sandbox, ledgerAccountId }
    const { connection, partner } = await connectGranted(granting, 'gocardless')
    const options = { db, keys, connection, partner }
    sandbox.inject({ partner: 'gocardless', name: 'error_500', path: '/oauth/revoke', times: null })
    const reason = 'revoked by the institution'
    expect(await revokeConnection(db, keys, { ...options, reason, now_ms: Date.now() })).toBe(true)
    sandbox.clearFaults()
    const [row] = await db.query<{ record: string }>(
      'select record from partner_account_connection where ledger_account_id = $1 and id = $2',
      [ledgerAccountId, connection.id],
    )
    expect(JSON.parse(row?.record ?? '')).toMatchObject({
      status: 'Revoked',
      status_reason: expect.stringMatching(
        /^revoked by the institution; GoCardless could not be told \(.*500.*\): end it there too$/,
      ),
    })
    expect(await currentToken(options)).toBeNull()
  })
})

describe.each(['square', 'shopify'] as const)('%s, whose refresh tokens hold once,', (name) => {
  it('refuses one that was used', async () => {
    const place = placeAt(sandbox, name)
    const grant = await grantedAt(sandbox, name)
    const next = await refreshGrant(place, grant.refreshToken ?? '')
    expect(next.refreshToken).not.toBe(grant.refreshToken)
    const again = refreshGrant(place, grant.refreshToken ?? '')
    await expect(again).rejects.toMatchObject({ name: 'Refused' })
  })
})

describe('paypal, whose refresh tokens stay,', () => {
  it('takes one again and again', async () => {
    const place = placeAt(sandbox, 'paypal')
    const { refreshToken } = await grantedAt(sandbox, 'paypal')
    const [one, other] = [
      await refreshGrant(place, refreshToken ?? ''),
      await refreshGrant(place, refreshToken ?? ''),
    ]
    expect([one.refreshToken, other.refreshToken]).toEqual([refreshToken, refreshToken])
    expect(one.credential).not.toEqual(other.credential)
  })
})

describe('a code challenge', () => {
  it('makes a code worthless to whoever does not hold the verifier', async () => {
    const place = placeAt(sandbox, 'square')
    const back = await answerAt(await consentUrl(place, asking), 'allow')
    const stolen = { ...asking, verifier: 'w'.repeat(43), query: back.searchParams }
    await expect(exchangeCode(place, stolen)).rejects.toMatchObject({ name: 'Refused' })
  })
})

describe('the way back from Shopify', () => {
  it.each(['code', 'shop', 'timestamp', 'state'])(
    'is refused when its %s was changed',
    async (part) => {
      const place = placeAt(sandbox, 'shopify')
      const back = await answerAt(await consentUrl(place, asking), 'allow')
      back.searchParams.set(part, part === 'state' ? asking.state : 'other.myshopify.com')
      if (part === 'state') back.searchParams.delete('hmac')
      const given = exchangeCode(place, { ...asking, query: back.searchParams })
      await expect(given).rejects.toMatchObject({ message: expect.stringContaining('not signed') })
    },
  )
})
