import { setTimeout as sleep } from 'node:timers/promises'

/** Ends the rest of whoever waits for it. */
export interface Bell {
  readonly ring: () => void
  /** Rests for a time, or until the bell rings; a ring that came before ends it at once. */
  readonly rest: (rest_ms: number, stopping: AbortSignal) => Promise<void>
}

export function newBell(): Bell {
  let rung = new AbortController()
  return {
    ring: () => rung.abort(),
    async rest(rest_ms, stopping) {
      const signal = AbortSignal.any([stopping, rung.signal])
      await sleep(rest_ms, undefined, { signal }).catch(() => undefined)
      rung = new AbortController()
    },
  }
}

export interface Loop {
  /** One piece of work; gives whether there is more. */
  readonly piece: () => Promise<boolean>
  readonly rest_ms: number
  readonly bell: Bell
  readonly onError: (error: unknown) => void
}

const rest_after_error_ms = 5_000

/** Does one piece of work again and again: at once while there is more, else after a rest. */
export async function again({ piece, rest_ms, bell, onError }: Loop, stopping: AbortSignal) {
  while (!stopping.aborted) {
    let wait_ms = rest_ms
    try {
      if (await piece()) continue
    } catch (error) {
      // The database is away or restarts; what was begun is found in its tables again.
      onError(error)
      wait_ms = Math.max(rest_ms, rest_after_error_ms)
    }
    await bell.rest(wait_ms, stopping)
  }
}
