import { eventId, eventText } from '../events/event.ts'
import { eventTypes } from '../model/event.ts'
import { objectNamed } from '../model/index.ts'
import type { Version } from '../model/versions.ts'
import type { Mode } from '../store/api_key.ts'
import type { Payload } from '../store/event_endpoint.ts'
import { idExample, recordExample } from './example.ts'

export interface ExampleEvent {
  readonly type: string
  readonly version: Version
  readonly mode: Mode
  readonly payload: Payload
  readonly date_ms: number
}

const example_seq = 42

/** The text of an event that never happened, in the form of those that do. */
export function exampleEvent({ type, version, mode, payload, date_ms }: ExampleEvent): string {
  const object = objectNamed(eventTypes.find((one) => one.type === type)?.object ?? '')
  const ledgerAccountId = idExample('ledger_account')
  const facts = {
    eventId: eventId(ledgerAccountId, example_seq, type),
    seq: example_seq,
    type,
    object: object.name,
    objectId: idExample(object),
    changed: changedBy(type),
    date_ms,
  }
  const record = payload === 'full' ? { record: JSON.stringify(recordExample(object)) } : {}
  return eventText(facts, { ledgerAccountId, mode, version, ...record })
}

const changed: { readonly [type: string]: readonly string[] } = {
  'authorisation.enabled': ['status'],
  'authorisation.revoked': ['status', 'status_reason'],
  'connection.lost': ['status', 'status_reason'],
  'connection.stale': ['stale'],
  'aggregation.completed': ['streams'],
  'insights.available': ['streams'],
}

function changedBy(type: string): readonly string[] {
  const own = type.endsWith('.updated') ? ['modifiedDate'] : []
  return changed[type] ?? (type.endsWith('.deleted') ? ['recordState'] : own)
}
