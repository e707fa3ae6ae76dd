import { activeConnections } from '../store/connection.ts'
import type { Executor } from '../store/database.ts'
import type { Queue } from './jobs.ts'
import type { SyncJob } from './sync_job.ts'

/** How often each connection is read where nothing else was configured. */
export const sync_every_ms = 5 * 60 * 1000

/** Puts every connection that can be read into the queue, a page of them in memory at a time. */
export async function enqueueDue(
  db: Executor,
  queue: Pick<Queue<SyncJob>, 'last'>,
): Promise<number> {
  let after: string | null = null
  let total = 0
  for (;;) {
    const page = await activeConnections(db, after)
    const last = page.at(-1)
    if (!last) return total
    await queue.last(page.map(({ ledgerAccountId, id }) => ({ ledgerAccountId, connectionId: id })))
    total += page.length
    after = last.id
  }
}
