import type { LanedKind } from './lanes.ts'

/** A sync that is due or that somebody asked for. */
export interface SyncJob {
  readonly ledgerAccountId: string
  readonly connectionId: string
  readonly partnerSource: string
  /** Only these streams; all where it is left out. */
  readonly streams?: readonly string[]
  /** Streams whose last whole reading is older than this moment are read anew. */
  readonly full_since_ms?: number
  /** Only the streams that are due when its turn comes. */
  readonly scheduled?: boolean
  /** Jobs of the same ledger account that were due before it. */
  readonly turn?: number
}

/** Syncs: never two at once of one connection; those of each partner wait apart. */
export const syncs: LanedKind<SyncJob> = {
  name: 'sync',
  keyOf: ({ connectionId }) => connectionId,
  laneOf: ({ partnerSource }) => partnerSource,
  rankOf: ({ turn }) => turn ?? 0,
  joined,
}

/** What two requests for one connection ask for together. */
export function joined(a: SyncJob, b: SyncJob): SyncJob {
  // What is only due is found again by the schedule.
  if (a.scheduled !== b.scheduled) return a.scheduled ? b : a
  const { ledgerAccountId, connectionId, partnerSource, scheduled } = b
  const full_since_ms = Math.max(a.full_since_ms ?? 0, b.full_since_ms ?? 0)
  return {
    ledgerAccountId,
    connectionId,
    partnerSource,
    ...(scheduled ? { scheduled } : {}),
    ...(a.streams && b.streams ? { streams: [...new Set([...a.streams, ...b.streams])] } : {}),
    ...(full_since_ms > 0 ? { full_since_ms } : {}),
  }
}
