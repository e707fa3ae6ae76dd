import { bearer } from '../authenticate.ts'
import { BadAnswer } from '../errors.ts'
import type { AccountFacts, Partner, PartnerError } from '../partner.ts'
import { clean, objectOf, objectsIn, type Payload } from '../rule.ts'
import { events } from './events.ts'
import { api_version, notifications } from './notifications.ts'
import { oauth } from './oauth.ts'
import { beginning_ms, lists, page_size_max } from './paging.ts'
import { recognise } from './recognise.ts'
import { streams } from './streams.ts'

export const square: Partner = {
  name: 'square',
  title: 'Square',
  docs: 'https://developer.squareup.com/reference/square',
  apiVersion: api_version,
  baseUrl: {
    live: 'https://connect.squareup.com',
    test: 'https://connect.squareupsandbox.com',
  },
  credential: [
    {
      name: 'access_token',
      description: "The application's own access token, or one that a seller granted by OAuth",
      secret: true,
      example: 'EAAA…',
    },
  ],
  // Tokens of the sandbox and of production begin alike.
  modeOf: () => null,
  headers: ({ access_token = '' }) => ({
    ...bearer(access_token),
    'square-version': square.apiVersion,
  }),
  account: {
    requests: [{ path: '/v2/merchants/me' }, { path: '/v2/locations' }],
    read: readAccount,
  },
  oauth,
  limits: {
    // Square publishes no figure and answers 429 above it.
    per_second: { live: 10, test: 10 },
    source: 'https://developer.squareup.com/docs/build-basics/handling-errors',
  },
  errors: readError,
  paging: lists(page_size_max),
  streams,
  events,
  notifications,
  deletions: {
    bound:
      'Customers, items, cards and bank accounts within a day, subscriptions within 6 hours, invoices ' +
      'and disputes within an hour; at the next read of the event log, or when notified, where the ' +
      'application has switched that on',
    evidence:
      'reading the id of what an event named, or of what a complete reading missed: 404; an item of ' +
      'the catalogue says so itself (is_deleted). Payments, refunds and orders are never deleted',
  },
  gaps: [
    'Fees and balance transactions are told by payouts only: what was not paid out yet has none',
    'The event log is there for applications that have switched it on; without, changes are seen by ' +
      'reading, and of a merge only that a customer went, not into whom',
    'After a merge, payments and orders keep the id of the customer that went',
    'Products are the variations of items, which orders name; a service or an amount typed in is none',
    'Delivery is a service charge among others, and not told apart',
    'A guest is known by the e-mail of a payment; the order of a guest names nobody',
    'The lines and the tax of an invoice are those of its order',
    "A subscription's price is its own, or that of the last phase of its plan; discounts are left out",
    'Items of the catalogue and bank accounts have no date of creation',
    "A seller's category is told by its id only",
    'Balances, gift cards, loyalty, bookings and payroll are not read',
    'Requests a second are our own guess: Square does not say',
    'A change of segments or of a custom attribute is no event, and is not read',
  ],
  recognise,
}

function readAccount([own, places]: readonly unknown[]): AccountFacts {
  const merchant = objectOf(objectOf(own)?.merchant)
  if (typeof merchant?.id !== 'string') throw new BadAnswer('merchant: expected one with an id')
  const locations = objectsIn(objectOf(places)?.locations)
  const ids = locations.map(({ id }) => clean(id)).filter((id) => typeof id === 'string')
  if (ids.length === 0) throw new BadAnswer('locations: expected one at least')
  const dates = [merchant, ...locations].map(({ created_at }) => Date.parse(String(created_at)))
  const told = dates.filter((date) => !Number.isNaN(date))
  return {
    partnerAccountId: merchant.id,
    accountName: clean(merchant.business_name) as string | null, // a text, or cleaned to null
    country: clean(merchant.country) as string | null,
    created_ms: told.length === 0 ? beginning_ms : Math.min(...told),
    facts: { currency: currencyOf(merchant, locations), locations: ids.join(',') },
  }
}

function currencyOf(merchant: Payload, locations: readonly Payload[]): string {
  const codes = [merchant, ...locations].map(({ currency }) => clean(currency))
  const code = codes.find((one) => typeof one === 'string')
  if (code === undefined) throw new BadAnswer('merchant: expected its currency')
  return code
}

function readError(_status: number, body: unknown): PartnerError {
  const [error] = objectsIn(objectOf(body)?.errors)
  const { category, code, detail } = error ?? {}
  const message = clean(detail) ?? clean(code) ?? clean(category)
  return {
    message: typeof message === 'string' ? message : 'without a reason',
    code: typeof code === 'string' ? code : null,
  }
}
