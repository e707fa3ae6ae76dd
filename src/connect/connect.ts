import { Refused } from '../partners/errors.ts'
import { newHttp } from '../partners/http.ts'
import { BadAddress } from '../partners/own_host.ts'
import { type AccountFacts, baseUrlOf, type Credential, type Partner } from '../partners/partner.ts'
import type { Mode } from '../store/api_key.ts'
import { connectionId, saveConnection, saveUnauthorised } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import { deleteToken } from '../store/oauth_token.ts'
import type { MasterKeys } from '../store/seal.ts'
import { clientOf, isOwnHost } from './credential.ts'
import type { Grant } from './oauth.ts'
import { saveCredential } from './stored_credential.ts'
import { saveGrant } from './token.ts'

/** What was given to connect with is not usable; `param` names the part. */
export class BadCredential extends Error {
  override readonly name = 'BadCredential'
  readonly param: string
  constructor(param: string, message: string) {
    super(message)
    this.param = param
  }
}

/** The partner refused the credential. The connection says so; nothing else was written. */
export class NotAuthorised extends Error {
  override readonly name = 'NotAuthorised'
  readonly connectionId: string
  constructor(connection: string, message: string) {
    super(message)
    this.connectionId = connection
  }
}

export interface ConnectRequest {
  readonly ledgerAccountId: string
  readonly mode: Mode
  readonly partner: Partner
  readonly credential: Credential
  /** Another host than the partner's own: the sandbox, or a shop's. */
  readonly baseUrl?: string | null
  /** The credential was granted by OAuth, and can be refreshed. */
  readonly grant?: Grant
  readonly now_ms: number
}

const patience_ms = 10_000

/**
 * Connects an account with a key: asks the partner whose it is, then stores connection and sealed
 * key together. Gives the connection's id. Throws BadCredential, NotAuthorised, Unavailable.
 */
export async function connectAccount(
  db: Database,
  keys: MasterKeys,
  request: ConnectRequest,
): Promise<string> {
  const { ledgerAccountId, partner, credential, now_ms } = request
  checkCredential(request)
  const facts = await identify(db, request)
  const wanted = {
    ledgerAccountId,
    partnerSource: partner.name,
    partnerAccountId: facts.partnerAccountId,
    accountName: facts.accountName,
    baseUrl: request.baseUrl ?? null,
    account_created_ms: facts.created_ms,
    facts: facts.facts ?? {},
    streams: streamNames(partner),
    now_ms,
  }
  return db.transaction(async (tx) => {
    const connection = await saveConnection(tx, wanted)
    const of = { ledgerAccountId, connectionId: connection }
    if (request.grant) {
      await saveGrant(tx, keys, { ...of, grant: request.grant, partner, now_ms })
    } else {
      await deleteToken(tx, of)
      await saveCredential(tx, keys, { ...of, credential })
    }
    return connection
  })
}

/** Names of what is read at a partner: its streams, and its event log where it has one. */
export function streamNames(partner: Partner): string[] {
  const names = partner.streams.map((stream) => stream.name)
  return partner.events ? [...names, events_stream] : names
}

/** The name under which the reading of a partner's event log is kept. */
export const events_stream = 'events'

function checkCredential({ partner, credential, mode, grant }: ConnectRequest) {
  // What a partner granted has another form than what one would enter.
  for (const { name, description, example, optional } of partner.credential) {
    if (grant || credential[name] || optional) continue
    throw new BadCredential(
      `credential.${name}`,
      `credential.${name}: expected ${description} such as ${example}, got nothing`,
    )
  }
  const theirs = partner.modeOf(credential)
  if (theirs === null || theirs === mode) return
  throw new BadCredential(
    'credential',
    `credential: expected a ${mode} key, because the ledger account is ${mode}; got a ${theirs} key`,
  )
}

async function identify(db: Database, request: ConnectRequest): Promise<AccountFacts> {
  const { partner, credential, ledgerAccountId, mode, now_ms } = request
  const baseUrl = request.baseUrl ?? addressOf(partner, credential, mode)
  const publicOnly = !request.baseUrl && isOwnHost(partner)
  const http = newHttp({ ...clientOf(partner, credential), baseUrl, publicOnly, patience_ms })
  try {
    const bodies: unknown[] = []
    for (const one of partner.account.requests) bodies.push((await http.send(one)).body)
    return partner.account.read(bodies, credential)
  } catch (error) {
    if (error instanceof BadAddress) throw badAddress(error)
    if (!(error instanceof Refused)) throw error
    const partnerSource = partner.name
    const reason = error.message
    const id = await db.transaction((tx) =>
      saveUnauthorised(tx, { ledgerAccountId, partnerSource, reason, now_ms }),
    )
    throw new NotAuthorised(id, `${partner.title} refuses the credential: ${reason}`)
  } finally {
    await http.close()
  }
}

/** Where the partner is asked; a shop's own address may be none. */
function addressOf(partner: Partner, credential: Credential, mode: Mode): string {
  try {
    return baseUrlOf(partner, credential, mode)
  } catch (error) {
    if (!(error instanceof BadAddress)) throw error
    throw badAddress(error)
  }
}

function badAddress({ message }: BadAddress): BadCredential {
  return new BadCredential('credential', `credential.${message}`)
}

export { connectionId }
