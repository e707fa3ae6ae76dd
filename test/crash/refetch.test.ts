import { describe, expect, it } from 'vitest'
import { queryText } from '../../src/partners/http_request.ts'
import { listOf } from '../../src/partners/stream.ts'
import { stripe } from '../../src/partners/stripe/index.ts'
import { newRefetchCount, type Standings } from './refetch.ts'

const products = stripe.streams.find(({ name }) => name === 'products')
if (!products) throw new Error('Stripe has products')
const list = listOf(products)

/** The request for the page behind a cursor, as the sandbox logs it. */
function page(cursor: string | null) {
  const { path, query } = stripe.paging.request(list, { from_ms: null, to_ms: null, cursor })
  return { method: 'GET', path, query: queryText(query).slice(1), body: '', status: 200 }
}

const standing = (run: number, open: number): Standings =>
  new Map([['products', { run_started_ms: run, watermark_ms: null, open }]])

const [first, second, third] = [page(null), page('prod_2'), page('prod_3')]

describe('pages that were fetched again', () => {
  it('are none where a life goes on behind the last page of the one before', () => {
    const count = newRefetchCount(stripe, {})
    expect(count([first, second], standing(1, 1), standing(1, 1))).toEqual([])
    expect(count([third], standing(1, 1), standing(1, 0))).toEqual([])
  })

  it('are those that a later life begins with once more', () => {
    const count = newRefetchCount(stripe, {})
    count([first, second], standing(1, 1), standing(1, 1))
    const again = count([second, third], standing(1, 1), standing(1, 0))
    expect(again).toEqual([{ stream: 'products', pages: 1, open: 1 }])
    const all = count([first, second, third], standing(1, 1), standing(1, 1))
    expect(all).toEqual([{ stream: 'products', pages: 3, open: 1 }])
  })

  it('are counted one by one where segments are read side by side', () => {
    const count = newRefetchCount(stripe, {})
    count([first, second, third], standing(1, 3), standing(1, 3))
    const again = count([third, first], standing(1, 3), standing(1, 1))
    expect(again).toEqual([{ stream: 'products', pages: 2, open: 3 }])
  })

  it('are none of a new pass', () => {
    const count = newRefetchCount(stripe, {})
    count([first, second], standing(1, 1), standing(1, 0))
    expect(count([first, second], standing(1, 0), standing(2, 0))).toEqual([])
    expect(count([first], standing(2, 0), standing(2, 1))).not.toEqual([])
  })
})
