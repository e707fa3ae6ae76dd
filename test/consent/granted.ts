// Consents given at the simulated partners, as a business gives them in its browser.
import type { PartnerAccess, Sandbox } from '../../sandbox/server.ts'
import { simulated_app } from '../../src/connect/app.ts'
import { connectAccount } from '../../src/connect/connect.ts'
import { consentUrl, exchangeCode, type Grant, type OAuthPlace } from '../../src/connect/oauth.ts'
import { type PartnerName, partners } from '../../src/partners/index.ts'
import type { Partner } from '../../src/partners/partner.ts'
import { type Connection, findConnection } from '../../src/store/connection.ts'
import type { Database } from '../../src/store/database.ts'
import type { MasterKeys } from '../../src/store/seal.ts'

export const oauth_partners = ['stripe', 'square', 'paypal', 'shopify', 'gocardless'] as const
export type OAuthPartner = (typeof oauth_partners)[number]

export const callback = 'http://127.0.0.1:4242/connect/callback'

/** Somebody's OAuth at a simulated partner. */
export function placeAt(sandbox: Sandbox, name: PartnerName): OAuthPlace {
  const partner: Partner = partners[name]
  const { baseUrl, credential } = sandbox.partner(name)
  if (!partner.oauth) throw new Error(`${name} has no OAuth`)
  const given = Object.fromEntries(partner.oauth.asks.map((ask) => [ask, credential[ask] ?? '']))
  return { partner, oauth: partner.oauth, mode: 'test', app: simulated_app, baseUrl, given }
}

/** What the seller answers at the partner's screen. Gives where they are sent back to. */
export async function answerAt(screen: string | URL, answer: 'allow' | 'deny'): Promise<URL> {
  const shown = await fetch(screen)
  if (shown.status !== 200) throw new Error(`the screen answers ${shown.status}`)
  const body = new URLSearchParams({ answer })
  const sent = await fetch(screen, { method: 'POST', body, redirect: 'manual' })
  const back = sent.headers.get('location')
  if (back === null) throw new Error(`the partner sends nobody back: ${await sent.text()}`)
  return new URL(back)
}

export const asking = { redirectUri: callback, state: 'state-1', verifier: 'v'.repeat(43) }

/** A grant of a simulated partner. */
export async function grantedAt(sandbox: Sandbox, name: PartnerName): Promise<Grant> {
  const place = placeAt(sandbox, name)
  const back = await answerAt(await consentUrl(place, asking), 'allow')
  return exchangeCode(place, { ...asking, query: back.searchParams })
}

export interface Connecting {
  readonly db: Database
  readonly keys: MasterKeys
  readonly sandbox: Sandbox
  readonly ledgerAccountId: string
}

/** A connection that the business granted. */
export async function connectGranted(
  { db, keys, sandbox, ledgerAccountId }: Connecting,
  name: PartnerName,
): Promise<{ connection: Connection; partner: Partner; double: PartnerAccess }> {
  const grant = await grantedAt(sandbox, name)
  const partner: Partner = partners[name]
  const double = sandbox.partner(name)
  const id = await connectAccount(db, keys, {
    ledgerAccountId,
    mode: 'test',
    partner,
    credential: grant.credential,
    grant,
    baseUrl: double.baseUrl,
    now_ms: Date.now(),
  })
  const connection = await findConnection(db, ledgerAccountId, id)
  if (!connection) throw new Error('the connection was not stored')
  return { connection, partner, double }
}
