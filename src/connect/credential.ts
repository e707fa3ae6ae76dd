import { Refused } from '../partners/errors.ts'
import { type Http, type HttpOptions, newHttp } from '../partners/http.ts'
import type { OAuth } from '../partners/oauth.ts'
import { baseUrlOf, type Credential, type Partner } from '../partners/partner.ts'
import type { Connection } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import { tokenRow } from '../store/oauth_token.ts'
import type { MasterKeys } from '../store/seal.ts'
import type { Apps } from './app.ts'
import { budgetsOf, rateOf } from './budget.ts'
import { credentialOf } from './stored_credential.ts'
import { currentToken, heldOf, type TokenOptions } from './token.ts'

export interface OpenOptions {
  /** Lowers the partner's own limit, or lifts it for a simulated partner. */
  readonly per_second?: number | undefined
  readonly patience_ms?: number | undefined
  /** Whose apps granted tokens are refreshed with; those of the environment without it. */
  readonly apps?: Apps | undefined
}

/** Whether each account of a partner has a host of its own, told by its credential. */
export function isOwnHost({ baseUrl }: Partner): boolean {
  return typeof baseUrl === 'function'
}

/** What a client has to know of a partner, and of who asks. */
export function clientOf(partner: Partner, credential: Credential): Omit<HttpOptions, 'baseUrl'> {
  const { errors, refused, means, pace } = partner
  const session = (partner.session?.isNeeded?.(credential) ?? true) ? partner.session : null
  return {
    headers: partner.headers(credential),
    errors,
    refused,
    means,
    pace,
    ...(session ? { session: { request: session.request(credential), read: session.read } } : {}),
  }
}

/** A client that can also say whose account it reads, without telling the credential. */
export interface OpenedConnection extends Http {
  readonly account: (
    signal?: AbortSignal,
  ) => Promise<{ facts: Connection['facts']; date_ms: number | null }>
}

/** What a client has to know of a granted token: it is asked for anew when it ends or is refused. */
function grantedClient(
  options: TokenOptions,
  oauth: OAuth,
  credential: Credential,
): Omit<HttpOptions, 'baseUrl'> {
  const { errors } = options.partner
  return {
    ...clientOf(options.partner, credential),
    headers: {},
    errors: (status, body) => {
      const told = errors(status, body)
      return { ...told, withdrawn: oauth.withdrawn.includes(told.code ?? '') }
    },
    session: {
      token: async (refused) => {
        const token = await currentToken(options, refused)
        if (token) return token
        throw new Refused(401, 'the connection has no token any more')
      },
    },
  }
}

/** A client for a connection, authorised and within the rate that its account is asked at. */
export async function openConnection(
  db: Database,
  keys: MasterKeys,
  { connection, partner, ...options }: { connection: Connection; partner: Partner } & OpenOptions,
): Promise<OpenedConnection> {
  const { ledgerAccountId, id, mode } = connection
  const { credential } = heldOf(await credentialOf(db, keys, { ledgerAccountId, connectionId: id }))
  const isGranted = (await tokenRow(db, { ledgerAccountId, connectionId: id })) !== null
  const token = { db, keys, connection, partner, apps: options.apps }
  const per_second = options.per_second ?? rateOf(partner, connection)
  const { budget, giveBack } = budgetsOf(db).borrow(connection, per_second)
  const http = newHttp({
    ...(isGranted && partner.oauth
      ? grantedClient(token, partner.oauth, credential)
      : clientOf(partner, credential)),
    publicOnly: connection.baseUrl === null && isOwnHost(partner),
    baseUrl: connection.baseUrl ?? baseUrlOf(partner, credential, mode),
    budget,
    ...(options.patience_ms === undefined ? {} : { patience_ms: options.patience_ms }),
  })
  return {
    ...http,
    async close() {
      giveBack()
      await http.close()
    },
    async account(signal) {
      const { requests, read } = partner.account
      const [first, ...rest] = requests
      const answer = await http.send(first, { ...(signal ? { signal } : {}) })
      if (rest.length === 0 && Object.keys(connection.facts).length === 0) {
        return { facts: {}, date_ms: answer.date_ms }
      }
      const bodies = [answer.body]
      for (const one of rest) bodies.push((await http.send(one)).body)
      return { facts: read(bodies, credential).facts ?? {}, date_ms: answer.date_ms }
    },
  }
}
