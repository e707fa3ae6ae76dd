import type { EventLog, Notifications } from './notifications.ts'
import type { OAuth } from './oauth.ts'
import type { ApiRequest, Headers, Paging, Told } from './request.ts'
import type { Payload } from './rule.ts'
import type { Stream } from './stream.ts'

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
  /** How a business lets us in without a key, where the partner has that. */
  readonly oauth?: OAuth
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

/** A token of a limited life that is asked for with the credential (OAuth client, log-in). */
export interface Session {
  /** Whether this credential opens one; all do without it. */
  readonly isNeeded?: (credential: Credential) => boolean
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
  /** The business took back that we may read. */
  readonly withdrawn?: boolean
}

/** Where a credential's requests go. */
export function baseUrlOf({ baseUrl }: Partner, credential: Credential, mode: Mode): string {
  if (typeof baseUrl === 'string') return baseUrl
  return typeof baseUrl === 'function' ? baseUrl(credential) : baseUrl[mode]
}
