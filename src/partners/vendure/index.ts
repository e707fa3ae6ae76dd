import { bearer } from '../authenticate.ts'
import { BadAnswer, Refused } from '../errors.ts'
import { anchoredOffsets } from '../offset.ts'
import { shopUrl } from '../own_host.ts'
import type { AccountFacts, Credential, Partner, PartnerError } from '../partner.ts'
import type { AskedPage, ListRequest, Told } from '../request.ts'
import { objectOf, objectsIn, pathReader } from '../rule.ts'
import { wordIn } from '../rules.ts'
import { account, graphql_path, login } from './documents.ts'
import { recognise } from './recognise.ts'
import { streams } from './streams.ts'

export const vendure: Partner = {
  name: 'vendure',
  title: 'Vendure',
  docs: 'https://docs.vendure.io/reference/graphql-api/admin/queries',
  apiVersion: '3.7.3',
  baseUrl: ({ url }) => shopUrl(url),
  credential: [
    {
      name: 'password',
      description: 'Password of an administrator who may read customers, orders and the catalogue',
      secret: true,
      example: '…',
    },
    { name: 'username', description: 'The administrator', secret: false, example: 'furrow' },
    {
      name: 'url',
      description: "The server's address",
      secret: false,
      example: 'https://shop.example.com',
    },
    {
      name: 'channel_token',
      description: 'Channel to read, where it is not the default one',
      secret: false,
      optional: true,
      example: 'q4m37hvsqi0t8y4a7w',
    },
  ],
  // A server is test or live as its owner means it.
  modeOf: () => null,
  headers: ({ channel_token }) => ({
    ...(channel_token ? { 'vendure-token': channel_token } : {}),
  }),
  session: { request: loginRequest, read: readLogin },
  account: { requests: [{ path: graphql_path, body: { query: account } }], read: readAccount },
  limits: {
    per_second: { live: 10, test: 10 },
    source: 'https://docs.vendure.io/guides/developer-guide/security/',
  },
  errors: readError,
  refused,
  // There is one address, so that it is not there is no object's deletion.
  means: { 404: 400, 410: 400 },
  paging: anchoredOffsets({
    page_size_max: 200,
    request: listRequest,
    items: itemsIn,
    total: (body, { listed }) =>
      pathReader(listed.items?.replace(/items$/, 'totalItems') ?? '')(body),
  }),
  streams,
  deletions: {
    bound: 'Customers and orders within an hour, products within a day',
    evidence: 'absence from a complete reading, confirmed by reading the id: null',
  },
  gaps: [
    'No movements, fees, settlements, disputes or saved instruments: payment handlers keep them',
    'No subscriptions and invoices',
    'A changed address moves no stamp of its customer, and a refund none of its order: both are ' +
      'seen when all are read again, within an hour',
    'A guest is a customer without a user, one for each e-mail address',
    'Carts are left out (active: true)',
    'No notifications: Vendure has an event bus, which only a plug-in hears',
  ],
  recognise,
}

function loginRequest({ username = '', password = '' }: Credential) {
  return { path: graphql_path, body: { query: login, variables: { username, password } } }
}

// Sessions last a year by default; a shop may have shortened that, and then a refusal ends ours.
const session_ms = 60 * 60 * 1000

function readLogin({ body, headers }: Told) {
  const result = objectOf(pathReader('data.login')(body))
  if (result?.__typename !== 'CurrentUser') {
    const code = String(result?.errorCode ?? 'without a reason').slice(0, 60)
    throw new Refused(401, `login: ${code}`)
  }
  const token = headers['vendure-auth-token']
  if (typeof token !== 'string') throw new BadAnswer('login: expected a vendure-auth-token header')
  return { headers: bearer(token), lives_ms: session_ms }
}

/** Times are kept in whole seconds by some databases, and the bound itself is left out. */
const filter_step_ms = 1000

function listRequest(
  { path, body, timeFilter }: ListRequest,
  { from_ms, skip, take }: { from_ms: number | null; skip: number; take: number },
) {
  const given = objectOf(pathReader('variables.options')(body)) ?? {}
  const since = from_ms === null ? null : new Date(from_ms - filter_step_ms).toISOString()
  const filter = {
    ...objectOf(given.filter),
    ...(timeFilter && since ? { [timeFilter]: { after: since } } : {}),
  }
  return { path, body: { ...body, variables: { options: { ...given, filter, skip, take } } } }
}

function itemsIn(body: unknown, { listed }: AskedPage): unknown {
  return pathReader(listed.items ?? '')(body)
}

// The first release of Vendure; no server is older.
const released_ms = Date.UTC(2018, 0, 1)

function readAccount([body]: readonly unknown[]): AccountFacts {
  const channel = objectOf(pathReader('data.activeChannel')(body))
  const precision = pathReader('data.globalSettings.serverConfig.moneyStrategyPrecision')(body)
  const { token, code, defaultCurrencyCode } = channel ?? {}
  if (typeof token !== 'string')
    throw new BadAnswer('activeChannel: expected a channel with a token')
  return {
    partnerAccountId: token,
    accountName: typeof code === 'string' ? code : null,
    country: null,
    created_ms: released_ms,
    facts: {
      currency: String(defaultCurrencyCode),
      ...(Number.isInteger(precision) ? { precision: String(precision) } : {}),
    },
  }
}

const statuses: { readonly [code: string]: number } = {
  // Also what a session that is over gets: see Session.
  FORBIDDEN: 401,
  UNAUTHORIZED: 401,
  USER_INPUT_ERROR: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  ENTITY_NOT_FOUND: 404,
  TOO_MANY_REQUESTS: 429,
}

/** Errors come with 200. */
function refused(body: unknown) {
  const [error] = objectsIn(objectOf(body)?.errors)
  if (!error) return null
  return { status: wordIn(statuses, objectOf(error.extensions)?.code) ?? 500 }
}

function readError(_status: number, body: unknown): PartnerError {
  const [error] = objectsIn(objectOf(body)?.errors)
  const code = objectOf(error?.extensions)?.code
  return {
    message: typeof error?.message === 'string' ? error.message : 'without a reason',
    code: typeof code === 'string' ? code : null,
  }
}
