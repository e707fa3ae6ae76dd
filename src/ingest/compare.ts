import { createHash } from 'node:crypto'
import type { ObjectType } from '../model/object.ts'
import type { Partner } from '../partners/partner.ts'
import type { Stream } from '../partners/stream.ts'
import type { Database, Executor } from '../store/database.ts'
import type { Decision, Incoming } from '../store/decide.ts'
import {
  addDrift,
  closeDrift,
  type DriftKey,
  type DriftRecord,
  excuse,
  openDrift,
  openPasses,
} from '../store/drift.ts'
import type { StreamRow } from '../store/segment.ts'
import { type StoredSighting, storedSightings } from '../store/stored_sighting.ts'
import { isKeptByLog } from './plan.ts'
import { keyOf, type Run } from './run.ts'

/** A reading of a whole stream that is compared with what is stored. */
export interface Comparing {
  readonly key: DriftKey
  /** Up to when the stream had been read before, milliseconds since 1970. */
  readonly base_ms: number
  /** What was created before should have been there, milliseconds since 1970. */
  readonly known_until_ms: number
  /** Whether the incremental reading sees each change, so that one it has not seen is drift. */
  readonly tells: boolean
  /** Whether it sees deletions, too. */
  readonly tellsDeletions: boolean
  /** When the full pass before this one began; what that did not meet should not be there. */
  readonly full_run_ms: number
}

/** What a page has to do with the comparisons of its connection. */
export interface Compared {
  /** The page is of a whole reading that is compared. */
  readonly by?: Comparing
  /** The page tells what changed of late: it explains what these found. */
  readonly explains?: readonly DriftKey[]
}

/** Begins to compare a pass, or goes on; null where there is nothing to compare it with. */
export async function comparing(
  run: Run,
  stream: Stream,
  row: StreamRow,
): Promise<Comparing | null> {
  const base_ms = row.watermark_ms ?? row.compare_ms
  if (base_ms === null || row.full_run_ms === null || row.run_started_ms === null) return null
  const key = { ...keyOf(run, stream.name), pass_ms: row.run_started_ms }
  const noted_ms = (await openDrift(run.db, key, base_ms)) ?? base_ms
  const tells = tellsChanges(run.partner, stream, (row.horizon_ms ?? noted_ms) - noted_ms)
  return {
    key,
    base_ms: noted_ms,
    known_until_ms: noted_ms - (stream.overlap_ms ?? 0),
    tells,
    tellsDeletions: tells && isKeptByLog(run.partner, stream),
    full_run_ms: row.full_run_ms,
  }
}

const telling = new Set<Stream['strategy']>(['created', 'updated', 'windows'])

/** Whether what the incremental reading reads after so long a time names every change. */
function tellsChanges(partner: Partner, stream: Stream, since_ms: number): boolean {
  if (isKeptByLog(partner, stream)) return since_ms <= (partner.events?.reach_ms ?? 0)
  return telling.has(stream.strategy)
}

/** Whether a reading of what is recent explains what a whole one found. */
export function isReadAgain({ strategy }: Stream): boolean {
  return telling.has(strategy)
}

/** What was last seen of a page's records, before they are saved. */
export async function sightingsOf(
  db: Database,
  ledgerAccountId: string,
  records: readonly Incoming[],
): Promise<Map<string, StoredSighting>> {
  const byType = Map.groupBy(
    records.filter(({ derived }) => !derived),
    ({ type }): ObjectType => type,
  )
  const found = new Map<string, StoredSighting>()
  for (const [type, some] of byType) {
    const ids = some.map(({ id }) => id)
    for (const one of await storedSightings(db, { type, ledgerAccountId }, ids)) {
      found.set(one.id, one)
    }
  }
  return found
}

/** Notes in the transaction of a page what it says about drift. */
export async function noteDrift(
  tx: Executor,
  { by, explains = [] }: Compared,
  page: {
    readonly records: readonly Incoming[]
    readonly changes: readonly Decision[]
    readonly sightings: ReadonlyMap<string, StoredSighting>
  },
) {
  const ids = page.records.map(({ id }) => id)
  for (const key of explains) await excuse(tx, key, ids)
  if (!by) return
  const own = new Set(ids)
  const records = page.changes
    .filter(({ incoming }) => own.has(incoming.id))
    .flatMap((change) => driftOf(by, change, page.sightings.get(change.incoming.id)) ?? [])
  await addDrift(tx, by.key, { records, compared: page.records.length })
}

/** What a change says that a whole reading made; null where nothing was wrong before. */
function driftOf(
  by: Comparing,
  change: Decision,
  before: StoredSighting | undefined,
): DriftRecord | null {
  const { incoming } = change
  if (incoming.derived || change.kind === null) return null
  const certain = rules[change.kind](by, change, before)
  const tells = change.kind === 'deleted' ? by.tellsDeletions : by.tells
  if (certain === null || !(certain || tells)) return null
  return {
    kind: kinds[change.kind],
    object: incoming.type.name,
    id: incoming.id,
    partnerRecordId: String(incoming.record.partnerRecordId),
    certain,
  }
}

const kinds = { created: 'missing', updated: 'stale', deleted: 'extra' } as const

/** Of each kind of change: drift for certain, perhaps (false), or not at all (null). */
const rules: {
  readonly [K in keyof typeof kinds]: (
    by: Comparing,
    change: Decision,
    before: StoredSighting | undefined,
  ) => boolean | null
} = {
  created({ known_until_ms }, { record }) {
    const created_ms = Date.parse(String(record.created_date))
    if (Number.isNaN(created_ms)) return false
    return created_ms < known_until_ms ? true : null
  },
  // The very payload that it was made from, read by the same mapping, makes another record now.
  updated: (_, { incoming }, before) =>
    before !== undefined &&
    before.digest === digestOf(incoming.payload) &&
    before.mapping_version === incoming.mappingVersion,
  deleted: ({ full_run_ms }, _, before) => before !== undefined && before.stamp < full_run_ms,
}

function digestOf(payload: string | null): string | null {
  return payload === null ? null : createHash('md5').update(payload).digest('hex')
}

/** Reports of streams that are not closed yet, with the oldest of their bases. */
export async function openReports(
  run: Run,
  streams: readonly string[],
): Promise<{ keys: DriftKey[]; since_ms: number }> {
  const open = await openPasses(run.db, keyOf(run, ''))
  const own = open.filter(({ stream }) => streams.includes(stream))
  const since_ms = Math.min(...own.map(({ base_ms }) => base_ms ?? Infinity))
  return { keys: own, since_ms }
}

/** Ends reports: their streams have been read whole, and they are explained as far as can be. */
export async function closeReports(run: Run, keys: readonly DriftKey[]) {
  for (const key of keys) await closeDrift(run.db, key, run.now())
}
