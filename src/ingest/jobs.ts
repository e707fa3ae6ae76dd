/** A sync that is due or that somebody asked for. */
export interface SyncJob {
  readonly ledgerAccountId: string
  readonly connectionId: string
  /** Only these streams; all where it is left out. */
  readonly streams?: readonly string[]
  /** Streams whose last whole reading is older than this moment are read anew. */
  readonly full_since_ms?: number
}

export type RunJob = (job: SyncJob, signal: AbortSignal) => Promise<void>

/** Syncs that wait for their turn: never two at once of one connection. */
export interface SyncQueue {
  /** Puts a sync before all others; one that waits for that connection already is moved up. */
  readonly first: (job: SyncJob) => Promise<void>
  /** Puts syncs behind all others; connections that wait already stay where they are. */
  readonly last: (jobs: readonly SyncJob[]) => Promise<void>
  /** Takes jobs and runs them, up to `parallel` at a time. */
  readonly work: (run: RunJob, parallel: number) => Promise<void>
  /** Calls `tick` now and every so often, once for all processes that share the queue. */
  readonly every: (every_ms: number, tick: () => Promise<void>) => Promise<void>
  /** Lets nothing new begin, ends what runs, and gives it back to the queue. */
  readonly stop: () => Promise<void>
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
