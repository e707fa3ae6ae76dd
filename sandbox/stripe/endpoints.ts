// What each path answers, for an account that may read it.
import type { Account } from './account.ts'
import { missing, refusal, unknownParameter, unknownPath } from './errors.ts'
import { expand, shown } from './expand.ts'
import { listBody } from './expandable.ts'
import type { Narrowing } from './filters.ts'
import { CUSTOMER_LISTS, LISTS, type List } from './lists.ts'
import { page, readFilters, readPaging } from './page.ts'
import { type Params, textOf } from './query.ts'
import type { Row } from './table.ts'
import type { JsonObject } from './types.ts'

export type Ask = { account: Account; path: string; params: Params }

type Steps = readonly string[]
type Endpoint = {
  // :id stands for any id.
  path: string
  scope: string
  answer: (ask: Ask, ids: Steps) => JsonObject
}

export const ENDPOINTS: readonly Endpoint[] = [
  { path: 'account', scope: 'account', answer: ownAccount },
  { path: 'accounts/:id', scope: 'account', answer: accountById },
  ...Object.entries(LISTS).flatMap(([name, list]): Endpoint[] => [
    { path: name, scope: list.scope, answer: (ask) => listAnswer(ask, list, []) },
    { path: `${name}/:id`, scope: list.scope, answer: (ask, [id]) => retrieve(ask, list, id!) },
  ]),
  ...Object.entries(CUSTOMER_LISTS).flatMap(([name, list]): Endpoint[] => [
    {
      path: `customers/:id/${name}`,
      scope: list.scope,
      answer: (ask, [id]) => listAnswer(ask, list, [ofCustomer(ask.account, id!)]),
    },
    {
      path: `customers/:id/${name}/:id`,
      scope: list.scope,
      answer: (ask, [id, member]) => {
        ofCustomer(ask.account, id!)
        return retrieve(ask, list, member!, id!)
      },
    },
  ]),
  {
    path: 'charges/:id/refunds',
    scope: 'charge',
    answer: (ask, [id]) => {
      existing(ask.account, LISTS.charges!, id!)
      const index = { field: 'charge', value: id! }
      return listAnswer(ask, { ...LISTS.refunds!, filters: {} }, [{ index }])
    },
  },
  { path: 'invoices/:id/lines', scope: 'invoice', answer: invoiceLines },
  { path: 'subscription_items', scope: 'subscription', answer: subscriptionItems },
]

export function endpointFor(path: string): { endpoint: Endpoint; ids: string[] } {
  const steps = path.replace(/^\/v1\//, '').split('/')
  for (const endpoint of ENDPOINTS) {
    const ids = match(endpoint.path.split('/'), steps)
    if (ids) return { endpoint, ids }
  }
  throw unknownPath('GET', path)
}

function match(pattern: Steps, steps: Steps): string[] | null {
  if (pattern.length !== steps.length) return null
  const ids: string[] = []
  for (const [i, step] of steps.entries()) {
    if (pattern[i] === ':id' && step !== '') ids.push(decodeURIComponent(step))
    else if (pattern[i] !== step) return null
  }
  return ids
}

function listAnswer({ account, path, params }: Ask, list: List, given: Narrowing[]): JsonObject {
  const narrowings = [...given, ...readFilters(list, params, account)]
  const { rows, hasMore } = page(account, list, { paging: readPaging(params), narrowings })
  const data = rows.map(({ object }) => object)
  return expand(account, listBody(path, data, hasMore), params)
}

function retrieve({ account, params }: Ask, list: List, id: string, customer?: string): JsonObject {
  onlyExpand(params)
  const row = existing(account, list, id)
  if (customer && row.object.customer !== customer) {
    throw missing(list.noun, id, { param: list.param, status: 404 })
  }
  if (row.deleted) return shown(row)
  return expand(account, row.object, params)
}

function existing(account: Account, list: List, id: string): Row {
  const row = account.tables[list.table].get(id)
  if (row && (!row.deleted || list.tombstone)) return row
  throw missing(list.noun, id, { param: list.param, status: 404 })
}

// What belongs to a customer can only be read while there is such a customer.
function ofCustomer(account: Account, id: string): Narrowing {
  const row = account.tables.customers.get(id)
  if (!row || row.deleted) throw missing('customer', id, { param: 'customer', status: 404 })
  return { index: { field: 'customer', value: id } }
}

function ownAccount({ account, params }: Ask): JsonObject {
  onlyExpand(params)
  return account.business
}

function accountById(ask: Ask, [id]: Steps): JsonObject {
  if (id !== ask.account.accountId) throw missing('account', id!, { param: 'id', status: 404 })
  return ownAccount(ask)
}

function invoiceLines({ account, path, params }: Ask, [id]: Steps): JsonObject {
  const lines = existing(account, LISTS.invoices!, id!).object.lines
  return inner({ account, path, params }, lines, [])
}

function subscriptionItems({ account, path, params }: Ask): JsonObject {
  const asked = params.get('subscription')
  if (!asked) {
    const message = 'Missing required param: subscription.'
    throw refusal(400, { message, code: 'parameter_missing', param: 'subscription' })
  }
  const row = account.tables.subscriptions.get(textOf(asked))
  const at = { param: 'subscription', status: 400 } as const
  if (!row) throw missing('subscription', textOf(asked), at)
  return inner({ account, path, params }, row.object.items, ['subscription'])
}

// A list that is part of an object; it is short, so it is one page.
function inner({ account, path, params }: Ask, list: unknown, known: Steps): JsonObject {
  for (const name of params.keys()) {
    if (![...known, 'limit', 'expand', 'starting_after', 'ending_before'].includes(name)) {
      throw unknownParameter(name)
    }
  }
  const { limit, after } = readPaging(params)
  const { data } = list as { data: JsonObject[] } // the renderings of both lists have rows
  const first = after === null ? 0 : data.findIndex(({ id }) => id === after) + 1
  const rows = data.slice(first, first + limit)
  return expand(account, listBody(path, rows, first + limit < data.length), params)
}

function onlyExpand(params: Params): void {
  for (const name of params.keys()) {
    if (name !== 'expand') throw unknownParameter(name)
  }
}
