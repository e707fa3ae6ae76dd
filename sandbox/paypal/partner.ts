// PayPal, simulated: who asks, with which token, and for what.
import type { Answer, Asked, Row as Found, Partner, RefusalName } from '../partner.ts'
import type { ThingOf } from '../world/entities.ts'
import { token } from '../world/random.ts'
import { type Account, type AccountOptions, createAccount } from './account.ts'
import { renderDispute } from './dispute.ts'
import { NO_CLIENT, NOT_FOUND, REFUSALS } from './errors.ts'
import { type Json, money, reportStamp } from './format.ts'
import { isInvoice, renderInvoice } from './invoice.ts'
import {
  disputesAnswer,
  invoicesAnswer,
  linkTo,
  ok,
  plansAnswer,
  productsAnswer,
  reportAnswer,
  subscriptionsAnswer,
  tokensAnswer,
} from './lists.ts'
import { balancesOf } from './report.ts'
import { renderProduct, renderSubscription } from './subscription.ts'
import { isVaulted, renderToken } from './vault.ts'

import {
  certificateAnswer,
  paypalDeliveries,
  tellEvent,
  tellHappening,
  WEBHOOKS,
  webhookAnswer,
} from './webhooks.ts'

export type Paypal = Partner & { account: Account }

const TOKEN_SECONDS = 32_400

type Client = { client_id: string; client_secret: string }

export function createPaypal(options: AccountOptions): Paypal {
  const account = createAccount(options)
  const own = clientFor(options.seed, 'own')
  const oracle = clientFor(options.seed, 'oracle')
  const wrong = { client_id: 'AnobodyKnowsThisClient', client_secret: 'EnorThisClientsSecret' }
  const deliveries = paypalDeliveries()
  // After the account has written it down.
  account.world.listen((happening) => tellHappening(account, deliveries, happening))
  const doors = createDoors(account, [own, oracle])
  const whose = (asked: Asked) => doors.clientOf(asked)?.client_id ?? ''
  return {
    name: 'paypal',
    account,
    world: account.world,
    answer: (asked) => {
      if (asked.path === '/v1/oauth2/token') return doors.open(asked)
      const certificate = certificateAnswer(asked.path)
      if (certificate) return certificate
      if (!doors.isOpen(asked)) return REFUSALS.unauthorised
      if (asked.path.startsWith(WEBHOOKS)) return webhookAnswer(account, deliveries, asked)
      return read(account, asked)
    },
    refuse: (name: RefusalName) => REFUSALS[name],
    keyOf: whose,
    isOracle: (asked) => whose(asked) === oracle.client_id,
    ...shape,
    remove: (id) => remove(account, id),
    deliveries,
    tellOfUnknown: () =>
      tellEvent(account, deliveries, {
        type: 'CUSTOMER.DISPUTE.UPDATED',
        resource: { dispute_id: 'PP-R-NOB-00000000' },
      }),
    advanceTo: account.advanceTo,
    now: () => account.world.now(),
    access: { credential: own, oracle, wrong, accountId: account.merchant },
  }
}

function clientFor(seed: number | string, name: string): Client {
  return {
    client_id: `A${token(40, 'paypal', seed, name, 'id')}`,
    client_secret: `E${token(40, 'paypal', seed, name, 'secret')}`,
  }
}

// Tokens are given to clients, and last some hours by the virtual clock.
function createDoors(account: Account, clients: Client[]) {
  const opened = new Map<string, { client: Client; until: number }>()
  const tokenIn = ({ headers }: Asked) =>
    String(headers.authorization ?? '').replace(/^Bearer /, '')
  const clientOf = (asked: Asked) => {
    const [scheme, pair = ''] = String(asked.headers.authorization ?? '').split(' ')
    if (scheme !== 'Basic') return opened.get(tokenIn(asked))?.client
    const text = Buffer.from(pair, 'base64').toString()
    return clients.find((one) => text === `${one.client_id}:${one.client_secret}`)
  }
  return {
    clientOf,
    isOpen: (asked: Asked) => (opened.get(tokenIn(asked))?.until ?? 0) > account.world.now(),
    open: (asked: Asked): Answer => {
      const client = clientOf(asked)
      if (!client) return NO_CLIENT
      const name = `A21AA${token(60, client.client_id, account.world.now())}`
      opened.set(name, { client, until: account.world.now() + TOKEN_SECONDS * 1000 })
      return ok({
        scope: SCOPES.map((scope) => `https://uri.paypal.com/services/${scope}`).join(' '),
        access_token: name,
        token_type: 'Bearer',
        app_id: 'APP-80W284485P519543T',
        expires_in: TOKEN_SECONDS,
      })
    },
  }
}

const SCOPES = [
  'reporting/search/read',
  'reporting/balances/read',
  'disputes/read-seller',
  'invoicing/invoices/read',
  'subscriptions',
  'vault/payment-tokens/readwrite',
]

const LISTS = [
  'transaction_details',
  'items',
  'products',
  'plans',
  'subscriptions',
  'payment_tokens',
] as const

function listIn(body: unknown): string | null {
  const held = typeof body === 'object' && body !== null ? body : {}
  // An invoice has items too.
  if ('detail' in held) return null
  return LISTS.find((name) => Array.isArray((held as Json)[name])) ?? null
}

const shape = {
  rows: (body: unknown) => {
    const name = listIn(body)
    return (name === null ? [body] : (body as Json)[name]) as Found[] // one object is one row
  },
  withRows: (body: unknown, rows: Found[], more = false) => {
    const name = listIn(body)
    if (name === null) return rows[0]
    const whole = { ...(body as Json), [name]: rows } // a list is an object here
    if (!more) return whole
    return { ...whole, total_pages: Number.MAX_SAFE_INTEGER, links: [linkTo('0')] }
  },
  isList: (body: unknown) => listIn(body) !== null,
  cursorOf: ({ query }: Asked) => {
    const given = new URLSearchParams(query)
    const page = given.get('page')
    return given.get('next_page_token') ?? (page === '1' ? null : page)
  },
  withoutCursor: (asked: Asked) => {
    const query = new URLSearchParams(asked.query)
    query.delete('next_page_token')
    query.delete('page')
    return { ...asked, query: query.toString() }
  },
  idOf: (row: Found) => String(row.dispute_id ?? row.id),
}

// Only what PayPal lets a seller delete: a draft of an invoice, a payment token.
function remove(account: Account, id: string): boolean {
  const invoice = thing(account, 'invoice', id)
  const token = thing(account, 'instrument', id)
  const known = invoice
    ? invoice.status === 'draft' && isInvoice(account, invoice)
    : token !== null && isVaulted(account, token)
  if (known) account.removed.add(id)
  return known
}

function read(account: Account, { method, path, query, body, headers }: Asked): Answer {
  const params = new URLSearchParams(query)
  if (path === '/v1/reporting/transactions') return reportAnswer(account, params)
  if (path === '/v1/reporting/balances') return balancesAnswer(account)
  if (path === '/v1/catalogs/products') return productsAnswer(account, params)
  if (path === '/v1/billing/plans') {
    return plansAnswer(account, params, String(headers.prefer).includes('representation'))
  }
  if (path === '/v1/billing/subscriptions') return subscriptionsAnswer(account, params)
  if (path === '/v1/customer/disputes') return disputesAnswer(account, params)
  if (path === '/v3/vault/payment-tokens') return tokensAnswer(account, params)
  if (path === '/v2/invoicing/search-invoices' && method === 'POST') {
    return invoicesAnswer(account, params, body)
  }
  const at = path.lastIndexOf('/')
  const id = decodeURIComponent(path.slice(at + 1))
  const found = ONE[path.slice(0, at)]?.(account, id, params)
  return found ? ok(found) : NOT_FOUND
}

type Finder = (account: Account, id: string, params: URLSearchParams) => Json | null

const ONE: Record<string, Finder> = {
  '/v1/catalogs/products': (account, id) => {
    const found = thing(account, 'product', id)
    return found && renderProduct(account, found)
  },
  '/v1/billing/subscriptions': (account, id, params) => {
    const found = thing(account, 'subscription', id)
    return found && renderSubscription(account, found, params.get('fields') === 'plan')
  },
  '/v1/customer/disputes': (account, id) => {
    const found = thing(account, 'dispute', id)
    return found && renderDispute(account, found)
  },
  '/v2/invoicing/invoices': (account, id) => {
    const found = thing(account, 'invoice', id)
    return found && isInvoice(account, found) ? renderInvoice(account, found) : null
  },
  '/v3/vault/payment-tokens': (account, id) => {
    const found = thing(account, 'instrument', id)
    return found && isVaulted(account, found) ? renderToken(account, found) : null
  },
}

function thing<K extends Named>(account: Account, kind: K, id: string): ThingOf<K> | null {
  const key = account.keyOf(kind === 'instrument' ? 'token' : kind, id)
  return key === null ? null : (account.world.all(kind).get(key) ?? null)
}

type Named = 'product' | 'subscription' | 'dispute' | 'invoice' | 'instrument'

function balancesAnswer(account: Account): Answer {
  const refreshed = reportStamp(account.report.refreshedAt())
  const balances = [...balancesOf(account)].map(([code, { total, pending }]) => ({
    currency: code.toUpperCase(),
    primary: code === 'usd',
    total_balance: money(code, total),
    available_balance: money(code, total + pending),
    withheld_balance: money(code, 0),
  }))
  const as_of_time = reportStamp(account.world.now())
  return ok({ balances, account_id: account.merchant, as_of_time, last_refresh_time: refreshed })
}
