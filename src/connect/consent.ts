import type { Credential, Partner } from '../partners/partner.ts'
import {
  type ConnectionToRead,
  dropUnauthorised,
  findConnection,
  saveUnauthorised,
} from '../store/connection.ts'
import {
  type ConsentAttempt,
  type ConsentLink,
  countAttempts,
  insertAttempt,
  reopenLink,
  useAttempt,
  useLink,
} from '../store/consent_link.ts'
import type { Database } from '../store/database.ts'
import type { MasterKeys } from '../store/seal.ts'
import { type Apps, simulated_app } from './app.ts'
import { connectAccount } from './connect.ts'
import {
  BadLink,
  hashOf,
  newToken,
  not_answered,
  unauthorised,
  verifierOf,
} from './consent_link.ts'
import { consentUrl, exchangeCode, type Grant, type OAuthPlace } from './oauth.ts'
import { revokeConnection } from './revoke.ts'

/** Tries with one link, at most. */
export const attempts_max = 20

/** A simulated partner: where it is, and what opens its account there. */
export interface Simulated {
  readonly baseUrl: string
  readonly credential: Credential
}

/** What the consent page works with. */
export interface Desk {
  readonly db: Database
  readonly keys: MasterKeys
  readonly partners: readonly Partner[]
  readonly apps: Apps
  /** Where browsers reach this server: `https://furrow.example.com`. */
  readonly publicUrl: string
  /** The simulated partner of that name, where test businesses may connect one. */
  readonly simulated: (partnerSource: string) => Simulated | null
  /** Starts reading, and does not wait for its end. */
  readonly sync: (connection: ConnectionToRead) => Promise<void>
  readonly now: () => number
}

/** Partners send the business back here. */
export function callbackUrl({ publicUrl }: Desk): string {
  return `${publicUrl}/connect/callback`
}

/** The partner of that name, if the link is for it. */
export function partnerOf({ partners }: Desk, link: ConsentLink, name: string): Partner | null {
  if (!link.partnerSources.includes(name)) return null
  return partners.find((partner) => partner.name === name) ?? null
}

/** Whose OAuth the business is sent to; null where it has to enter a key. */
export function placeFor(
  desk: Desk,
  { mode }: ConsentLink,
  { partner, given = {} }: { partner: Partner; given?: Credential },
): OAuthPlace | null {
  const { oauth } = partner
  if (!oauth) return null
  const own = desk.apps({ partnerSource: partner.name, mode })
  if (own) return { partner, oauth, mode, app: own, baseUrl: null, given }
  const simulated = mode === 'test' ? desk.simulated(partner.name) : null
  if (!simulated) return null
  return { partner, oauth, mode, app: simulated_app, baseUrl: simulated.baseUrl, given }
}

/** Begins a way to the partner. Gives its consent screen. Throws BadAddress, BadLink. */
export async function beginAttempt(
  desk: Desk,
  link: ConsentLink,
  { place, secret }: { place: OAuthPlace; secret: string },
): Promise<URL> {
  const state = newToken(link.ledgerAccountId)
  const redirectUri = callbackUrl(desk)
  const url = await consentUrl(place, { redirectUri, state, verifier: verifierOf(state, secret) })
  await noteAttempt(desk, link, { state, partner: place.partner, given: place.given })
  return url
}

interface Noted {
  readonly state: string
  readonly partner: Partner
  readonly given: Credential
}

async function noteAttempt({ db, now }: Desk, link: ConsentLink, { state, partner, given }: Noted) {
  if ((await countAttempts(db, link)) >= attempts_max) throw new BadLink('used')
  await insertAttempt(db, {
    ledgerAccountId: link.ledgerAccountId,
    hash: hashOf(state),
    linkHash: link.hash,
    partnerSource: partner.name,
    given,
    now_ms: now(),
  })
}

interface Returned {
  readonly attempt: ConsentAttempt
  readonly partner: Partner
  readonly state: string
  readonly query: URLSearchParams
  readonly secret: string
}

/**
 * The business is back from the partner: hands in the code, connects, and uses the link up. Throws
 * BadLink, ConsentDenied, Refused, NotAuthorised, Unavailable; the link can then be tried again.
 */
export async function completeAttempt(desk: Desk, link: ConsentLink, returned: Returned) {
  const { attempt, partner, state, query, secret } = returned
  const place = placeFor(desk, link, { partner, given: attempt.given })
  if (!place) throw new BadLink('unknown')
  if (!(await useAttempt(desk.db, attempt, desk.now()))) throw new BadLink('used')
  return usingUp(desk, link, secret, async () => {
    const verifier = verifierOf(state, secret)
    const asking = { redirectUri: callbackUrl(desk), state, verifier, query }
    const grant = await exchangeCode(place, asking)
    return connect(desk, link, { partner, grant, baseUrl: place.baseUrl })
  })
}

/** Connects with what the business entered. Throws like completeAttempt, and BadCredential. */
export async function enterCredential(
  desk: Desk,
  link: ConsentLink,
  { partner, credential, secret }: { partner: Partner; credential: Credential; secret: string },
) {
  await noteAttempt(desk, link, { state: newToken(link.ledgerAccountId), partner, given: {} })
  const baseUrl = simulatedFor(desk, link, { partner, credential })
  return usingUp(desk, link, secret, () => connect(desk, link, { partner, credential, baseUrl }))
}

/** The simulated partner that a credential is for: by its address, or else by being its own. */
function simulatedFor(
  desk: Desk,
  { mode }: ConsentLink,
  { partner, credential }: { partner: Partner; credential: Credential },
): string | null {
  const simulated = mode === 'test' ? desk.simulated(partner.name) : null
  if (!simulated) return null
  const own = Object.keys(simulated.credential)
  const named = own.includes('url') ? ['url'] : own
  const isIts = named.every((name) => credential[name] === simulated.credential[name])
  return isIts ? simulated.baseUrl : null
}

/** Uses a link up for a piece of work, and opens it again where that comes to nothing. */
async function usingUp<T>(
  { db, now }: Desk,
  link: ConsentLink,
  secret: string,
  work: () => Promise<T>,
): Promise<T> {
  const used = await useLink(db, link, { sessionHash: hashOf(secret), now_ms: now() })
  if (!used) throw new BadLink('used')
  try {
    return await work()
  } catch (error) {
    await reopenLink(db, link)
    throw error
  }
}

type Connecting = { readonly partner: Partner; readonly baseUrl: string | null } & (
  | { readonly grant: Grant }
  | { readonly credential: Credential }
)

/** Connects, drops what was noted before the business had answered, and lets reading begin. */
async function connect(desk: Desk, link: ConsentLink, connecting: Connecting): Promise<string> {
  const { db, keys, now } = desk
  const { ledgerAccountId, mode, partnerSources } = link
  const { partner, baseUrl, ...rest } = connecting
  const given = 'grant' in rest ? { ...rest, credential: rest.grant.credential } : rest
  const now_ms = now()
  const wanted = { ledgerAccountId, mode, partner, baseUrl, now_ms, ...given }
  const id = await connectAccount(db, keys, wanted)
  await db.transaction(async (tx) => {
    for (const partnerSource of partnerSources) {
      await dropUnauthorised(tx, { ledgerAccountId, partnerSource, reason: not_answered, now_ms })
    }
  })
  await desk.sync({ ledgerAccountId, id, partnerSource: partner.name })
  return id
}

/** The business says no to all of it, and the link is used up. Throws BadLink. */
export async function denyAll({ db, now }: Desk, link: ConsentLink, secret: string) {
  const now_ms = now()
  const used = await useLink(db, link, { sessionHash: hashOf(secret), now_ms })
  if (!used) throw new BadLink('used')
  const partnerSources = await unauthorised(db, link)
  await noteDenied(db, link, { partnerSources, reason: 'denied by the business', now_ms })
}

/** The business said no at the partner's screen; it may try again. */
export async function denyOne({ db, now }: Desk, link: ConsentLink, partner: Partner) {
  const reason = `denied by the business at ${partner.title}`
  await noteDenied(db, link, { partnerSources: [partner.name], reason, now_ms: now() })
}

interface Denied {
  readonly partnerSources: readonly string[]
  readonly reason: string
  readonly now_ms: number
}

async function noteDenied(
  db: Database,
  { ledgerAccountId }: ConsentLink,
  { partnerSources, reason, now_ms }: Denied,
) {
  const status = 'Denied'
  await db.transaction(async (tx) => {
    for (const partnerSource of partnerSources) {
      await saveUnauthorised(tx, { ledgerAccountId, partnerSource, status, reason, now_ms })
    }
  })
}

/** The business takes back what it authorised before. False if it has no such connection. */
export async function withdraw(
  { db, keys, partners, apps, now }: Desk,
  { ledgerAccountId }: ConsentLink,
  id: string,
): Promise<boolean> {
  const connection = await findConnection(db, ledgerAccountId, id)
  const partner = partners.find(({ name }) => name === connection?.partnerSource)
  if (!connection || !partner || connection.status === 'Revoked') return false
  const reason = 'revoked by the business'
  return revokeConnection(db, keys, { connection, partner, reason, now_ms: now(), apps })
}
