// Vendure, simulated: the admin API of a shop's own server. It reads the one field that a document
// asks for and answers with all that its objects have; documents are checked elsewhere.
import type { Answer, Asked, Row as Found, Partner, RefusalName } from '../partner.ts'
import { token } from '../world/random.ts'
import type { WorldOptions } from '../world.ts'
import { CHANNEL_CURRENCY } from './product.ts'
import {
  createVendureServer,
  type Json,
  type Kind,
  type Row,
  type VendureServer,
} from './server.ts'

export type Vendure = Partner & { server: VendureServer }

const ONE: Record<string, Kind> = { customer: 'customers', product: 'products', order: 'orders' }
const KINDS = Object.values(ONE)
const TAKE_DEFAULT = 10
const TAKE_MAX = 1000

export function createVendure(options: WorldOptions & { precision?: number }): Vendure {
  const server = createVendureServer(options)
  const secret = (name: string) => token(24, 'vendure', options.seed, name)
  const users = new Map([
    ['furrow', { password: secret('furrow password'), session: secret('furrow session') }],
    ['oracle', { password: secret('oracle password'), session: secret('oracle session') }],
  ])
  const url = 'https://shop.garden.example'
  const channel = secret('channel').toLowerCase()
  const access = (username: string) => ({
    username,
    password: users.get(username)?.password ?? 'nobodyKnowsThisPassword',
    url,
  })
  return {
    name: 'vendure',
    server,
    answer: (asked) => answer({ server, users, channel }, asked),
    refuse: (name) => REFUSALS[name],
    keyOf,
    isOracle: (asked) => {
      const { username } = variablesOf(asked)
      return keyOf(asked) === users.get('oracle')?.session || username === 'oracle'
    },
    ...asLists(),
    remove: (id) => server.remove('customers', id),
    // It keeps no log of what happened.
    tellOfUnknown: () => undefined,
    advanceTo: server.advanceTo,
    now: () => server.world.now(),
    world: server.world,
    access: {
      credential: access('furrow'),
      oracle: access('oracle'),
      wrong: access('nobody'),
      accountId: channel,
    },
  }
}

function asLists(): Pick<Partner, 'rows' | 'withRows' | 'isList' | 'cursorOf' | 'withoutCursor'> {
  return {
    rows: (body) => {
      const [, inner] = inside(body)
      return (inner?.items ?? [inner]) as Found[] // one object is one row
    },
    withRows: (body, rows) => {
      const [name, inner] = inside(body)
      const changed = inner && 'items' in inner ? { ...inner, items: rows } : rows[0]
      return { ...(body as Json), data: { [name]: changed } } // what has rows is an object
    },
    isList: (body) => Array.isArray(inside(body)[1]?.items),
    cursorOf: (asked) => {
      const { skip = 0 } = optionsOf(asked)
      return skip === 0 ? null : `${skip}`
    },
    withoutCursor: (asked) => {
      const { query } = JSON.parse(asked.body) as Json
      const variables = { options: { ...optionsOf(asked), skip: 0 } }
      return { ...asked, body: JSON.stringify({ query, variables }) }
    },
  }
}

// The part of an answer that everything else is about.
function inside(body: unknown): [string, Json | null] {
  const data = (body as { data?: Json } | null)?.data
  const [name, inner] = Object.entries(data ?? {})[0] ?? ['', null]
  return [name, typeof inner === 'object' ? (inner as Json | null) : null]
}

function keyOf({ headers }: Asked): string {
  return String(headers.authorization ?? '').replace(/^Bearer /, '')
}

type Served = {
  server: VendureServer
  users: Map<string, { password: string; session: string }>
  channel: string
}

function answer({ server, users, channel }: Served, asked: Asked): Answer {
  const { query = '' } = documentOf(asked)
  const variables = variablesOf(asked)
  if (query.startsWith('mutation')) return login(users, variables)
  if (![...users.values()].some(({ session }) => session === keyOf(asked))) return forbidden
  if (query.includes('activeChannel')) return ok(channelOf(channel, server))
  const [, name = ''] = /\{\s*(\w+)\s*\(/.exec(query) ?? []
  const kind = KINDS.find((one) => one === name)
  if (kind) return listAnswer(server, kind, optionsOf(asked))
  const of = ONE[name]
  if (!of) return refusal('GRAPHQL_VALIDATION_FAILED', `Cannot query field "${name}"`)
  const row = server.tables[of].get(String(variables.id))
  return ok({ [name]: row ? server.rendered(of, row) : null })
}

function documentOf({ body }: Asked): { query?: string; variables?: Json } {
  try {
    return JSON.parse(body || '{}')
  } catch {
    return {}
  }
}

function variablesOf(asked: Asked): Json {
  return documentOf(asked).variables ?? {}
}

type Options = { skip?: number; take?: number; filter?: Record<string, Record<string, unknown>> }

function optionsOf(asked: Asked): Options {
  return (variablesOf(asked).options ?? {}) as Options // the product's own documents
}

function login(users: Served['users'], { username, password }: Json): Answer {
  const user = users.get(String(username))
  if (!user || user.password !== password) {
    const message = 'The provided credentials are invalid'
    const errorCode = 'INVALID_CREDENTIALS_ERROR'
    return ok({ login: { __typename: 'InvalidCredentialsError', errorCode, message } })
  }
  const answered = ok({ login: { __typename: 'CurrentUser' } })
  return { ...answered, headers: { 'vendure-auth-token': user.session } }
}

function channelOf(channel: string, { world, precision }: VendureServer): Json {
  const code = world.business.name
  const defaultCurrencyCode = CHANNEL_CURRENCY.toUpperCase()
  return {
    activeChannel: { id: '1', code, token: channel, defaultCurrencyCode },
    globalSettings: { serverConfig: { moneyStrategyPrecision: precision } },
  }
}

function listAnswer(server: VendureServer, kind: Kind, options: Options): Answer {
  const { skip = 0, take = TAKE_DEFAULT } = options
  if (take > TAKE_MAX) {
    const message = `Cannot take more than ${TAKE_MAX} results from a list query`
    return refusal('USER_INPUT_ERROR', message)
  }
  const rows = sorted(server, kind, options)
  const items = rows.slice(skip, skip + take).map((row) => server.rendered(kind, row))
  return ok({ [kind]: { totalItems: rows.length, items } })
}

// Kept as long as nothing changes: the same list is paged over again and again.
const kept = new WeakMap<VendureServer, Map<string, { mark: string; rows: Row[] }>>()

function sorted(server: VendureServer, kind: Kind, { filter = {} }: Options): Row[] {
  const name = `${kind} ${JSON.stringify(filter)}`
  const mark = `${server.world.now()} ${server.tables[kind].size}`
  const lists = kept.get(server) ?? new Map<string, { mark: string; rows: Row[] }>()
  kept.set(server, lists)
  const known = lists.get(name)
  if (known?.mark === mark) return known.rows
  const after = filter.updatedAt?.after
  const since = typeof after === 'string' ? Date.parse(after) : -1
  const rows = [...server.tables[kind].values()].filter(
    (row) =>
      row.updated > since && (filter.active?.eq === undefined || row.active === filter.active.eq),
  )
  rows.sort((one, other) => one.updated - other.updated || Number(one.id) - Number(other.id))
  lists.set(name, { mark, rows })
  return rows
}

function ok(data: Json): Answer {
  return { status: 200, headers: {}, body: { data } }
}

function refusal(code: string, message: string): Answer {
  const errors = [{ message, locations: [{ line: 1, column: 2 }], extensions: { code } }]
  return { status: 200, headers: {}, body: { errors, data: null } }
}

const forbidden = refusal('FORBIDDEN', 'You are not currently authorized to perform this action')

const REFUSALS: Record<RefusalName, Answer> = {
  unauthorised: forbidden,
  scopeLost: forbidden,
  deauthorised: forbidden,
  tooMany: { ...refusal('TOO_MANY_REQUESTS', 'Too many requests'), status: 429 },
  badCursor: refusal('USER_INPUT_ERROR', 'skip is not a number'),
  broken: { ...refusal('INTERNAL_SERVER_ERROR', 'Internal server error'), status: 500 },
}
