import type { Kind } from '../model/field.ts'
import { objectNamed } from '../model/index.ts'
import { listId, type ObjectType, recordId } from '../model/object.ts'
import type { Mapping } from '../partners/mapping.ts'
import type { Context } from '../partners/rule.ts'
import type { Stream } from '../partners/stream.ts'
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
  const context = contextOf(run)
  return {
    records: ownTypes(stream).map((type) => tombstone(type, context, deletion)),
    rejects: [],
    seen: 1,
  }
}

/** What a payload as a whole becomes: an order and its payment, but no part of it. */
function ownTypes({ maps }: Stream): readonly ObjectType[] {
  const idPaths = ({ rules }: Mapping) => JSON.stringify(rules.partnerRecordId?.paths)
  const [main] = maps
  const own = maps.filter((map) => main && !map.derived && idPaths(map) === idPaths(main))
  return [...new Set(own.map(({ object }) => object))]
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
