// The simulated Square against Square's own specification: every kind of answer, and its traps.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Row } from '../../sandbox/partner.ts'
import { ask, FAR, LISTS, pages, places, square } from '../../sandbox/square/asking.ts'
import { createChecker, type Spec } from '../../sandbox/testing/openapi.ts'

const MATERIAL = process.env.PARTNER_MATERIAL ?? '../shared/partners'
const FILE = join(MATERIAL, 'square', 'openapi.api.json')

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

function readSpec(): Spec {
  const read: Spec = JSON.parse(readFileSync(FILE, 'utf8'))
  // Named by it, and not in it.
  const missing = { CatalogModifierToggleOverrideType: { type: 'string' } }
  return { ...read, components: { schemas: { ...missing, ...read.components.schemas } } }
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
