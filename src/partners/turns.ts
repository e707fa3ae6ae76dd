import { Unavailable } from './errors.ts'

/**
 * Who goes first at a partner: somebody waits for the answer; the partner says that something
 * changed; what changed of late; everything from the beginning.
 */
export const priorities = ['interactive', 'notification', 'incremental', 'backfill'] as const
export type Priority = (typeof priorities)[number]

/** Callers that may wait for their turn at once. */
export const waiting_max = 10_000

/** Callers that wait for their turn, by priority. */
export interface Turns {
  readonly waiting: () => number
  /** Resolves when it is the caller's turn; a signal ends the wait. Throws Unavailable when full. */
  readonly wait: (priority: Priority, signal?: AbortSignal) => Promise<void>
  /** Lets the next caller go. False where nobody waits. */
  readonly next: () => boolean
  /** Ends the wait of everybody with an error. */
  readonly refuse: (error: unknown) => void
}

interface Caller {
  readonly go: () => void
  readonly refuse: (error: unknown) => void
  readonly end: (how: () => void) => void
}

/** Nobody waits yet. */
export function newTurns(): Turns {
  const queues = priorities.map((name) => ({ name, callers: new Set<Caller>() }))
  const queueOf = (priority: Priority) => queues.find(({ name }) => name === priority)
  const waiting = () => queues.reduce((sum, { callers }) => sum + callers.size, 0)
  return {
    waiting,
    wait(priority, signal) {
      const queue = queueOf(priority)?.callers ?? new Set()
      if (queue.size >= waiting_max) {
        throw new Unavailable(`${waiting_max} requests wait for their turn already`)
      }
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const leave = () => caller.end(() => reject(signal?.reason))
        const caller: Caller = {
          go: () => caller.end(resolve),
          refuse: (error) => caller.end(() => reject(error)),
          end(how) {
            queue.delete(caller)
            signal?.removeEventListener('abort', leave)
            how()
          },
        }
        signal?.addEventListener('abort', leave, { once: true })
        queue.add(caller)
      })
    },
    next() {
      const [caller] = queues.find(({ callers }) => callers.size > 0)?.callers ?? []
      caller?.go()
      return caller !== undefined
    },
    refuse(error) {
      for (const { callers } of queues) for (const caller of [...callers]) caller.refuse(error)
    },
  }
}
