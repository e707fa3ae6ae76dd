import type { PartnerError } from '../partner.ts'
import type { Told } from '../request.ts'
import { objectOf, objectsIn, type Payload } from '../rule.ts'
import { wordIn } from '../rules.ts'

const statuses: { readonly [code: string]: number } = {
  THROTTLED: 429,
  ACCESS_DENIED: 403,
  UNAUTHENTICATED: 401,
  INTERNAL_SERVER_ERROR: 500,
  TIMEOUT: 503,
  SERVICE_UNAVAILABLE: 503,
}

/**
 * Errors come with 200. Fields that the app was not approved for are null beside an error each; the
 * answer counts all the same, as long as anything is in it: what cannot be null takes all with it.
 */
export function refused(body: unknown): { status: number; wait_ms?: number } | null {
  const errors = objectsIn(objectOf(body)?.errors)
  const [error] = errors.filter((one) => !isHidden(one, objectOf(body)?.data))
  if (!error) return null
  const status = wordIn(statuses, codeOf(error)) ?? 400
  const wait_ms = status === 429 ? waitFor(body) : null
  return wait_ms === null ? { status } : { status, wait_ms }
}

function codeOf(error: Payload): unknown {
  return objectOf(error.extensions)?.code
}

function isHidden(error: Payload, data: unknown): boolean {
  return codeOf(error) === 'ACCESS_DENIED' && Object.values(objectOf(data) ?? {}).some(isThere)
}

function isThere(value: unknown): boolean {
  return value !== null && value !== undefined
}

/** Until the bucket holds as much as the query costs. */
function waitFor(body: unknown): number | null {
  const cost = objectOf(objectOf(objectOf(body)?.extensions)?.cost)
  const { currentlyAvailable, restoreRate } = objectOf(cost?.throttleStatus) ?? {}
  const requested = cost?.requestedQueryCost
  if (typeof requested !== 'number' || typeof currentlyAvailable !== 'number') return null
  if (typeof restoreRate !== 'number' || !(restoreRate > 0)) return null
  return Math.max(0, Math.ceil(((requested - currentlyAvailable) / restoreRate) * 1000))
}

/** The next query costs about what this one did; asked too early, it would only be refused. */
export function pace({ body }: Told): number | null {
  const wait_ms = waitFor(body)
  return wait_ms === 0 ? null : wait_ms
}

/** GraphQL's errors are a list; those of the gate before it a text, or texts by name. */
export function readError(_status: number, body: unknown): PartnerError {
  const { errors } = objectOf(body) ?? {}
  const [error] = objectsIn(errors)
  const code = error && codeOf(error)
  const message = error ? error.message : textOf(errors)
  return {
    message: typeof message === 'string' && message !== '' ? message : 'without a reason',
    code: typeof code === 'string' ? code : null,
  }
}

function textOf(errors: unknown): unknown {
  if (typeof errors !== 'object' || errors === null) return errors
  const [[name, value] = []] = Object.entries(errors)
  return name === undefined ? null : `${name} ${String([value].flat()[0])}`
}
