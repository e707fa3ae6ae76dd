import { objectNamed, recordTypes } from '../model/index.ts'
import type { ObjectType } from '../model/object.ts'
import type { Mapping } from '../partners/mapping.ts'
import type { Partner } from '../partners/partner.ts'
import type { Context, Payload } from '../partners/rule.ts'
import { type Connection, findConnection } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import type { Incoming } from '../store/decide.ts'
import { dropRejects, saveRejects } from '../store/reject.ts'
import { save } from '../store/save.ts'
import {
  type RejectedPayload,
  rejectedPayloads,
  type StoredPayload,
  storedPayloads,
} from '../store/stored_payload.ts'
import { prepare } from './fetch.ts'
import { mappingVersion, normalise } from './normalise.ts'
import { contextOf } from './run.ts'

export interface RenormaliseOptions {
  readonly db: Database
  readonly partnerNamed: (name: string) => Partner | null
  /** Only this object; all by default. */
  readonly object?: string | undefined
  readonly connectionId?: string | undefined
  /** Also payloads that the present mapping has read already. */
  readonly all?: boolean
  readonly now?: () => number
  readonly onProgress?: (progress: RenormaliseResult) => void
}

export interface RenormaliseResult {
  readonly object: string
  /** Payloads read again, and records that visibly changed by it. */
  readonly read: number
  readonly changed: number
  /** Payloads that the present mapping cannot read; their records stay as they were. */
  readonly failed: number
}

const page_size = 500

/**
 * Reads the stored payloads again with the present mappings, without asking the partner. Cut off,
 * it goes on where it was when called again: what the present mapping has read is passed over.
 */
export async function renormalise(options: RenormaliseOptions): Promise<RenormaliseResult[]> {
  const types = options.object ? [objectNamed(options.object)] : recordTypes
  const results: RenormaliseResult[] = []
  for (const type of types) results.push(await renormaliseType(options, type))
  if (!options.object) results.push(await retryRejected(options))
  return results
}

async function renormaliseType(options: RenormaliseOptions, type: ObjectType) {
  let result: RenormaliseResult = { object: type.name, read: 0, changed: 0, failed: 0 }
  let after = { ledgerAccountId: '', id: '' }
  const connections = newConnectionCache(options.db)
  for (;;) {
    const connectionId = options.connectionId ?? null
    const rows = await storedPayloads(options.db, { type, connectionId, after, limit: page_size })
    for (const [ledgerAccountId, group] of byLedgerAccount(rows)) {
      const read = await readAgain(options, { type, rows: group, connections })
      const outcome = await saveAgain(options, ledgerAccountId, read.records)
      result = added(result, { read: group.length, changed: outcome, failed: read.failed })
    }
    options.onProgress?.(result)
    const last = rows.at(-1)
    if (!last || rows.length < page_size) return result
    after = last
  }
}

function added(
  result: RenormaliseResult,
  more: Omit<RenormaliseResult, 'object'>,
): RenormaliseResult {
  return {
    object: result.object,
    read: result.read + more.read,
    changed: result.changed + more.changed,
    failed: result.failed + more.failed,
  }
}

function byLedgerAccount(rows: readonly StoredPayload[]): Map<string, StoredPayload[]> {
  const groups = new Map<string, StoredPayload[]>()
  for (const row of rows) {
    groups.set(row.ledgerAccountId, [...(groups.get(row.ledgerAccountId) ?? []), row])
  }
  return groups
}

type FindConnection = (ledgerAccountId: string, id: string) => Promise<Connection | null>

function newConnectionCache(db: Database): FindConnection {
  const known = new Map<string, Promise<Connection | null>>()
  return (ledgerAccountId, id) => {
    const found = known.get(id) ?? findConnection(db, ledgerAccountId, id)
    known.set(id, found)
    return found
  }
}

interface Rereading {
  readonly type: ObjectType
  readonly rows: readonly StoredPayload[]
  readonly connections: FindConnection
}

async function readAgain(options: RenormaliseOptions, { type, rows, connections }: Rereading) {
  const records: Incoming[] = []
  let failed = 0
  for (const row of rows) {
    const connection = await connections(row.ledgerAccountId, row.connectionId)
    const partner = connection && options.partnerNamed(connection.partnerSource)
    if (!connection || !partner) continue
    const maps = mapsOf(partner, type)
    const present = maps.some((map) => mappingVersion(map) === row.mappingVersion)
    if (present && !options.all) continue
    const record = reread(maps, row, contextOf({ connection }))
    if (record) records.push(record)
    else failed += 1
  }
  return { records, failed }
}

function mapsOf(partner: Partner, type: ObjectType): Mapping[] {
  const maps = partner.streams.flatMap((stream) => stream.maps)
  return maps.filter((map) => map.object.name === type.name)
}

/** Reads one payload by whichever mapping makes this very record of it. */
function reread(maps: readonly Mapping[], row: StoredPayload, context: Context): Incoming | null {
  const payload = JSON.parse(row.payload) as Payload
  for (const map of maps) {
    const sighting = { payload, text: row.payload, stamp: row.stamp }
    const found = normalise([map], sighting, context).records.find(({ id }) => id === row.id)
    if (found) return untold(found, row.stamp)
  }
  return null
}

/** Whether a record was deleted is not in its payload: what is stored stays. */
function untold({ ready: _, ...found }: Incoming, stamp: number): Incoming {
  const life = {
    recordState: undefined,
    deletedDate: undefined,
    deletionEvidence: undefined,
    ...('mergedInto' in found.record ? { mergedInto: undefined } : {}),
  }
  return { ...found, stamp, record: { ...found.record, ...life } }
}

async function saveAgain(
  options: RenormaliseOptions,
  ledgerAccountId: string,
  records: Incoming[],
) {
  if (records.length === 0) return 0
  const now_ms = (options.now ?? Date.now)()
  const { changes } = await save(options.db, { ledgerAccountId, records, now_ms })
  return changes.length
}

async function retryRejected(options: RenormaliseOptions): Promise<RenormaliseResult> {
  let result: RenormaliseResult = { object: 'rejected', read: 0, changed: 0, failed: 0 }
  let after: string[] = []
  const connections = newConnectionCache(options.db)
  for (;;) {
    const connectionId = options.connectionId ?? null
    const rows = await rejectedPayloads(options.db, { connectionId, after, limit: page_size })
    for (const row of rows) {
      const changed = await retry(options, row, connections)
      result = added(result, { read: 1, changed: changed ?? 0, failed: changed === null ? 1 : 0 })
      after = [row.ledgerAccountId, row.connectionId, row.stream, row.partnerRecordId]
    }
    options.onProgress?.(result)
    if (rows.length < page_size) return result
  }
}

/** Records that changed; null where the payload still cannot be read. */
async function retry(
  options: RenormaliseOptions,
  row: RejectedPayload,
  connections: FindConnection,
) {
  const connection = await connections(row.ledgerAccountId, row.connectionId)
  const partner = connection && options.partnerNamed(connection.partnerSource)
  const stream = partner?.streams.find(({ name }) => name === row.stream)
  if (!connection || !stream) return null
  const parent = row.parent === null ? undefined : (JSON.parse(row.parent) as Context['parent'])
  const payload = JSON.parse(row.payload) as Payload
  const context = contextOf({ connection }, parent)
  const { records, rejects } = prepare(stream, [payload], { context, stamp: row.read_ms })
  const now_ms = (options.now ?? Date.now)()
  const outcome = await save(options.db, {
    ledgerAccountId: row.ledgerAccountId,
    records,
    now_ms,
    async also(tx) {
      if (rejects.length === 0) await dropRejects(tx, row, [row.partnerRecordId])
      await saveRejects(tx, { ...row, now_ms: row.read_ms }, rejects)
    },
  })
  return rejects.length > 0 ? null : outcome.changes.length
}
