// How Square says no.
import type { Answer, RefusalName } from '../partner.ts'
import type { Json } from './format.ts'

export function refusal(
  status: number,
  [category, code]: readonly [string, string],
  detail: string,
  field?: string,
): Answer {
  const error = { category, code, detail, ...(field === undefined ? {} : { field }) }
  return { status, headers: {}, body: { errors: [error] } }
}

// Thrown while a question is read, and answered with.
export class Refused extends Error {
  readonly answer: Answer
  constructor(code: string, detail: string, field?: string) {
    super(detail)
    this.answer = refusal(400, ['INVALID_REQUEST_ERROR', code], detail, field)
  }
}

export function notFound(what: string): Answer {
  return refusal(404, ['INVALID_REQUEST_ERROR', 'NOT_FOUND'], `${what} not found.`)
}

const NO_ACCESS = 'AUTHENTICATION_ERROR'

export const REFUSALS: Record<RefusalName, Answer> = {
  unauthorised: refusal(401, [NO_ACCESS, 'UNAUTHORIZED'], 'This request could not be authorized.'),
  scopeLost: refusal(
    403,
    [NO_ACCESS, 'INSUFFICIENT_SCOPES'],
    'The merchant has not given your application sufficient permissions to do that.',
  ),
  deauthorised: refusal(
    401,
    [NO_ACCESS, 'ACCESS_TOKEN_REVOKED'],
    'The OAuth token has been revoked.',
  ),
  tooMany: refusal(429, ['RATE_LIMIT_ERROR', 'RATE_LIMITED'], 'The request was rate limited.'),
  badCursor: refusal(
    400,
    ['INVALID_REQUEST_ERROR', 'INVALID_CURSOR'],
    'The pagination cursor is invalid.',
    'cursor',
  ),
  broken: refusal(500, ['API_ERROR', 'INTERNAL_SERVER_ERROR'], 'An internal error has occurred.'),
}

export function ok(body: Json): Answer {
  return { status: 200, headers: {}, body }
}
