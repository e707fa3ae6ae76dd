import type { Mapping } from './mapping.ts'
import type { Payload } from './rule.ts'

/** A partner system, as data: how to authenticate, which pages to read, where values come from. */
export interface Partner {
  /** `partnerSource` of its records. */
  readonly name: string
  readonly title: string
  /** Where its API is documented. */
  readonly docs: string
  /** The version asked for, pinned; raised together with the payloads in the tests. */
  readonly apiVersion: string
  /** Default base URL; a connection may name another one (sandbox, the shop's own host). */
  readonly baseUrl: string
  readonly credential: readonly CredentialField[]
  /** Mode a credential belongs to; null where it does not say. */
  readonly modeOf: (credential: Credential) => Mode | null
  readonly headers: (credential: Credential) => { readonly [name: string]: string }
  readonly account: AccountReading
  readonly limits: Limits
  readonly errors: (status: number, body: unknown) => PartnerError
  readonly paging: Paging
  /** In the order a backfill starts them: parents first. */
  readonly streams: readonly Stream[]
  readonly events?: EventLog
  readonly notifications?: Notifications
  /** How soon a deletion is seen, and by what; printed on the partner's page. */
  readonly deletions: { readonly bound: string; readonly evidence: string }
  /** What the partner does not have or does not tell; printed on its page. */
  readonly gaps: readonly string[]
  /** Finds the streams of any body of the partner's: an object, a list, an event, a tombstone. */
  readonly recognise?: (body: unknown) => readonly Recognised[]
}

/** A payload and the stream whose mappings read it. */
export interface Recognised {
  readonly stream: string
  readonly payload: Payload
  /** The payload only says that the object is gone. */
  readonly deleted: boolean
}

export type Mode = 'test' | 'live'
export type Credential = { readonly [field: string]: string }

export interface CredentialField {
  readonly name: string
  readonly description: string
  readonly secret: boolean
  /** May be left out. */
  readonly optional?: boolean
  readonly example: string
}

/** Which account a credential opens. */
export interface AccountReading {
  readonly request: ApiRequest
  readonly read: (body: unknown, credential: Credential) => AccountFacts
}

export interface AccountFacts {
  readonly partnerAccountId: string
  readonly accountName: string | null
  readonly country: string | null
  /** No record is older; the start of a backfill. Milliseconds since 1970. */
  readonly created_ms: number
}

/** Requests a second, by mode, with where the figure comes from. Configuration may lower them. */
export interface Limits {
  readonly per_second: { readonly [M in Mode]: number }
  readonly source: string
}

/** What a refusal of the partner's means, in its own words. */
export interface PartnerError {
  readonly message: string
  readonly code: string | null
}

export interface ApiRequest {
  readonly method?: 'GET' | 'POST'
  /** Path with its leading slash, under the base URL. */
  readonly path: string
  readonly query?: Query
  readonly body?: unknown
}
export type Query = { readonly [name: string]: string | readonly string[] }

/** A dialect of paging, shared by partners that page alike (paginate.ts). */
export interface Paging {
  readonly page_size_max: number
  /** The request for the page at a position. */
  readonly request: (listed: ListRequest, position: Position) => ApiRequest
  /** What a page holds, and the cursor of the next; null when it was the last. Throws BadAnswer. */
  readonly read: (body: unknown) => Page
}

/** A list to be paged over. */
export interface ListRequest {
  readonly path: string
  readonly query?: Query
  /** Name of the filter on creation time, where the list has one. */
  readonly createdFilter?: string
}

/** Where in a list we are. Times are milliseconds since 1970; `to` is not included. */
export interface Position {
  readonly from_ms: number | null
  readonly to_ms: number | null
  readonly cursor: string | null
}

export interface Page {
  readonly items: readonly Payload[]
  readonly next: string | null
}

/**
 * - `created+events`: backfilled by creation time, then kept true by the event log
 * - `created`: rows never change after a while; re-read by creation time with an overlap
 * - `children`: listed under each record of another stream, then kept true by the event log
 */
export type Strategy = 'created+events' | 'created' | 'children'

/** What is read together: one list of the partner's and the objects its payloads become. */
export interface Stream {
  readonly name: string
  readonly title: string
  readonly strategy: Strategy
  readonly list: ListRequest
  /** On `children`: whose children these are, and the lists under each. */
  readonly parent?: ParentOf
  /** A payload may become several records (a payment and its guest). */
  readonly maps: readonly Mapping[]
  /** Reads one payload again; null where the partner cannot. */
  readonly retrieve: ((id: string, parentId: string | null) => ApiRequest) | null
  /** Requests whose answers belong into the payload before it can be mapped. */
  readonly attach?: readonly Attachment[]
  /** Paths of embedded lists that the partner cuts and that are then read to their end. */
  readonly embedded?: readonly EmbeddedList[]
  /** On `created`: how far back each run reads again, because rows appear or change late. */
  readonly overlap_ms?: number
  /** Whether a retrieved payload says that the object was deleted. */
  readonly isDeleted?: (payload: Payload) => boolean
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
}

/** The partner's own log of what changed, newest first, paged like its lists. */
export interface EventLog {
  readonly list: ListRequest
  /** How long it keeps events; after a longer silence every stream is read anew. */
  readonly reach_ms: number
  /** Each run reads this much again: events become visible late. */
  readonly overlap_ms: number
  readonly read: (event: Payload) => readonly Touch[]
  readonly eventId: (event: Payload) => string
  readonly created_ms: (event: Payload) => number
}

/** What an event or notification says: read this again, or it is gone. */
export interface Touch {
  readonly stream: string
  readonly partnerRecordId: string
  readonly parentId: string | null
  readonly deleted: boolean
  /** On a `children` stream: every list under `parentId` is to be read again, not one record. */
  readonly children?: boolean
}

/** Incoming notifications: verified on the raw bytes, then read like events. */
export interface Notifications {
  /** Throws BadSignature. `now_ms` is for schemes that carry a time. */
  readonly verify: (request: SignedRequest, secrets: readonly string[], now_ms: number) => void
  readonly read: (body: unknown) => readonly Payload[]
  /** Whether an event is about this account, in this mode; without it, every event is. */
  readonly isFor?: (event: Payload, account: { partnerAccountId: string; mode: Mode }) => boolean
}

export interface SignedRequest {
  readonly headers: { readonly [name: string]: string | undefined }
  readonly url: string
  readonly body: Uint8Array
}
