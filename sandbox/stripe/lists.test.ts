import { describe, expect, it } from 'vitest'
import type { Row } from '../partner.ts'
import { client, type ListBody } from '../testing/client.ts'
import { LISTS } from './lists.ts'
import { createStripe } from './partner.ts'

const stripe = createStripe({ seed: 3 })
const { get, list, all } = client(stripe)
const NAMES = Object.keys(LISTS)

describe.each(NAMES)('the list of %s', (name) => {
  const path = `/v1/${name}`
  const ids = all(path).map(({ id }) => id)

  it('is newest first, without repetition', () => {
    const times = all(path).map(({ created }) => Number(created))
    expect(times).toEqual([...times].sort((a, b) => b - a))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each([1, 7, 100])('is whole, paged forwards by %i', (limit) => {
    const few = limit === 1 ? ids.slice(0, 40) : ids
    expect(pages(path, { limit, from: 'starting_after', count: few.length })).toEqual(few)
  })

  it('is whole, paged backwards', () => {
    const found: unknown[] = [ids.at(-1)]
    while (found.length <= ids.length) {
      const page = list(path, `limit=9&ending_before=${found[0]}`)
      expect(page.data.length).toBeGreaterThan(0)
      found.unshift(...page.data.map(({ id }) => id))
      if (!page.has_more) break
    }
    expect(found).toEqual(ids)
  })

  it('has ten rows unless asked for another number, and says its path', () => {
    const page = list(path)
    expect(page.data.map(({ id }) => id)).toEqual(ids.slice(0, 10))
    expect(page).toMatchObject({ object: 'list', url: path, has_more: true })
  })

  it('has no more after a page that ends with its last row', () => {
    const end = (limit: number) => list(path, `limit=${limit}&starting_after=${ids.at(-4)}`)
    expect([end(2), end(3), end(4)].map((page) => page.has_more)).toEqual([true, false, false])
    const start = (limit: number) => list(path, `limit=${limit}&ending_before=${ids[3]}`)
    expect([start(2), start(3), start(4)].map((page) => page.has_more)).toEqual([
      true,
      false,
      false,
    ])
  })

  it('is empty after its last row', () => {
    expect(list(path, `starting_after=${ids.at(-1)}`)).toMatchObject({ data: [], has_more: false })
  })

  it('answers each of its rows by id', () => {
    for (const id of ids.slice(0, 20)) expect(get(`${path}/${id}`).body).toMatchObject({ id })
  })
})

describe('filters', () => {
  it.each(NAMES.filter((name) => LISTS[name]!.filters.created))('%s by created', (name) => {
    const rows = all(`/v1/${name}`)
    const at = Number(rows[Math.floor(rows.length / 2)]!.created)
    const since = (test: (created: number) => boolean) =>
      rows.filter(({ created }) => test(Number(created)))
    const cases: [string, Row[]][] = [
      [`created[gt]=${at}`, since((created) => created > at)],
      [`created[gte]=${at}`, since((created) => created >= at)],
      [`created[lt]=${at}`, since((created) => created < at)],
      [`created[lte]=${at}`, since((created) => created <= at)],
      [`created=${at}`, since((created) => created === at)],
      [`created[gt]=${at - 1e6}&created[lt]=${at}`, since((c) => c > at - 1e6 && c < at)],
    ]
    for (const [query, expected] of cases) {
      expect(all(`/v1/${name}`, query), query).toEqual(expected)
    }
  })

  // Every value that occurs, against the plain reading of the whole list.
  it.each([
    ['payment_intents', 'customer'],
    ['charges', 'customer'],
    ['charges', 'payment_intent'],
    ['refunds', 'charge'],
    ['refunds', 'payment_intent'],
    ['disputes', 'charge'],
    ['invoices', 'customer'],
    ['invoices', 'subscription'],
    ['invoices', 'status'],
    ['subscriptions', 'customer'],
    ['subscriptions', 'status'],
    ['payment_methods', 'customer'],
    ['balance_transactions', 'type'],
    ['balance_transactions', 'source'],
    ['balance_transactions', 'currency'],
    ['payouts', 'status'],
    ['payouts', 'arrival_date'],
    ['prices', 'product'],
    ['prices', 'type'],
    ['events', 'type'],
    ['customers', 'email'],
  ])('%s by %s', (name, field) => {
    const whole = all(`/v1/${name}`, name === 'subscriptions' ? 'status=all' : '')
    const values = new Set(whole.map((row) => row[field]).filter((value) => value !== null))
    expect(values.size).toBeGreaterThan(1)
    for (const value of [...values].slice(0, 60)) {
      const query = `${field}=${encodeURIComponent(String(value))}`
      const status = name === 'subscriptions' && field !== 'status' ? '&status=all' : ''
      const expected = whole.filter((row) => row[field] === value)
      expect(all(`/v1/${name}`, query + status), query).toEqual(expected)
    }
  })

  it('a filtered list goes on from a cursor', () => {
    const charges = all('/v1/charges')
    const [busy] = charges.filter(({ customer }) => customer).map(({ customer }) => customer)
    const own = charges.filter(({ customer }) => customer === busy).map(({ id }) => id)
    const path = '/v1/charges'
    const query = `customer=${busy}&`
    const asked = { limit: 1, from: 'starting_after', count: own.length, query }
    expect(pages(path, asked)).toEqual(own)
  })

  it('subscriptions leave out canceled ones unless asked for', () => {
    const statuses = (query: string) =>
      new Set(all('/v1/subscriptions', query).map(({ status }) => status))
    expect(statuses('')).not.toContain('canceled')
    expect(statuses('status=canceled')).toEqual(new Set(['canceled']))
    expect(statuses('status=all').size).toBe(8)
    expect(statuses('status=ended')).toEqual(new Set(['canceled', 'incomplete_expired']))
  })

  it('the transactions of a payout sum up to it', () => {
    for (const payout of all('/v1/payouts')) {
      const members = all('/v1/balance_transactions', `payout=${payout.id}`)
      const paid = members.filter(({ type }) => type !== 'payout')
      expect(paid.reduce((sum, { net }) => sum + Number(net), 0)).toBe(payout.amount)
    }
  })

  it('events by several types, and by a star', () => {
    const events = all('/v1/events')
    const types = ['customer.created', 'charge.failed']
    expect(all('/v1/events', `types[]=${types[0]}&types[]=${types[1]}`)).toEqual(
      events.filter(({ type }) => types.includes(String(type))),
    )
    expect(all('/v1/events', 'type=invoice.*')).toEqual(
      events.filter(({ type }) => String(type).startsWith('invoice.')),
    )
  })
})

describe('refused queries', () => {
  it.each([
    ['limit=0', 400, 'limit', undefined],
    ['limit=101', 400, 'limit', undefined],
    ['limit=ten', 400, 'limit', 'parameter_invalid_integer'],
    ['colour=red', 400, 'colour', 'parameter_unknown'],
    ['created[after]=1', 400, 'created[after]', 'parameter_unknown'],
    ['created[gt]=x', 400, 'created[gt]', 'parameter_invalid_integer'],
    ['customer=cus_0', 400, 'customer', 'resource_missing'],
    ['starting_after=ch_0', 400, 'starting_after', 'resource_missing'],
    ['ending_before=ch_0', 400, 'ending_before', 'resource_missing'],
    ['expand[]=data.colour', 400, undefined, undefined],
    ['expand[]=customer', 400, undefined, undefined],
    ['expand[]=data.a.b.c.d', 400, undefined, undefined],
  ])('%s', (query, status, param, code) => {
    const answer = get('/v1/charges', query)
    const { error } = answer.body as { error: Row }
    expect([answer.status, error.param, error.code]).toEqual([status, param, code])
    expect(error).toMatchObject({ type: 'invalid_request_error', message: expect.any(String) })
  })

  it('unknown paths and objects', () => {
    expect(get('/v1/colours')).toMatchObject({ status: 404 })
    expect(get('/v1/charges/ch_0')).toMatchObject({
      status: 404,
      body: { error: { code: 'resource_missing', param: 'id' } },
    })
    expect(get('/v1/customers/cus_0/payment_methods')).toMatchObject({ status: 404 })
    expect(get('/v1/charges/ch_0', 'limit=1').body).toMatchObject({
      error: { code: 'parameter_unknown' },
    })
  })
})

function pages(
  path: string,
  {
    limit,
    from,
    count,
    query = '',
  }: { limit: number; from: string; count: number; query?: string },
): unknown[] {
  const found: unknown[] = []
  let page: ListBody = list(path, `${query}limit=${limit}`)
  found.push(...page.data.map(({ id }) => id))
  while (page.has_more && found.length < count) {
    page = list(path, `${query}limit=${limit}&${from}=${found.at(-1)}`)
    found.push(...page.data.map(({ id }) => id))
  }
  return found
}
