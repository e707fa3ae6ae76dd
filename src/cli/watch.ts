import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '../store/connection.ts'
import type { Executor } from '../store/database.ts'
import { type StreamFacts, streamsOf } from '../store/stream.ts'

const poll_ms = 250

/**
 * Watches a connection until each of its streams has been read once, or says why it cannot be. It
 * asks the database, so it does not matter which process reads.
 */
export async function firstReading(
  db: Executor,
  connection: Connection,
  { show, signal }: { show: (streams: readonly StreamFacts[]) => void; signal: AbortSignal },
): Promise<readonly StreamFacts[]> {
  for (;;) {
    const streams = (await streamsOf(db, [connection], Date.now())).get(connection.id) ?? []
    show(streams)
    if (!streams.some(isPending)) return streams
    await sleep(poll_ms, undefined, { signal })
  }
}

function isPending({ state, last_success }: StreamFacts): boolean {
  return last_success === null && (state === 'queued' || state === 'fetching')
}
