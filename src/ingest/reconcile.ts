import type { Executor } from '../store/database.ts'
import { setReconcile } from '../store/schedule.ts'
import { streamRows } from '../store/segment.ts'

interface Wanted {
  readonly ledgerAccountId: string
  readonly connectionId: string
  /** Only these streams; all by default. */
  readonly streams?: readonly string[] | undefined
  readonly now_ms: number
}

/**
 * Asks for a reading of everything that is compared with what is stored. The wish is kept in the
 * tables, and so outlives a restart. Gives the streams.
 */
export async function wishReconcile(db: Executor, wanted: Wanted): Promise<string[]> {
  const rows = await streamRows(db, wanted)
  const names = rows.map(({ stream }) => stream)
  const streams = names.filter((name) => wanted.streams?.includes(name) ?? true)
  await setReconcile(db, { key: wanted, streams, at_ms: wanted.now_ms })
  return streams
}
