// Medusa, simulated: the admin API of a shop's own server.
import type { Answer, Asked, Row as Found, Partner, RefusalName } from '../partner.ts'
import { token } from '../world/random.ts'
import type { WorldOptions } from '../world.ts'
import { createMedusaServer, type Kind, type MedusaServer, type Row } from './server.ts'

export type Medusa = Partner & { server: MedusaServer }

const WRAPPED: Record<Kind, string> = {
  customers: 'customer',
  products: 'product',
  orders: 'order',
}
const LIMIT_DEFAULT = 50

export function createMedusa(options: WorldOptions): Medusa {
  const server = createMedusaServer(options)
  const keyFor = (name: string) => `sk_${token(64, 'medusa', options.seed, name).toLowerCase()}`
  const keys = { own: keyFor('own'), oracle: keyFor('oracle') }
  const url = 'https://shop.garden.example'
  return {
    name: 'medusa',
    server,
    answer: (asked) =>
      Object.values(keys).includes(keyOf(asked)) ? read(server, asked) : REFUSALS.unauthorised,
    refuse: (name) => REFUSALS[name],
    keyOf,
    isOracle: (asked) => keyOf(asked) === keys.oracle,
    rows: (body) => {
      const [, inner] = inside(body)
      return Array.isArray(inner) ? inner : [inner as Found] // one object is one row
    },
    withRows: (body, rows) => {
      const [name, inner] = inside(body)
      return { ...(body as object), [name]: Array.isArray(inner) ? rows : rows[0] }
    },
    isList: (body) => Array.isArray(inside(body)[1]),
    cursorOf: ({ query }) => {
      const offset = new URLSearchParams(query).get('offset')
      return offset === '0' ? null : offset
    },
    withoutCursor: (asked) => {
      const query = new URLSearchParams(asked.query)
      query.delete('offset')
      return { ...asked, query: query.toString() }
    },
    remove: (id) => server.remove('customers', id),
    // It keeps no log of what happened.
    tellOfUnknown: () => undefined,
    advanceTo: server.advanceTo,
    now: () => server.world.now(),
    world: server.world,
    access: {
      credential: { api_key: keys.own, url },
      oracle: { api_key: keys.oracle, url },
      wrong: { api_key: 'sk_nobodyKnowsThisKey', url },
      accountId: server.storeId,
    },
  }
}

const NAMES = [...Object.keys(WRAPPED), ...Object.values(WRAPPED), 'stores']

// The part of an answer that everything else is about.
function inside(body: unknown): [string, unknown] {
  const held = typeof body === 'object' && body !== null ? Object.entries(body) : []
  return held.find(([name]) => NAMES.includes(name)) ?? ['', null]
}

function keyOf({ headers }: Asked): string {
  const [scheme, pair = ''] = String(headers.authorization ?? '').split(' ')
  return scheme === 'Basic' ? (Buffer.from(pair, 'base64').toString().split(':')[0] ?? '') : ''
}

function read(server: MedusaServer, { path, query }: Asked): Answer {
  const [, admin, kind = '', id] = path.split('/')
  if (admin === 'admin' && kind === 'stores') return ok({ stores: [storeOf(server)], count: 1 })
  if (admin !== 'admin' || !isKind(kind)) return refusal(404, 'not_found', `Cannot GET ${path}`)
  if (id === undefined) return listAnswer(server, kind, new URLSearchParams(query))
  const row = server.tables[kind].get(decodeURIComponent(id))
  const name = WRAPPED[kind]
  if (!row) return refusal(404, 'not_found', `${name} with id: ${id} was not found`)
  return ok({ [name]: server.rendered(kind, row) })
}

function storeOf({ storeId, world }: MedusaServer) {
  const supported_currencies = [
    { currency_code: 'usd', is_default: false },
    { currency_code: 'eur', is_default: true },
  ]
  return { id: storeId, name: world.business.name, supported_currencies }
}

function isKind(text: string): text is Kind {
  return Object.hasOwn(WRAPPED, text)
}

function listAnswer(server: MedusaServer, kind: Kind, query: URLSearchParams): Answer {
  const limit = Number(query.get('limit') ?? LIMIT_DEFAULT)
  const offset = Number(query.get('offset') ?? 0)
  for (const [name, value] of [
    ['limit', limit],
    ['offset', offset],
  ] as const) {
    if (!Number.isInteger(value)) return notANumber(name, query.get(name) ?? '')
  }
  const rows = sorted(server, kind, query)
  const page = rows.slice(offset, offset + limit).map((row) => server.rendered(kind, row))
  return ok({ [kind]: page, count: rows.length, offset, limit })
}

function notANumber(field: string, got: string): Answer {
  const message = `Invalid request: Expected type: 'number' for field '${field}', got: '${got}'`
  return refusal(400, 'invalid_data', message)
}

// Kept as long as nothing changes: the same list is paged over again and again.
const kept = new WeakMap<MedusaServer, Map<string, { mark: string; rows: Row[] }>>()

function sorted(server: MedusaServer, kind: Kind, query: URLSearchParams): Row[] {
  const since = query.get('updated_at[$gte]') ?? ''
  const name = `${kind} ${query.get('order') ?? ''} ${since}`
  const mark = `${server.world.now()} ${server.tables[kind].size}`
  const lists = kept.get(server) ?? new Map<string, { mark: string; rows: Row[] }>()
  kept.set(server, lists)
  const known = lists.get(name)
  if (known?.mark === mark) return known.rows
  const from = since === '' ? 0 : Date.parse(since)
  const rows = [...server.tables[kind].values()].filter(({ updated }) => updated >= from)
  const by = query.get('order') === 'updated_at' ? 'updated' : 'created'
  rows.sort((one, other) => one[by] - other[by] || (one.id < other.id ? -1 : 1))
  lists.set(name, { mark, rows })
  return rows
}

function ok(body: unknown): Answer {
  return { status: 200, headers: {}, body }
}

function refusal(status: number, type: string, message: string): Answer {
  return { status, headers: {}, body: { type, message } }
}

const REFUSALS: Record<RefusalName, Answer> = {
  unauthorised: refusal(401, 'unauthorized', 'Unauthorized'),
  scopeLost: refusal(403, 'forbidden', 'Forbidden'),
  deauthorised: refusal(401, 'unauthorized', 'Unauthorized'),
  tooMany: refusal(429, 'rate_limited', 'Too many requests'),
  badCursor: refusal(400, 'invalid_data', 'Invalid request: offset'),
  broken: refusal(500, 'unknown_error', 'An unknown error occurred.'),
}
