import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { Executor } from './database.ts'

/** Master keys by id. The first seals; the others still open what they sealed. */
export interface MasterKeys {
  readonly current: string
  readonly keys: ReadonlyMap<string, Buffer>
}

/** A sealed value cannot be opened: another key, another place, or changed bytes. */
export class CannotUnseal extends Error {
  override readonly name = 'CannotUnseal'
}

/** Where a sealed value stands. Moved elsewhere, it does not open. */
export interface SealedPlace {
  readonly table: string
  readonly row: string
  readonly column: string
}

const algorithm = 'aes-256-gcm'
const key_bytes = 32
const nonce_bytes = 12
const tag_bytes = 16

/** Master keys from `FURROW_SECRET_KEYS`: base64 keys of 32 bytes, comma-separated, newest first. */
export function masterKeysFrom(text: string): MasterKeys {
  const keys = text.split(',').map((part) => Buffer.from(part.trim(), 'base64'))
  const wrong = keys.findIndex((key) => key.length !== key_bytes)
  if (wrong >= 0) {
    throw new Error(
      `master key ${wrong + 1}: expected ${key_bytes} bytes in base64, got ${keys[wrong]?.length} bytes`,
    )
  }
  const named = keys.map((key) => [keyId(key), key] as const)
  return { current: named[0]?.[0] ?? '', keys: new Map(named) }
}

/** A new master key, as text. */
export function newMasterKey(): string {
  return randomBytes(key_bytes).toString('base64')
}

function keyId(key: Buffer): string {
  return createHash('sha256').update('furrow key id').update(key).digest('hex').slice(0, 12)
}

/** Seals a credential under its ledger account's data key, which is made when first needed. */
export async function seal(
  tx: Executor,
  keys: MasterKeys,
  { ledgerAccountId, place, value }: { ledgerAccountId: string; place: SealedPlace; value: string },
): Promise<string> {
  const { key, keyId } =
    (await dataKey(tx, keys, ledgerAccountId)) ?? (await makeDataKey(tx, keys, ledgerAccountId))
  return encrypt(key, value, aad(place, keyId))
}

/** Opens what `seal` made. Throws CannotUnseal. */
export async function unseal(
  db: Executor,
  keys: MasterKeys,
  {
    ledgerAccountId,
    place,
    sealed,
  }: { ledgerAccountId: string; place: SealedPlace; sealed: string },
): Promise<string> {
  const data = await dataKey(db, keys, ledgerAccountId)
  if (!data) throw new CannotUnseal(`ledger account ${ledgerAccountId} has no data key`)
  return decrypt(data.key, sealed, aad(place, data.keyId))
}

/** Re-seals every data key under the current master key. Gives how many it changed. */
export async function rotateMasterKey(db: Executor, keys: MasterKeys): Promise<number> {
  const rows = await db.query<DataKeyRow>(
    'select ledger_account_id, key_id, sealed from data_key where key_id <> $1',
    [keys.current],
  )
  for (const row of rows) {
    const key = openDataKey(keys, row)
    await db.query(
      'update data_key set key_id = $2, sealed = $3 where ledger_account_id = $1 and key_id = $4',
      [
        row.ledger_account_id,
        keys.current,
        sealDataKey(keys, row.ledger_account_id, key),
        row.key_id,
      ],
    )
  }
  return rows.length
}

interface DataKeyRow {
  readonly ledger_account_id: string
  readonly key_id: string
  readonly sealed: string
}

interface DataKey {
  readonly key: Buffer
  /** Of the data key itself: stays when the master key is rotated. */
  readonly keyId: string
}

async function dataKey(db: Executor, keys: MasterKeys, account: string): Promise<DataKey | null> {
  const [row] = await db.query<DataKeyRow>(
    'select ledger_account_id, key_id, sealed from data_key where ledger_account_id = $1',
    [account],
  )
  if (!row) return null
  const key = openDataKey(keys, row)
  return { key, keyId: keyId(key) }
}

async function makeDataKey(tx: Executor, keys: MasterKeys, account: string): Promise<DataKey> {
  const key = randomBytes(key_bytes)
  await tx.query(
    `insert into data_key (ledger_account_id, key_id, sealed) values ($1, $2, $3)
     on conflict (ledger_account_id) do nothing`,
    [account, keys.current, sealDataKey(keys, account, key)],
  )
  // Another writer may have been first: the stored one counts.
  const stored = await dataKey(tx, keys, account)
  if (!stored) throw new CannotUnseal(`the data key of ${account} was not stored`)
  return stored
}

function sealDataKey(keys: MasterKeys, account: string, key: Buffer): string {
  return encrypt(
    masterKey(keys, keys.current),
    key.toString('base64'),
    dataKeyAad(account, keys.current),
  )
}

function openDataKey(keys: MasterKeys, row: DataKeyRow): Buffer {
  const master = masterKey(keys, row.key_id)
  return Buffer.from(
    decrypt(master, row.sealed, dataKeyAad(row.ledger_account_id, row.key_id)),
    'base64',
  )
}

function masterKey(keys: MasterKeys, id: string): Buffer {
  const key = keys.keys.get(id)
  if (!key) throw new CannotUnseal(`no master key ${id}: add it to FURROW_SECRET_KEYS`)
  return key
}

function dataKeyAad(account: string, id: string): string {
  return aad({ table: 'data_key', row: account, column: 'sealed' }, id)
}

function aad({ table, row, column }: SealedPlace, id: string): string {
  return JSON.stringify([table, row, column, id])
}

function encrypt(key: Buffer, text: string, bound: string): string {
  const nonce = randomBytes(nonce_bytes)
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(bound))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
}

function decrypt(key: Buffer, sealed: string, bound: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  const nonce = bytes.subarray(0, nonce_bytes)
  const tag = bytes.subarray(nonce_bytes, nonce_bytes + tag_bytes)
  try {
    const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tag_bytes })
    decipher.setAAD(Buffer.from(bound)).setAuthTag(tag)
    const body = decipher.update(bytes.subarray(nonce_bytes + tag_bytes))
    return Buffer.concat([body, decipher.final()]).toString('utf8')
  } catch {
    throw new CannotUnseal('a sealed value does not open: wrong key, wrong place or changed bytes')
  }
}
