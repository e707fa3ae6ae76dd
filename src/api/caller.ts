import { type ApiKey, findKey, isUsable } from '../store/api_key.ts'
import { type ConsoleSession, findSession } from '../store/console_session.ts'
import type { Database } from '../store/database.ts'
import { ledgerAccountOfInstitution, visibleLedgerAccounts } from '../store/ledger_account.ts'

/** Who may call, and what they may see; answers are kept for less than a second. */
export interface Callers {
  /** The usable key of that text, at once where it is known; null where it is not usable. */
  identify(presented: string): ApiKey | null | Promise<ApiKey | null>
  /** The console's session of that token, while it and its key are usable; else null. */
  session(token: string): Promise<ConsoleSession | null>
  /** Ledger accounts that a key may see. */
  accounts(key: ApiKey): Promise<readonly string[]>
  /** Whether a key may see a ledger account, without reading all that it may see. */
  maySee(key: ApiKey, ledgerAccountId: string): Promise<boolean>
  /** Our id of a ledger account from the institution's; null where the key sees none. */
  accountOf(key: ApiKey, institutionAccountId: string): Promise<string | null>
  /** After a write of our own to keys or ledger accounts. */
  forget(): void
}

/** Revocation takes effect within a second, the look-up included. */
const kept_ms = 800
const kept_max = 10_000

export function newCallers(db: Database, now: () => number): Callers {
  const keys = newShortCache<ApiKey | null>()
  const sessions = newShortCache<ConsoleSession | null>()
  const visible = newShortCache<readonly string[]>()
  const named = newShortCache<string | null>()
  const tenancy = ({ institutionId, mode, ledgerAccountId }: ApiKey) => ({
    institutionId,
    mode,
    ledgerAccountId,
  })
  const placeOf = (key: ApiKey) => `${key.institutionId} ${key.mode} ${key.ledgerAccountId ?? ''}`
  return {
    identify(presented) {
      const usable = (key: ApiKey | null) => (key && isUsable(key, now()) ? key : null)
      const known = keys.peek(presented)
      if (known !== undefined) return usable(known)
      return keys.get(presented, () => findKey(db, presented)).then(usable)
    },
    async session(token) {
      const found = await sessions.get(token, () => findSession(db, token, now()))
      return found && isUsable(found.key, now()) ? found : null
    },
    accounts: (key) => visible.get(placeOf(key), () => visibleLedgerAccounts(db, tenancy(key))),
    async maySee(key, ledgerAccountId) {
      if (key.ledgerAccountId !== null && key.ledgerAccountId !== ledgerAccountId) return false
      const who = { ...tenancy(key), ledgerAccountId }
      const found = await visible.get(`${placeOf(key)} ${ledgerAccountId}`, () =>
        visibleLedgerAccounts(db, who),
      )
      return found.includes(ledgerAccountId)
    },
    accountOf: (key, institutionAccountId) =>
      named.get(`${placeOf(key)} ${institutionAccountId}`, () =>
        ledgerAccountOfInstitution(db, tenancy(key), institutionAccountId),
      ),
    forget() {
      for (const cache of [keys, sessions, visible, named]) cache.clear()
    },
  }
}

export interface ShortCache<T> {
  /** What is remembered at this moment. */
  peek(name: string): T | undefined
  get(name: string, find: () => Promise<T>): Promise<T>
  clear(): void
}

interface Kept<T> {
  readonly until_ms: number
  readonly value: Promise<T>
  /** Once it has been found. */
  found: T | undefined
}

/** Remembers answers for a moment; those who ask meanwhile share one look-up. */
export function newShortCache<T>(age_max_ms = kept_ms): ShortCache<T> {
  const kept = new Map<string, Kept<T>>()
  return {
    peek(name) {
      const known = kept.get(name)
      return known && known.until_ms > performance.now() ? known.found : undefined
    },
    get(name, find) {
      const now_ms = performance.now()
      const known = kept.get(name)
      if (known && known.until_ms > now_ms) return known.value
      // What has been kept longest goes first; most of it is out of date anyway.
      if (kept.size >= kept_max) for (const old of [...kept.keys()].slice(0, 1000)) kept.delete(old)
      const value = find()
      const entry: Kept<T> = { until_ms: now_ms + age_max_ms, value, found: undefined }
      kept.delete(name)
      kept.set(name, entry)
      value.then(
        (found) => {
          entry.found = found
        },
        () => kept.delete(name),
      )
      return value
    },
    clear: () => kept.clear(),
  }
}

/** The key that a request's headers present; null where they present none. */
export function presentedKey(headers: { readonly [name: string]: unknown }): string | null {
  const key = headers['x-api-key']
  if (typeof key === 'string') return key
  const bearer = headers.authorization
  if (typeof bearer !== 'string') return null
  return /^Bearer +(\S+) *$/i.exec(bearer)?.[1] ?? null
}
