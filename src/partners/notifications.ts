import type { Credential, Mode } from './partner.ts'
import type { ApiRequest, ListRequest } from './request.ts'
import type { Payload } from './rule.ts'

/** The partner's own log of what changed, newest first, paged like its lists. */
export interface EventLog {
  readonly list: ListRequest
  /** How long it keeps events; after a longer silence every stream is read anew. */
  readonly reach_ms: number
  /** Each run reads this much again: events become visible late. */
  readonly overlap_ms: number
  /** Not every account has it, or may read it: no stream rests on it, and each is kept true by reading. */
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
  /** What tells an event from all others, however often it is delivered; null where nothing does. */
  readonly eventId?: (event: Payload) => string | null
  /**
   * Whether an event says that the business took its consent back. Believed where the partner then
   * refuses us: one that comes late may tell of a consent before the present one.
   */
  readonly isWithdrawal?: (event: Payload) => boolean
  /** Status that the partner wants where a signature does not hold; 400 without it. */
  readonly refusedWith?: 498
  /** How the seller sets it up by hand, and where the secret is found; printed on the partner's page. */
  readonly byHand: string
  /** How the partner's API is asked for it; without it, by hand is the only way. */
  readonly registration?: Registration
}

/** Asks a partner's API to deliver to an address of ours. */
export interface Registration {
  /** What the credential must be allowed to do, for whoever is refused. */
  readonly needs: string
  /**
   * Who knows the secret: the partner tells it when it registers, we choose it, or it is the app's
   * own and has to be set before.
   */
  readonly secret: 'told' | 'chosen' | 'known'
  /** Why this credential cannot do it at all; null where it may be tried. */
  readonly unable?: (credential: Credential) => string | null
  /** Everything that is registered at the partner, and what there is to know of each. */
  readonly list: ApiRequest
  readonly listed: (body: unknown) => readonly Registered[]
  /** What is to be asked, one after the other. */
  readonly create: (wanted: {
    readonly url: string
    readonly secret: string
  }) => readonly ApiRequest[]
  /** Reads the answer to one of them. Throws BadAnswer, Rejected. */
  readonly created: (body: unknown) => Registered & { readonly secret?: string }
  readonly remove: (id: string) => ApiRequest
}

/** Something registered at a partner, by its own id. */
export interface Registered {
  readonly id: string
  readonly url: string
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
