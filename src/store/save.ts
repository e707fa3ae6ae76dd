import type { ObjectType } from '../model/object.ts'
import type { Database, Executor } from './database.ts'
import {
  type Decision,
  decide,
  differences,
  type Incoming,
  needsStoredText,
  readied,
  type Stored,
} from './decide.ts'
import { type RowPlan, rowPlan, upsertArrays } from './rows.ts'
import { TextArray } from './text_array.ts'

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
  const head = await lockFeed(tx, batch.ledgerAccountId)
  const now = new Date(batch.now_ms).toISOString()
  const decisions: Decision[] = []
  for (const [type, records] of groupByType(batch.records)) {
    decisions.push(...(await saveType(tx, { batch, type, records, now, head })))
  }
  const changes = decisions.filter((d) => d.kind !== null)
  const seq = head + changes.length
  await writeChanges(tx, { batch, changes, head, now })
  const seen = decisions.filter((d) => d.write)
  const outcome = { seq, changes, seen, counts: countsOf(decisions) }
  await batch.also?.(tx, outcome)
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

const replan = { replan: true }

interface TypeSave {
  readonly batch: Batch
  readonly type: ObjectType
  readonly records: ReadonlyMap<string, Incoming>
  readonly now: string
  readonly head: number
}

async function saveType(tx: Executor, part: TypeSave): Promise<Decision[]> {
  const { batch, type, records, now } = part
  const plan = rowPlan(type)
  const incoming = [...records.values()]
  const ids = [...records.keys()]
  const rows = await tx.query<Stored>(
    plan.select,
    [batch.ledgerAccountId, new TextArray(ids), incoming.map(needsStoredText)],
    replan,
  )
  const stored = new Map(rows.map((row) => [row.id, row]))
  const decided = incoming.map((one) => decide(one, stored.get(one.id) ?? null, now))
  const decisions = await withDifferences(tx, part, decided, stored)
  const written = decisions.filter((d) => d.kind !== null)
  // Under the feed's lock nobody else makes rows, so new ones need no look for a conflict.
  const [fresh, changed] = [false, true].map((known) =>
    written.filter((d) => stored.has(d.incoming.id) === known),
  )
  await write(tx, plan.insert, { batch, plan, decisions: fresh ?? [] })
  await write(tx, plan.upsert, { batch, plan, decisions: changed ?? [] })
  await touch(
    tx,
    part,
    decisions.filter((d) => d.write && d.kind === null && isNewer(d, stored)),
  )
  return decisions
}

interface Write {
  readonly batch: Batch
  readonly plan: RowPlan
  readonly decisions: readonly Decision[]
}

async function write(tx: Executor, sql: string, { batch, plan, decisions }: Write) {
  if (decisions.length === 0) return
  await tx.query(sql, [batch.ledgerAccountId, ...upsertArrays(plan, decisions)])
}

function isNewer(decision: Decision, stored: ReadonlyMap<string, Stored>): boolean {
  return decision.incoming.stamp > (stored.get(decision.incoming.id)?.stamp ?? -1)
}

/** Nothing visible changed, but we have seen it later: an older payload must not win afterwards. */
async function touch(tx: Executor, { batch, type }: TypeSave, seen: readonly Decision[]) {
  if (seen.length === 0) return
  await tx.query(
    rowPlan(type).touch,
    [
      batch.ledgerAccountId,
      seen.map((d) => d.incoming.id),
      seen.map((d) => d.incoming.stamp),
      seen.map((d) => d.incoming.payload),
      seen.map((d) => d.incoming.mappingVersion),
    ],
    replan,
  )
}

/** Reads the texts that are about to be superseded, for history and the changed attributes. */
async function withDifferences(
  tx: Executor,
  { batch, type }: TypeSave,
  decisions: readonly Decision[],
  stored: ReadonlyMap<string, Stored>,
): Promise<Decision[]> {
  const superseding = decisions.filter((d) => d.kind !== null && stored.has(d.incoming.id))
  if (superseding.length === 0) return [...decisions]
  const ids = superseding.map((d) => d.incoming.id)
  const rows = await tx.query<{ id: string; record: string }>(
    rowPlan(type).selectTexts,
    [batch.ledgerAccountId, new TextArray(ids)],
    replan,
  )
  const texts = new Map(rows.map((row) => [row.id, row.record]))
  return decisions.map((decision) => {
    const superseded = decision.kind === null ? undefined : texts.get(decision.incoming.id)
    if (superseded === undefined) return decision
    return { ...decision, superseded, changed: differences(superseded, decision.record) }
  })
}

interface ChangeWrite {
  readonly batch: Batch
  readonly changes: readonly Decision[]
  readonly head: number
  readonly now: string
}

async function writeChanges(tx: Executor, { batch, changes, head, now }: ChangeWrite) {
  if (changes.length === 0) return
  const numbered = changes.map((decision, i) => ({ decision, seq: head + 1 + i }))
  const superseding = numbered.filter(({ decision }) => decision.superseded !== null)
  if (superseding.length > 0) {
    await tx.query(insertHistory, [
      batch.ledgerAccountId,
      superseding.map(({ decision }) => decision.incoming.type.name),
      superseding.map(({ decision }) => decision.incoming.id),
      superseding.map(({ seq }) => seq),
      new TextArray(superseding.map(({ decision }) => decision.superseded)),
      now,
    ])
  }
  await tx.query(insertChanges, [
    batch.ledgerAccountId,
    numbered.map(({ seq }) => seq),
    new TextArray(changes.map((d) => d.incoming.type.name)),
    new TextArray(changes.map((d) => d.incoming.id)),
    new TextArray(changes.map((d) => d.kind)),
    new TextArray(changes.map((d) => d.changed.join(','))),
    now,
  ])
  await tx.query('update feed set seq = $2, date = $3 where ledger_account_id = $1', [
    batch.ledgerAccountId,
    head + changes.length,
    now,
  ])
}

const insertHistory = `insert into history (ledger_account_id, object, id, seq, record, valid_to)
  select $1, h.object, h.id, h.seq, h.record, $6
  from unnest($2::text[], $3::text[], $4::bigint[], $5::text[]) as h(object, id, seq, record)`

const insertChanges = `insert into change (ledger_account_id, seq, object, id, kind, changed, date)
  select $1, c.seq, c.object, c.id, c.kind, string_to_array(c.changed, ','), $7
  from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])
    as c(seq, object, id, kind, changed)`

function countsOf(decisions: readonly Decision[]): Counts {
  const counts = { created: 0, updated: 0, deleted: 0, unchanged: 0, stale: 0 }
  for (const { kind, write } of decisions) counts[kind ?? (write ? 'unchanged' : 'stale')] += 1
  return counts
}
