import { hash as digest, randomBytes } from 'node:crypto'
import type { Executor } from './database.ts'

export const keyScopes = ['read', 'write', 'admin'] as const
export type KeyScope = (typeof keyScopes)[number]
export type Mode = 'test' | 'live'

export interface ApiKey {
  readonly id: string
  readonly institutionId: string
  readonly mode: Mode
  readonly scopes: readonly KeyScope[]
  /** The one ledger account it may see; null for all of the institution's. */
  readonly ledgerAccountId: string | null
  readonly name: string | null
  /** Its last characters, to tell keys apart. */
  readonly hint: string
  readonly created_date: string
  readonly expires_date: string | null
  readonly revoked_date: string | null
}

export interface NewKey {
  readonly institutionId: string
  readonly mode: Mode
  readonly scopes: readonly KeyScope[]
  readonly ledgerAccountId?: string | null
  readonly name?: string | null
  readonly expires_date?: string | null
  readonly now_ms: number
}

const key_bytes = 32
const checksum_length = 6
const hint_length = 4

/** Makes an institution. Gives its id. */
export async function createInstitution(
  db: Executor,
  { name, now_ms }: { name: string; now_ms: number },
): Promise<string> {
  const id = `ins_${randomBytes(12).toString('hex')}`
  await db.query('insert into institution (id, name, created_date) values ($1, $2, $3)', [
    id,
    name,
    new Date(now_ms).toISOString(),
  ])
  return id
}

/** Makes a key. The key itself is in this answer only; the store keeps its SHA-256. */
export async function createKey(db: Executor, wanted: NewKey): Promise<ApiKey & { key: string }> {
  const key = newKey(wanted.mode)
  const id = `key_${randomBytes(12).toString('hex')}`
  const [row] = await db.query<KeyRow>(
    `insert into api_key (id, institution_id, hash, hint, name, mode, scopes, ledger_account_id,
       created_date, expires_date)
     values ($1, $2, $3, $4, $5, $6, $7::text[], $8, $9, $10) returning ${columns}`,
    [
      id,
      wanted.institutionId,
      hashOf(key),
      key.slice(-hint_length),
      wanted.name ?? null,
      wanted.mode,
      [...wanted.scopes],
      wanted.ledgerAccountId ?? null,
      new Date(wanted.now_ms).toISOString(),
      wanted.expires_date ?? null,
    ],
  )
  if (!row) throw new Error('the key was not stored')
  return { ...fromRow(row), key }
}

/** The key as stored, whatever its state; null for one that never was. */
export async function findKey(db: Executor, key: string): Promise<ApiKey | null> {
  if (!isWellFormed(key)) return null
  const [row] = await db.query<KeyRow>(`select ${columns} from api_key where hash = $1`, [
    hashOf(key),
  ])
  return row ? fromRow(row) : null
}

/** The key of that id, whatever its state; null for one that never was. */
export async function findKeyById(db: Executor, id: string): Promise<ApiKey | null> {
  const [row] = await db.query<KeyRow>(`select ${columns} from api_key where id = $1`, [id])
  return row ? fromRow(row) : null
}

/** Whether a key may be used at a moment. */
export function isUsable(key: ApiKey, now_ms: number): boolean {
  return (
    key.revoked_date === null &&
    (key.expires_date === null || Date.parse(key.expires_date) > now_ms)
  )
}

export const key_list_limit = 100

/** An institution's keys, newest first, without the keys themselves. */
export async function listKeys(db: Executor, institutionId: string): Promise<ApiKey[]> {
  const rows = await db.query<KeyRow>(
    `select ${columns} from api_key where institution_id = $1
     order by created_date desc, id desc limit ${key_list_limit}`,
    [institutionId],
  )
  return rows.map(fromRow)
}

export interface Revocation {
  readonly institutionId: string
  readonly id: string
  readonly now_ms: number
  /** Only a key of this mode, and of this ledger account; of any by default. */
  readonly mode?: Mode | null
  readonly ledgerAccountId?: string | null
}

/** Revokes a key; null where the institution has no such key. */
export async function revokeKey(db: Executor, of: Revocation): Promise<ApiKey | null> {
  const [row] = await db.query<KeyRow>(
    `update api_key set revoked_date = coalesce(revoked_date, $3)
     where institution_id = $1 and id = $2 and ($4::text is null or mode = $4)
       and ($5::text is null or ledger_account_id = $5) returning ${columns}`,
    [
      of.institutionId,
      of.id,
      new Date(of.now_ms).toISOString(),
      of.mode ?? null,
      of.ledgerAccountId ?? null,
    ],
  )
  return row ? fromRow(row) : null
}

interface KeyRow {
  id: string
  institution_id: string
  mode: Mode
  scopes: KeyScope[]
  ledger_account_id: string | null
  name: string | null
  hint: string
  created_ms: number
  expires_ms: number | null
  revoked_ms: number | null
}

const milliseconds = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`
const columns = `id, institution_id, mode, scopes, ledger_account_id, name, hint,
  ${milliseconds('created_date')} as created_ms, ${milliseconds('expires_date')} as expires_ms,
  ${milliseconds('revoked_date')} as revoked_ms`

function fromRow(row: KeyRow): ApiKey {
  return {
    id: row.id,
    institutionId: row.institution_id,
    mode: row.mode,
    scopes: row.scopes,
    ledgerAccountId: row.ledger_account_id,
    name: row.name,
    hint: row.hint,
    created_date: new Date(row.created_ms).toISOString(),
    expires_date: timeOrNull(row.expires_ms),
    revoked_date: timeOrNull(row.revoked_ms),
  }
}

function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

function newKey(mode: Mode): string {
  const body = `frw_${mode}_${randomBytes(key_bytes).toString('base64url')}`
  return body + checksum(body)
}

/** Mistyped and cut keys are told from unknown ones without asking the database. */
function isWellFormed(key: string): boolean {
  if (!/^frw_(test|live)_[\w-]{49}$/.test(key)) return false
  return checksum(key.slice(0, -checksum_length)) === key.slice(-checksum_length)
}

function checksum(body: string): string {
  return digest('sha256', `furrow key ${body}`, 'hex').slice(0, checksum_length)
}

function hashOf(key: string): string {
  return digest('sha256', key, 'hex')
}
