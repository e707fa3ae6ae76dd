import { describe, expect, it } from 'vitest'
import { createShopify, type Shopify, type ShopifyOptions } from './partner.ts'

const CUSTOMERS =
  'query($first:Int!,$after:String){customers(first:$first,after:$after){' +
  'nodes{id defaultAddress{city}}pageInfo{hasNextPage endCursor}}}'

function shopOf(options: Partial<ShopifyOptions> = {}): Shopify {
  return createShopify({ seed: 4, buyers: 60, ...options })
}

function ask(shop: Shopify, body: unknown, token = shop.access.credential.access_token) {
  const headers = { 'x-shopify-access-token': String(token) }
  const path = '/admin/api/2026-07/graphql.json'
  const answer = shop.answer({
    method: 'POST',
    path,
    query: '',
    headers,
    body: JSON.stringify(body),
  })
  return { status: answer.status, ...(answer.body as Told) }
}

type Told = {
  data?: { customers: { nodes: { id: string }[]; pageInfo: { endCursor: string } } }
  errors?: { extensions: { code: string } }[] | string
  extensions?: { cost: { requestedQueryCost: number; throttleStatus: Record<string, number> } }
}

const page = (first: number, after: string | null = null) => ({
  query: CUSTOMERS,
  variables: { first, after },
})

describe('points', () => {
  it('run out, are told, and come back with time', () => {
    let now = 0
    const shop = shopOf({ restoreRate: 100, bucketClock: () => now })
    let answer = ask(shop, page(400))
    for (let i = 0; i < 200 && !answer.errors; i++) answer = ask(shop, page(400))
    expect([answer.status, answer.errors]).toMatchObject([
      200,
      [{ extensions: { code: 'THROTTLED' } }],
    ])
    const { requestedQueryCost, throttleStatus } = answer.extensions?.cost ?? {}
    const { currentlyAvailable = 0, restoreRate = 0 } = throttleStatus ?? {}
    expect(Number(requestedQueryCost)).toBeGreaterThan(currentlyAvailable)
    now += ((Number(requestedQueryCost) - currentlyAvailable) / restoreRate) * 1000
    expect(ask(shop, page(400)).errors).toBeUndefined()
  })

  it('are not counted where there is no limit, nor for the oracle', () => {
    const free = shopOf()
    const limited = shopOf({ restoreRate: 1, bucketClock: () => 0 })
    const oracle = limited.access.oracle.access_token
    for (let i = 0; i < 100; i++) {
      expect(ask(free, page(400)).errors).toBeUndefined()
      expect(ask(limited, page(1), oracle).errors).toBeUndefined()
    }
  })

  it('of one query are a thousand at most', () => {
    const { errors } = ask(shopOf(), page(500))
    expect(errors).toMatchObject([{ extensions: { code: 'MAX_COST_EXCEEDED' } }])
  })
})

describe('a list', () => {
  it('goes on where it was, whatever became of the rows before', () => {
    const shop = shopOf()
    const whole = ask(shop, page(200)).data?.customers.nodes ?? []
    const first = ask(shop, page(10)).data?.customers
    for (const { id } of first?.nodes ?? []) shop.remove(id.split('/').at(-1) ?? '')
    const rest = ask(shop, page(190, first?.pageInfo.endCursor)).data?.customers.nodes
    expect(rest).toEqual(whole.slice(10))
  })

  it('has what was asked for, and nothing else', () => {
    const [one] = ask(shopOf(), page(1)).data?.customers.nodes ?? []
    expect(Object.keys(one ?? {})).toEqual(['id', 'defaultAddress'])
  })

  it('refuses a cursor that is none of its own, and a token of nobody', () => {
    expect(ask(shopOf(), page(1, 'nonsense')).errors).toMatchObject([{ extensions: {} }])
    expect(ask(shopOf(), page(1), 'shpat_x').status).toBe(401)
  })
})
