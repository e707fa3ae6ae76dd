import type { OfConnection } from '../store/notification.ts'
import type { JobKind, Queue } from './jobs.ts'

/** Notifications of a connection wait in the table; the job only says where to look. */
export type NotificationJob = OfConnection

/** Notifications: never two at once of one connection. */
export const notificationJobs: JobKind<NotificationJob> = {
  name: 'notification',
  keyOf: ({ connectionId }) => connectionId,
  joined: (_, job) => job,
}

/** Says that something waits at a connection. Does not wait, and need not succeed. */
export type Wake = (of: OfConnection) => void

/** A connection is put into the queue at most this often: one look takes all that waits. */
export const wake_every_ms = 50
const woken_max = 10_000

/**
 * Wakes through a queue, each connection once in a while however much arrives. What is lost on the
 * way is found by the next look at the table.
 */
export function wakesOf(
  queue: Pick<Queue<NotificationJob>, 'last'>,
  onError: (error: Error) => void,
): Wake {
  const woken = new Map<string, { again: boolean }>()
  const wake: Wake = ({ ledgerAccountId, connectionId }) => {
    const recent = woken.get(connectionId)
    if (recent) {
      recent.again = true
      return
    }
    const job = { ledgerAccountId, connectionId }
    queue.last([job]).catch((error: Error) => onError(error))
    if (woken.size >= woken_max) return
    const state = { again: false }
    woken.set(connectionId, state)
    const timer = setTimeout(() => {
      woken.delete(connectionId)
      if (state.again) wake(job)
    }, wake_every_ms)
    timer.unref()
  }
  return wake
}
