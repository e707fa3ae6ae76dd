import { describe, expect, it } from 'vitest'
import type { Row } from '../partner.ts'
import { client } from '../testing/client.ts'
import { bulkCustomer, createBulk } from './bulk.ts'
import { LISTS } from './lists.ts'
import { createStripe } from './partner.ts'

const COUNT = 1003
const stripe = createStripe({ seed: 4, buyers: 1, bulkCustomers: COUNT })
const { get, list, all } = client(stripe, stripe.keys.bulk)
const PATH = '/v1/customers'
const customers = all(PATH)

describe('the bulk account', () => {
  it('has as many customers as were asked for, newest first', () => {
    expect(new Set(customers.map(({ id }) => id)).size).toBe(COUNT)
    const times = customers.map(({ created }) => Number(created))
    expect(times).toEqual([...times].sort((a, b) => b - a))
    expect(new Set(times).size).toBeLessThan(COUNT)
  })

  it('is the same for the same seed, whatever its size', () => {
    const small = createBulk(4, { count: 10, start: 0 })
    const large = createBulk(4, { count: 10_000_000, start: 0 })
    for (let i = 0; i < 10; i++) expect(bulkCustomer(small, i)).toBe(bulkCustomer(large, i))
    expect(bulkCustomer(createBulk(5, { count: 10, start: 0 }), 3)).not.toBe(bulkCustomer(small, 3))
  })

  it('is whole, paged backwards', () => {
    const found: unknown[] = [customers.at(-1)!.id]
    while (found.length <= COUNT) {
      const page = list(PATH, `limit=100&ending_before=${found[0]}`)
      expect(page.data.length).toBeGreaterThan(0)
      found.unshift(...page.data.map(({ id }) => id))
      if (!page.has_more) break
    }
    expect(found).toEqual(customers.map(({ id }) => id))
  })

  it('is filtered by created as a plain reading would be', () => {
    const at = Number(customers[500]!.created)
    const cases: [string, (created: number) => boolean][] = [
      [`created[gt]=${at}`, (created) => created > at],
      [`created[gte]=${at}`, (created) => created >= at],
      [`created[lt]=${at}`, (created) => created < at],
      [`created[lte]=${at}`, (created) => created <= at],
      [`created=${at}`, (created) => created === at],
      [`created[gt]=${at + 1}&created[lte]=${at + 99}`, (c) => c > at + 1 && c <= at + 99],
      ['created[lt]=1', () => false],
      ['created[gt]=9999999999', () => false],
    ]
    for (const [query, test] of cases) {
      const expected = customers.filter(({ created }) => test(Number(created)))
      expect(all(PATH, query), query).toEqual(expected)
    }
  })

  it('is found by id, and by e-mail', () => {
    for (const customer of customers.slice(0, 50)) {
      expect(get(`${PATH}/${customer.id}`).body).toEqual(customer)
    }
    const [known] = customers.filter(({ email }) => email !== null)
    expect(all(PATH, `email=${known!.email}`)).toEqual([known])
    expect(get(`${PATH}/${customers[0]!.id}x`).status).toBe(404)
    expect(get(`${PATH}/cus_0000000000zzzz`).status).toBe(404)
  })

  it('expands, and refuses what it does not know', () => {
    const [first] = list(PATH, 'limit=1&expand[]=data.sources').data
    expect(first).toMatchObject({ sources: { object: 'list', data: [] } })
    expect(get(PATH, 'colour=red').status).toBe(400)
    expect(get(PATH, 'starting_after=cus_0').status).toBe(400)
    expect(get(PATH, 'limit=101').status).toBe(400)
  })

  it('has nothing but customers', () => {
    for (const name of Object.keys(LISTS).filter((one) => one !== 'customers')) {
      expect(list(`/v1/${name}`)).toMatchObject({ data: [], has_more: false })
    }
  })

  it('answers from the middle of ten million as fast as from the start', () => {
    const many = createStripe({ seed: 4, buyers: 1, bulkCustomers: 10_000_000 })
    const reader = client(many, many.keys.bulk)
    const [newest] = reader.list(PATH, 'limit=1').data
    const middle = Number(newest!.created) - 20_000_000
    const start = performance.now()
    let page = reader.list(PATH, `limit=100&created[lte]=${middle}`)
    for (let i = 0; i < 50; i++) {
      page = reader.list(PATH, `limit=100&starting_after=${(page.data.at(-1) as Row).id}`)
    }
    expect(page.data).toHaveLength(100)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
