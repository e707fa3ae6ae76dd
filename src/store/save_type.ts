import type { ObjectType } from '../model/object.ts'
import type { Executor } from './database.ts'
import {
  type Decision,
  decide,
  differences,
  type Incoming,
  needsStoredText,
  type Stored,
} from './decide.ts'
import { rowPlan, upsertArrays } from './rows.ts'
import { TextArray } from './text_array.ts'

/** The records of one object in a page, each id once. */
export interface TypeSave {
  readonly ledgerAccountId: string
  readonly type: ObjectType
  readonly records: ReadonlyMap<string, Incoming>
  readonly now: string
}

/** What becomes of them, and the statements that make it so. */
export interface TypeDecided {
  readonly decisions: readonly Decision[]
  /** Sends the statements, all at once. */
  readonly write: () => Promise<unknown>[]
}

type StoredById = ReadonlyMap<string, Stored>

const replan = { replan: true }

/**
 * Decides about the records of one object. While the database looks up what it holds of them, and
 * while the ledger account's lock is another's, they are decided as if it held nothing: in a
 * backfill that is mostly so, and the rows can be sent the moment the answer comes.
 */
export async function decideType(tx: Executor, part: TypeSave): Promise<TypeDecided> {
  const incoming = [...part.records.values()]
  const reading = tx.query<Stored>(
    rowPlan(part.type).select,
    [part.ledgerAccountId, new TextArray([...part.records.keys()]), incoming.map(needsStoredText)],
    replan,
  )
  const fresh = decidedFresh(tx, part, incoming)
  const rows = await reading
  if (rows.length === 0) return fresh
  return decidedBeside(tx, part, new Map(rows.map((row) => [row.id, row])))
}

function decidedFresh(tx: Executor, part: TypeSave, incoming: readonly Incoming[]): TypeDecided {
  const plan = rowPlan(part.type)
  const decisions = incoming.map((one) => decide(one, null, part.now))
  const parameters = [part.ledgerAccountId, ...upsertArrays(plan, decisions)]
  for (const parameter of parameters) if (parameter instanceof TextArray) parameter.encoded()
  // Under the feed's lock nobody else makes rows, so new ones need no look for a conflict.
  return { decisions, write: () => [tx.query(plan.insert, parameters)] }
}

async function decidedBeside(tx: Executor, part: TypeSave, stored: StoredById) {
  const { ledgerAccountId, type, records, now } = part
  const plan = rowPlan(type)
  const decided = [...records.values()].map((one) => decide(one, stored.get(one.id) ?? null, now))
  const decisions = await withDifferences(tx, part, decided, stored)
  const written = decisions.filter((d) => d.kind !== null)
  const made = written.filter((d) => !stored.has(d.incoming.id))
  const changed = written.filter((d) => stored.has(d.incoming.id))
  const seen = decisions.filter((d) => d.write && d.kind === null && isNewer(d, stored))
  const rowsOf = (some: readonly Decision[]) => [ledgerAccountId, ...upsertArrays(plan, some)]
  const write = () => [
    ...(made.length > 0 ? [tx.query(plan.insert, rowsOf(made))] : []),
    ...(changed.length > 0 ? [tx.query(plan.upsert, rowsOf(changed))] : []),
    ...(seen.length > 0 ? [touch(tx, part, seen)] : []),
  ]
  return { decisions, write }
}

function isNewer(decision: Decision, stored: StoredById): boolean {
  return decision.incoming.stamp > (stored.get(decision.incoming.id)?.stamp ?? -1)
}

/** Nothing visible changed, but we have seen it later: an older payload must not win afterwards. */
function touch(
  tx: Executor,
  { ledgerAccountId, type }: TypeSave,
  seen: readonly Decision[],
): Promise<unknown> {
  return tx.query(
    rowPlan(type).touch,
    [
      ledgerAccountId,
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
  { ledgerAccountId, type }: TypeSave,
  decisions: readonly Decision[],
  stored: StoredById,
): Promise<Decision[]> {
  const superseding = decisions.filter((d) => d.kind !== null && stored.has(d.incoming.id))
  if (superseding.length === 0) return [...decisions]
  const ids = superseding.map((d) => d.incoming.id)
  const rows = await tx.query<{ id: string; record: string }>(
    rowPlan(type).selectTexts,
    [ledgerAccountId, new TextArray(ids)],
    replan,
  )
  const texts = new Map(rows.map((row) => [row.id, row.record]))
  return decisions.map((decision) => {
    const superseded = decision.kind === null ? undefined : texts.get(decision.incoming.id)
    if (superseded === undefined) return decision
    return { ...decision, superseded, changed: differences(superseded, decision.record) }
  })
}
