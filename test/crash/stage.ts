import type { PartnerName } from '../../sandbox/partners.ts'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import { createKey } from '../../src/store/api_key.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { institutionOf } from '../../src/store/ledger_account.ts'
import { migrate } from '../../src/store/migrate.ts'
import { masterKeysFrom, newMasterKey } from '../../src/store/seal.ts'
import { type Business, connected } from '../business.ts'
import { type PostgresServer, startPostgres } from '../postgres.ts'

/** A business with accounts at simulated partners, on a Postgres that several processes share. */
export interface Stage {
  readonly postgres: PostgresServer
  readonly db: Database
  readonly sandbox: Sandbox
  readonly businesses: readonly Business[]
  readonly ledgerAccountId: string
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
  const businesses: Business[] = []
  for (const partner of partners) {
    const [first] = businesses
    const account = first ? { ledgerAccountId: first.ledgerAccountId } : {}
    businesses.push(await connected(db, sandbox, { partner, keys, ...account }))
  }
  const ledgerAccountId = businesses[0]?.ledgerAccountId ?? ''
  const institutionId = await institutionOf(db, ledgerAccountId)
  const wanted = { institutionId, mode: 'test', scopes: ['read', 'write'] } as const
  const { key } = await createKey(db, { ...wanted, now_ms: Date.now() })
  return {
    postgres,
    db,
    sandbox,
    businesses,
    ledgerAccountId,
    key,
    env: { DATABASE_URL: postgres.url, FURROW_SECRET_KEYS: masterKey },
    async close() {
      await db.close()
      await sandbox.stop()
      await postgres.stop()
    },
  }
}

/** Ledger accounts of the institution but the stage's own: those that were written under load. */
export async function writtenAccounts({ db, ledgerAccountId }: Stage): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*) as count from ledger_account where ledger_account_id <> $1
       and institution_id = (select institution_id from ledger_account where ledger_account_id = $1)`,
    [ledgerAccountId],
  )
  return row?.count ?? 0
}
