import { type Http, newHttp } from '../partners/http.ts'
import type { Credential, Partner } from '../partners/partner.ts'
import type { Connection } from '../store/connection.ts'
import type { Executor } from '../store/database.ts'
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
  const place = placeOf(connectionId)
  return JSON.parse(await unseal(db, keys, { ledgerAccountId, place, sealed: row.sealed }))
}

/** Forgets a connection's credential. */
export async function forgetCredential(tx: Executor, { ledgerAccountId, connectionId }: Of) {
  await tx.query(
    'delete from credential where ledger_account_id = $1 and partner_account_connection_id = $2',
    [ledgerAccountId, connectionId],
  )
}

function placeOf(connectionId: string) {
  return { table: 'credential', row: connectionId, column: 'sealed' }
}

export interface OpenOptions {
  /** Lowers the partner's own limit, or lifts it for a simulated partner. */
  readonly per_second?: number | undefined
  readonly patience_ms?: number | undefined
}

/** A client for a connection, authorised and within the partner's rate. */
export async function openConnection(
  db: Executor,
  keys: MasterKeys,
  { connection, partner, ...options }: { connection: Connection; partner: Partner } & OpenOptions,
): Promise<Http> {
  const { ledgerAccountId, id, mode } = connection
  const credential = await credentialOf(db, keys, { ledgerAccountId, connectionId: id })
  const limit = partner.limits.per_second[mode]
  // A simulated partner states its own limit by refusing; the real one's is documented.
  const per_second = options.per_second ?? (connection.baseUrl === null ? limit : undefined)
  return newHttp({
    baseUrl: connection.baseUrl ?? partner.baseUrl,
    headers: partner.headers(credential),
    errors: partner.errors,
    ...(per_second === undefined ? {} : { per_second }),
    ...(options.patience_ms === undefined ? {} : { patience_ms: options.patience_ms }),
  })
}
