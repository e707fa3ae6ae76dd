import type { Credential } from '../partners/partner.ts'
import type { Executor } from '../store/database.ts'
import { deleteToken } from '../store/oauth_token.ts'
import { type MasterKeys, seal, unseal } from '../store/seal.ts'

/** The connection has no stored credential: it was revoked, or never authorised. */
export class NoCredential extends Error {
  override readonly name = 'NoCredential'
}

interface Of {
  readonly ledgerAccountId: string
  readonly connectionId: string
}

/** Stores a connection's credential, sealed. */
export async function saveCredential(
  tx: Executor,
  keys: MasterKeys,
  { ledgerAccountId, connectionId, credential }: Of & { credential: Credential },
) {
  const place = placeOf(connectionId)
  const value = JSON.stringify(credential)
  const sealed = await seal(tx, keys, { ledgerAccountId, place, value })
  await tx.query(
    `insert into credential (ledger_account_id, partner_account_connection_id, sealed)
     values ($1, $2, $3)
     on conflict (ledger_account_id, partner_account_connection_id) do update set sealed = $3`,
    [ledgerAccountId, connectionId, sealed],
  )
}

/** Opens a connection's credential. Throws NoCredential, CannotUnseal. */
export async function credentialOf(
  db: Executor,
  keys: MasterKeys,
  { ledgerAccountId, connectionId }: Of,
): Promise<Credential> {
  const [row] = await db.query<{ sealed: string }>(
    `select sealed from credential
     where ledger_account_id = $1 and partner_account_connection_id = $2`,
    [ledgerAccountId, connectionId],
  )
  if (!row) throw new NoCredential(`connection ${connectionId} has no credential`)
  return openSealed(db, keys, { ledgerAccountId, connectionId, sealed: row.sealed })
}

/** Opens what is stored of a connection's credential. Throws CannotUnseal. */
export async function openSealed(
  db: Executor,
  keys: MasterKeys,
  { ledgerAccountId, connectionId, sealed }: Of & { sealed: string },
): Promise<Credential> {
  const place = placeOf(connectionId)
  return JSON.parse(await unseal(db, keys, { ledgerAccountId, place, sealed }))
}

/** Forgets a connection's credential, and what was known of its token. */
export async function forgetCredential(tx: Executor, { ledgerAccountId, connectionId }: Of) {
  await deleteToken(tx, { ledgerAccountId, connectionId })
  await tx.query(
    'delete from credential where ledger_account_id = $1 and partner_account_connection_id = $2',
    [ledgerAccountId, connectionId],
  )
}

function placeOf(connectionId: string) {
  return { table: 'credential', row: connectionId, column: 'sealed' }
}
