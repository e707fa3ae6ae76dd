import type { JobKind } from './jobs.ts'

/** A sync that is due or that somebody asked for. */
export interface SyncJob {
  readonly ledgerAccountId: string
  readonly connectionId: string
  /** Only these streams; all where it is left out. */
  readonly streams?: readonly string[]
  /** Streams whose last whole reading is older than this moment are read anew. */
  readonly full_since_ms?: number
}

/** Syncs: never two at once of one connection. */
export const syncs: JobKind<SyncJob> = {
  name: 'sync',
  keyOf: ({ connectionId }) => connectionId,
  joined,
}

/** What two requests for one connection ask for together. */
export function joined(a: SyncJob, b: SyncJob): SyncJob {
  const { ledgerAccountId, connectionId } = b
  const full_since_ms = Math.max(a.full_since_ms ?? 0, b.full_since_ms ?? 0)
  return {
    ledgerAccountId,
    connectionId,
    ...(a.streams && b.streams ? { streams: [...new Set([...a.streams, ...b.streams])] } : {}),
    ...(full_since_ms > 0 ? { full_since_ms } : {}),
  }
}
