import { shortHash } from '../model/object.ts'
import { nameIn, textIn, type Version } from '../model/versions.ts'
import type { Mode } from '../store/api_key.ts'
import type { Change } from '../store/changes.ts'
import type { EventFacts } from '../store/event_delivery.ts'

/** The events that an entry of a feed is told as: its record's change first, then what it means. */
export function eventsOf(ledgerAccountId: string, change: Change): EventFacts[] {
  const { seq, object, id, kind, changed, events, date_ms } = change
  return [`${object}.${kind}`, ...events].map((type, part) => ({
    eventId: eventId(ledgerAccountId, seq, type),
    seq,
    part,
    type,
    object,
    objectId: id,
    changed,
    date_ms,
  }))
}

/** The id of an event: the same for every endpoint, attempt and replay. */
export function eventId(ledgerAccountId: string, seq: number, type: string): string {
  return `evt_${shortHash(`${ledgerAccountId} ${seq} ${type}`)}`
}

/** The id of an event's way to one endpoint: putting it on its way twice makes one delivery. */
export function deliveryId(endpointId: string, event: string): string {
  return `evd_${shortHash(`${endpointId} ${event}`)}`
}

/** What an event is told with besides its facts. */
export interface Telling {
  readonly ledgerAccountId: string
  readonly mode: Mode
  readonly version: Version
  /** The record as it is now, as served; undefined where only its id is told. */
  readonly record?: string | null
}

type Told = Omit<EventFacts, 'part'>

/** The text of an event, in the names of a version. */
export function eventText(event: Told, telling: Telling): string {
  const { ledgerAccountId, mode, version, record } = telling
  const data = JSON.stringify({
    ledgerAccountId,
    seq: event.seq,
    object: event.object,
    id: event.objectId,
    changed: event.changed.map((name) => nameIn(version, name)),
  })
  const head = JSON.stringify({
    id: event.eventId,
    object: 'event',
    type: event.type,
    timestamp: new Date(event.date_ms).toISOString(),
    mode,
  })
  const whole = record === undefined ? data : `${data.slice(0, -1)},"record":${record}}`
  return textIn(version, `${head.slice(0, -1)},"data":${whole}}`)
}
