import type { BulkExport } from './bulk.ts'
import type { Mapping } from './mapping.ts'
import type { Facts } from './partner.ts'
import type { ApiRequest, ListRequest } from './request.ts'
import type { Payload } from './rule.ts'

/**
 * - `created+events`: backfilled by creation time, then kept true by the event log
 * - `created`: rows never change after a while; re-read by creation time with an overlap
 * - `updated`: re-read by time of last change with an overlap; read whole when verification is due
 * - `sweep`: neither filter nor log: read whole whenever verification is due
 * - `windows`: no stable order: read in closed spans of time, halved where they hold too much
 * - `children`: listed under each record of another stream; kept true by the event log, or read
 *   again for parents that changed
 */
export type Strategy = 'created+events' | 'created' | 'updated' | 'sweep' | 'windows' | 'children'

/** What is read together: one list of the partner's and the objects its payloads become. */
export interface Stream {
  readonly name: string
  readonly title: string
  readonly strategy: Strategy
  /** Of an account whose facts a list needs (locations), a function of these: see listOf. */
  readonly list: ListRequest | ((facts: Facts) => ListRequest)
  /** On `children`: whose children these are, and the lists under each. */
  readonly parent?: ParentOf
  /** A payload may become several records (a payment and its guest). */
  readonly maps: readonly Mapping[]
  /** Reads one payload again; null where the partner cannot. */
  readonly retrieve: ((id: string, parentId: string | null) => ApiRequest) | null
  /** Its list gives summaries: each is read whole by `retrieve` before it is mapped. */
  readonly summaries?: true
  /** Requests whose answers belong into the payload before it can be mapped. */
  readonly attach?: readonly Attachment[]
  /** Paths of embedded lists that the partner cuts and that are then read to their end. */
  readonly embedded?: readonly EmbeddedList[]
  /** How far back each run reads again, because rows appear or change late. */
  readonly overlap_ms?: number
  /** Spans that a range of time is cut into before it is read; the longest the partner takes. */
  readonly window_ms?: number
  /** On `windows`: codes of the refusal that means "more rows than I give": the span is halved. */
  readonly splitOn?: readonly string[]
  /** How far back the partner tells at all. */
  readonly reach_ms?: number
  /**
   * Read whole again after this long: absence nominates deletions, and what changed without moving
   * its stamp is seen. The stated bound of both. Without it, only a full sync does.
   */
  readonly verify_ms?: number
  /**
   * How often it is worth reading, where that is less often than everything else. Without it, a
   * sweep is read when its verification is due.
   */
  readonly every_ms?: number
  /** How late the partner itself tells of what happened: so much older a stream may be. */
  readonly delay_ms?: number
  /** A file that holds the whole list, for long ones. */
  readonly bulk?: BulkExport
  /** Path of a payload's own id, where it is not `id`. */
  readonly idAt?: string
  /**
   * Path of the time of a payload's last change, where one list may give several states of a
   * record: the latest counts, in whatever order they come. Without it, the latest read does.
   */
  readonly stampAt?: string
  /**
   * Whether a payload says that the object was deleted: one that was retrieved, or one in a list.
   * A reading of what changed believes it; a reading of everything leaves such rows out, so that
   * only what we knew is asked for and found deleted.
   */
  readonly isDeleted?: (payload: Payload) => boolean
  /**
   * Asked for a record that was merged into another one, the partner answers with that one: an
   * answer of another id says that the record is gone, and what it became.
   */
  readonly answersMerged?: true
  /**
   * Whether it means anything, for an account, that an object cannot be read: one that hides old
   * objects from a credential would seem to delete them. Without it, it does; an event always does.
   */
  readonly absenceTells?: (facts: Facts) => boolean
  /**
   * Where several streams fill one object: whether a record is this stream's, so that only its
   * absence from this stream means anything. Without it, all of its object's are.
   */
  readonly owns?: (partnerRecordId: string, parentId: string | null) => boolean
}

export interface ParentOf {
  /** Object of the parents, and how the parent's id is named in the mapping's context. */
  readonly object: string
  readonly as: string
  readonly lists: (parentPartnerId: string) => readonly ListRequest[]
  /** Whether children of parents that were deleted can still be listed. */
  readonly ofDeleted: boolean
  /** Where the partner keeps no such object, and its payers are derived: they are parents too. */
  readonly ofDerived?: true
  /** Statuses of a refusal that mean "this parent has no such list" rather than a failure. */
  readonly noneOn?: readonly number[]
}

/** A list read for one payload and put into it as an array under `as`. */
export interface Attachment {
  readonly as: string
  readonly list: (payload: Payload) => ListRequest | null
}

/** A list inside a payload, such as an invoice's lines. */
export interface EmbeddedList {
  readonly at: string
  readonly list: (payload: Payload) => ListRequest
  /** How a list says that it was cut; without it, as Stripe's do (embedded.ts). */
  readonly form?: EmbeddedForm
}

/** How lists look inside payloads. */
export interface EmbeddedForm {
  /** Whether the partner left out the rest of it. */
  readonly isCut: (held: unknown) => boolean
  /** The same list with all of its items. */
  readonly whole: (held: Payload, items: readonly Payload[]) => Payload
}

/** The list of a stream, for an account. */
export function listOf({ list }: Pick<Stream, 'list'>, facts: Facts = {}): ListRequest {
  return typeof list === 'function' ? list(facts) : list
}
