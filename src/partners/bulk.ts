import type { ApiRequest } from './request.ts'
import type { Payload } from './rule.ts'

/**
 * A whole list as one file that the partner writes on request: one JSON object a line. Read in the
 * list's place where the list is long.
 */
export interface BulkExport {
  /** Asks how long the list is. */
  readonly count: ApiRequest
  /** null where it does not say; the list is paged over then. Throws BadAnswer. */
  readonly readCount: (body: unknown) => number | null
  /** Rows from which on the file is faster than the pages. */
  readonly rows_min: number
  /** Has the partner begin to write. */
  readonly start: ApiRequest
  /** What it calls the file; null where it has no hands free yet. Throws BadAnswer, Rejected. */
  readonly started: (body: unknown) => string | null
  readonly status: (id: string) => ApiRequest
  readonly readStatus: (body: unknown) => BulkStatus
  /** How often to ask whether it is written. */
  readonly poll_ms: number
  /** Whether files may be fetched from a host other than the API's. */
  readonly isFileHost: (hostname: string) => boolean
  /** Whether a line belongs to the row that an earlier line began. */
  readonly isPart: (line: Payload) => boolean
  /** A row as the list would have given it, of the line that begins it and its parts. */
  readonly rowOf: (line: Payload, parts: readonly Payload[]) => Payload
}

export interface BulkFile {
  readonly url: string
  /** Its length, so that one that ends early is noticed; null where the partner does not say. */
  readonly bytes: number | null
}

/** A file that is done but is none is empty. */
export type BulkStatus =
  | { readonly state: 'writing'; readonly rows: number }
  | { readonly state: 'done'; readonly file: BulkFile | null }
  | { readonly state: 'failed'; readonly reason: string }
