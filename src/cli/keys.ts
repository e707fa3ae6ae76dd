import { didYouMean } from '../api/suggest.ts'
import {
  type ApiKey,
  createInstitution,
  createKey,
  type KeyScope,
  keyScopes,
  listKeys,
  type Mode,
  revokeKey,
} from '../store/api_key.ts'
import type { Database } from '../store/database.ts'
import { firstInstitution } from '../store/installation.ts'
import { noteCommand } from './audit.ts'
import { openClient } from './client.ts'
import { directUrl, withDatabase } from './database.ts'
import { Fault, misused } from './fault.ts'
import { printJson, table } from './output.ts'

interface Common {
  readonly data: string
  readonly json?: boolean
}

interface CreateOptions extends Common {
  readonly name?: string
  readonly scopes: string
  readonly mode?: Mode
  readonly ledgerAccount?: string
  readonly expires?: string
}

/** Makes a key and prints it: the only time it is seen. */
export async function create(_: unknown, options: CreateOptions) {
  const scopes = scopesIn(options.scopes)
  const url = directUrl()
  const made = url
    ? await withDatabase(url, (db) => createIn(db, options, scopes))
    : await createThrough(options, scopes)
  if (options.json) return printJson(made)
  console.log(made.key)
  console.error(`${made.id}: ${scopes.join(', ')}. It is not shown again.`)
}

type MadeKey = ApiKey & { readonly key: string }

function scopesIn(text: string): KeyScope[] {
  return text.split(',').map((part) => {
    const name = part.trim()
    const scope = keyScopes.find((one) => one === name)
    if (scope) return scope
    throw misused(
      `--scopes: expected some of ${keyScopes.join(', ')}, got "${name}"${didYouMean(name, keyScopes)}`,
    )
  })
}

async function createIn(db: Database, options: CreateOptions, scopes: readonly KeyScope[]) {
  const now_ms = Date.now()
  return db.transaction(async (tx) => {
    const first = await firstInstitution(tx)
    const made = await createKey(tx, {
      institutionId: first ?? (await createInstitution(tx, { name: 'Default', now_ms })),
      mode: options.mode ?? 'test',
      scopes,
      name: options.name ?? null,
      ledgerAccountId: options.ledgerAccount ?? null,
      expires_date: options.expires ?? null,
      now_ms,
    })
    await noteCommand(tx, { ...changeOf(made), operation: 'create_key' })
    return made
  })
}

function changeOf({ institutionId, mode, id, ledgerAccountId }: ApiKey) {
  return { institutionId, mode, object: 'api_key', objectId: id, ledgerAccountId }
}

async function createThrough(options: CreateOptions, scopes: readonly KeyScope[]) {
  if (options.mode) {
    throw misused(
      '--mode needs DATABASE_URL: a server makes keys of the mode of the key it is asked with',
    )
  }
  const client = await openClient(options.data)
  return client.post<MadeKey>('/v2/keys', {
    scopes,
    ...(options.name ? { name: options.name } : {}),
    ...(options.ledgerAccount ? { ledgerAccountId: options.ledgerAccount } : {}),
    ...(options.expires ? { expires_date: options.expires } : {}),
  })
}

/** Prints every key without the key itself. */
export async function list(_: unknown, { data, json }: Common) {
  const url = directUrl()
  const keys = url
    ? await withDatabase(url, async (db) => listKeys(db, await institutionOf(db)))
    : (await (await openClient(data)).get<{ data: ApiKey[] }>('/v2/keys')).data
  if (json) return printJson(keys)
  const names = ['id', 'mode', 'scopes', 'ends in', 'name', 'made', 'state'] as const
  table(names, keys.map(rowOf))
}

async function institutionOf(db: Database): Promise<string> {
  const found = await firstInstitution(db)
  if (found !== null) return found
  throw new Fault('the database has no keys yet: make one with furrow keys create')
}

function rowOf(key: ApiKey): unknown[] {
  const { id, mode, scopes, hint, name, created_date } = key
  return [id, mode, scopes.join(','), hint, name, created_date, stateOf(key)]
}

function stateOf({ revoked_date, expires_date }: ApiKey): string {
  if (revoked_date !== null) return `revoked ${revoked_date}`
  if (expires_date === null) return 'in use'
  return Date.parse(expires_date) > Date.now() ? `until ${expires_date}` : `ended ${expires_date}`
}

/** Revokes a key. */
export async function revoke([id = '']: readonly string[], { data, json }: Common) {
  const url = directUrl()
  const revoked = url
    ? await withDatabase(url, (db) => revokeIn(db, id))
    : await (await openClient(data)).delete<ApiKey>(`/v2/keys/${encodeURIComponent(id)}`)
  if (json) return printJson(revoked)
  console.log(`${id} is revoked`)
}

async function revokeIn(db: Database, id: string): Promise<ApiKey> {
  const institutionId = await institutionOf(db)
  const revoked = await db.transaction(async (tx) => {
    const found = await revokeKey(tx, { institutionId, id, now_ms: Date.now() })
    if (found) await noteCommand(tx, { ...changeOf(found), operation: 'revoke_key' })
    return found
  })
  if (revoked) return revoked
  throw new Fault(`there is no key ${id}: furrow keys list shows those there are`)
}
