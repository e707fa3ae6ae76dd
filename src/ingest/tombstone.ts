import type { Kind } from '../model/field.ts'
import { objectNamed } from '../model/index.ts'
import { listId, type ObjectType, recordId } from '../model/object.ts'
import type { Stream } from '../partners/partner.ts'
import type { Context } from '../partners/rule.ts'
import type { Incoming } from '../store/decide.ts'
import type { Prepared } from './fetch.ts'
import { contextOf, type Run } from './run.ts'

export type Evidence = 'event' | 'refetch' | 'sweep' | 'merge'

export interface Deletion {
  readonly partnerRecordId: string
  readonly evidence: Evidence
  readonly stamp: number
  /** The partner's id of the record that this one was merged into. */
  readonly mergedInto?: string | undefined
}

/** The deletion of whatever a stream's payload of that id became. */
export function tombstones(run: Run, stream: Stream, deletion: Deletion): Prepared {
  const types = new Set(stream.maps.filter((map) => !map.derived).map((map) => map.object))
  const context = contextOf(run)
  const own = [...types].slice(0, 1)
  return {
    records: own.map((type) => tombstone(type, context, deletion)),
    rejects: [],
    seen: 1,
  }
}

/** Says only that a record is gone; everything else stays as it was stored. */
export function tombstone(type: ObjectType, context: Context, deletion: Deletion): Incoming {
  const { partnerRecordId, evidence, stamp, mergedInto } = deletion
  const id = recordId(type, context, partnerRecordId)
  const record: Record<string, unknown> = {}
  for (const [name, kind] of Object.entries(type.attributes)) record[name] = keptOr(type, kind, id)
  Object.assign(record, {
    object: type.name,
    id,
    partnerSource: context.partnerSource,
    ledgerAccountId: context.ledgerAccountId,
    partnerAccountConnectionId: context.partnerAccountConnectionId,
    partnerRecordId,
    recordState: 'DELETED',
    deletedDate: new Date(stamp).toISOString(),
    deletionEvidence: evidence,
  })
  if (mergedInto !== undefined && 'mergedInto' in type.attributes) {
    record.mergedInto = recordId(type, context, mergedInto)
  }
  return { type, id, record, payload: null, mappingVersion: 0, stamp }
}

/** undefined keeps what is stored; lists have a value even where nothing was stored. */
function keptOr(type: ObjectType, kind: Kind, id: string): unknown {
  return kind.back ? listId(type, objectNamed(kind.targets[0] ?? ''), id) : undefined
}
