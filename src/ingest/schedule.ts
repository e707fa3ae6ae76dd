import type { Executor } from '../store/database.ts'
import { dueConnections } from '../store/schedule.ts'
import type { Queue } from './jobs.ts'
import type { SyncJob } from './sync_job.ts'

/** How often the tables are looked through for what is due. */
export const schedule_every_ms = 5_000
/** Connections of a partner that are queued at a time. Those beyond are found at the next look. */
export const due_max = 500

/**
 * Puts connections that are due into the queue, those of all ledger accounts in turn. Gives how
 * many, whether or not they waited there already.
 */
export async function enqueueDue(
  db: Executor,
  queue: Pick<Queue<SyncJob>, 'last'>,
  now_ms: number,
): Promise<number> {
  const due = await dueConnections(db, { now_ms, limit: due_max })
  await queue.last(
    due.map(({ ledgerAccountId, id, partnerSource, turn }) => ({
      ledgerAccountId,
      connectionId: id,
      partnerSource,
      turn,
      scheduled: true,
    })),
  )
  return due.length
}
