import { randomBytes } from 'node:crypto'
import { type LedgerAccount, ledger_account } from '../model/ledger_account.ts'
import { listId } from '../model/object.ts'
import { partner_account_connection } from '../model/partner_account_connection.ts'
import type { Mode } from './api_key.ts'
import type { Database, Executor } from './database.ts'
import { writePlatformRecord } from './platform.ts'

export interface NewLedgerAccount {
  readonly institutionId: string
  readonly mode: Mode
  readonly institutionAccountId: string | null
  readonly name: string | null
  readonly country: string | null
  readonly now_ms: number
}

/** The institution has an active ledger account of that institutionAccountId already. */
export class AlreadyExists extends Error {
  override readonly name = 'AlreadyExists'
}

/** Makes a ledger account. Gives its text. Throws AlreadyExists. */
export async function createLedgerAccount(db: Database, wanted: NewLedgerAccount): Promise<string> {
  const id = `${ledger_account.prefix}_${randomBytes(14).toString('hex')}`
  const now = new Date(wanted.now_ms).toISOString()
  const record: LedgerAccount = {
    object: 'ledger_account',
    id,
    institutionAccountId: wanted.institutionAccountId,
    business_profile: { name: wanted.name, country: wanted.country, account_name_partner: [] },
    mode: wanted.mode,
    connections: listId(ledger_account, partner_account_connection, id),
    created_date: now,
    modifiedDate: now,
    recordState: 'ACTIVE',
  }
  return db.transaction(async (tx) => {
    await assertUnused(tx, wanted)
    const write = { record, ledgerAccountId: id, kind: 'created', changed: [] } as const
    const extra = { institution_id: wanted.institutionId }
    return writePlatformRecord(tx, { ...write, type: ledger_account, extra, now_ms: wanted.now_ms })
  })
}

async function assertUnused(tx: Executor, wanted: NewLedgerAccount) {
  if (wanted.institutionAccountId === null) return
  const id = await ledgerAccountOfInstitution(tx, wanted, wanted.institutionAccountId)
  if (!id) return
  throw new AlreadyExists(
    `institutionAccountId ${JSON.stringify(wanted.institutionAccountId)} is ledger account ${id} already`,
  )
}

export interface LedgerAccountChange {
  readonly id: string
  readonly now_ms: number
  /** Given attributes replace the stored ones. */
  readonly change: Partial<
    Pick<LedgerAccount, 'institutionAccountId' | 'business_profile' | 'recordState'>
  >
}

/** Changes a ledger account. Gives its text; null where there is none. */
export async function updateLedgerAccount(
  db: Database,
  update: LedgerAccountChange,
): Promise<string | null> {
  return db.transaction((tx) => updateLedgerAccountIn(tx, update))
}

/** The same inside a transaction that is already open. */
export async function updateLedgerAccountIn(
  tx: Executor,
  { id, change, now_ms }: LedgerAccountChange,
): Promise<string | null> {
  const [row] = await tx.query<{ record: string; institution_id: string }>(
    'select record, institution_id from ledger_account where ledger_account_id = $1 and id = $1 for update',
    [id],
  )
  if (!row) return null
  const before = JSON.parse(row.record) as LedgerAccount
  const names = Object.keys(change) as (keyof typeof change)[]
  const changed = names.filter((n) => JSON.stringify(before[n]) !== JSON.stringify(change[n]))
  if (changed.length === 0) return row.record
  const record = { ...before, ...change, modifiedDate: new Date(now_ms).toISOString() }
  const kind = record.recordState === 'DELETED' ? 'deleted' : 'updated'
  const extra = { institution_id: row.institution_id }
  const write = { type: ledger_account, ledgerAccountId: id, record, extra, kind, changed, now_ms }
  return writePlatformRecord(tx, write as Parameters<typeof writePlatformRecord>[1])
}

/** Marks a ledger account as deleted; its records stay readable by id. */
export function deleteLedgerAccount(db: Database, id: string, now_ms: number) {
  return updateLedgerAccount(db, { id, now_ms, change: { recordState: 'DELETED' } })
}

export interface Tenancy {
  readonly institutionId: string
  readonly mode: Mode
  /** The one ledger account that a key is bound to. */
  readonly ledgerAccountId?: string | null
}

/** Ids of the ledger accounts that a key may see; deleted ones included. */
export async function visibleLedgerAccounts(db: Executor, who: Tenancy): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select id from ledger_account
     where institution_id = $1 and mode = $2 and ($3::text is null or id = $3) order by id`,
    [who.institutionId, who.mode, who.ledgerAccountId ?? null],
  )
  return rows.map((row) => row.id)
}

/** Our id of a ledger account from the institution's own; null where there is none. */
export async function ledgerAccountOfInstitution(
  db: Executor,
  who: Tenancy,
  institutionAccountId: string,
): Promise<string | null> {
  const [row] = await db.query<{ id: string }>(
    `select id from ledger_account where institution_id = $1 and mode = $2
       and "institutionAccountId" = $3 and "recordState" = 'ACTIVE'
       and ($4::text is null or id = $4)`,
    [who.institutionId, who.mode, institutionAccountId, who.ledgerAccountId ?? null],
  )
  return row?.id ?? null
}

/** Whose a ledger account is. Throws where there is none of that id. */
export async function institutionOf(db: Executor, ledgerAccountId: string): Promise<string> {
  const [row] = await db.query<{ institution_id: string }>(
    'select institution_id from ledger_account where ledger_account_id = $1 and id = $1',
    [ledgerAccountId],
  )
  if (!row) throw new Error(`there is no ledger account ${ledgerAccountId}`)
  return row.institution_id
}
