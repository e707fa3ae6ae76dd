import { basic, bearer } from '../authenticate.ts'
import { BadAnswer } from '../errors.ts'
import type { AccountFacts, Partner, PartnerError } from '../partner.ts'
import type { Told } from '../request.ts'
import { objectOf, objectsIn } from '../rule.ts'
import { notifications } from './notifications.ts'
import { oauth } from './oauth.ts'
import { reportPages } from './paging.ts'
import { recognise } from './recognise.ts'
import { streams } from './streams.ts'

export const paypal: Partner = {
  name: 'paypal',
  title: 'PayPal',
  docs: 'https://developer.paypal.com/api/rest/',
  // The version of each resource is in its path; this one is of the report.
  apiVersion: 'v1',
  baseUrl: { live: 'https://api-m.paypal.com', test: 'https://api-m.sandbox.paypal.com' },
  credential: [
    {
      name: 'client_secret',
      description: 'Secret of a REST app that may use Transaction search',
      secret: true,
      example: 'EL…',
    },
    { name: 'client_id', description: 'Client id of the app', secret: false, example: 'AV…' },
  ],
  // Nothing in an id says which: the other environment refuses it.
  modeOf: () => null,
  // Of an app's own, only the request for a token goes out with these: the token takes their place.
  headers: ({ client_id = '', client_secret = '', access_token }) =>
    access_token ? bearer(access_token) : basic(client_id, client_secret),
  session: {
    // A seller who let us in gave the token itself.
    isNeeded: ({ access_token }) => !access_token,
    request: () => ({ path: '/v1/oauth2/token', form: { grant_type: 'client_credentials' } }),
    read: readToken,
  },
  // The only request that tells whose account it is and needs neither a buyer's consent, as
  // userinfo does, nor a span of time that a partner's clock decides about, as the report does.
  account: { requests: [{ path: '/v1/reporting/balances' }], read: readAccount },
  oauth,
  limits: {
    per_second: { live: 5, test: 5 },
    source: 'https://developer.paypal.com/reference/guidelines/rate-limiting/',
  },
  errors: readError,
  paging: reportPages,
  streams,
  notifications,
  deletions: {
    bound:
      'Payers never are: PayPal keeps no list of them that they could leave. A product or plan is ' +
      'only switched off, which is a state. Deleted drafts of invoices within a day, payment tokens ' +
      'within a week, or when notified',
    evidence: 'absence from a complete reading, confirmed by reading the id: 404',
  },
  gaps: [
    'Payers are known from payments, subscriptions and invoices only. An invoice names an e-mail ' +
      'address and a payment a payer id: one person can be two customers',
    'A payment is read from the report, which shows it up to three hours late; notifications of ' +
      'payments do not make it come sooner',
    'What never touched the balance is not read: authorisations, declined attempts',
    'A change after more than 45 days of a transaction is seen within 30 days',
    'How much of a payment was given back is not told; its refunds name it',
    'Orders are the carts of payments: PayPal lists no orders, and one that was never paid cannot be ' +
      'found',
    'Disputes that did not change in the last 180 days are not listed; a dispute names neither its ' +
      'fee nor its hold, which are adjustments that name the payment',
    'A withdrawal does not say which payments it takes to the bank, nor to which account',
    "The vault is asked with the payer's id, one request a payer: instruments that were saved under " +
      'an id of the seller are not found',
    'Codes of events outside the table become adjustments with the meaning of their group',
    'The rate limit is not published: five requests a second are taken for careful',
  ],
  recognise,
}

function readToken({ body }: Told) {
  const { access_token, expires_in } = objectOf(body) ?? {}
  if (typeof access_token !== 'string') throw new BadAnswer('token: expected an access_token')
  if (typeof expires_in !== 'number') throw new BadAnswer('token: expected expires_in in seconds')
  return { headers: bearer(access_token), lives_ms: expires_in * 1000 }
}

// PayPal's first service; no account is older.
const released_ms = Date.UTC(1998, 11, 1)

function readAccount([body]: readonly unknown[]): AccountFacts {
  const { account_id, balances } = objectOf(body) ?? {}
  if (typeof account_id !== 'string') throw new BadAnswer('balances: expected an account_id')
  const primary = objectsIn(balances).find((one) => one.primary === true)?.currency
  return {
    partnerAccountId: account_id,
    accountName: null,
    country: null,
    created_ms: released_ms,
    ...(typeof primary === 'string' ? { facts: { currency: primary } } : {}),
  }
}

/** Names that say no more than the status does; their details do. */
const general = ['INVALID_REQUEST', 'UNPROCESSABLE_ENTITY', 'VALIDATION_ERROR']

function readError(_status: number, body: unknown): PartnerError {
  const { name, message, debug_id, details, error, error_description } = objectOf(body) ?? {}
  const issue = objectsIn(details)[0]?.issue
  const given = name ?? error
  const code = general.includes(String(given)) ? (issue ?? given) : given
  const text = String(message ?? error_description ?? 'without a reason')
  return {
    message: typeof debug_id === 'string' ? `${text} (debug id ${debug_id})` : text,
    code: typeof code === 'string' ? code : null,
  }
}
