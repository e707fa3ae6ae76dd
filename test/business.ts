import type { PartnerName } from '../sandbox/partners.ts'
import type { Sandbox } from '../sandbox/server.ts'
import { connectAccount } from '../src/connect/connect.ts'
import { type RunOptions, withRun } from '../src/ingest/open.ts'
import { type SyncResult, syncConnection } from '../src/ingest/sync.ts'
import { partners } from '../src/partners/index.ts'
import type { Credential, Partner } from '../src/partners/partner.ts'
import { createInstitution, type Mode } from '../src/store/api_key.ts'
import { type Connection, findConnection } from '../src/store/connection.ts'
import type { Database } from '../src/store/database.ts'
import { createLedgerAccount } from '../src/store/ledger_account.ts'
import { type MasterKeys, masterKeysFrom, newMasterKey } from '../src/store/seal.ts'
import { type StreamFacts, streamsOf } from '../src/store/stream.ts'
import { newOracle, type Oracle } from './oracle.ts'
import { inPagesOf } from './small_pages.ts'

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
  /** Of Stripe's. */
  readonly key?: string
  readonly partner?: PartnerName
  /** A ledger account that has other connections already. */
  readonly ledgerAccountId?: string
  readonly keys?: MasterKeys
  /** Rows a page; as many as the partner gives without it. */
  readonly page_size?: number
}

/** Makes an institution and a ledger account, and connects it to the sandbox. */
export async function connected(
  db: Database,
  sandbox: Sandbox,
  options: ConnectedOptions = {},
): Promise<Business> {
  const { mode = 'test', key = sandbox.stripe.key, partner: name = 'stripe' } = options
  const masterKey = newMasterKey()
  const keys = options.keys ?? masterKeysFrom(masterKey)
  const ledgerAccountId = options.ledgerAccountId ?? (await newLedgerAccount(db, mode))
  const partner: Partner = partners[name]
  const read = options.page_size ? inPagesOf(partner, options.page_size) : partner
  const double = sandbox.partner(name)
  const connect = (credential: Credential) =>
    connectAccount(db, keys, {
      ledgerAccountId,
      mode,
      partner,
      credential,
      baseUrl: double.baseUrl,
      now_ms: Date.now(),
    })
  const connectionId = await connect(name === 'stripe' ? { api_key: key } : double.credential)
  const connection = async () => (await findConnection(db, ledgerAccountId, connectionId))!
  const oracle = mode === 'live' ? { api_key: sandbox.stripe.liveKey } : double.oracle
  return {
    ledgerAccountId,
    connectionId,
    keys,
    masterKey,
    connection,
    oracle: newOracle({ partner, connection: await connection(), credential: oracle }),
    sync: async (options = {}) =>
      withRun(
        { db, keys, connection: await connection(), partner: read, ...options },
        syncConnection,
      ),
    async streams() {
      const of = [{ ledgerAccountId, id: connectionId }]
      const found = (await streamsOf(db, of, Date.now())).get(connectionId) ?? []
      return new Map(found.map((facts) => [facts.stream, facts]))
    },
    reconnect: (api_key) => connect({ api_key }),
  }
}

/** Makes an institution with one ledger account. Gives the ledger account's id. */
export async function newLedgerAccount(db: Database, mode: Mode = 'test'): Promise<string> {
  const now_ms = Date.now()
  const institutionId = await createInstitution(db, { name: 'Bank', now_ms })
  const wanted = { institutionId, mode, institutionAccountId: null, name: 'Garden', country: 'SE' }
  return JSON.parse(await createLedgerAccount(db, { ...wanted, now_ms })).id
}
