// Stripe, simulated: who asks, what may be read, and what the answer is.

import type { Deliveries } from '../deliveries.ts'
import type { Answer, Asked, Partner, RefusalName, Row } from '../partner.ts'
import { token } from '../world/random.ts'
import { DAY } from '../world/sim.ts'
import { EPOCH, HISTORY_DAYS, type WorldOptions } from '../world.ts'
import { type Account, createAccount, createEmptyAccount } from './account.ts'
import { type Bulk, bulkList, bulkRetrieve, createBulk } from './bulk.ts'
import { type Ask, endpointFor } from './endpoints.ts'
import {
  answerOf,
  broken,
  missing,
  noAccess,
  noKey,
  noScope,
  revokedKey,
  StripeRefusal,
  tooMany,
  unknownPath,
  wrongKey,
} from './errors.ts'
import { remove } from './hand.ts'
import { type Keys, keyIn, keysFor, RESTRICTED_SCOPES } from './keys.ts'
import { parseQuery } from './query.ts'
import { API_VERSION, type JsonObject, type StripeObject, seconds } from './types.ts'
import { stripeDeliveries, tellEvent, WEBHOOKS, webhookAnswer } from './webhooks.ts'

export type Stripe = Partner & {
  keys: Keys
  account: Account
  // Made when it is first asked for.
  liveAccount: () => Account
  bulk: Bulk
  // The seller takes the key back, or the consent to use the account.
  revokeKey: (key: string) => void
  deauthorise: () => void
}

export type StripeOptions = WorldOptions & { bulkCustomers?: number }

type Access = { account: Account; scopes: readonly string[] | null; bulk?: Bulk }
type State = {
  keys: Keys
  access: Map<string, () => Access>
  revoked: Set<string>
  deliveries: Deliveries
  seed: number | string
  deauthorised: boolean
  asked: number
}

export function createStripe({ bulkCustomers = 0, ...options }: StripeOptions): Stripe {
  const { seed, epoch = EPOCH } = options
  const keys = keysFor(seed)
  const account = createAccount({ ...options, livemode: false })
  const start = seconds(epoch - HISTORY_DAYS * DAY)
  const bulk = createBulk(seed, { count: bulkCustomers, start })
  const liveAccount = once(() => {
    const live = createAccount({ ...options, livemode: true })
    live.advanceTo(account.world.now())
    return live
  })
  const bulkAccount = once(() =>
    createEmptyAccount({ ...options, seed: `${seed} bulk`, livemode: false }),
  )
  const access = new Map<string, () => Access>([
    [keys.test, () => ({ account, scopes: null })],
    [keys.oracle, () => ({ account, scopes: null })],
    [keys.live, () => ({ account: liveAccount(), scopes: null })],
    [keys.restricted, () => ({ account, scopes: RESTRICTED_SCOPES })],
    [keys.bulk, () => ({ account: bulkAccount(), scopes: null, bulk })],
  ])
  const deliveries = stripeDeliveries()
  account.heard.push((event) => tellEvent(deliveries, event))
  const known = { keys, access, revoked: new Set<string>(), deliveries, seed }
  const state: State = { ...known, deauthorised: false, asked: 0 }
  return {
    ...asPartner(state, account),
    keys,
    account,
    liveAccount,
    bulk,
    revokeKey: (key) => void state.revoked.add(key),
    deauthorise: () => {
      state.deauthorised = true
    },
    advanceTo: (time) => {
      account.advanceTo(time)
      if (liveAccount.made()) liveAccount().advanceTo(time)
    },
  }
}

function asPartner(state: State, account: Account): Omit<Partner, 'advanceTo'> {
  return {
    name: 'stripe',
    answer: (asked) => answer(state, asked),
    refuse: (name, asked) => answerOf(REFUSALS[name](asked, account.accountId)),
    keyOf: keyFrom,
    isOracle: (asked) => keyFrom(asked) === state.keys.oracle,
    isList,
    rows: (body) => (isList(body) ? body.data : [body as Row]), // one object is one row
    withRows: (body, rows, more) => {
      if (!isList(body)) return rows[0]
      return { ...body, data: rows, has_more: more ?? body.has_more }
    },
    cursorOf: ({ query }) => new URLSearchParams(query).get('starting_after'),
    withoutCursor: (asked) => {
      const query = new URLSearchParams(asked.query)
      query.delete('starting_after')
      return { ...asked, query: query.toString() }
    },
    remove: (id) => remove(account, id),
    deliveries: state.deliveries,
    tellOfUnknown: () => void account.tell(eventForUnknown(account)),
    now: () => account.world.now(),
    world: account.world,
    access: {
      credential: { api_key: state.keys.test },
      oracle: { api_key: state.keys.oracle },
      wrong: { api_key: 'sk_test_nobodyKnowsThisKey' },
      accountId: account.accountId,
    },
  }
}

function answer(state: State, asked: Asked): Answer {
  state.asked += 1
  const headers = {
    'request-id': `req_${token(14, 'request', state.asked)}`,
    'stripe-version': API_VERSION,
  }
  try {
    return { status: 200, headers, body: read(state, asked) }
  } catch (refused) {
    if (!(refused instanceof StripeRefusal)) throw refused
    const answered = answerOf(refused)
    return { ...answered, headers: { ...headers, ...answered.headers } }
  }
}

function read(state: State, asked: Asked): string | JsonObject {
  const { account, scopes, bulk } = accessOf(state, asked)
  const { deliveries, seed } = state
  if (asked.path.startsWith(WEBHOOKS)) {
    if (scopes) throw noScope(keyFrom(asked), account.accountId, 'rak_webhook_write')
    return webhookAnswer(deliveries, seed, asked)
  }
  if (asked.method !== 'GET') throw unknownPath(asked.method, asked.path)
  const { endpoint, ids } = endpointFor(asked.path)
  if (scopes && !scopes.includes(endpoint.scope)) {
    throw noScope(keyFrom(asked), account.accountId, `rak_${endpoint.scope}_read`)
  }
  const params = parseQuery(asked.query)
  const inBulk = bulk && BULK[endpoint.path]
  if (inBulk) return inBulk({ account, path: asked.path, params }, bulk, ids[0] ?? '')
  return endpoint.answer({ account, path: asked.path, params }, ids)
}

function accessOf(state: State, asked: Asked): Access {
  const key = keyFrom(asked)
  if (key === '') throw noKey()
  const access = state.access.get(key)
  if (!access) throw wrongKey(key)
  if (state.revoked.has(key)) throw revokedKey(key)
  const { account } = access()
  const named = asked.headers['stripe-account']
  const foreign = named !== undefined && named !== account.accountId
  if (foreign || (state.deauthorised && key !== state.keys.oracle)) {
    throw noAccess(key, foreign ? String(named) : account.accountId)
  }
  return access()
}

// In the bulk account only customers are anything but empty.
const BULK: Record<string, (ask: Ask, bulk: Bulk, id: string) => string | JsonObject> = {
  customers: ({ account, params }, bulk) => bulkList(bulk, account, params),
  'customers/:id': ({ account, params }, bulk, id) => bulkRetrieve(bulk, account, { id, params }),
}

const REFUSALS: Record<RefusalName, (asked: Asked, accountId: string) => StripeRefusal> = {
  unauthorised: (asked) => revokedKey(keyFrom(asked)),
  scopeLost: (asked, accountId) => noScope(keyFrom(asked), accountId, 'rak_customer_read'),
  deauthorised: (asked, accountId) => noAccess(keyFrom(asked), accountId),
  tooMany: () => tooMany('endpoint-rate'),
  badCursor: ({ query }) => {
    const id = new URLSearchParams(query).get('starting_after') ?? ''
    return missing('object', id, { param: 'starting_after', status: 400 })
  },
  broken,
}

function keyFrom({ headers }: Asked): string {
  const written = headers.authorization
  return keyIn(Array.isArray(written) ? written[0] : written) ?? ''
}

function eventForUnknown({ id, livemode, world }: Account) {
  const customer = id('customer', `nobody ${world.now()}`)
  const created = seconds(world.now())
  const object: StripeObject = { id: customer, object: 'customer', created, livemode }
  return { type: 'customer.updated', data: { object, previous_attributes: { name: null } } }
}

type ListBody = JsonObject & { data: Row[]; has_more: boolean }

function isList(body: unknown): body is ListBody {
  return typeof body === 'object' && body !== null && 'object' in body && body.object === 'list'
}

function once<T>(make: () => T): (() => T) & { made: () => boolean } {
  let made: { value: T } | undefined
  const get = () => {
    made ??= { value: make() }
    return made.value
  }
  return Object.assign(get, { made: () => made !== undefined })
}
