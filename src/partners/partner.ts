import type { BulkExport } from './bulk.ts'
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
  /**
   * Where its API is: one host, one a mode, or the shop's own, told by the credential (baseUrlOf).
   * A connection may name another one (the sandbox).
   */
  readonly baseUrl: string | { readonly [M in Mode]: string } | ((credential: Credential) => string)
  readonly credential: readonly CredentialField[]
  /** Mode a credential belongs to; null where it does not say. */
  readonly modeOf: (credential: Credential) => Mode | null
  readonly headers: (credential: Credential) => Headers
  /** Where a credential only opens a session, whose token the other requests carry. */
  readonly session?: Session
  readonly account: AccountReading
  readonly limits: Limits
  readonly errors: (status: number, body: unknown) => PartnerError
  /**
   * A refusal that comes with 200, as GraphQL's do: the status it stands for, and how long the
   * partner asks us to wait. null: the answer is one.
   */
  readonly refused?: (
    body: unknown,
  ) => { readonly status: number; readonly wait_ms?: number } | null
  /**
   * What its statuses stand for where they are not meant as HTTP means them: at the one address of a
   * GraphQL API, 404 is not about an object, and must not be taken for its deletion.
   */
  readonly means?: { readonly [status: number]: number }
  /** How long to wait before asking again, by the partner's own account of our budget. */
  readonly pace?: (answer: Told) => number | null
  /** The dialect of its lists; a list may name another. */
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

export type Headers = { readonly [name: string]: string }

/** An answer, as far as a partner's folder may look at it. */
export interface Told {
  readonly body: unknown
  readonly headers: { readonly [name: string]: string | string[] | undefined }
}

/** A token of a limited life that is asked for with the credential (OAuth client, log-in). */
export interface Session {
  readonly request: (credential: Credential) => ApiRequest
  /** Headers of the requests that follow, and how long they hold. Throws BadAnswer, Refused. */
  readonly read: (answer: Told) => { readonly headers: Headers; readonly lives_ms: number }
}

/** Which account a credential opens. */
export interface AccountReading {
  /** All are asked, in this order; the first tests the credential at the start of each run. */
  readonly requests: readonly [ApiRequest, ...ApiRequest[]]
  /** Reads their answers, in the same order. Throws BadAnswer. */
  readonly read: (bodies: readonly unknown[], credential: Credential) => AccountFacts
}

export interface AccountFacts {
  readonly partnerAccountId: string
  readonly accountName: string | null
  readonly country: string | null
  /** No record is older; the start of a backfill. Milliseconds since 1970. */
  readonly created_ms: number
  /** What mappings and lists need to know of the account: its currency, its locations … */
  readonly facts?: Facts
}

/** Facts of an account that its payloads do not repeat. Kept with the connection. */
export type Facts = { readonly [name: string]: string }

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
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as a form, in place of a body. */
  readonly form?: { readonly [name: string]: string }
  readonly headers?: Headers
  /** Path of the object in the answer, where it is wrapped; null there means that it is gone. */
  readonly at?: string
}
export type Query = { readonly [name: string]: string | readonly string[] }

/** A dialect of paging, shared by partners that page alike (paginate.ts). */
export interface Paging {
  readonly page_size_max: number
  /** The request for the page at a position. */
  readonly request: (listed: ListRequest, position: Position) => ApiRequest
  /** What a page holds, and the cursor of the next; null when it was the last. Throws BadAnswer. */
  readonly read: (body: unknown, asked: AskedPage) => Page
}

/** What a page is the answer to; offsets and page numbers follow from it. */
export interface AskedPage {
  readonly listed: ListRequest
  readonly position: Position
  readonly headers: Told['headers']
}

/** A list to be paged over. */
export interface ListRequest {
  readonly path: string
  readonly query?: Query
  /** Makes it a POST: a search, or a GraphQL document with its variables. */
  readonly body?: Payload
  /** Path of the items in the answer, where the dialect needs to be told. */
  readonly items?: string
  /** The partner's name of the filter on the time the stream's strategy goes by, if there is one. */
  readonly timeFilter?: string
  /** Another dialect than the partner's own. */
  readonly paging?: Paging
  /** Rows a page, where it is to be fewer than the dialect's most. */
  readonly page_size?: number
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
  /**
   * Where the partner says so: nothing older is still to appear. The next run begins no later.
   * Milliseconds since 1970.
   */
  readonly complete_ms?: number
}

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

/** The partner's own log of what changed, newest first, paged like its lists. */
export interface EventLog {
  readonly list: ListRequest
  /** How long it keeps events; after a longer silence every stream is read anew. */
  readonly reach_ms: number
  /** Each run reads this much again: events become visible late. */
  readonly overlap_ms: number
  /** Not every account has it: then no stream rests on it, and each is kept true by reading. */
  readonly mayBeOff?: boolean
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
  /** The partner merged it into this one (partner id of the same stream). */
  readonly mergedInto?: string
  /** On a `children` stream: every list under `parentId` is to be read again, not one record. */
  readonly children?: boolean
}

/** Incoming notifications: verified on the raw bytes, then read like events. */
export interface Notifications {
  /**
   * Throws BadSignature. `now_ms` is for schemes that carry a time; `tools` for those whose key has
   * to be fetched. `secrets` are what the scheme calls its secret, the current one and former ones.
   */
  readonly verify: (
    request: SignedRequest,
    secrets: readonly string[],
    now_ms: number,
    tools?: VerifyTools,
  ) => void | Promise<void>
  /** The events in a body, each whole enough for `touches`. */
  readonly read: (body: unknown, headers: SignedRequest['headers']) => readonly Payload[]
  /** What an event says; without it, the event log's reading. */
  readonly touches?: (event: Payload) => readonly Touch[]
  /** Whether it only tests that somebody listens: answered well, and forgotten unverified. */
  readonly isPing?: (request: SignedRequest) => boolean
  /** Whether an event is about this account, in this mode; without it, every event is. */
  readonly isFor?: (event: Payload, account: { partnerAccountId: string; mode: Mode }) => boolean
}

export interface VerifyTools {
  /** Fetches a certificate (PEM) whose host the scheme has checked. */
  readonly certificate: (url: string) => Promise<string>
}

export interface SignedRequest {
  readonly headers: { readonly [name: string]: string | undefined }
  readonly url: string
  readonly body: Uint8Array
}

/** The list of a stream, for an account. */
export function listOf({ list }: Pick<Stream, 'list'>, facts: Facts = {}): ListRequest {
  return typeof list === 'function' ? list(facts) : list
}

/** Where a credential's requests go. */
export function baseUrlOf({ baseUrl }: Partner, credential: Credential, mode: Mode): string {
  if (typeof baseUrl === 'string') return baseUrl
  return typeof baseUrl === 'function' ? baseUrl(credential) : baseUrl[mode]
}
