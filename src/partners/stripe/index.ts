import { bearer } from '../authenticate.ts'
import { BadAnswer } from '../errors.ts'
import { cursorByObjectId } from '../paginate.ts'
import type {
  AccountFacts,
  Credential,
  Mode,
  Partner,
  PartnerError,
  Recognised,
} from '../partner.ts'
import { clean, objectOf, objectsIn } from '../rule.ts'
import { wordIn } from '../rules.ts'
import { api_version } from './event_types.ts'
import { events } from './events.ts'
import { notifications } from './notifications.ts'
import { oauth } from './oauth.ts'
import { isTombstone, streams } from './streams.ts'

export const stripe: Partner = {
  name: 'stripe',
  title: 'Stripe',
  docs: 'https://docs.stripe.com/api',
  apiVersion: api_version,
  baseUrl: 'https://api.stripe.com',
  credential: [
    {
      name: 'api_key',
      description: 'Secret key, or a restricted key that may read',
      secret: true,
      example: 'rk_live_…',
    },
    {
      name: 'stripe_account',
      description: 'Connected account to read, where the key is a Connect platform’s',
      secret: false,
      optional: true,
      example: 'acct_1032D82eZvKYlo2C',
    },
  ],
  modeOf,
  headers: headersFor,
  account: { requests: [{ path: '/v1/account' }], read: readAccount },
  oauth,
  limits: {
    per_second: { live: 100, test: 25 },
    source: 'https://docs.stripe.com/rate-limits',
  },
  errors: readError,
  paging: cursorByObjectId,
  streams,
  events,
  notifications,
  deletions: {
    bound: 'At the next read of the event log: 5 minutes by default',
    evidence:
      'customer.deleted, product.deleted, invoice.deleted, payment_method.detached and ' +
      'customer.source.deleted events; after more than 30 days of silence, reading each id again ' +
      'answers with a tombstone (deleted: true)',
  },
  gaps: [
    'Orders: Stripe keeps none',
    'Products have no stock number and no category',
    'The movements of a payout made by hand: Stripe does not say which they are',
    'A payment made since API version 2025-03-31 names no invoice; the invoice names it',
    "The seller's own bank account is known only once it was paid to",
    'An instrument used once and not saved is not an external account, though its payment names it',
    'ISK and UGX come in hundredths and MGA in whole units: converted to the minor units of ' +
      'ISO 4217 (docs.stripe.com/currencies); a rest below the minor unit is refused, not rounded',
    'The API version asked for knows no Accounts v2: a buyer who is only one has no customer record',
  ],
  recognise,
}

function modeOf({ api_key }: Credential): Mode | null {
  const match = /^(?:sk|rk)_(test|live)_/.exec(api_key ?? '')
  return (match?.[1] as Mode | undefined) ?? null
}

function headersFor({ api_key = '', stripe_account }: Credential) {
  return {
    ...bearer(api_key),
    'stripe-version': stripe.apiVersion,
    ...(stripe_account ? { 'stripe-account': stripe_account } : {}),
  }
}

// Stripe's first day; no account is older.
const launched_ms = Date.UTC(2011, 8, 29)

function readAccount([body]: readonly unknown[]): AccountFacts {
  const account = objectOf(body)
  if (kindOf(account) !== 'account' || typeof account?.id !== 'string') {
    throw new BadAnswer(`account: expected an account with an id, got ${kindOf(account)}`)
  }
  const profile = objectOf(account.business_profile)
  const dashboard = objectOf(objectOf(account.settings)?.dashboard)
  const name = clean(profile?.name) ?? clean(dashboard?.display_name) ?? clean(account.email)
  return {
    partnerAccountId: account.id,
    accountName: name as string | null,
    country: clean(account.country) as string | null,
    created_ms: typeof account.created === 'number' ? account.created * 1000 : launched_ms,
  }
}

function readError(_status: number, body: unknown): PartnerError {
  const error = objectOf(objectOf(body)?.error)
  const code = error?.code ?? error?.type
  return {
    message: typeof error?.message === 'string' ? error.message : 'without a reason',
    code: typeof code === 'string' ? code : null,
  }
}

const streamOf: { readonly [object: string]: string } = {
  customer: 'customers',
  product: 'products',
  subscription: 'subscriptions',
  invoice: 'invoices',
  payment_intent: 'payments',
  charge: 'charges',
  refund: 'refunds',
  payout: 'settlements',
  balance_transaction: 'transactions',
  dispute: 'disputes',
  payment_method: 'external_accounts',
  card: 'external_accounts',
  bank_account: 'external_accounts',
  source: 'external_accounts',
  alipay_account: 'external_accounts',
  bitcoin_receiver: 'external_accounts',
}

/** Any body of Stripe's: an object, a list or page of them, an event, a tombstone. */
function recognise(body: unknown): readonly Recognised[] {
  if (Array.isArray(body)) return body.flatMap(recognise)
  const payload = objectOf(body)
  const kind = kindOf(payload)
  if (!payload || kind === null) return []
  if (kind === 'list' || kind === 'search_result') return objectsIn(payload).flatMap(recognise)
  if (kind === 'event') return recognise(objectOf(payload.data)?.object)
  const stream = wordIn(streamOf, kind)
  return stream ? [{ stream, payload, deleted: isTombstone(payload) }] : []
}

function kindOf(body: unknown): string | null {
  const kind = objectOf(body)?.object
  return typeof kind === 'string' ? kind : null
}
