/** The partner's answer is not what its API promises: not JSON, no list, a cursor that loops. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer'
}

/** The partner refuses the credential (401) or what it may do (403). */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  /** The business took its consent back at the partner, and the partner says so. */
  readonly withdrawn: boolean
  constructor(status: number, message: string, withdrawn = false) {
    super(message)
    this.status = status
    this.withdrawn = withdrawn
  }

  /** The credential opens nothing any more; a 403 without that is about one list. */
  get isLost(): boolean {
    return this.status === 401 || this.withdrawn
  }
}

/** The partner says that the object does not exist (404, 410). */
export class Gone extends Error {
  override readonly name = 'Gone'
}

/** The partner refuses the request itself (other 4xx); asking again will not help. */
export class Rejected extends Error {
  override readonly name = 'Rejected'
  readonly status: number
  readonly code: string | null
  constructor(status: number, code: string | null, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** No useful answer after the allowed patience: network, 5xx, 429, time-outs. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
  /** When it makes sense to ask again; milliseconds since 1970, null when not told. */
  readonly retryAt_ms: number | null
  constructor(message: string, retryAt_ms: number | null = null) {
    super(message)
    this.retryAt_ms = retryAt_ms
  }
}

/** A notification whose signature does not hold. */
export class BadSignature extends Error {
  override readonly name = 'BadSignature'
}
