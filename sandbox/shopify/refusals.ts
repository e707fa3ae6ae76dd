import type { Answer, RefusalName } from '../partner.ts'

// What the gate before GraphQL says, in words only.
export function gate(status: number, errors: string): Answer {
  return { status, headers: {}, body: { errors } }
}

export function refusal(code: string, message: string): Answer {
  const errors = [{ message, extensions: { code } }]
  return { status: 200, headers: {}, body: { errors } }
}

const THROTTLE = { maximumAvailable: 2000, currentlyAvailable: 400, restoreRate: 500 }

export const REFUSALS: Record<RefusalName, Answer> = {
  unauthorised: gate(
    401,
    '[API] Invalid API key or access token (unrecognized login or wrong password)',
  ),
  scopeLost: refusal('ACCESS_DENIED', 'Access denied. Required access: an access scope.'),
  deauthorised: gate(
    401,
    '[API] Invalid API key or access token (unrecognized login or wrong password)',
  ),
  tooMany: {
    status: 200,
    headers: {},
    body: {
      errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
      extensions: {
        cost: { requestedQueryCost: 500, actualQueryCost: null, throttleStatus: THROTTLE },
      },
    },
  },
  badCursor: refusal('BAD_USER_INPUT', 'Invalid cursor for current pagination sort.'),
  broken: gate(500, 'Internal Server Error'),
}
