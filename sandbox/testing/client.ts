// Asks the simulated Stripe without a network: what a test needs to read everything.
import type { Answer, Row } from '../partner.ts'
import type { Stripe } from '../stripe/partner.ts'

export type Client = {
  get: (path: string, query?: string) => Answer
  list: (path: string, query?: string) => ListBody
  // Every row of a list, page by page.
  all: (path: string, query?: string) => Row[]
}

const ROWS_MAX = 100_000

export type ListBody = { object: string; url: string; has_more: boolean; data: Row[] }

export function client(stripe: Stripe, key: string = stripe.keys.oracle): Client {
  const get = (path: string, query = '') => {
    const headers = { authorization: `Bearer ${key}` }
    const answer = stripe.answer({ method: 'GET', path, query, headers, body: '' })
    // Through text, as it would come over the wire.
    const { body } = answer
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return { ...answer, body: JSON.parse(text) }
  }
  const list = (path: string, query = '') => {
    const { status, body } = get(path, query)
    if (status !== 200) throw new Error(`${path}?${query}: ${status} ${JSON.stringify(body)}`)
    return body as ListBody // every path given here is a list's
  }
  const all = (path: string, query = '') => {
    const rows: Row[] = []
    let page = list(path, `limit=100&${query}`)
    rows.push(...page.data)
    while (page.has_more) {
      page = list(path, `limit=100&starting_after=${rows.at(-1)!.id}&${query}`)
      if (page.data.length === 0 || rows.length > ROWS_MAX) throw new Error(`${path} has no end`)
      rows.push(...page.data)
    }
    return rows
  }
  return { get, list, all }
}
