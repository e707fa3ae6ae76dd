// Square, simulated: who asks, and what it says.
import type { Answer, Asked, Row as Found, Partner } from '../partner.ts'
import { token } from '../world/random.ts'
import { type AccountOptions, createAccount } from './account.ts'
import { REFUSALS, Refused } from './errors.ts'
import type { Json } from './format.ts'
import { createLists, END_CURSOR } from './lists.ts'
import { route, SINGULAR } from './routes.ts'
import type { Account, Square } from './types.ts'

import { squareDeliveries, tellEvent, WEBHOOKS, webhookAnswer } from './webhooks.ts'

export type SquarePartner = Partner & { account: Account }

export const API_VERSION = '2025-08-20'

export function createSquare(options: AccountOptions): SquarePartner {
  const account = createAccount(options)
  const square: Square = { account, lists: createLists() }
  const deliveries = squareDeliveries()
  account.events.heard.push((json) => tellEvent(deliveries, json))
  const keyFor = (name: string) => `EAAA${token(60, 'square', options.seed, name)}`
  const keys = { own: keyFor('own'), oracle: keyFor('oracle') }
  return {
    name: 'square',
    account,
    answer: (asked) => {
      const known = Object.values(keys).includes(keyOf(asked))
      if (known && asked.path.startsWith(WEBHOOKS)) {
        return withVersion(asked, webhookAnswer(account, deliveries, asked))
      }
      return withVersion(asked, known ? read(square, asked) : REFUSALS.unauthorised)
    },
    refuse: (name) => REFUSALS[name],
    keyOf,
    isOracle: (asked) => keyOf(asked) === keys.oracle,
    ...asLists(),
    deliveries,
    idOf: ({ id, event_id }) => String(id ?? event_id),
    remove: (id) => account.remove(id),
    tellOfUnknown: () => {
      const id = account.id('', 27, 'payment of nobody')
      account.events.tell('payment.updated', { id, data: {} })
    },
    advanceTo: account.advanceTo,
    now: () => account.world.now(),
    world: account.world,
    access: {
      credential: { access_token: keys.own },
      oracle: { access_token: keys.oracle },
      wrong: { access_token: 'EAAAnobodyKnowsThisToken' },
      accountId: account.merchant,
    },
  }
}

function keyOf({ headers }: Asked): string {
  return String(headers.authorization ?? '').replace(/^Bearer /, '')
}

function read(square: Square, asked: Asked): Answer {
  try {
    return route(square, asked)
  } catch (error) {
    if (error instanceof Refused) return error.answer
    throw error
  }
}

function withVersion({ headers }: Asked, answer: Answer): Answer {
  const version = String(headers['square-version'] ?? API_VERSION)
  return { ...answer, headers: { 'square-version': version, ...answer.headers } }
}

const LISTED = [
  'customers',
  'cards',
  'payments',
  'refunds',
  'disputes',
  'orders',
  'invoices',
  'subscriptions',
  'objects',
  'payouts',
  'payout_entries',
  'bank_accounts',
  'events',
  'locations',
] as const
const ALONE = [...Object.values(SINGULAR), 'merchant', 'location']

// A list that is empty has its name all the same until it is written as text.
function asLists(): Pick<Partner, 'rows' | 'withRows' | 'isList' | 'cursorOf' | 'withoutCursor'> {
  return {
    rows: (body) => {
      const list = listIn(body)
      if (list) return ((body as Json)[list] ?? []) as Found[]
      const alone = aloneIn(body)
      return alone ? [(body as Json)[alone] as Found] : []
    },
    withRows: (body, rows, more) => {
      const list = listIn(body)
      if (list) {
        const held = { ...(body as Json), [list]: rows.length > 0 ? rows : undefined }
        return more && !held.cursor ? { ...held, cursor: END_CURSOR } : held
      }
      const alone = aloneIn(body)
      return alone ? { ...(body as Json), [alone]: rows[0] } : body
    },
    isList: (body) => listIn(body) !== undefined,
    cursorOf: (asked) => {
      const inBody = asked.method === 'POST' ? bodyIn(asked).cursor : undefined
      return inBody ? String(inBody) : new URLSearchParams(asked.query).get('cursor')
    },
    withoutCursor: (asked) => {
      const query = new URLSearchParams(asked.query)
      query.delete('cursor')
      const { cursor: _, ...body } = bodyIn(asked)
      const text = asked.method === 'POST' ? JSON.stringify(body) : asked.body
      return { ...asked, query: query.toString(), body: text }
    },
  }
}

function listIn(body: unknown): string | undefined {
  const held = typeof body === 'object' && body !== null ? body : {}
  return LISTED.find((name) => name in held)
}

function aloneIn(body: unknown): string | undefined {
  const held = typeof body === 'object' && body !== null ? body : {}
  return ALONE.find((name) => name in held)
}

// What is no JSON is refused when it is read.
function bodyIn({ body }: Asked): Json {
  try {
    return (JSON.parse(body || '{}') ?? {}) as Json
  } catch {
    return {}
  }
}
