import { createInstitution, createKey, findKey, isUsable, keyScopes } from '../store/api_key.ts'
import type { Database } from '../store/database.ts'
import { firstInstitution } from '../store/installation.ts'
import { files, readText, writeSecret } from './folder.ts'

/** The institution that `furrow start` works for, and its key where this folder knows one. */
export interface Tenant {
  readonly institutionId: string
  readonly key: string | null
}

/** On an empty database: makes an institution and a test key, and keeps the key in the folder. */
export async function tenantOf(db: Database, folder: string): Promise<Tenant> {
  const kept = await readText(folder, files.apiKey)
  const stored = kept === null ? null : await findKey(db, kept)
  if (kept !== null && stored) {
    const key = isUsable(stored, Date.now()) ? kept : null
    return { institutionId: stored.institutionId, key }
  }
  const first = await firstInstitution(db)
  // Somebody has made keys already: a new one beside them would be a surprise.
  if (first !== null) return { institutionId: first, key: null }
  const now_ms = Date.now()
  const institutionId = await createInstitution(db, { name: 'Default', now_ms })
  const { key } = await createKey(db, {
    institutionId,
    mode: 'test',
    scopes: keyScopes,
    name: 'furrow start',
    now_ms,
  })
  await writeSecret(folder, files.apiKey, key)
  return { institutionId, key }
}
