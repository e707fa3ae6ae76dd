import { type Http, type HttpOptions, newHttp } from '../partners/http.ts'
import { baseUrlOf, type Credential, type Partner } from '../partners/partner.ts'
import type { Connection } from '../store/connection.ts'
import type { Database, Executor } from '../store/database.ts'
import { type MasterKeys, seal, unseal } from '../store/seal.ts'
import { budgetsOf, rateOf } from './budget.ts'

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

/** Whether each account of a partner has a host of its own, told by its credential. */
export function isOwnHost({ baseUrl }: Partner): boolean {
  return typeof baseUrl === 'function'
}

/** What a client has to know of a partner, and of who asks. */
export function clientOf(partner: Partner, credential: Credential): Omit<HttpOptions, 'baseUrl'> {
  const { session, errors, refused, means, pace } = partner
  return {
    headers: partner.headers(credential),
    errors,
    refused,
    means,
    pace,
    ...(session ? { session: { request: session.request(credential), read: session.read } } : {}),
  }
}

/** A client that can also say whose account it reads, without telling the credential. */
export interface OpenedConnection extends Http {
  readonly account: (
    signal?: AbortSignal,
  ) => Promise<{ facts: Connection['facts']; date_ms: number | null }>
}

/** A client for a connection, authorised and within the rate that its account is asked at. */
export async function openConnection(
  db: Database,
  keys: MasterKeys,
  { connection, partner, ...options }: { connection: Connection; partner: Partner } & OpenOptions,
): Promise<OpenedConnection> {
  const { ledgerAccountId, id, mode } = connection
  const credential = await credentialOf(db, keys, { ledgerAccountId, connectionId: id })
  const per_second = options.per_second ?? rateOf(partner, connection)
  const { budget, giveBack } = budgetsOf(db).borrow(connection, per_second)
  const http = newHttp({
    ...clientOf(partner, credential),
    publicOnly: connection.baseUrl === null && isOwnHost(partner),
    baseUrl: connection.baseUrl ?? baseUrlOf(partner, credential, mode),
    budget,
    ...(options.patience_ms === undefined ? {} : { patience_ms: options.patience_ms }),
  })
  return {
    ...http,
    async close() {
      giveBack()
      await http.close()
    },
    async account(signal) {
      const { requests, read } = partner.account
      const [first, ...rest] = requests
      const answer = await http.send(first, { ...(signal ? { signal } : {}) })
      if (rest.length === 0 && Object.keys(connection.facts).length === 0) {
        return { facts: {}, date_ms: answer.date_ms }
      }
      const bodies = [answer.body]
      for (const one of rest) bodies.push((await http.send(one)).body)
      return { facts: read(bodies, credential).facts ?? {}, date_ms: answer.date_ms }
    },
  }
}
