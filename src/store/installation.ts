import type { Executor } from './database.ts'

/** The oldest institution; null in an empty database. */
export async function firstInstitution(db: Executor): Promise<string | null> {
  const [row] = await db.query<{ id: string }>(
    'select id from institution order by created_date, id limit 1',
  )
  return row?.id ?? null
}

/** Ids of the master keys that the stored data keys are sealed under. */
export async function masterKeyIds(db: Executor): Promise<string[]> {
  const rows = await db.query<{ key_id: string }>(
    'select distinct key_id from data_key order by key_id',
  )
  return rows.map((row) => row.key_id)
}

export interface ServerFacts {
  /** As in 180001. */
  readonly version: number
  readonly clock_ms: number
}

/** Version and clock of the database server. */
export async function serverFacts(db: Executor): Promise<ServerFacts> {
  const [row] = await db.query<{ version: number; clock_ms: number }>(
    `select current_setting('server_version_num')::bigint as version,
       (extract(epoch from clock_timestamp()) * 1000)::bigint as clock_ms`,
  )
  if (!row) throw new Error('the database does not tell its version')
  return row
}

/** Whether an institution has a key that can be used. */
export async function hasUsableKey(db: Executor, now: string): Promise<boolean> {
  const [row] = await db.query<{ id: string }>(
    `select id from api_key
     where revoked_date is null and (expires_date is null or expires_date > $1) limit 1`,
    [now],
  )
  return row !== undefined
}
