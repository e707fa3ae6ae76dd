import { describe, expect, test } from 'vitest'
import { BadAnswer } from '../errors.ts'
import { start } from '../paginate.ts'
import { listOf, type Stream } from '../stream.ts'
import { shopify } from './index.ts'

const streamNamed = (name: string) => shopify.streams.find((one) => one.name === name) as Stream

describe('lists', () => {
  const list = listOf(streamNamed('customers'))
  const paging = list.paging as NonNullable<typeof list.paging> // each names its own
  const variables = (position: object, of = list) =>
    (paging.request(of, { ...start, ...position }).body as { variables: object }).variables
  const page = (nodes: object[], pageInfo: object) => ({ data: { customers: { nodes, pageInfo } } })
  const read = (body: unknown, cursor: string | null = null) =>
    paging.read(body, { listed: list, position: { ...start, cursor }, headers: {} })
  const one = { id: 'gid://shopify/Customer/1', updatedAt: '2026-03-14T09:26:53Z' }

  test('ask for what changed since, in whole seconds', () => {
    expect(variables({})).toEqual({ first: 150, after: null })
    const from_ms = Date.UTC(2026, 2, 14, 9, 26, 53, 999)
    expect(variables({ from_ms })).toEqual({
      first: 150,
      after: null,
      query: "updated_at:>='2026-03-14T09:26:53Z'",
    })
    const members = streamNamed('settlement_transactions').parent?.lists('77')[0] as typeof list
    expect(variables({}, members)).toMatchObject({ query: 'payments_transfer_id:77' })
  })

  test('go on after the last cursor', () => {
    const { next } = read(page([one], { hasNextPage: true, endCursor: 'b:"c' }))
    expect(variables({ cursor: next })).toEqual({ first: 150, after: 'b:"c' })
    expect(read(page([one], { hasNextPage: false, endCursor: 'b' })).next).toBeNull()
  })

  test('are begun anew before they are deeper than Shopify pages', () => {
    const rows = Array.from({ length: 150 }, () => one)
    const body = page(rows, { hasNextPage: true, endCursor: 'z' })
    expect(read(body, '24600::a').next).toBe('24750::z')
    const { next } = read(body, '24750::a')
    expect(variables({ cursor: next, from_ms: 0 })).toEqual({
      first: 150,
      after: null,
      query: "updated_at:>='2026-03-14T09:26:53Z'",
    })
    // As many at one moment cannot be told apart.
    expect(() => read(body, `24750:${Date.parse(one.updatedAt)}:a`)).toThrow(BadAnswer)
  })

  test('that come newest first are begun anew before the last row', () => {
    const of = listOf(streamNamed('transactions'))
    const own = of.paging as NonNullable<typeof of.paging>
    const row = { id: 'x', transactionDate: '2026-03-14T09:26:53Z' }
    const balanceTransactions = { nodes: [row], pageInfo: { hasNextPage: true, endCursor: 'z' } }
    const body = { data: { shopifyPaymentsAccount: { balanceTransactions } } }
    const position = { from_ms: 0, to_ms: 4e12, cursor: '24900::a' }
    const { next } = own.read(body, { listed: of, position, headers: {} })
    const { body: sent } = own.request(of, { ...position, cursor: next })
    expect((sent as { variables: { query: string } }).variables.query).toBe(
      "processed_at:>='1970-01-01T00:00:00Z' processed_at:<'2096-10-02T07:06:40Z' " +
        "processed_at:<='2026-03-14T09:26:53Z'",
    )
    const none = { data: { shopifyPaymentsAccount: null } }
    expect(own.read(none, { listed: of, position, headers: {} })).toEqual({ items: [], next: null })
  })

  test.each([
    null,
    {},
    { data: null },
    { data: { customers: null } },
    page([one], {}),
    page([one], { hasNextPage: true, endCursor: null }),
    page([], { hasNextPage: true, endCursor: 'b' }),
    page([null as never], { hasNextPage: false, endCursor: null }),
    { data: { customers: { nodes: {}, pageInfo: { hasNextPage: false } } } },
  ])('that are none are refused: %j', (body) => {
    expect(() => read(body)).toThrow(BadAnswer)
  })

  test('that go round, or are taken up at a strange cursor, are refused', () => {
    expect(() => read(page([one], { hasNextPage: true, endCursor: 'a' }), '0::a')).toThrow(
      BadAnswer,
    )
    expect(() => variables({ cursor: 'a' })).toThrow(BadAnswer)
  })
})
