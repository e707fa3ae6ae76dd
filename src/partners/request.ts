import type { Payload } from './rule.ts'

export type Headers = { readonly [name: string]: string }

/** An answer, as far as a partner's folder may look at it. */
export interface Told {
  readonly body: unknown
  readonly headers: { readonly [name: string]: string | string[] | undefined }
}

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE'
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
