import { bearer } from '../authenticate.ts'
import { BadAnswer } from '../errors.ts'
import type { AccountFacts, Partner, PartnerError } from '../partner.ts'
import type { Told } from '../request.ts'
import { clean, objectOf, objectsIn } from '../rule.ts'
import { referenceId, timeOfText } from '../rules.ts'
import { verifyHmac } from '../signature.ts'
import { events } from './events.ts'
import { oauth } from './oauth.ts'
import { cursorAfter } from './paging.ts'
import { recognise } from './recognise.ts'
import { streams } from './streams.ts'

export const gocardless: Partner = {
  name: 'gocardless',
  title: 'GoCardless',
  docs: 'https://developer.gocardless.com/api-reference/',
  apiVersion: '2015-07-06',
  baseUrl: { live: 'https://api.gocardless.com', test: 'https://api-sandbox.gocardless.com' },
  credential: [
    {
      name: 'access_token',
      description: 'Access token that may read',
      secret: true,
      example: 'live_…',
    },
  ],
  modeOf: ({ access_token = '' }) => {
    if (access_token.startsWith('live_')) return 'live'
    return access_token.startsWith('sandbox_') ? 'test' : null
  },
  headers: ({ access_token = '' }) => ({
    ...bearer(access_token),
    'gocardless-version': gocardless.apiVersion,
  }),
  account: { requests: [{ path: '/creditors' }], read: readAccount },
  oauth,
  limits: {
    // A thousand a minute.
    per_second: { live: 16, test: 16 },
    source: 'https://developer.gocardless.com/api-reference/#making-requests-rate-limiting',
  },
  errors: readError,
  pace: untilReset,
  paging: cursorAfter,
  streams,
  events,
  notifications: {
    verify: ({ headers, body }, secrets) =>
      verifyHmac(headers, 'webhook-signature', { secrets, parts: [body], encoding: 'hex' }),
    read: (body) => objectsIn(objectOf(body)?.events),
    eventId: ({ id }) => referenceId(id),
    // "Token invalid", as its documentation asks for.
    refusedWith: 498,
    byHand:
      'Developers, Create, Webhook endpoint: its API cannot do it. The secret is the one that is ' +
      'chosen or shown there',
  },
  deletions: {
    bound: 'At the next read of the event log: 5 minutes by default; within a day without an event',
    evidence:
      'reading the id of what an event named, or of what a complete reading missed: 404, 410',
  },
  gaps: [
    'No orders, products and invoices: GoCardless keeps none',
    'A dispute is a charged-back payment; its day and its answer are not told, and one that the bank ' +
      'takes back later stays here as lost',
    'Fees are told with fractions of a minor unit; the transactions of a payout share them out so ' +
      'that they add up to what was paid out, to the unit',
    "The seller's own bank accounts are not read",
    'Guests: there are none, as every payment has a mandate',
  ],
  recognise,
}

// GoCardless' first API of this version; no account tells less.
const released_ms = Date.UTC(2011, 0, 1)

function readAccount([body]: readonly unknown[]): AccountFacts {
  const [creditor] = objectsIn(objectOf(body)?.creditors)
  if (typeof creditor?.id !== 'string') throw new BadAnswer('creditors: expected one with an id')
  const created_ms = Date.parse(timeOfText(String(creditor.created_at)))
  return {
    partnerAccountId: creditor.id,
    accountName: clean(creditor.name) as string | null, // a text, or cleaned to null
    country: clean(creditor.country_code) as string | null,
    created_ms: Number.isNaN(created_ms) ? released_ms : created_ms,
  }
}

function readError(_status: number, body: unknown): PartnerError {
  const error = objectOf(objectOf(body)?.error)
  const reason = objectsIn(error?.errors)[0]?.reason ?? error?.type
  return {
    message: typeof error?.message === 'string' ? error.message : 'without a reason',
    code: typeof reason === 'string' ? reason : null,
  }
}

/** When nothing is left of the minute, it is told when the next one begins. */
function untilReset({ headers }: Told): number | null {
  if (headers['ratelimit-remaining'] !== '0') return null
  const reset_ms = Date.parse(String(headers['ratelimit-reset'])) - Date.parse(String(headers.date))
  return Number.isNaN(reset_ms) ? null : Math.max(0, reset_ms)
}
