import type { Logger } from 'pino'
import type { Desk } from '../connect/consent.ts'
import type { JsonSchema } from '../model/field.ts'
import type { Version } from '../model/versions.ts'
import type { Partner } from '../partners/partner.ts'
import type { ApiKey, KeyScope } from '../store/api_key.ts'
import type { Connection } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import type { AnswerCache } from './answer_cache.ts'
import type { Callers } from './caller.ts'
import type { EventParts } from './event_call.ts'
import type { FreshnessCache } from './freshness.ts'
import type { NotificationPart } from './notification_part.ts'
import type { Parameter } from './parameter.ts'
import type { ProblemCode } from './problem.ts'
import type { Given } from './query_string.ts'

/** What operations work with; passed in, so that a test decides the time and the partners. */
export interface Context {
  readonly db: Database
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly callers: Callers
  readonly cache: AnswerCache
  readonly freshness: FreshnessCache
  readonly partners: Partners
  /** Asks businesses for their consent; null where this installation runs without. */
  readonly desk: Desk | null
  /** Null where nobody delivers events. */
  readonly events: EventParts | null
  /** Of the product: another one may answer the same question in other words. */
  readonly release: string
  readonly log: Logger | null
}

/** What the API asks of the parts that know partners. */
export interface Partners {
  /** Names of the partner systems that can be connected. */
  readonly partnerSources: readonly string[]
  /** The same partners, with what they need and where their values come from. */
  readonly described?: readonly Partner[]
  /** Connects with a key. Gives the connection's id. Throws BadCredential, NotAuthorised. */
  readonly connect?: (request: ConnectRequest) => Promise<string>
  /** Starts reading, and does not wait for its end. */
  readonly sync?: (connection: Connection, wish: SyncWish) => Promise<void>
  /** Whether a test key may connect a partner that is simulated on this machine. */
  readonly simulated?: boolean
  /** Withdraws an authorisation and forgets its credential. */
  readonly revoke?: (connection: Connection, reason: string) => Promise<void>
  /** Receives notifications, and arranges for them. */
  readonly notifications?: NotificationPart
}

export interface ConnectRequest {
  readonly ledgerAccountId: string
  readonly mode: 'test' | 'live'
  readonly partnerSource: string
  readonly credential: { readonly [field: string]: string }
  /** Of a simulated partner; null is the partner's own address. */
  readonly baseUrl: string | null
}

export interface SyncWish {
  /** Only these; all without. */
  readonly streams?: readonly string[]
  /** From the beginning, whatever was read before. */
  readonly full?: boolean
}

/** One request, checked as far as the table of operations says how. */
export interface Call<P = unknown> {
  readonly context: Context
  readonly version: Version
  readonly key: ApiKey
  /** What follows the version in the path, as in `/customers`. */
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  /** The query string as it came; names an answer together with the path. */
  readonly rawQuery: string
  readonly query: P
  readonly body: unknown
  readonly ifNoneMatch: string | null
}

/** An answer in the current version's names; a text is sent as it stands. */
export interface Answer {
  readonly status?: number
  readonly body: string | Buffer
  readonly etag?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Content type, where it is not JSON. */
  readonly type?: string
  /** The body is in the version's names already. */
  readonly served?: boolean
}

export interface AnswerSpec {
  readonly status: number
  readonly description: string
  /** Content types, where it is not JSON. */
  readonly types?: readonly string[]
  readonly schema: JsonSchema
  readonly example: unknown
}

export interface BodySpec {
  readonly schema: JsonSchema
  readonly example: unknown
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** A row of the table that routes and documents are made from. */
export interface Operation {
  readonly id: string
  readonly method: Method
  /** Without the version: `/customers/{id}`. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly description: string
  readonly scope: KeyScope
  readonly parameters: readonly Parameter[]
  readonly body?: BodySpec
  readonly answer: AnswerSpec
  /** Beyond those that every operation of its method can answer. */
  readonly errors: readonly ProblemCode[]
  /** Attributes of the answer that a repeated request must not be shown again. */
  readonly secrets?: readonly string[]
  /** Waits for a partner, and so must not hold a transaction open. */
  readonly waits?: boolean
  /** Answers instead where the path's id is that of a list. */
  readonly listed?: Operation
  /** Pure, so that its result is kept for requests with the same query string. */
  readonly prepare: (given: Given, version: Version) => unknown
  readonly handle: (call: Call) => Promise<Answer>
}

interface Spec<P> extends Omit<Operation, 'prepare' | 'handle' | 'errors'> {
  readonly errors?: readonly ProblemCode[]
  readonly prepare: (given: Given, version: Version) => P
  readonly handle: (call: Call<P>) => Promise<Answer>
}

/** An operation whose handler gets what its own `prepare` made of the query string. */
export function operation<P>(spec: Spec<P>): Operation {
  // Only `serve` calls both, and it hands the one's result to the other.
  return { errors: [], ...spec, handle: spec.handle as Operation['handle'] }
}

/** For operations without parameters in the query. */
export function nothing(): null {
  return null
}
