import { Refused, Unavailable } from '../partners/errors.ts'
import type { Partner } from '../partners/partner.ts'
import { type Connection, setStatus } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import { forgetRegistration } from '../store/notification_registration.ts'
import { tokenRow } from '../store/oauth_token.ts'
import type { MasterKeys } from '../store/seal.ts'
import type { Apps } from './app.ts'
import { forgetNotificationSecrets } from './notification_secret.ts'
import { revokeGrant } from './oauth.ts'
import { forgetCredential, openSealed } from './stored_credential.ts'
import { currentToken, heldOf, keyOf, placeOf } from './token.ts'

export interface Revocation {
  readonly connection: Connection
  readonly partner: Partner
  /** Who takes the authorisation back, as the connection will say. */
  readonly reason: string
  readonly now_ms: number
  readonly apps?: Apps | undefined
}

/**
 * Withdraws a connection: the partner is told, the credential forgotten; the records stay. A partner
 * that cannot be told is named in the reason, and does not keep the connection. False if there is
 * no such connection.
 */
export async function revokeConnection(
  db: Database,
  keys: MasterKeys,
  revocation: Revocation,
): Promise<boolean> {
  const untold = await tellPartner(db, keys, revocation)
  const reason = untold === null ? revocation.reason : `${revocation.reason}; ${untold}`
  return endConnection(db, { ...revocation, reason })
}

/** The same where the partner itself says that the business took its consent back. */
export async function endConnection(
  db: Database,
  { connection, reason, now_ms }: Pick<Revocation, 'connection' | 'reason' | 'now_ms'>,
): Promise<boolean> {
  const { ledgerAccountId, id } = connection
  const found = await setStatus(db, { ledgerAccountId, id, status: 'Revoked', reason, now_ms })
  if (!found) return false
  const key = { ledgerAccountId, connectionId: id }
  await forgetCredential(db, key)
  await forgetNotificationSecrets(db, key)
  await forgetRegistration(db, key)
  return true
}

/** Gives a granted token back. Gives what stood in the way; null where there was nothing to do. */
async function tellPartner(
  db: Database,
  keys: MasterKeys,
  { connection, partner, apps }: Revocation,
): Promise<string | null> {
  const options = { db, keys, connection, partner, apps }
  try {
    // What has ended cannot be given back: it is renewed first.
    if ((await currentToken(options)) === null) return null
    const row = await tokenRow(db, keyOf(options))
    if (!row) return null
    const stored = await openSealed(db, keys, { ...keyOf(options), sealed: row.sealed })
    const { credential, refreshToken } = heldOf(stored)
    const { partnerAccountId } = connection
    const grant = { credential, refreshToken, partnerAccountId }
    await revokeGrant(placeOf(options, credential), grant)
    return null
  } catch (error) {
    if (!(error instanceof Refused) && !(error instanceof Unavailable)) throw error
    return `${partner.title} could not be told (${error.message}): end it there too`
  }
}
