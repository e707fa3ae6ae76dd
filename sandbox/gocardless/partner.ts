// GoCardless, simulated: who asks, which list, and what it says to a wrong question.
import type { Answer, Asked, Row as Found, Partner, RefusalName } from '../partner.ts'
import { token } from '../world/random.ts'
import { DAY } from '../world/sim.ts'
import type { WorldOptions } from '../world.ts'
import { type Account, createAccount, type Json, KINDS, type Kind, type Row } from './account.ts'
import { payoutItems } from './payout_items.ts'
import { goCardlessDeliveries, tellEvent } from './webhooks.ts'

export type GoCardless = Partner & { account: Account }

const LIMIT_DEFAULT = 50
const LIMIT_MAX = 500
const RATE = 1000

export function createGoCardless(options: WorldOptions): GoCardless {
  const account = createAccount(options)
  const deliveries = goCardlessDeliveries()
  account.heard.push((event) => tellEvent(deliveries, event))
  const keyFor = (name: string) => `sandbox_${token(40, 'gocardless', options.seed, name)}`
  const keys = { own: keyFor('own'), oracle: keyFor('oracle') }
  return {
    name: 'gocardless',
    account,
    answer: (asked) => {
      const known = Object.values(keys).includes(keyOf(asked))
      return withRate(account, known ? read(account, asked) : REFUSALS.unauthorised)
    },
    refuse: (name) => REFUSALS[name],
    keyOf,
    isOracle: (asked) => keyOf(asked) === keys.oracle,
    rows: (body) => {
      const [, inner] = inside(body)
      return Array.isArray(inner) ? inner : [inner as Found] // one object is one row
    },
    withRows: (body, rows, more) => {
      const [name, inner] = inside(body)
      if (!Array.isArray(inner)) return { ...(body as Json), [name]: rows[0] }
      const { meta } = body as { meta: { cursors: Json } } // every list has it
      const after = more ? (meta.cursors.after ?? rows.at(-1)?.id ?? null) : meta.cursors.after
      const cursors = { ...meta.cursors, after }
      return { ...(body as Json), [name]: rows, meta: { ...meta, cursors } }
    },
    isList: (body) => Array.isArray(inside(body)[1]),
    cursorOf: ({ query }) => new URLSearchParams(query).get('after'),
    withoutCursor: (asked) => {
      const query = new URLSearchParams(asked.query)
      query.delete('after')
      return { ...asked, query: query.toString() }
    },
    deliveries,
    remove: (id) => account.remove(id),
    tellOfUnknown: () =>
      account.tell('payments', 'confirmed', { payment: account.id('PM', 'nobody') }),
    advanceTo: account.advanceTo,
    now: () => account.world.now(),
    world: account.world,
    access: {
      credential: { access_token: keys.own },
      oracle: { access_token: keys.oracle },
      wrong: { access_token: 'sandbox_nobodyKnowsThisToken' },
      accountId: account.creditor,
    },
  }
}

const NAMES: readonly string[] = [...KINDS, 'payout_items', 'creditors']

// The part of an answer that everything else is about.
function inside(body: unknown): [string, unknown] {
  const held = typeof body === 'object' && body !== null ? Object.entries(body) : []
  return held.find(([name]) => NAMES.includes(name)) ?? ['', null]
}

function keyOf({ headers }: Asked): string {
  return String(headers.authorization ?? '').replace(/^Bearer /, '')
}

function withRate({ world }: Account, answer: Answer): Answer {
  const reset = new Date(world.now() + 60_000).toUTCString()
  const headers = {
    'ratelimit-limit': `${RATE}`,
    'ratelimit-remaining': `${RATE - 1}`,
    'ratelimit-reset': reset,
  }
  return { ...answer, headers: { ...headers, ...answer.headers } }
}

function read(account: Account, { path, query }: Asked): Answer {
  const [, name = '', id] = path.split('/')
  const params = new URLSearchParams(query)
  if (name === 'creditors') return ok({ creditors: [creditorOf(account)], meta: END })
  if (name === 'payout_items') {
    return ok({ payout_items: payoutItems(account, params.get('payout') ?? ''), meta: END })
  }
  const kind = KINDS.find((one) => one === name)
  if (!kind) return refusal(404, 'path_not_found', 'Path not found')
  if (id === undefined) return listAnswer(account, kind, params)
  if (account.removed.has(id)) return refusal(410, 'customer_data_removed', 'Customer data removed')
  const row = account.tables[kind].get(decodeURIComponent(id))
  return row ? ok({ [kind]: row.object }) : refusal(404, 'resource_not_found', 'Resource not found')
}

const END = { cursors: { before: null, after: null }, limit: LIMIT_DEFAULT }

function creditorOf({ creditor, world }: Account): Json {
  const { name, country, createdAt } = world.business
  const created_at = new Date(createdAt).toISOString()
  return { id: creditor, created_at, name, country_code: country, links: {} }
}

function listAnswer(account: Account, kind: Kind, params: URLSearchParams): Answer {
  const limit = Number(params.get('limit') ?? LIMIT_DEFAULT)
  if (!(limit >= 1 && limit <= LIMIT_MAX)) return refusal(422, 'validation_failed', 'limit')
  const rows = sorted(account, kind, params)
  const after = params.get('after')
  const place = after === null ? -1 : rows.findIndex(({ object }) => object.id === after)
  const marked = after === null ? undefined : account.tables[kind].get(after)
  if (after !== null && !marked) return REFUSALS.badCursor
  const page = rows.slice(place + 1, place + 1 + limit)
  const last = page.at(-1)?.object.id ?? null
  const more = rows.length > place + 1 + page.length
  const cursors = { before: page[0]?.object.id ?? null, after: more ? last : null }
  return ok({ [kind]: page.map(({ object }) => object), meta: { cursors, limit } })
}

// Kept as long as nothing changes: the same list is paged over again and again.
const kept = new WeakMap<Account, Map<string, { mark: string; rows: Row[] }>>()
const EVENT_DAYS = 60

function sorted(account: Account, kind: Kind, params: URLSearchParams): Row[] {
  const time = (name: string, otherwise: number) => {
    const given = params.get(`created_at[${name}]`)
    return given === null ? otherwise : Date.parse(given)
  }
  const oldest = kind === 'events' ? account.world.now() - EVENT_DAYS * DAY : 0
  const from = Math.max(time('gte', 0), oldest)
  const to = time('lt', Infinity)
  const name = `${kind} ${from} ${to}`
  const mark = `${account.world.now()} ${account.tables[kind].size} ${account.tables.events.size}`
  const lists = kept.get(account) ?? new Map<string, { mark: string; rows: Row[] }>()
  kept.set(account, lists)
  const known = lists.get(name)
  if (known?.mark === mark) return known.rows
  const all = [...account.tables[kind].values()]
  const rows = all.filter(({ created }) => created >= from && created < to)
  rows.sort((one, other) => other.created - one.created || other.place - one.place)
  lists.set(name, { mark, rows })
  return rows
}

function ok(body: Json): Answer {
  return { status: 200, headers: {}, body }
}

function refusal(code: number, reason: string, message: string): Answer {
  const type = code === 422 ? 'validation_failed' : 'invalid_api_usage'
  const error = { message, errors: [{ reason, message }], type, code }
  return { status: code, headers: {}, body: { error } }
}

const REFUSALS: Record<RefusalName, Answer> = {
  unauthorised: refusal(401, 'access_token_not_found', 'The access token was not found'),
  scopeLost: refusal(403, 'insufficient_permissions', 'Insufficient permissions'),
  deauthorised: refusal(401, 'access_token_revoked', 'The access token was revoked'),
  tooMany: refusal(429, 'rate_limit_exceeded', 'Rate limit exceeded'),
  badCursor: refusal(400, 'invalid_cursor', 'The cursor is not valid'),
  broken: refusal(500, 'internal_server_error', 'Uh-oh'),
}
