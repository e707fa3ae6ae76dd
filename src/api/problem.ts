import { STATUS_CODES } from 'node:http'

/** Every error an answer can carry: its stable code, status, and what it means. */
export const problems = {
  unknown_parameter: [400, 'A parameter that the operation does not have.'],
  bad_parameter: [400, 'A parameter whose value is of the wrong type or out of its range.'],
  missing_parameter: [400, 'A parameter that the operation needs was not given.'],
  bad_cursor: [400, 'A cursor that was changed, or belongs to another list.'],
  bad_json: [400, 'The body is not JSON.'],
  bad_notification: [
    400,
    'A notification that is not ours to believe: unsigned, too old, foreign.',
  ],
  bad_request: [400, 'The request cannot be read as HTTP.'],
  unauthorised: [401, 'No key was given, or one that is unknown, revoked or expired.'],
  forbidden: [403, 'The key lacks the scope that the operation needs.'],
  not_found: [404, 'There is no such object among those that the key may see.'],
  unknown_route: [404, 'There is no such route.'],
  conflict: [409, 'It exists already, or its state does not allow the operation.'],
  idempotency_in_flight: [409, 'A request with the same Idempotency-Key is being worked on.'],
  gone: [410, 'It is there no more, and will not come back by asking again.'],
  body_too_large: [413, 'The body is larger than the limit.'],
  unsupported_media_type: [415, 'The body is not sent as application/json.'],
  invalid_body: [422, 'The body is JSON, but breaks its schema.'],
  idempotency_mismatch: [422, 'The Idempotency-Key was used before, with another request.'],
  partner_refused: [422, 'The partner system refuses the credential.'],
  too_large: [431, 'The request line and headers are larger than the limit.'],
  too_many_requests: [429, 'More requests than the limit. Retry after the time stated.'],
  token_invalid: [498, 'A notification whose signature does not hold, at partners that want this.'],
  internal: [500, 'A defect of ours. The Request-Id finds it in the log.'],
  not_available: [501, 'This installation runs without the part that does it.'],
  unavailable: [503, 'Too busy at the moment. Retry after the time stated.'],
} as const satisfies Record<string, readonly [number, string]>

export type ProblemCode = keyof typeof problems

export interface ProblemParts {
  readonly code: ProblemCode
  /** What was expected, what came, and where. */
  readonly detail: string
  /** The parameter it is about, under the name of the request's API version. */
  readonly param?: string | null
  /** Several faults at once, as a body can have. */
  readonly errors?: readonly Fault[]
  readonly headers?: Readonly<Record<string, string>>
}

export interface Fault {
  readonly param: string
  readonly detail: string
}

/** An error that becomes an answer. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly parts: ProblemParts
  constructor(parts: ProblemParts) {
    super(parts.detail)
    this.parts = parts
  }
}

export function notFound(object: string, id: string): Problem {
  return new Problem({
    code: 'not_found',
    detail: `no ${object} ${shown(id)} among those this key may see`,
    param: 'id',
  })
}

export function badParameter(param: string, expected: string, got: unknown): Problem {
  const detail = `${param}: expected ${expected}, got ${shown(got)}`
  return new Problem({ code: 'bad_parameter', detail, param })
}

export function missingParameter(param: string, detail: string): Problem {
  return new Problem({ code: 'missing_parameter', detail: `${param}: ${detail}`, param })
}

const value_length_shown = 60

/** A value as an error quotes it: short, on one line, and printable. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value)?.toWellFormed() ?? 'nothing'
  return text.length > value_length_shown ? `${text.slice(0, value_length_shown)}…"` : text
}

export interface ProblemAnswer {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  /** A defect rather than the caller's mistake: to be logged with its stack. */
  readonly defect: boolean
}

/** The one place where errors become answers (RFC 9457). */
export function problemAnswer(error: unknown, requestId: string): ProblemAnswer {
  const parts = error instanceof Problem ? error.parts : recognised(error)
  const [status] = problems[parts.code]
  const body = JSON.stringify({
    type: `/errors/${parts.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: parts.detail.toWellFormed(),
    code: parts.code,
    param: parts.param?.toWellFormed() ?? null,
    request_id: requestId,
    errors: parts.errors ?? [],
  })
  const retry = status === 503 ? { 'retry-after': String(busy_retry_seconds) } : {}
  return {
    status,
    body,
    headers: { ...retry, ...parts.headers },
    defect: parts.code === 'internal',
  }
}

const busy_retry_seconds = 2

interface Foreign extends Error {
  readonly code?: string
  readonly param?: string
  readonly connectionId?: string
  readonly refusal?: string
}

/** Errors of the framework, the database and the modules below, by code or else by name. */
const foreign: Readonly<Record<string, (error: Foreign) => ProblemParts>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => ({
    code: 'unsupported_media_type',
    detail: 'Content-Type: expected application/json',
    param: 'Content-Type',
  }),
  FST_ERR_CTP_BODY_TOO_LARGE: () => ({
    code: 'body_too_large',
    detail: `body: expected at most ${body_bytes_max} bytes`,
    param: 'body',
  }),
  FST_ERR_CTP_INVALID_JSON_BODY: notJson,
  FST_ERR_CTP_EMPTY_JSON_BODY: () => ({
    code: 'bad_json',
    detail: 'body: expected a JSON object, got nothing',
    param: 'body',
  }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: badRequest,
  FST_ERR_BAD_URL: () => ({
    code: 'bad_request',
    detail: 'path: expected percent-encoded UTF-8',
    param: 'path',
  }),
  FST_ERR_MAX_PARAM_LENGTH: () => ({
    code: 'not_found',
    detail: 'path: no id is that long',
    param: 'id',
  }),
  ExpansionTooLarge: () => ({
    code: 'bad_parameter',
    detail: 'expand: the answer would be too large; expect fewer with a lower limit or fewer paths',
    param: 'expand',
  }),
  AlreadyExists: (error) => ({
    code: 'conflict',
    detail: error.message,
    param: 'institutionAccountId',
  }),
  // Postgres: two at the same moment wanted what only one can have.
  '23505': () => ({
    code: 'conflict',
    detail: 'institutionAccountId: another ledger account has it already',
    param: 'institutionAccountId',
  }),
  BadCredential: (error) => ({
    code: 'invalid_body',
    detail: error.message,
    param: error.param ?? 'credential',
  }),
  NotAuthorised: (error) => ({
    code: 'partner_refused',
    detail: `${error.message} (connection ${error.connectionId})`,
    param: 'credential',
  }),
  CannotRegister: (error) => ({ code: 'conflict', detail: error.message, param: 'id' }),
  NoCredential: (error) => ({ code: 'conflict', detail: error.message, param: 'id' }),
  Gone: (error) => ({ code: 'partner_refused', detail: error.message, param: 'id' }),
  Rejected: (error) => ({ code: 'partner_refused', detail: error.message, param: 'id' }),
  BadAnswer: (error) => ({ code: 'partner_refused', detail: error.message, param: 'id' }),
  NotReceived: (error) => ({
    code: not_received[error.refusal ?? ''] ?? 'bad_notification',
    detail: error.message,
    param: error.refusal === 'unknown' ? 'connection' : 'notification',
  }),
  Unavailable: (error) => ({ code: 'unavailable', detail: error.message }),
  // Postgres: statement timeout, too many connections, shutting down, starting up.
  '57014': busy,
  '53300': busy,
  '57P01': busy,
  '57P03': busy,
  ECONNREFUSED: busy,
}

/** What refusals of a delivery become; all others are not to be believed. */
const not_received: { readonly [refusal: string]: ProblemCode } = {
  unknown: 'not_found',
  revoked: 'gone',
  inactive: 'conflict',
  'token invalid': 'token_invalid',
  busy: 'unavailable',
}

/** Largest body that is read. */
export const body_bytes_max = 262_144

function recognised(error: unknown): ProblemParts {
  const known = error as Foreign
  const read = foreign[known?.code ?? ''] ?? foreign[known?.name ?? '']
  if (read) return read(known)
  if (error instanceof SyntaxError && 'statusCode' in error) return notJson()
  return { code: 'internal', detail: 'the request failed through a defect of ours' }
}

function notJson(): ProblemParts {
  return { code: 'bad_json', detail: 'body: expected JSON', param: 'body' }
}

function badRequest(): ProblemParts {
  return { code: 'bad_request', detail: 'the request cannot be read as HTTP', param: 'request' }
}

function busy(): ProblemParts {
  return { code: 'unavailable', detail: 'the database is too busy to answer' }
}
