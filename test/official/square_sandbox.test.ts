// The simulated Square against Square's own specification: every kind of answer, and its traps.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Answer, Row } from '../../sandbox/partner.ts'
import { createSquare, type SquarePartner } from '../../sandbox/square/partner.ts'
import { createChecker, type Spec } from '../../sandbox/testing/openapi.ts'

const MATERIAL = process.env.PARTNER_MATERIAL ?? '../shared/partners'
const FILE = join(MATERIAL, 'square', 'openapi.api.json')
const DAY = 86_400_000
const MAX_PAGES = 500

let made: SquarePartner | undefined
// Advanced past its epoch, so that there was something to change after the history.
function square(): SquarePartner {
  made ??= livedIn()
  return made
}

function livedIn(): SquarePartner {
  const partner = createSquare({ seed: 3, buyers: 240 })
  partner.advanceTo(partner.now() + 5 * DAY)
  return partner
}

type Question = { path: string; query?: string; body?: Row }

function ask({ path, query = '', body }: Question, key = ''): Answer {
  const token = key || square().access.credential.access_token
  const headers = { authorization: `Bearer ${token}`, 'square-version': '2025-08-20' }
  const method = body ? 'POST' : 'GET'
  const written = body ? JSON.stringify(body) : ''
  const answer = square().answer({ method, path, query, headers, body: written })
  // Through text, as it would come over the wire.
  return { ...answer, body: JSON.parse(JSON.stringify(answer.body)) }
}

// Every page of a list, and what is on them.
function pages(question: Question, field: string): { bodies: Row[]; rows: Row[] } {
  const bodies: Row[] = []
  let cursor: unknown
  do {
    const { query = '', body } = question
    const next = cursor ? `&cursor=${encodeURIComponent(String(cursor))}` : ''
    const asked = body
      ? { ...question, body: { ...body, ...(cursor ? { cursor } : {}) } }
      : { ...question, query: `${query}${next}` }
    const answer = ask(asked)
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
    bodies.push(answer.body as Row)
    cursor = (answer.body as Row).cursor
  } while (cursor && bodies.length < MAX_PAGES)
  return { bodies, rows: bodies.flatMap((body) => (body[field] ?? []) as Row[]) }
}

const places = () => [...square().account.locations]
const FAR = 'begin_time=2020-01-01T00:00:00Z'
const DELETED = { include_deleted_objects: true, limit: 1000 }

// Each list, how it is asked for, and where one of it is read.
type List = { field: string; schema: string; question: () => Question; one?: string; type?: string }
const LISTS: Record<string, List> = {
  merchants: {
    field: 'merchant',
    schema: 'ListMerchantsResponse',
    question: () => ({ path: '/v2/merchants' }),
    one: '/v2/merchants/',
    type: 'RetrieveMerchantResponse',
  },
  locations: {
    field: 'locations',
    schema: 'ListLocationsResponse',
    question: () => ({ path: '/v2/locations' }),
    one: '/v2/locations/',
    type: 'RetrieveLocationResponse',
  },
  customers: {
    field: 'customers',
    schema: 'ListCustomersResponse',
    question: () => ({ path: '/v2/customers', query: 'limit=30' }),
    one: '/v2/customers/',
    type: 'RetrieveCustomerResponse',
  },
  'customers searched': {
    field: 'customers',
    schema: 'SearchCustomersResponse',
    question: () => ({ path: '/v2/customers/search', body: { limit: 20 } }),
  },
  payments: {
    field: 'payments',
    schema: 'ListPaymentsResponse',
    question: () => ({ path: '/v2/payments', query: FAR }),
    one: '/v2/payments/',
    type: 'GetPaymentResponse',
  },
  refunds: {
    field: 'refunds',
    schema: 'ListPaymentRefundsResponse',
    question: () => ({ path: '/v2/refunds', query: FAR }),
    one: '/v2/refunds/',
    type: 'GetPaymentRefundResponse',
  },
  payouts: {
    field: 'payouts',
    schema: 'ListPayoutsResponse',
    question: () => ({ path: '/v2/payouts', query: FAR }),
    one: '/v2/payouts/',
    type: 'GetPayoutResponse',
  },
  disputes: {
    field: 'disputes',
    schema: 'ListDisputesResponse',
    question: () => ({ path: '/v2/disputes' }),
    one: '/v2/disputes/',
    type: 'RetrieveDisputeResponse',
  },
  invoices: {
    field: 'invoices',
    schema: 'ListInvoicesResponse',
    question: () => ({ path: '/v2/invoices', query: `location_id=${places()[0]}` }),
    one: '/v2/invoices/',
    type: 'GetInvoiceResponse',
  },
  orders: {
    field: 'orders',
    schema: 'SearchOrdersResponse',
    question: () => ({ path: '/v2/orders/search', body: { location_ids: places() } }),
    one: '/v2/orders/',
    type: 'RetrieveOrderResponse',
  },
  subscriptions: {
    field: 'subscriptions',
    schema: 'SearchSubscriptionsResponse',
    question: () => ({ path: '/v2/subscriptions/search', body: {} }),
    one: '/v2/subscriptions/',
    type: 'RetrieveSubscriptionResponse',
  },
  catalog: {
    field: 'objects',
    schema: 'ListCatalogResponse',
    question: () => ({ path: '/v2/catalog/list' }),
    one: '/v2/catalog/object/',
    type: 'RetrieveCatalogObjectResponse',
  },
  'catalog searched': {
    field: 'objects',
    schema: 'SearchCatalogObjectsResponse',
    question: () => ({ path: '/v2/catalog/search', body: DELETED }),
  },
  cards: {
    field: 'cards',
    schema: 'ListCardsResponse',
    question: () => ({ path: '/v2/cards', query: 'include_disabled=true' }),
    one: '/v2/cards/',
    type: 'RetrieveCardResponse',
  },
  'bank accounts': {
    field: 'bank_accounts',
    schema: 'ListBankAccountsResponse',
    question: () => ({ path: '/v2/bank-accounts' }),
    one: '/v2/bank-accounts/',
    type: 'GetBankAccountResponse',
  },
  events: {
    field: 'events',
    schema: 'SearchEventsResponse',
    question: () => ({ path: '/v2/events', body: { limit: 100 } }),
  },
}

describe.skipIf(!existsSync(FILE))('Square, official specification', () => {
  // A skipped suite is still read, so the file may be missing here.
  const spec = existsSync(FILE) ? readSpec() : EMPTY
  const checker = createChecker(spec)

  it.each(Object.keys(LISTS))('every page and every object of %s is valid', (name) => {
    const { field, schema, question, one, type } = LISTS[name]!
    const { bodies, rows } = pages(question(), field)
    expect(rows.length).toBeGreaterThan(0)
    for (const body of bodies) expect(checker.object(schema, body)).toBe(null)
    const ids = rows.map(({ id, event_id }) => id ?? event_id)
    expect(new Set(ids).size).toBe(ids.length)
    if (!one || !type) return
    for (const row of rows) {
      const { status, body } = ask({ path: `${one}${encodeURIComponent(String(row.id))}` })
      expect([status, checker.object(type, body)]).toEqual([200, null])
      expect(Object.values(body as Row)).toEqual([row])
    }
  })

  it('entries of payouts are valid', () => {
    const { rows } = pages({ path: '/v2/payouts', query: FAR }, 'payouts')
    for (const { id } of rows.slice(0, 100)) {
      const { body } = ask({ path: `/v2/payouts/${id}/payout-entries` })
      expect(checker.object('ListPayoutEntriesResponse', body)).toBe(null)
    }
  })

  it('what an event is about is valid, and its type is one of Square’s', () => {
    const { rows } = pages({ path: '/v2/events', body: { limit: 100 } }, 'events')
    const known = Object.values(spec.components.schemas).map((one) => one['x-webhook'])
    const types = new Set(known.map((one) => (one as { event?: string } | undefined)?.event))
    for (const { type, data } of rows) {
      expect(types).toContain(type)
      const { object = {} } = data as { object?: Row }
      for (const [name, value] of Object.entries(object)) {
        const schema = SCHEMAS[name]
        if (schema) expect(checker.object(schema, value), String(type)).toBe(null)
      }
    }
  })

  it('every error is valid', () => {
    const body = { location_ids: places() }
    const mismatch = { filter: { date_time_filter: { updated_at: { start_at: TIME } } } }
    const answers = [
      ask({ path: '/v2/customers/nobody' }),
      ask({ path: '/v2/nothing' }),
      ask({ path: '/v2/invoices' }),
      ask({ path: '/v2/payments', query: 'begin_time=yesterday' }),
      ask({ path: '/v2/customers', query: 'limit=101' }),
      ask({ path: '/v2/customers', query: 'cursor=none' }),
      ask({ path: '/v2/orders/search', body: {} }),
      ask({ path: '/v2/orders/search', body: { ...body, query: mismatch } }),
      ask({ path: '/v2/orders/search', body: { ...body, limit: 1001 } }),
      ask({ path: '/v2/customers' }, 'of nobody'),
      ...REFUSALS.map((name) => square().refuse(name, { ...NOBODY })),
    ]
    const codes = answers.map(({ status, body: told }) => {
      expect(checker.object('ListCustomersResponse', told)).toBe(null)
      const [error] = (told as { errors: Row[] }).errors
      return `${status} ${error?.code}`
    })
    expect(codes).toEqual(CODES)
  })
})

describe('the simulated Square', () => {
  it('pays out what its entries come to, to the unit', () => {
    const { rows } = pages({ path: '/v2/payouts', query: FAR }, 'payouts')
    const currencies = new Set<unknown>()
    for (const { id, amount_money } of rows) {
      const path = `/v2/payouts/${id}/payout-entries`
      const entries = pages({ path }, 'payout_entries').rows
      const sum = (field: string) =>
        entries.reduce((total, entry) => total + (entry[field] as Money).amount, 0)
      const { amount, currency } = amount_money as Money
      currencies.add(currency)
      expect([id, sum('net_amount_money')]).toEqual([id, amount])
      expect(sum('gross_amount_money') - sum('fee_amount_money')).toBe(amount)
      const foreign = entries.filter((one) => (one.net_amount_money as Money).currency !== currency)
      expect(foreign).toEqual([])
    }
    expect(currencies).toEqual(new Set(['USD', 'EUR', 'JPY', 'KWD']))
  })

  it('takes the fee of a payment as its entry does', () => {
    const { rows } = pages({ path: '/v2/payouts', query: FAR }, 'payouts')
    let count = 0
    for (const { id } of rows.slice(0, 50)) {
      const { rows: entries } = pages(
        { path: `/v2/payouts/${id}/payout-entries` },
        'payout_entries',
      )
      for (const { type, fee_amount_money, type_charge_details } of entries) {
        if (type !== 'CHARGE') continue
        const { payment_id } = type_charge_details as { payment_id: string }
        const { body } = ask({ path: `/v2/payments/${payment_id}` })
        const { payment } = body as { payment: { processing_fee: { amount_money: Money }[] } }
        const fees = payment.processing_fee.reduce((sum, one) => sum + one.amount_money.amount, 0)
        expect(fees).toBe((fee_amount_money as Money).amount)
        count += 1
      }
    }
    expect(count).toBeGreaterThan(20)
  })

  it('merges profiles into a new one, and leaves what was paid', () => {
    const { rows } = pages({ path: '/v2/events', body: { limit: 100 } }, 'events')
    const merges = rows.filter((event) => event.type === 'customer.deleted' && mergeIn(event))
    expect(merges.length).toBeGreaterThan(1)
    for (const event of merges) {
      const { id } = event.data as { id: string }
      const { from_customer_ids: from, to_customer_id: to } = mergeIn(event)!
      expect(from).toHaveLength(2)
      expect(from).toContain(id)
      expect(from).not.toContain(to)
      for (const gone of from) expect(ask({ path: `/v2/customers/${gone}` }).status).toBe(404)
      const created = rows.find((one) => one.type === 'customer.created' && idIn(one) === to)
      expect(mergeIn(created!)).toEqual(mergeIn(event))
    }
    const kept = pages({ path: '/v2/payments', query: FAR }, 'payments').rows
    const old = new Set(merges.flatMap((event) => mergeIn(event)!.from_customer_ids))
    expect(kept.some(({ customer_id }) => old.has(String(customer_id)))).toBe(true)
    const cards = pages({ path: '/v2/cards' }, 'cards').rows
    expect(cards.filter(({ customer_id }) => old.has(String(customer_id)))).toEqual([])
  })

  it('keeps events for 28 days, the newest first', () => {
    const { rows } = pages({ path: '/v2/events', body: { limit: 100 } }, 'events')
    const times = rows.map(({ created_at }) => Date.parse(String(created_at)))
    expect(times).toEqual([...times].sort((one, other) => other - one))
    const oldest = square().now() - 28 * DAY
    expect(times.at(-1)).toBeGreaterThanOrEqual(oldest)
    expect(times.at(-1)).toBeLessThan(oldest + 2 * DAY)
  })

  it('goes a year back where no time is given', () => {
    const { rows } = pages({ path: '/v2/payments' }, 'payments')
    const all = pages({ path: '/v2/payments', query: FAR }, 'payments').rows
    const since = square().now() - 365 * DAY
    const inYear = all.filter(({ created_at }) => Date.parse(String(created_at)) >= since)
    expect(rows).toEqual(inYear)
    expect(all.length).toBeGreaterThan(rows.length)
  })

  it('finds what was updated within a span, and nothing else', () => {
    const since = square().now() - 20 * DAY
    const until = square().now() - 3 * DAY
    const [from, to] = [since, until].map((time) => new Date(time).toISOString())
    const isIn = ({ updated_at }: Row) => {
      const time = Date.parse(String(updated_at))
      return time >= since && time <= until
    }
    const ids = (rows: Row[]) => rows.map(({ id }) => String(id)).sort()
    const filter = { updated_at: { start_at: from, end_at: to } }
    const dated = { date_time_filter: filter }
    const sort = { sort_field: 'UPDATED_AT', sort_order: 'ASC' }
    const where = { location_ids: places() }
    const span = `updated_at_begin_time=${from}&updated_at_end_time=${to}&sort_field=UPDATED_AT`
    const asked: Record<string, Question> = {
      customers: { path: '/v2/customers/search', body: { limit: 10, query: { filter } } },
      payments: { path: '/v2/payments', query: span },
      refunds: { path: '/v2/refunds', query: span },
      orders: { path: '/v2/orders/search', body: { ...where, query: { filter: dated, sort } } },
    }
    for (const [name, question] of Object.entries(asked)) {
      const found = pages(question, name).rows
      const all = pages(LISTS[name]!.question(), name).rows.filter(isIn)
      expect(found.length, name).toBeGreaterThan(0)
      expect(ids(found), name).toEqual(ids(all))
    }
  })

  it('gives pages that are shorter than asked for, and empty ones with a cursor', () => {
    const sizes = new Set<number>()
    for (let limit = 2; limit < 20; limit++) {
      const { bodies, rows } = pages({ path: '/v2/customers/search', body: { limit } }, 'customers')
      expect(rows).toHaveLength(square().account.tables.customers.size)
      for (const { customers = [] } of bodies.slice(0, -1) as { customers?: Row[] }[]) {
        sizes.add(Math.sign(customers.length - limit) + (customers.length === 0 ? -1 : 0))
      }
    }
    expect(sizes).toEqual(new Set([0, -1, -2]))
  })

  it('keeps tombstones of the catalogue out of its list', () => {
    const listed = pages({ path: '/v2/catalog/list' }, 'objects').rows
    const found = pages({ path: '/v2/catalog/search', body: DELETED }, 'objects').rows
    const gone = found.filter(({ is_deleted }) => is_deleted)
    expect(gone.length).toBeGreaterThan(0)
    expect(listed.filter(({ is_deleted }) => is_deleted)).toEqual([])
    expect(ask({ path: `/v2/catalog/object/${gone[0]!.id}` }).status).toBe(404)
    const begin_time = String(found.at(-1)!.updated_at)
    const { rows } = pages({ path: '/v2/catalog/search', body: { begin_time } }, 'objects')
    expect(rows).toEqual([])
  })

  it('shows guests without a profile, and profiles with hardly a field', () => {
    const { rows } = pages({ path: '/v2/payments', query: FAR }, 'payments')
    const guests = rows.filter(({ customer_id }) => customer_id === undefined)
    expect(guests.some(({ buyer_email_address }) => buyer_email_address)).toBe(true)
    const states = new Set(rows.map(({ status }) => status))
    expect(states).toEqual(new Set(['COMPLETED', 'FAILED', 'APPROVED', 'CANCELED', 'PENDING']))
    const profiles = pages({ path: '/v2/customers' }, 'customers').rows
    const instant = profiles.filter(({ creation_source }) => creation_source === 'INSTANT_PROFILE')
    expect(instant.length).toBeGreaterThan(0)
    expect(instant.filter(({ given_name }) => given_name)).toEqual([])
  })

  it('forgets a customer who is removed, and disables the cards', () => {
    const cards = pages({ path: '/v2/cards' }, 'cards').rows
    const id = String(cards[0]!.customer_id)
    expect(square().remove(id)).toBe(true)
    expect(square().remove(id)).toBe(false)
    expect(ask({ path: `/v2/customers/${id}` }).status).toBe(404)
    expect(pages({ path: '/v2/cards', query: `customer_id=${id}` }, 'cards').rows).toEqual([])
    const [event] = pages({ path: '/v2/events', body: { limit: 5 } }, 'events').rows
    expect(event).toMatchObject({ type: 'card.disabled' })
  })
})

function readSpec(): Spec {
  const read: Spec = JSON.parse(readFileSync(FILE, 'utf8'))
  // Named by it, and not in it.
  const missing = { CatalogModifierToggleOverrideType: { type: 'string' } }
  return { ...read, components: { schemas: { ...missing, ...read.components.schemas } } }
}

type Money = { amount: number; currency: string }
type Merge = { from_customer_ids: string[]; to_customer_id: string }

function mergeIn({ data }: Row): Merge | undefined {
  return (data as { object?: { event_context?: { merge: Merge } } }).object?.event_context?.merge
}

function idIn({ data }: Row): string {
  return (data as { id: string }).id
}

const TIME = '2025-01-01T00:00:00Z'
const NOBODY = { method: 'GET', path: '/v2/customers', query: '', headers: {}, body: '' }
const REFUSALS = [
  'unauthorised',
  'scopeLost',
  'deauthorised',
  'tooMany',
  'badCursor',
  'broken',
] as const
const CODES = [
  '404 NOT_FOUND',
  '404 NOT_FOUND',
  '400 MISSING_REQUIRED_PARAMETER',
  '400 INVALID_TIME',
  '400 VALUE_TOO_HIGH',
  '400 INVALID_CURSOR',
  '400 MISSING_REQUIRED_PARAMETER',
  '400 BAD_REQUEST',
  '400 VALUE_TOO_HIGH',
  '401 UNAUTHORIZED',
  '401 UNAUTHORIZED',
  '403 INSUFFICIENT_SCOPES',
  '401 ACCESS_TOKEN_REVOKED',
  '429 RATE_LIMITED',
  '400 INVALID_CURSOR',
  '500 INTERNAL_SERVER_ERROR',
]
const SCHEMAS: Record<string, string> = {
  customer: 'Customer',
  card: 'Card',
  payment: 'Payment',
  refund: 'PaymentRefund',
  dispute: 'Dispute',
  invoice: 'Invoice',
  subscription: 'Subscription',
  payout: 'Payout',
  catalog_version: 'CatalogVersionUpdatedEventCatalogVersion',
  order_created: 'OrderCreated',
  order_updated: 'OrderUpdated',
}
const EMPTY: Spec = { info: { version: '' }, paths: {}, components: { schemas: {} } }
