import type { Database, Executor } from './database.ts'

/** A database whose statements and transactions are part of one transaction that is open. */
export function within(db: Database, tx: Executor): Database {
  return { ...db, query: tx.query.bind(tx), transaction: (work) => work(tx) }
}
