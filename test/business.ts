import type { Sandbox } from '../sandbox/server.ts'
import { connectAccount } from '../src/connect/connect.ts'
import { type RunOptions, withRun } from '../src/ingest/open.ts'
import { type SyncResult, syncConnection } from '../src/ingest/sync.ts'
import { stripe } from '../src/partners/stripe/index.ts'
import { createInstitution, type Mode } from '../src/store/api_key.ts'
import { type Connection, findConnection } from '../src/store/connection.ts'
import type { Database } from '../src/store/database.ts'
import { createLedgerAccount } from '../src/store/ledger_account.ts'
import { type MasterKeys, masterKeysFrom, newMasterKey } from '../src/store/seal.ts'
import { type StreamFacts, streamsOf } from '../src/store/stream.ts'
import { newOracle, type Oracle } from './oracle.ts'

/** A business whose account in the sandbox is connected. */
export interface Business {
  readonly ledgerAccountId: string
  readonly connectionId: string
  readonly keys: MasterKeys
  /** The same, as text for another process. */
  readonly masterKey: string
  readonly oracle: Oracle
  readonly connection: () => Promise<Connection>
  readonly sync: (options?: Partial<RunOptions>) => Promise<SyncResult>
  /** Freshness of each stream, by name. */
  readonly streams: () => Promise<Map<string, StreamFacts>>
  /** Connects the same partner account again. Gives the connection's id. */
  readonly reconnect: (key: string) => Promise<string>
}

export interface ConnectedOptions {
  readonly mode?: Mode
  readonly key?: string
}

/** Makes an institution and a ledger account, and connects it to the sandbox. */
export async function connected(
  db: Database,
  sandbox: Sandbox,
  { mode = 'test', key = sandbox.stripe.key }: ConnectedOptions = {},
): Promise<Business> {
  const masterKey = newMasterKey()
  const keys = masterKeysFrom(masterKey)
  const ledgerAccountId = await newLedgerAccount(db, mode)
  const connect = (api_key: string) =>
    connectAccount(db, keys, {
      ledgerAccountId,
      mode,
      partner: stripe,
      credential: { api_key },
      baseUrl: sandbox.stripe.baseUrl,
      now_ms: Date.now(),
    })
  const connectionId = await connect(key)
  const connection = async () => (await findConnection(db, ledgerAccountId, connectionId))!
  const oracleKey = mode === 'live' ? sandbox.stripe.liveKey : sandbox.stripe.oracleKey
  return {
    ledgerAccountId,
    connectionId,
    keys,
    masterKey,
    connection,
    oracle: newOracle({ partner: stripe, connection: await connection(), key: oracleKey }),
    sync: async (options = {}) =>
      withRun(
        { db, keys, connection: await connection(), partner: stripe, ...options },
        syncConnection,
      ),
    async streams() {
      const of = [{ ledgerAccountId, id: connectionId }]
      const found = (await streamsOf(db, of, Date.now())).get(connectionId) ?? []
      return new Map(found.map((facts) => [facts.stream, facts]))
    },
    reconnect: connect,
  }
}

/** Makes an institution with one ledger account. Gives the ledger account's id. */
export async function newLedgerAccount(db: Database, mode: Mode = 'test'): Promise<string> {
  const now_ms = Date.now()
  const institutionId = await createInstitution(db, { name: 'Bank', now_ms })
  const wanted = { institutionId, mode, institutionAccountId: null, name: 'Garden', country: 'SE' }
  return JSON.parse(await createLedgerAccount(db, { ...wanted, now_ms })).id
}
