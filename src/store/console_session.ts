import { hash as digest, randomBytes } from 'node:crypto'
import { type ApiKey, findKeyById } from './api_key.ts'
import type { Database, Executor } from './database.ts'

/** A browser that is signed in with a key. */
export interface ConsoleSession {
  readonly key: ApiKey
  readonly expires_date: string
}

const token_bytes = 32
const token_pattern = /^frs_[\w-]{43}$/
/** Browsers signed in with one key at a time; the one that signed in longest ago is signed out. */
const sessions_max = 50

/** Signs a browser in. Gives its token; the store keeps the SHA-256 of it. */
export async function createSession(
  db: Database,
  { keyId, now_ms, life_ms }: { keyId: string; now_ms: number; life_ms: number },
): Promise<string> {
  const token = `frs_${randomBytes(token_bytes).toString('base64url')}`
  const [now, expires] = [now_ms, now_ms + life_ms].map((ms) => new Date(ms).toISOString())
  await db.transaction(async (tx) => {
    await tx.query('delete from console_session where expires_date <= $1', [now])
    await tx.query(
      `delete from console_session where key_id = $1 and hash not in (
         select hash from console_session where key_id = $1
         order by created_date desc, hash desc limit ${sessions_max - 1})`,
      [keyId],
    )
    await tx.query(
      `insert into console_session (hash, key_id, created_date, expires_date)
       values ($1, $2, $3, $4)`,
      [hashOf(token), keyId, now, expires],
    )
  })
  return token
}

/** The session of a token with its key, whatever the key's state; null once it is over. */
export async function findSession(
  db: Executor,
  token: string,
  now_ms: number,
): Promise<ConsoleSession | null> {
  if (!token_pattern.test(token)) return null
  const [row] = await db.query<{ key_id: string; expires_ms: number }>(
    `select key_id, (extract(epoch from expires_date) * 1000)::bigint as expires_ms
     from console_session where hash = $1 and expires_date > $2`,
    [hashOf(token), new Date(now_ms).toISOString()],
  )
  if (!row) return null
  const key = await findKeyById(db, row.key_id)
  return key && { key, expires_date: new Date(row.expires_ms).toISOString() }
}

/** Signs a browser out; nothing happens where it was not signed in. */
export async function endSession(db: Executor, token: string) {
  if (!token_pattern.test(token)) return
  await db.query('delete from console_session where hash = $1', [hashOf(token)])
}

function hashOf(token: string): string {
  return digest('sha256', token, 'hex')
}
