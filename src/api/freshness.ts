import type { Database } from '../store/database.ts'
import { asOf } from '../store/freshness.ts'
import { newShortCache } from './caller.ts'

/** The age of what answers are made of, looked up at most once a second for each scope. */
export interface FreshnessCache {
  /** RFC 3339; null where something behind the answer has not been read to its end yet. */
  asOf(scope: readonly string[]): Promise<string | null>
}

const scope_named_max = 50

export function newFreshnessCache(db: Database): FreshnessCache {
  const kept = newShortCache<string | null>(1000)
  const numbers = new WeakMap<readonly string[], number>()
  let count = 0
  // A wide scope is one array that all requests of a key share for a moment.
  const nameOf = (scope: readonly string[]) => {
    if (scope.length <= scope_named_max) return scope.join()
    if (!numbers.has(scope)) numbers.set(scope, ++count)
    return `#${numbers.get(scope)}`
  }
  return {
    asOf: (scope) =>
      kept.get(nameOf(scope), async () => {
        const ms = await asOf(db, scope)
        return ms === null ? null : new Date(ms).toISOString()
      }),
  }
}
