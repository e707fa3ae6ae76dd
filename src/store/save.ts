import type { ObjectType } from '../model/object.ts'
import type { Database, Executor } from './database.ts'
import { type Decision, type Incoming, readied } from './decide.ts'
import { decideType } from './save_type.ts'
import { together } from './together.ts'
import { writeChanges } from './write_changes.ts'

/** A page of records, and everything that must be saved in the same transaction with it. */
export interface Batch {
  readonly ledgerAccountId: string
  readonly records: readonly Incoming[]
  /** Statements of the reader's own, such as its checkpoint: saved with the rows or not at all. */
  readonly also?: (tx: Executor, outcome: Outcome) => Promise<void>
  readonly now_ms: number
}

export interface Outcome {
  /** The ledger account's newest change after the save. */
  readonly seq: number
  readonly changes: readonly Decision[]
  /** Every record of the page that was not refused as stale, changed or not. */
  readonly seen: readonly Decision[]
  readonly counts: Counts
}

export interface Counts {
  readonly created: number
  readonly updated: number
  readonly deleted: number
  readonly unchanged: number
  readonly stale: number
}

/** No ledger account of that id has a feed: a record must not be saved under it. */
export class UnknownLedgerAccount extends Error {
  override readonly name = 'UnknownLedgerAccount'
}

/** A record was about to be saved where it does not belong. */
export class IntegrityViolation extends Error {
  override readonly name = 'IntegrityViolation'
  readonly code = 'integrity_violation'
}

/** Saves a page: rows, history, changes and whatever goes with them, in one transaction. */
export function save(db: Database, batch: Batch): Promise<Outcome> {
  assertBelongs(batch)
  return db.transaction((tx) => saveIn(tx, batch))
}

function assertBelongs(batch: Batch) {
  for (const { record, type, id } of batch.records) {
    if (record.ledgerAccountId === batch.ledgerAccountId) continue
    throw new IntegrityViolation(
      `${type.name} ${id} belongs to ${record.ledgerAccountId}, not to ${batch.ledgerAccountId}`,
    )
  }
}

/** The same inside a transaction that is already open. */
export async function saveIn(tx: Executor, batch: Batch): Promise<Outcome> {
  const { ledgerAccountId } = batch
  const now = new Date(batch.now_ms).toISOString()
  // Sent one behind the other without waiting: what is read is read under the lock.
  const [head, types] = await together([
    lockFeed(tx, ledgerAccountId),
    together(
      [...groupByType(batch.records)].map(([type, records]) =>
        decideType(tx, { ledgerAccountId, type, records, now }),
      ),
    ),
  ])
  const decisions = types.flatMap((one) => one.decisions)
  const changes = decisions.filter((d) => d.kind !== null)
  const seen = decisions.filter((d) => d.write)
  const outcome = { seq: head + changes.length, changes, seen, counts: countsOf(decisions) }
  await together([
    ...types.flatMap((one) => one.write()),
    ...writeChanges(tx, { ledgerAccountId, changes, head, now }),
    batch.also?.(tx, outcome),
  ])
  return outcome
}

/** Takes the ledger account's row lock: the order of numbers is then the order of commits. */
async function lockFeed(tx: Executor, ledgerAccountId: string): Promise<number> {
  const [feed] = await tx.query<{ seq: number }>(
    'select seq from feed where ledger_account_id = $1 for update',
    [ledgerAccountId],
  )
  if (!feed) throw new UnknownLedgerAccount(`no ledger account ${ledgerAccountId}`)
  return feed.seq
}

function groupByType(records: readonly Incoming[]): Map<ObjectType, Map<string, Incoming>> {
  const groups = new Map<ObjectType, Map<string, Incoming>>()
  for (const incoming of records) {
    const group = groups.get(incoming.type) ?? new Map<string, Incoming>()
    groups.set(incoming.type, group)
    group.set(incoming.id, newest(group.get(incoming.id), incoming))
  }
  return groups
}

/**
 * Of two sightings of a record in one page the newer wins, of equal ones the later; what it does
 * not tell, the other one may.
 */
function newest(first: Incoming | undefined, second: Incoming): Incoming {
  if (!first) return second
  const [winner, other] = first.stamp > second.stamp ? [first, second] : [second, first]
  const record: Record<string, unknown> = { ...winner.record }
  for (const name in record) {
    if (record[name] === undefined) record[name] = other.record[name]
  }
  if (!second.derived) return readied({ ...winner, record })
  const dates = [first.record.created_date, second.record.created_date]
  const [created_date = null] = dates.filter((date) => typeof date === 'string').sort()
  return readied({ ...winner, record: { ...record, created_date } })
}

function countsOf(decisions: readonly Decision[]): Counts {
  const counts = { created: 0, updated: 0, deleted: 0, unchanged: 0, stale: 0 }
  for (const { kind, write } of decisions) counts[kind ?? (write ? 'unchanged' : 'stale')] += 1
  return counts
}
