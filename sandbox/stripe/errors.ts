// Stripe's error bodies: the same fields, codes and sentences.
import type { Answer } from '../partner.ts'
import type { JsonObject } from './types.ts'

export class StripeRefusal extends Error {
  status: number
  error: JsonObject
  headers: Record<string, string>

  constructor(status: number, error: JsonObject, headers: Record<string, string> = {}) {
    super(String(error.message))
    this.status = status
    this.error = error
    this.headers = headers
  }
}

type Problem = { message: string; code?: string; param?: string; type?: string }

export function refusal(
  status: number,
  { message, code, param, type = 'invalid_request_error' }: Problem,
): StripeRefusal {
  const doc_url = `https://stripe.com/docs/error-codes/${code?.replaceAll('_', '-')}`
  const error: JsonObject = code ? { code, doc_url, message } : { message }
  if (param !== undefined) error.param = param
  error.type = type
  return new StripeRefusal(status, error)
}

export function answerOf({ status, error, headers }: StripeRefusal): Answer {
  return { status, headers, body: { error } }
}

export function missing(noun: string, id: string, at: { param: string; status: 400 | 404 }) {
  const message = `No such ${noun}: '${id}'`
  return refusal(at.status, { message, code: 'resource_missing', param: at.param })
}

export function unknownParameter(param: string): StripeRefusal {
  const message = `Received unknown parameter: ${param}`
  return refusal(400, { message, code: 'parameter_unknown', param })
}

export function unknownPath(method: string, path: string): StripeRefusal {
  const message =
    `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs ` +
    'or we can help at https://support.stripe.com/.'
  return refusal(404, { message })
}

export function invalidInteger(param: string, value: string): StripeRefusal {
  const message = `Invalid integer: ${value}`
  return refusal(400, { message, code: 'parameter_invalid_integer', param })
}

export function notExpandable(path: string): StripeRefusal {
  return refusal(400, { message: `This property cannot be expanded (${path}).` })
}

export function noKey(): StripeRefusal {
  const message =
    'You did not provide an API key. You need to provide your API key in the Authorization ' +
    "header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
  return refusal(401, { message })
}

export function wrongKey(key: string): StripeRefusal {
  return refusal(401, { message: `Invalid API Key provided: ${masked(key)}` })
}

export function revokedKey(key: string): StripeRefusal {
  const message = `Expired API Key provided: ${masked(key)}`
  return refusal(401, { message, code: 'api_key_expired' })
}

export function noAccess(key: string, accountId: string): StripeRefusal {
  const message =
    `The provided key '${masked(key)}' does not have access to account '${accountId}' ` +
    '(or that account does not exist). Application access may have been revoked.'
  return refusal(403, { message, code: 'account_invalid' })
}

export function noScope(key: string, accountId: string, scope: string): StripeRefusal {
  const message =
    `The provided key '${masked(key)}' does not have the required permissions for this endpoint ` +
    `on account '${accountId}'. Having the '${scope}' permission would allow this request to ` +
    'continue.'
  return refusal(403, { message, code: 'more_permissions_required' })
}

export function tooMany(reason: string): StripeRefusal {
  const message =
    'Request rate limit exceeded. Learn more about rate limits here: ' +
    'https://stripe.com/docs/rate-limits.'
  const { status, error } = refusal(429, { message, code: 'rate_limit' })
  return new StripeRefusal(status, error, { 'stripe-rate-limited-reason': reason })
}

export function broken(): StripeRefusal {
  const message = 'An unknown error occurred'
  return refusal(500, { message, type: 'api_error' })
}

function masked(key: string): string {
  return key.length < 16 ? key : `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`
}
