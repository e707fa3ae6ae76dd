// Furrow's side of a backfill: connects an account and reads its customers.
import { connectAccount } from '../../src/connect/connect.ts'
import { withRun } from '../../src/ingest/open.ts'
import { syncConnection } from '../../src/ingest/sync.ts'
import { recordTypes } from '../../src/model/index.ts'
import { type PartnerName, partners } from '../../src/partners/index.ts'
import type { Credential, Partner } from '../../src/partners/partner.ts'
import { createInstitution } from '../../src/store/api_key.ts'
import { findConnection } from '../../src/store/connection.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { createLedgerAccount } from '../../src/store/ledger_account.ts'
import { migrate } from '../../src/store/migrate.ts'
import { masterKeysFrom, newMasterKey } from '../../src/store/seal.ts'
import { seconds } from '../figures.ts'
import { answerAs } from '../side.ts'

interface Account {
  readonly partner: PartnerName
  readonly baseUrl: string
  readonly credential: Credential
  readonly per_second?: number
  /** All by default. */
  readonly streams?: readonly string[]
}

// Quoted: an order is a keyword too.
const tables = recordTypes.map(({ name }) => `"${name}"`)

const keys = masterKeysFrom(newMasterKey())
let db: Database
let institutionId = ''

answerAs({
  async open({ url }: { url: string }) {
    db = await openDatabase({ url })
    await migrate(db)
    institutionId = await createInstitution(db, { name: 'Bench', now_ms: Date.now() })
  },
  async clear() {
    await db.script(`truncate ${tables.join(', ')}, change, history, segment`)
    await db.script('checkpoint')
  },
  async backfill(account: Account) {
    const ledgerAccountId = await newLedgerAccount()
    return seconds(() => backfill(ledgerAccountId, account))
  },
  async count() {
    const each = tables.map((table) => `(select count(*) from ${table})`)
    const [row] = await db.query<{ n: number }>(`select ${each.join(' + ')} as n`)
    return Number(row?.n)
  },
  /** The most memory the process ever had, in MiB: the kernel keeps it in KiB. */
  memory: async () => process.resourceUsage().maxRSS / 1024,
})

async function newLedgerAccount(): Promise<string> {
  const now_ms = Date.now()
  const named = { institutionAccountId: null, name: 'Bench', country: 'SE' }
  const account = await createLedgerAccount(db, { institutionId, mode: 'test', ...named, now_ms })
  return (JSON.parse(account) as { id: string }).id
}

async function backfill(ledgerAccountId: string, account: Account) {
  const { baseUrl, credential, per_second, streams } = account
  const partner: Partner = partners[account.partner]
  const id = await connectAccount(db, keys, {
    ledgerAccountId,
    mode: 'test',
    partner,
    credential,
    baseUrl,
    now_ms: Date.now(),
  })
  const connection = await findConnection(db, ledgerAccountId, id)
  if (!connection) throw new Error(`connection ${id} was not stored`)
  const { failed } = await withRun({ db, keys, connection, partner, per_second }, (run) =>
    syncConnection(run, streams ? { streams } : {}),
  )
  if (failed.length > 0) throw new Error(`the backfill failed: ${JSON.stringify(failed)}`)
}
