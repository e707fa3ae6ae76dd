import { objectNamed } from '../src/model/index.ts'
import { listId, type ObjectType, recordId } from '../src/model/object.ts'
import type { Incoming } from '../src/store/decide.ts'

export interface RecordWish {
  readonly type: ObjectType
  readonly ledgerAccountId: string
  readonly partnerRecordId: string
  /** Attributes that differ from null; undefined is "not told". */
  readonly values?: { readonly [attribute: string]: unknown }
  readonly stamp?: number
  readonly derived?: boolean
}

const partnerSource = 'stripe'
const partnerAccountId = 'acct_1'
export const connection_id = 'pac_1'

/** A record on its way into the store, of which only what matters is given. */
export function incomingOf(wish: RecordWish): Incoming {
  const { type, ledgerAccountId, partnerRecordId, values = {}, stamp = 1, derived } = wish
  const origin = { ledgerAccountId, partnerSource, partnerAccountId }
  const id = recordId(type, origin, partnerRecordId)
  const record: Record<string, unknown> = {}
  for (const [name, kind] of Object.entries(type.attributes)) {
    record[name] = kind.back ? listId(type, objectNamed(kind.targets[0] ?? ''), id) : null
  }
  Object.assign(record, {
    object: type.name,
    id,
    partnerSource,
    ledgerAccountId,
    partnerAccountConnectionId: connection_id,
    partnerRecordId,
    created_date: '2026-01-01T00:00:00.000Z',
    recordState: 'ACTIVE',
    ...values,
  })
  const payload = JSON.stringify({ id: partnerRecordId })
  return { type, id, record, payload, mappingVersion: 1, stamp, ...(derived ? { derived } : {}) }
}
