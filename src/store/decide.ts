import { hash as digest } from 'node:crypto'
import type { ObjectType } from '../model/object.ts'

/** A record on its way into the store. In it, undefined means "not told": what is stored stays. */
export interface Incoming {
  readonly type: ObjectType
  readonly id: string
  readonly record: { readonly [attribute: string]: unknown }
  /** The payload as JSON; null where there is none, as with a bare deletion. */
  readonly payload: string | null
  readonly mappingVersion: number
  /** When the payload was true at the partner, milliseconds since 1970. An older one never wins. */
  readonly stamp: number
  /** Known only from other records, so that the earliest `created_date` stays. */
  readonly derived?: boolean
  /** The text as it will be if nothing is stored yet; see `readied`. */
  readonly ready?: Ready
}

/** A record's text without its date, and the hash of it. */
export interface Ready {
  readonly record: { readonly [attribute: string]: unknown }
  readonly text: string
  readonly hash: string
}

/** What the store holds of a record before a save. */
export interface Stored {
  readonly id: string
  readonly stamp: number
  readonly hash: string
  /** The text as served; only read where the decision needs it. */
  readonly record: string | null
}

export type ChangeKind = 'created' | 'updated' | 'deleted'

export interface Decision {
  /** A visible change; null where only what we know of it moved, or nothing. */
  readonly kind: ChangeKind | null
  /** False where the payload is older than what is stored. */
  readonly write: boolean
  readonly incoming: Incoming
  /** The record with every attribute told. */
  readonly record: { readonly [attribute: string]: unknown }
  readonly text: string
  readonly hash: string
  readonly changed: readonly string[]
  /** The text that this one supersedes. */
  readonly superseded: string | null
}

const merged_mark = '"deletionEvidence":"merge"'
const undated = '"modifiedDate":null'
const hash_length = 22

/** Whether a decision about it needs the stored text, beyond its stamp and hash. */
export function needsStoredText(incoming: Incoming): boolean {
  if (incoming.derived) return true
  for (const name in incoming.record) if (incoming.record[name] === undefined) return true
  return false
}

/**
 * The record with its text made beforehand: work that needs no lock, and that is done while the
 * database is busy with the page before.
 */
export function readied(incoming: Incoming): Incoming {
  return { ...incoming, ready: readyOf(told(incoming, null)) }
}

function readyOf(record: Incoming['record']): Ready {
  const text = JSON.stringify(record)
  return { record, text, hash: visibleHash(text) }
}

/** Decides what becomes of one record. Pure: `now` is RFC 3339. */
export function decide(incoming: Incoming, stored: Stored | null, now: string): Decision {
  // A guest that turned out to be a customer stays that one, however often it is seen again.
  if (incoming.derived && stored?.record?.includes(merged_mark)) return unwritten(incoming)
  const older = stored !== null && incoming.stamp < stored.stamp
  if (older && !incoming.derived) return unwritten(incoming)
  const { record, text, hash } = outcomeOf(incoming, stored, older)
  const same = stored !== null && hash === stored.hash
  if (same && older) return unwritten(incoming)
  return {
    kind: same ? null : kindOf(stored, record),
    write: true,
    incoming: older ? { ...incoming, stamp: stored.stamp, payload: null } : incoming,
    record,
    text: same ? '' : dated(text, now),
    hash,
    changed: [],
    superseded: null,
  }
}

function outcomeOf(incoming: Incoming, stored: Stored | null, older: boolean): Ready {
  if (incoming.ready && (stored === null || !needsStoredText(incoming))) return incoming.ready
  const before = stored?.record ? (JSON.parse(stored.record) as Incoming['record']) : null
  return readyOf(older ? earlier(before, incoming) : told(incoming, before))
}

function unwritten(incoming: Incoming): Decision {
  const { record } = incoming
  return {
    kind: null,
    write: false,
    incoming,
    record,
    text: '',
    hash: '',
    changed: [],
    superseded: null,
  }
}

/** Hash of a text whose `modifiedDate` is null: of what is visible, but not of when it changed. */
export function visibleHash(text: string): string {
  return digest('sha256', text, 'base64').slice(0, hash_length)
}

function dated(text: string, now: string): string {
  const at = text.lastIndexOf(undated)
  if (at < 0) throw new Error('a record without modifiedDate cannot be saved')
  return `${text.slice(0, at)}"modifiedDate":"${now}"${text.slice(at + undated.length)}`
}

function told(incoming: Incoming, before: Incoming['record'] | null): Incoming['record'] {
  if (!needsStoredText(incoming)) return incoming.record
  const record: Record<string, unknown> = {}
  for (const name in incoming.record) {
    const value = incoming.record[name]
    record[name] = value === undefined ? (before?.[name] ?? null) : value
  }
  record.modifiedDate = null
  if (incoming.derived && before) record.created_date = earliest(record, before)
  return before && isRetold(record, before) ? { ...record, ...when(before) } : record
}

/** A guest that turns out to be a customer is not retold: it says from now on who it is. */
function isRetold(record: Incoming['record'], before: Incoming['record']): boolean {
  return isDeleted(record) && isDeleted(before) && record.deletionEvidence !== 'merge'
}

function isDeleted({ recordState }: Incoming['record']): boolean {
  return recordState === 'DELETED'
}

/** A deletion that is told again, by a log that is read twice, is still the first. */
function when({ deletedDate, deletionEvidence }: Incoming['record']) {
  return { deletedDate, deletionEvidence }
}

/** An older sighting of a derived record tells since when it exists, and what no newer one told. */
function earlier(before: Incoming['record'] | null, incoming: Incoming): Incoming['record'] {
  if (!before) throw new Error('a derived record was compared without its stored text')
  const record: Record<string, unknown> = { ...before, modifiedDate: null }
  for (const name in record) record[name] ??= incoming.record[name] ?? null
  return { ...record, created_date: earliest(before, incoming.record) }
}

function earliest(one: Incoming['record'], other: Incoming['record']): unknown {
  const dates = [one.created_date, other.created_date].filter((date) => typeof date === 'string')
  return dates.sort()[0] ?? null
}

function kindOf(stored: Stored | null, record: Incoming['record']): ChangeKind {
  if (isDeleted(record)) return 'deleted'
  return stored === null ? 'created' : 'updated'
}

/** Names of the attributes in which two texts of a record differ. */
export function differences(before: string, after: Incoming['record']): string[] {
  const old = JSON.parse(before) as Incoming['record']
  return Object.keys(after).filter(
    (name) => name !== 'modifiedDate' && JSON.stringify(old[name]) !== JSON.stringify(after[name]),
  )
}
