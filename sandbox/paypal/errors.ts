// PayPal's ways of saying no.
import type { Answer, RefusalName } from '../partner.ts'

export type Issue = { issue: string; field?: string; description?: string }

const MESSAGES: Record<string, string> = {
  INVALID_REQUEST: 'Request is not well-formed, syntactically incorrect, or violates schema.',
  AUTHENTICATION_FAILURE:
    'Authentication failed due to missing authorization header, or invalid authentication credentials.',
  NOT_AUTHORIZED: 'Authorization failed due to insufficient permissions.',
  RESOURCE_NOT_FOUND: 'The specified resource does not exist.',
  INTERNAL_SERVER_ERROR: 'An internal server error occurred.',
  RESULTSET_TOO_LARGE:
    'Result set size is greater than the maximum limit. Change the filter criteria and try again.',
  RATE_LIMIT_REACHED: 'Too many requests. Blocked due to rate limiting.',
}

const DEBUG_ID = '1f5f4a9cb5a11'

export function refusal(status: number, name: string, details: Issue[] = []): Answer {
  const body = { name, message: MESSAGES[name] ?? name, debug_id: DEBUG_ID, links: [] }
  const whole = details.length === 0 ? body : { ...body, details }
  return { status, headers: { 'paypal-debug-id': DEBUG_ID }, body: whole }
}

export function invalid(issue: string, field?: string): Answer {
  return refusal(400, 'INVALID_REQUEST', [field ? { issue, field } : { issue }])
}

export const NOT_FOUND = refusal(404, 'RESOURCE_NOT_FOUND')

export const NO_CLIENT: Answer = {
  status: 401,
  headers: {},
  body: { error: 'invalid_client', error_description: 'Client Authentication failed' },
}

export const REFUSALS: Record<RefusalName, Answer> = {
  unauthorised: refusal(401, 'AUTHENTICATION_FAILURE'),
  scopeLost: refusal(403, 'NOT_AUTHORIZED'),
  deauthorised: NO_CLIENT,
  tooMany: refusal(429, 'RATE_LIMIT_REACHED'),
  badCursor: invalid('INVALID_PARAMETER_VALUE', 'page'),
  broken: refusal(500, 'INTERNAL_SERVER_ERROR'),
}
