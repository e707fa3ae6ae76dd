// The simulated Stripe against Stripe's own specification: every answer, every object.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { eventTypes } from '../../sandbox/stripe/events.ts'
import { expandableFields } from '../../sandbox/stripe/expandable.ts'
import { createCharge, createCustomer, deleteCustomer } from '../../sandbox/stripe/hand.ts'
import { createStripe, type Stripe } from '../../sandbox/stripe/partner.ts'
import { API_VERSION } from '../../sandbox/stripe/types.ts'
import { client } from '../../sandbox/testing/client.ts'
import { createChecker, type Operation, type Spec, written } from '../../sandbox/testing/openapi.ts'

const MATERIAL = process.env.PARTNER_MATERIAL ?? '../shared/partners'
const FILE = join(MATERIAL, 'stripe', `openapi.spec3.${API_VERSION}.json`)
const SEEDS = [1, 2, 3]
const DAY = 86_400_000

// Each list, the parameter its path has for an id, and the type of its objects.
const LISTS: Record<string, { id: string; type: string }> = {
  customers: { id: 'customer', type: 'customer' },
  payment_methods: { id: 'payment_method', type: 'payment_method' },
  payment_intents: { id: 'intent', type: 'payment_intent' },
  charges: { id: 'charge', type: 'charge' },
  refunds: { id: 'refund', type: 'refund' },
  balance_transactions: { id: 'id', type: 'balance_transaction' },
  payouts: { id: 'payout', type: 'payout' },
  disputes: { id: 'dispute', type: 'dispute' },
  invoices: { id: 'invoice', type: 'invoice' },
  subscriptions: { id: 'subscription_exposed_id', type: 'subscription' },
  products: { id: 'id', type: 'product' },
  prices: { id: 'price', type: 'price' },
  events: { id: 'id', type: 'event' },
}
const NAMES = Object.keys(LISTS)

describe.skipIf(!existsSync(FILE))(`Stripe ${API_VERSION}, official specification`, () => {
  // A skipped suite is still read, so the file may be missing here.
  const spec = existsSync(FILE) ? read() : { ...EMPTY }
  const checker = createChecker(spec)
  const made = new Map<number, Stripe>()
  const sandbox = (seed: number) => {
    const stripe = made.get(seed) ?? livedIn(seed)
    made.set(seed, stripe)
    return stripe
  }

  describe.each(SEEDS)('seed %i', (seed) => {
    it.each(NAMES)('every page and every object of %s is valid', (name) => {
      const { all, list, get } = client(sandbox(seed))
      const query = name === 'subscriptions' ? 'status=all' : ''
      const rows = all(`/v1/${name}`, query)
      expect(rows.length).toBeGreaterThan(0)
      const page = list(`/v1/${name}`, `limit=100&${query}`)
      expect(checker.answer(`/v1/${name}`, 200, page)).toBe(null)
      for (const { id } of rows) {
        const { status, body } = get(`/v1/${name}/${id}`)
        const path = `/v1/${name}/{${LISTS[name]!.id}}`
        expect(checker.answer(path, status, body), String(id)).toBe(null)
      }
    })

    it.each(expandableFields())('%s with %s expanded is valid', (type, field) => {
      const { all, list } = client(sandbox(seed))
      const name = NAMES.find((one) => LISTS[one]!.type === type)
      if (!name) return
      const query = `expand[]=data.${field}${name === 'subscriptions' ? '&status=all' : ''}`
      const page = list(`/v1/${name}`, `limit=100&${query}`)
      expect(checker.answer(`/v1/${name}`, 200, page)).toBe(null)
      expect(all(`/v1/${name}`, query).length).toBeGreaterThan(0)
    })

    it('four levels of expansion are valid', () => {
      const { list } = client(sandbox(seed))
      const deep = [
        ['charges', 'data.payment_intent.invoice.subscription'],
        ['balance_transactions', 'data.source.customer.default_source'],
        ['disputes', 'data.charge.balance_transaction.source'],
        ['customers', 'data.subscriptions.data.latest_invoice'],
        ['invoices', 'data.charge.refunds.data'],
        ['subscriptions', 'data.items.data.price'],
      ]
      for (const [name, path] of deep) {
        const page = list(`/v1/${name}`, `limit=100&expand[]=${path}`)
        expect(checker.answer(`/v1/${name}`, 200, page), path).toBe(null)
      }
    })

    it('the lists below a customer are valid', () => {
      const { all, list, get } = client(sandbox(seed))
      const seen = new Set<unknown>()
      for (const { id } of all('/v1/customers')) {
        for (const below of ['payment_methods', 'sources']) {
          const path = `/v1/customers/{customer}/${below}`
          const page = list(`/v1/customers/${id}/${below}`, 'expand[]=data.customer')
          expect(checker.answer(path, 200, page), String(id)).toBe(null)
          for (const row of page.data) {
            seen.add(row.object)
            const one = get(`/v1/customers/${id}/${below}/${row.id}`)
            const [schema] = below === 'sources' ? ['payment_source'] : ['payment_method']
            expect(checker.object(schema!, one.body)).toBe(null)
          }
        }
      }
      expect([...seen].sort()).toEqual(['bank_account', 'card', 'payment_method', 'source'])
    })

    it('the account, lines, items and refunds of a charge are valid', () => {
      const { get, list } = client(sandbox(seed))
      const [invoice] = list('/v1/invoices', 'limit=1').data
      const [subscription] = list('/v1/subscriptions', 'limit=1').data
      const [refund] = list('/v1/refunds', 'limit=1').data
      const asked = [
        ['/v1/account', '/v1/account', ''],
        ['/v1/invoices/{invoice}/lines', `/v1/invoices/${invoice!.id}/lines`, ''],
        ['/v1/subscription_items', '/v1/subscription_items', `subscription=${subscription!.id}`],
        ['/v1/charges/{charge}/refunds', `/v1/charges/${refund!.charge}/refunds`, ''],
      ]
      for (const [path, url, query] of asked) {
        const { status, body } = get(url!, query)
        expect([path, status, checker.answer(path!, status, body)]).toEqual([path, 200, null])
      }
    })

    it('events carry valid objects, and former values of fields they have', () => {
      const { all } = client(sandbox(seed))
      const { enum: known } = enabledEvents(spec)
      for (const { type, data } of all('/v1/events')) {
        const { object, previous_attributes } = data as EventData // by the check of every object
        expect(known).toContain(type)
        expect(checker.object(schemaOf(object), object), String(type)).toBe(null)
        const fields = Object.keys(spec.components.schemas[schemaOf(object)]!.properties as object)
        for (const field of Object.keys(previous_attributes ?? {})) expect(fields).toContain(field)
      }
    })

    it('what is deleted is valid, by itself and expanded', () => {
      const { get, all } = client(sandbox(seed))
      const gone = all('/v1/charges').filter(({ customer }) => {
        return customer && (get(`/v1/customers/${customer}`).body as { deleted?: true }).deleted
      })
      expect(gone.length).toBeGreaterThan(0)
      for (const { id, customer } of gone) {
        const { status, body } = get(`/v1/customers/${customer}`)
        expect(checker.answer('/v1/customers/{customer}', status, body)).toBe(null)
        const charge = get(`/v1/charges/${id}`, 'expand[]=customer')
        expect(checker.answer('/v1/charges/{charge}', 200, charge.body)).toBe(null)
        expect(charge.body).toHaveProperty('customer.deleted', true)
      }
    })

    it('live data and the bulk account are valid', () => {
      const stripe = sandbox(seed)
      for (const key of [stripe.keys.live, stripe.keys.bulk]) {
        for (const name of NAMES) {
          const { status, body } = client(stripe, key).get(`/v1/${name}`, 'limit=100')
          expect([status, checker.answer(`/v1/${name}`, status, body)]).toEqual([200, null])
        }
      }
    })
  })

  it('every error is valid', () => {
    const stripe = sandbox(1)
    const { get } = client(stripe)
    const asked = ['limit=0', 'limit=x', 'foo=1', 'starting_after=cus_0', 'expand[]=data.foo']
    const answers = [
      ...asked.map((query) => get('/v1/customers', query)),
      get('/v1/customers/cus_0'),
      get('/v1/nothing'),
      client(stripe, 'sk_test_wrong').get('/v1/customers'),
      client(stripe, '').get('/v1/customers'),
      client(stripe, stripe.keys.restricted).get('/v1/payouts'),
      ...REFUSALS.map((name) => stripe.refuse(name, { ...NOBODY, query: 'starting_after=cus_1' })),
    ]
    for (const { status, body } of answers) {
      expect(status).toBeGreaterThanOrEqual(400)
      expect(checker.answer('/v1/customers', status, body), JSON.stringify(body)).toBe(null)
    }
  })

  it.each(NAMES)('every parameter Stripe knows for %s is known here', (name) => {
    const { get } = client(sandbox(1))
    for (const parameter of spec.paths[`/v1/${name}`]!.get!.parameters ?? []) {
      const { body } = get(`/v1/${name}`, written(parameter))
      const code = (body as { error?: { code?: string } }).error?.code
      expect(code, parameter.name).not.toBe('parameter_unknown')
    }
  })

  it('what can be expanded is what Stripe can expand', () => {
    for (const [type, field] of expandableFields()) {
      const fields = spec.components.schemas[type]!['x-expandableFields']
      expect(fields, type).toContain(field.split('.')[0])
    }
  })

  it('the events told of are events of Stripe', () => {
    const { enum: known } = enabledEvents(spec)
    for (const type of eventTypes()) expect(known).toContain(type)
  })
})

type EventData = { object: { object: string }; previous_attributes?: object }

const NOBODY = { method: 'GET', path: '/v1/customers', headers: {}, body: '' }
const REFUSALS = [
  'unauthorised',
  'scopeLost',
  'deauthorised',
  'tooMany',
  'badCursor',
  'broken',
] as const
const EMPTY: Spec = { info: { version: '' }, paths: {}, components: { schemas: {} } }

function read(): Spec {
  return JSON.parse(readFileSync(FILE, 'utf8'))
}

// Advanced past its epoch, and touched by hand.
function livedIn(seed: number): Stripe {
  const stripe = createStripe({ seed, bulkCustomers: 1000 })
  stripe.advanceTo(stripe.now() + 10 * DAY)
  const address = { city: 'Łódź', country: 'PL' }
  const shipping = { name: 'Zofia', address }
  const written = { name: 'Zoé', email: null, address, shipping, with_card: true }
  const { id } = createCustomer(stripe.account, written)
  createCharge(stripe.account, { amount: 100, currency: 'jpy', customer: id, way: 'declined' })
  createCharge(stripe.account, { amount: 100, currency: 'kwd', bare: true })
  deleteCustomer(stripe.account, createCustomer(stripe.account, {}).id)
  stripe.advanceTo(stripe.now() + 3 * DAY)
  return stripe
}

function schemaOf({ object }: { object: string }): string {
  return object
}

function enabledEvents(spec: Spec): { enum: string[] } {
  const post = spec.paths['/v1/webhook_endpoints']!.post as Operation & {
    requestBody: { content: Record<string, { schema: { properties: object } }> }
  }
  const { schema } = Object.values(post.requestBody.content)[0]!
  const { enabled_events } = schema.properties as { enabled_events: { items: { enum: string[] } } }
  return enabled_events.items
}
