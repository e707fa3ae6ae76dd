import type { PartnerName } from '../../sandbox/partners.ts'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import { createInstitution, createKey } from '../../src/store/api_key.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { createLedgerAccount } from '../../src/store/ledger_account.ts'
import { migrate } from '../../src/store/migrate.ts'
import { masterKeysFrom, newMasterKey } from '../../src/store/seal.ts'
import { type Business, connected } from '../business.ts'
import { type PostgresServer, startPostgres } from '../postgres.ts'

/** Businesses with an account at a simulated partner each, on a Postgres that several processes share. */
export interface Stage {
  readonly postgres: PostgresServer
  readonly db: Database
  readonly sandbox: Sandbox
  /** Each at one partner, all of one institution. */
  readonly businesses: readonly Business[]
  readonly institutionId: string
  readonly key: string
  /** Of the processes. */
  readonly env: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

export interface StageOptions {
  readonly partners: readonly PartnerName[]
  readonly seed: number
  readonly buyers: number
}

export async function setStage({ partners, seed, buyers }: StageOptions): Promise<Stage> {
  const postgres = await startPostgres({ settings: { max_connections: '150' } })
  const db = await openDatabase({ url: postgres.url })
  await migrate(db)
  const sandbox = await startSandbox({ seed, buyers })
  const masterKey = newMasterKey()
  const keys = masterKeysFrom(masterKey)
  const now_ms = Date.now()
  const institutionId = await createInstitution(db, { name: 'Fleet', now_ms })
  const businesses: Business[] = []
  for (const partner of partners) {
    const ledgerAccountId = await newAccount(db, institutionId, partner)
    businesses.push(await connected(db, sandbox, { partner, keys, ledgerAccountId }))
  }
  const wanted = { institutionId, mode: 'test', scopes: ['read', 'write'] } as const
  const { key } = await createKey(db, { ...wanted, now_ms })
  return {
    postgres,
    db,
    sandbox,
    businesses,
    institutionId,
    key,
    env: { DATABASE_URL: postgres.url, FURROW_SECRET_KEYS: masterKey },
    async close() {
      await db.close()
      await sandbox.stop()
      await postgres.stop()
    },
  }
}

async function newAccount(db: Database, institutionId: string, institutionAccountId: string) {
  const about = { name: null, country: null, now_ms: Date.now() }
  const wanted = { institutionId, mode: 'test', institutionAccountId, ...about } as const
  return (JSON.parse(await createLedgerAccount(db, wanted)) as { id: string }).id
}

/** Ledger accounts of the institution beyond the stage's own: those that were written under load. */
export async function writtenAccounts({ db, institutionId, businesses }: Stage): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    'select count(*) as count from ledger_account where institution_id = $1',
    [institutionId],
  )
  return (row?.count ?? 0) - businesses.length
}
