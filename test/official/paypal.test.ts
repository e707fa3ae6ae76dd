// PayPal's own documents: the simulated partner against their schemas, their examples through our
// mapping.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createPaypal, type Paypal } from '../../sandbox/paypal/partner.ts'
import { createComposedChecker } from '../../sandbox/testing/composed.ts'
import type { Schema, Spec } from '../../sandbox/testing/openapi.ts'
import { faultOf } from '../../src/model/validate.ts'
import { draftsOf } from '../../src/partners/mapping.ts'
import { paypal } from '../../src/partners/paypal/index.ts'
import { contextOf, stored } from '../fixtures.ts'

const MATERIAL = join(process.env.PARTNER_MATERIAL ?? '../shared/partners', 'paypal')
const isThere = existsSync(join(MATERIAL, 'openapi'))
const day_ms = 86_400_000

type Json = Record<string, unknown>

const documents = new Map<string, Spec>()

function specOf(name: string): Spec {
  const read = () => JSON.parse(readFileSync(join(MATERIAL, 'openapi', `${name}.json`), 'utf8'))
  const spec = documents.get(name) ?? read()
  documents.set(name, spec)
  return spec
}

/** Where the documents of 2024 say something else than the API does, and than they do by now. */
function changedIn(spec: Spec): Record<string, Schema> {
  const { date_time, transaction_info } = spec.components.schemas
  const info = transaction_info?.properties as Record<string, Schema> | undefined
  return {
    // The report writes offsets without a colon; the pattern calls itself guidance.
    ...(date_time
      ? {
          date_time: {
            ...date_time,
            pattern: String(date_time.pattern).replace('{2}:[0-9]{2})$', '{2}:?[0-9]{2})$'),
          },
        }
      : {}),
    // Subscriptions have a dash in their ids, which the reference to them allows by now.
    ...(info?.paypal_reference_id
      ? {
          transaction_info: {
            ...transaction_info,
            properties: {
              ...info,
              paypal_reference_id: { ...info.paypal_reference_id, pattern: '^[a-zA-Z0-9_-]*$' },
            },
          },
        }
      : {}),
  }
}

function checkerOf(name: string) {
  const spec = specOf(name)
  return createComposedChecker(spec, changedIn(spec))
}

const made = new Map<number, Paypal>()

function livedIn(seed: number): Paypal {
  const known = made.get(seed)
  if (known) return known
  const partner = createPaypal({ seed, buyers: 120 })
  partner.advanceTo(partner.now() + 13 * day_ms)
  made.set(seed, partner)
  return partner
}

/** Asks the simulated partner with the oracle's token. */
function clientOf(partner: Paypal) {
  const { client_id = '', client_secret = '' } = partner.access.oracle
  const pair = Buffer.from(`${client_id}:${client_secret}`).toString('base64')
  const open = { method: 'POST', path: '/v1/oauth2/token', query: '', body: '' }
  const token = partner.answer({ ...open, headers: { authorization: `Basic ${pair}` } }).body
  const authorization = `Bearer ${(token as Json).access_token}`
  return (path: string, query = '', { body = '', prefer = '' } = {}) => {
    const method = body === '' ? 'GET' : 'POST'
    const headers = { authorization, prefer }
    const answer = partner.answer({ method, path, query, headers, body })
    return { ...answer, body: answer.body as Json } // every answer is an object
  }
}

const listed = (body: Json, name: string) => body[name] as Json[] // it is that list

function monthsOf(partner: Paypal): string[] {
  const end = partner.now()
  return Array.from({ length: 20 }, (_, month) => {
    const [from, to] = [end - (month + 1) * 30 * day_ms, end - month * 30 * day_ms - 1]
    const [start_date, end_date] = [from, to].map((time) => new Date(time).toISOString())
    return `start_date=${start_date}&end_date=${end_date}&fields=all&page_size=500`
  })
}

describe.skipIf(!isThere)('PayPal, its own documents', () => {
  describe.each([1, 2])('seed %i', (seed) => {
    it('every row of the report is valid, of every kind', () => {
      const partner = livedIn(seed)
      const ask = clientOf(partner)
      const { object } = checkerOf('reporting_transactions_v1')
      const codes = new Set<unknown>()
      for (const query of monthsOf(partner)) {
        const { status, body } = ask('/v1/reporting/transactions', query)
        // Before the business began there is nothing, which the document does not foresee.
        if (listed(body, 'transaction_details').length === 0) continue
        expect([status, object('search_response', body)]).toEqual([200, null])
        for (const { transaction_info } of listed(body, 'transaction_details')) {
          const { transaction_event_code, transaction_status } = transaction_info as Json
          codes.add(`${transaction_event_code} ${transaction_status}`)
        }
      }
      expect([...codes]).toEqual(
        expect.arrayContaining(['T0006 S', 'T0002 S', 'T1107 S', 'T1110 S', 'T0106 S', 'T0403 S']),
      )
    })

    it('the balances are valid, and the sum of the rows to the unit', () => {
      const partner = livedIn(seed)
      const ask = clientOf(partner)
      const { status, body } = ask('/v1/reporting/balances')
      const fault = checkerOf('reporting_transactions_v1').object('balances_response', body)
      expect([status, fault]).toEqual([200, null])
      const sums: Record<string, number> = {}
      const rows = monthsOf(partner).flatMap((query) =>
        listed(ask('/v1/reporting/transactions', query).body, 'transaction_details'),
      )
      for (const { record } of rows.flatMap(recordsOf)) {
        if (record.object !== 'transaction') continue
        const code = String(record.currency)
        sums[code] = (sums[code] ?? 0) + Number(record.net)
      }
      const told = listed(body, 'balances').map(({ currency, total_balance }) => {
        const { value } = total_balance as Json
        return [currency, String(value)]
      })
      expect(Object.keys(sums).sort()).toEqual(['EUR', 'JPY', 'KWD', 'USD'])
      expect(Object.fromEntries(told)).toEqual(
        Object.fromEntries(Object.entries(sums).map(([code, sum]) => [code, written(sum, code)])),
      )
    })

    it('what the world moved is in the report, to the unit', () => {
      const { account } = livedIn(seed)
      const sums: Record<string, number> = {}
      const add = (code: string, amount: number) => {
        sums[code] = (sums[code] ?? 0) + amount
      }
      for (const { net, currency } of account.world.all('movement').values()) add(currency, net)
      expect(Object.keys(sums).sort()).toEqual(['eur', 'jpy', 'kwd', 'usd'])
      for (const { status, amount, fee, currency } of account.report.rows) {
        // A debit that the bank has not paid yet is listed, and has moved nothing.
        if (status !== 'D' && !(status === 'P' && amount > 0)) add(currency, fee - amount)
      }
      expect(sums).toEqual({ eur: 0, jpy: 0, kwd: 0, usd: 0 })
    })

    it('disputes are valid, in the list and alone', () => {
      const ask = clientOf(livedIn(seed))
      const { object } = checkerOf('customer_disputes_v1')
      const { body } = ask('/v1/customer/disputes', 'page_size=50')
      expect(object('dispute_search', body)).toBe(null)
      expect(listed(body, 'items').length).toBeGreaterThan(3)
      for (const { dispute_id } of listed(body, 'items')) {
        const one = ask(`/v1/customer/disputes/${dispute_id}`)
        expect([one.status, object('dispute', one.body)]).toEqual([200, null])
      }
    })

    it('invoices are valid, in the search and alone', () => {
      const ask = clientOf(livedIn(seed))
      const { object } = checkerOf('invoicing_v2')
      const search = JSON.stringify({ fields: ['items', 'payments'] })
      const { body } = ask('/v2/invoicing/search-invoices', 'page_size=100&total_required=true', {
        body: search,
      })
      expect(object('invoices', body)).toBe(null)
      expect(listed(body, 'items').length).toBeGreaterThan(3)
      for (const { id } of listed(body, 'items')) {
        const one = ask(`/v2/invoicing/invoices/${id}`)
        expect([one.status, object('invoice', one.body)]).toEqual([200, null])
      }
    })

    it('subscriptions, plans and products are valid', () => {
      const ask = clientOf(livedIn(seed))
      const billing = checkerOf('billing_subscriptions_v1')
      const catalogue = checkerOf('catalogs_products_v1')
      const { body } = ask('/v1/billing/subscriptions', 'page_size=20')
      expect(listed(body, 'subscriptions').length).toBeGreaterThan(5)
      for (const summary of listed(body, 'subscriptions')) {
        expect(billing.object('subscription', summary)).toBe(null)
        const one = ask(`/v1/billing/subscriptions/${summary.id}`, 'fields=plan')
        expect(billing.object('subscription', one.body)).toBe(null)
      }
      const plans = ask('/v1/billing/plans', 'page_size=20', { prefer: 'return=representation' })
      expect(billing.object('plan_collection', plans.body)).toBe(null)
      const products = ask('/v1/catalogs/products', 'page_size=20&total_required=true').body
      expect(catalogue.object('product_collection', products)).toBe(null)
      for (const { id } of listed(products, 'products')) {
        expect(catalogue.object('product', ask(`/v1/catalogs/products/${id}`).body)).toBe(null)
      }
    })

    it('payment tokens are valid, of each payer', () => {
      const partner = livedIn(seed)
      const ask = clientOf(partner)
      const { object } = checkerOf('vault_payment_tokens_v3')
      let found = 0
      for (const { key } of partner.account.world.all('buyer').values()) {
        const { status, body } = ask(
          '/v3/vault/payment-tokens',
          `customer_id=${partner.account.payer(key)}`,
        )
        if (status === 404) continue
        expect(object('customer_vault_payment_tokens_response', body)).toBe(null)
        for (const { id } of listed(body, 'payment_tokens')) {
          found++
          expect(object('payment_token_response', ask(`/v3/vault/payment-tokens/${id}`).body)).toBe(
            null,
          )
        }
      }
      expect(found).toBeGreaterThan(20)
    })
  })

  it('refusals are valid', () => {
    const partner = livedIn(1)
    const ask = clientOf(partner)
    const reports = checkerOf('reporting_transactions_v1')
    const nobody = {
      method: 'GET',
      path: '/v1/reporting/balances',
      query: '',
      headers: {},
      body: '',
    }
    expect(reports.object('error_401', partner.answer(nobody).body)).toBe(null)
    expect(reports.object('error_403', partner.refuse('scopeLost', nobody).body)).toBe(null)
    expect(reports.object('error_500', partner.refuse('broken', nobody).body)).toBe(null)
    const now = new Date(partner.now())
    const years = new Date(partner.now() - 4 * 365 * day_ms)
    const spans = [
      '',
      `start_date=${years.toISOString()}&end_date=${now.toISOString()}`,
      `start_date=${years.toISOString()}&end_date=${years.toISOString()}`,
      `start_date=${now.toISOString()}&end_date=${now.toISOString()}&page_size=501`,
    ]
    for (const query of spans) {
      const { status, body } = ask('/v1/reporting/transactions', query)
      expect([status, reports.object('error_400', body)]).toEqual([400, null])
    }
    const gone = ask('/v1/customer/disputes/PP-D-0')
    expect([gone.status, checkerOf('customer_disputes_v1').object('error', gone.body)]).toEqual([
      404,
      null,
    ])
  })

  it('the checker finds what is wrong', () => {
    const { object } = checkerOf('reporting_transactions_v1')
    const money = { currency_code: 'USD', value: '1.00' }
    expect(object('money', money)).toBe(null)
    expect(object('money', { ...money, cents: 100 })).toContain('unevaluatedProperties')
    expect(object('transaction_info', { transaction_amount: { ...money, value: 1 } })).toContain(
      'type',
    )
    expect(object('transaction_info', { transaction_status: 'SS' })).toContain('maxLength')
  })
})

function written(sum: number, code: string): string {
  const exponent = { JPY: 0, KWD: 3 }[code] ?? 2
  const digits = String(Math.abs(sum)).padStart(exponent + 1, '0')
  const cut = digits.length - exponent
  const text = exponent === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`
  return sum < 0 ? `-${text}` : text
}

function recordsOf(body: unknown) {
  return (paypal.recognise?.(body) ?? []).flatMap(({ stream: name, payload }) => {
    const maps = paypal.streams.find((stream) => stream.name === name)?.maps ?? []
    return maps.flatMap((map) =>
      draftsOf(map, payload, contextOf(paypal)).map((draft) => ({
        record: stored(draft) as Json,
        fault: faultOf(map.object, stored(draft)),
      })),
    )
  })
}

/** Examples of whole objects, by the beginning of their names, and what they become. */
const EXAMPLES: readonly (readonly [name: string, objects: readonly string[]])[] = [
  ['billing_subscriptions_v1.subscriptions.create.response', ['customer', 'subscription']],
  ['vault_payment_tokens_v3.payment-tokens.create.response', ['external_account']],
]

describe.skipIf(!existsSync(join(MATERIAL, 'examples')))('PayPal, its own examples', () => {
  const folder = join(MATERIAL, 'examples')
  const example = (name: string) =>
    JSON.parse(readFileSync(join(folder, name), 'utf8')).body as Json

  it.each(EXAMPLES)('%s become valid records', (beginning, objects) => {
    const names = readdirSync(folder).filter((name) => name.startsWith(beginning))
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) {
      const records = recordsOf(example(name))
      expect(records.map(({ fault }) => fault).filter(Boolean)).toEqual([])
      expect(records.map(({ record }) => record.object).sort()).toEqual(objects)
    }
  })

  it('a subscriber, as the example tells', () => {
    const [name = ''] = readdirSync(folder).filter((one) => one.startsWith(EXAMPLES[0]?.[0] ?? ''))
    const records = recordsOf(example(name)).map(({ record }) => record)
    expect(records.find(({ object }) => object === 'customer')).toMatchObject({
      partnerRecordId: '2J6QB8YJQSJRJ',
      name: 'John Doe',
      email: 'customer@example.com',
      shipping_name: 'John Doe',
      shipping_address: { city: 'San Jose', postal_code: '95131', country: 'US', state: 'CA' },
    })
    expect(records.find(({ object }) => object === 'subscription')).toMatchObject({
      status: 'incomplete',
      start_date: '2018-11-01T00:00:00.000Z',
    })
  })

  it('an invoice as a seller writes it, given the id and state that PayPal adds', () => {
    const invoice = example('invoicing_v2.invoices.create.request.0.json')
    const records = recordsOf({ id: 'INV2-1', status: 'DRAFT', ...invoice })
    expect(records.map(({ fault }) => fault).filter(Boolean)).toEqual([])
    expect(records.map(({ record }) => record.object).sort()).toEqual(['customer', 'invoice'])
    const read = records.find(({ record }) => record.object === 'invoice')
    const [line] = (read?.record.line_items ?? []) as Json[]
    expect(line?.unit_amount).toBeGreaterThan(0)
  })

  it('a webhook event, as PayPal is asked to verify it, is one', () => {
    const [name = ''] = readdirSync(folder).filter((one) => one.startsWith('notifications_'))
    const { webhook_event } = example(name)
    expect(paypal.notifications?.read(webhook_event, {})).toHaveLength(1)
  })
})
