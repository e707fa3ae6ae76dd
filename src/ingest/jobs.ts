/** A kind of work that waits for its turn: what it is called, and what may not be done twice at once. */
export interface JobKind<J extends object> {
  readonly name: string
  /** Of one key at most one job runs, and at most one waits. */
  readonly keyOf: (job: J) => string
  /** Among jobs put behind all others, a lower one goes first. */
  readonly rankOf?: (job: J) => number
  /** What two requests of one key ask for together. */
  readonly joined: (a: J, b: J) => J
}

export type RunJob<J> = (job: J, signal: AbortSignal) => Promise<void>

/** Jobs of one kind that wait for their turn. */
export interface Queue<J extends object> {
  /** Puts a job before all others; one that waits for that key already is moved up. */
  readonly first: (job: J) => Promise<void>
  /** Puts jobs behind all others; keys that wait already stay where they are. */
  readonly last: (jobs: readonly J[]) => Promise<void>
  /** Takes jobs and runs them, up to `parallel` at a time in this process. */
  readonly work: (run: RunJob<J>, parallel: number) => Promise<void>
}

export interface QueueCount {
  readonly queue: string
  readonly waiting: number
  readonly running: number
}

/** The queues that a process has part in. */
export interface Jobs {
  readonly queue: <J extends object>(kind: JobKind<J>) => Promise<Queue<J>>
  /**
   * Calls `tick` now and every so often, once for all processes that share the queues. `name` tells
   * one clock from another.
   */
  readonly every: (name: string, every_ms: number, tick: () => Promise<void>) => Promise<void>
  /** How many jobs wait and run, over all processes; a shared queue is counted now and then. */
  readonly counts: () => Promise<readonly QueueCount[]>
  /** Lets nothing new begin, ends what runs, and gives it back to its queue. */
  readonly stop: () => Promise<void>
}
