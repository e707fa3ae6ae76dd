import type { Database } from '../store/database.ts'
import { type Arrived, addNotifications } from '../store/notification.ts'

/** Keeps what arrives, several arrivals in one statement where they come faster than it ends. */
export interface Inbox {
  /** Resolves when all are stored for good. Gives how many of them were new. */
  readonly add: (ledgerAccountId: string, arrived: readonly Arrived[]) => Promise<number>
}

/** Rows of one statement. */
export const batch_rows_max = 500

interface Entry {
  readonly arrived: readonly Arrived[]
  readonly done: (fresh: number) => void
  readonly failed: (error: unknown) => void
}

/** One statement at a time for each ledger account: what comes meanwhile goes with the next. */
export function newInbox(db: Database, now: () => number): Inbox {
  const accounts = new Map<string, Entry[]>()

  async function work(ledgerAccountId: string, waiting: Entry[]) {
    while (waiting.length > 0) await store(ledgerAccountId, takeBatch(waiting))
    accounts.delete(ledgerAccountId)
  }

  async function store(ledgerAccountId: string, batch: readonly Entry[]) {
    const rows = batch.flatMap(({ arrived }) => arrived)
    try {
      const added = await addNotifications(db, { ledgerAccountId, now_ms: now() }, rows)
      const fresh = new Set(added.map(nameOf))
      for (const { arrived, done } of batch) {
        // Two deliveries of one event in a batch: only the first of them is new.
        done(arrived.filter((one) => fresh.delete(nameOf(one))).length)
      }
    } catch (error) {
      for (const { failed } of batch) failed(error)
    }
  }

  return {
    add: (ledgerAccountId, arrived) =>
      new Promise((done, failed) => {
        const entry = { arrived, done, failed }
        const waiting = accounts.get(ledgerAccountId)
        if (waiting) return void waiting.push(entry)
        const begun = [entry]
        accounts.set(ledgerAccountId, begun)
        void work(ledgerAccountId, begun)
      }),
  }
}

function takeBatch(waiting: Entry[]): Entry[] {
  let rows = 0
  let entries = 0
  for (const { arrived } of waiting) {
    if (entries > 0 && rows + arrived.length > batch_rows_max) break
    rows += arrived.length
    entries += 1
  }
  return waiting.splice(0, entries)
}

function nameOf({ connectionId, eventId }: Pick<Arrived, 'connectionId' | 'eventId'>): string {
  return `${connectionId} ${eventId}`
}
