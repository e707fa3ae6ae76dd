import { setTimeout as sleep } from 'node:timers/promises'
import { Refused, Unavailable } from '../partners/errors.ts'
import type { OAuth } from '../partners/oauth.ts'
import type { Credential, Mode, Partner } from '../partners/partner.ts'
import type { Headers } from '../partners/request.ts'
import type { Opened } from '../partners/session.ts'
import type { Connection } from '../store/connection.ts'
import type { Database, Executor } from '../store/database.ts'
import {
  claimToken,
  insertToken,
  releaseToken,
  replaceToken,
  type TokenKey,
  type TokenRow,
  type TokenTimes,
  tokenRow,
} from '../store/oauth_token.ts'
import type { MasterKeys } from '../store/seal.ts'
import { type Apps, environmentApps, simulated_app } from './app.ts'
import { type Grant, type OAuthPlace, refreshGrant } from './oauth.ts'
import { openSealed, saveCredential } from './stored_credential.ts'
import { NoAnswer, token_request_ms_max } from './token_request.ts'

/** A token that ends sooner is refreshed before it is used. */
export const token_margin_ms = 60_000
/** Whoever has the turn to refresh loses it after this, and is taken for dead. */
export const lease_ms = 2 * token_request_ms_max
/** Others look this often whether the turn is over. */
const look_every_ms = 100
/** A refresh that failed is tried again by the job after this. */
const again_after_ms = 5 * 60_000
/** The part of its life after which a token is refreshed, where the partner names no age. */
const refreshed_at = 0.75
const lives_ms_min = 1000

export interface TokenOptions {
  readonly db: Database
  readonly keys: MasterKeys
  readonly connection: Pick<Connection, 'id' | 'ledgerAccountId' | 'mode' | 'baseUrl' | 'status'>
  readonly partner: Partner
  readonly apps?: Apps | undefined
  readonly now?: () => number
}

/** What is sealed of a granted token: the credential, and what replaces it. */
interface Held {
  readonly credential: Credential
  readonly refreshToken: string | null
}

/**
 * The credential of a granted token, refreshed where it is due or where `refused` are its headers:
 * once, however many ask in however many processes. null for a connection that has a key. Throws
 * Refused where it can be refreshed no more, Unavailable where the partner does not answer.
 */
export async function currentToken(
  options: TokenOptions,
  refused: Headers | null = null,
): Promise<(Opened & { readonly credential: Credential }) | null> {
  const { db, partner, now = Date.now } = options
  const deadline_ms = now() + 2 * lease_ms
  for (;;) {
    const row = await tokenRow(db, keyOf(options))
    if (!row) return null
    if (row.lost !== null) throw new Refused(401, row.lost)
    const held = await heldIn(options, row)
    const headers = partner.headers(held.credential)
    const need = needOf(row, { isRefused: isSame(headers, refused), now_ms: now() })
    if (need === 'none') return opened(row, held.credential, headers, now())
    if (held.refreshToken === null) {
      if (need === 'soon') return opened(row, held.credential, headers, now())
      throw new Refused(
        401,
        `${partner.title} no longer takes its token: connect the account again`,
      )
    }
    if (await takeTurn(options, row, now())) {
      await refresh(options, { row, held: { ...held, refreshToken: held.refreshToken }, need })
      continue
    }
    if (need === 'soon') return opened(row, held.credential, headers, now())
    if (now() > deadline_ms) throw new Unavailable(`${partner.title}: its token is being refreshed`)
    await sleep(look_every_ms * (0.5 + Math.random()))
  }
}

export function keyOf({ connection }: Pick<TokenOptions, 'connection'>): TokenKey {
  return { ledgerAccountId: connection.ledgerAccountId, connectionId: connection.id }
}

type Need = 'none' | 'soon' | 'now'

function needOf(
  row: TokenRow,
  { isRefused, now_ms }: { isRefused: boolean; now_ms: number },
): Need {
  if (isRefused) return 'now'
  if (row.expires_ms !== null && row.expires_ms - token_margin_ms <= now_ms) return 'now'
  return row.refresh_ms !== null && row.refresh_ms <= now_ms ? 'soon' : 'none'
}

/** Headers of the token that was refused, rather than of an earlier one. */
function isSame(one: Headers, other: Headers | null): boolean {
  return other !== null && JSON.stringify(one) === JSON.stringify(other)
}

function opened(
  { expires_ms }: TokenRow,
  credential: Credential,
  headers: Headers,
  now_ms: number,
) {
  const lives_ms = expires_ms === null ? Infinity : Math.max(lives_ms_min, expires_ms - now_ms)
  return { credential, headers, lives_ms }
}

function takeTurn(options: TokenOptions, { generation }: TokenRow, now_ms: number) {
  const claim = { generation, now_ms, lease_ms: now_ms + lease_ms }
  return claimToken(options.db, keyOf(options), claim)
}

interface Refreshing {
  readonly row: TokenRow
  readonly held: Held & { readonly refreshToken: string }
  readonly need: Need
}

/** Asks for a new token in our turn, and stores it. */
async function refresh(options: TokenOptions, { row, held, need }: Refreshing) {
  const { now = Date.now, partner } = options
  const { generation } = row
  try {
    const grant = await refreshGrant(placeOf(options, held.credential), held.refreshToken)
    await storeRefreshed(options, generation, grant)
  } catch (error) {
    const fate = fateOf(error, { row, partner, now_ms: now() })
    await releaseToken(options.db, keyOf(options), { generation, ...fate })
    if (fate.lost !== null) throw new Refused(401, fate.lost, (error as Refused).withdrawn)
    if (need === 'now') throw error
  }
}

interface Failed {
  readonly row: TokenRow
  readonly partner: Partner
  readonly now_ms: number
}

/** What a refresh that brought no token leaves behind. */
function fateOf(error: unknown, { row, partner, now_ms }: Failed) {
  const refresh_ms = now_ms + again_after_ms
  if (error instanceof Refused) {
    const { message } = error
    const rotates = partner.oauth?.refresh === 'rotates'
    const lost = row.sent_ms !== null && rotates ? `${message}. ${answer_lost}` : message
    return { sent_ms: null, lost, refresh_ms: null }
  }
  // An earlier refresh whose answer nobody has is still open as long as no answer came.
  const sent_ms = error instanceof NoAnswer ? (row.sent_ms ?? now_ms) : row.sent_ms
  return { sent_ms, lost: null, refresh_ms }
}

const answer_lost =
  'An earlier refresh was sent and its answer never stored: the new token went lost with it. ' +
  'Connect the account again'

/** Token and credential change together, or not at all. */
async function storeRefreshed(options: TokenOptions, generation: number, grant: Grant) {
  const { db, keys, partner, now = Date.now } = options
  const times = timesOf(partner.oauth, grant, now())
  await db.transaction(async (tx) => {
    const isOurs = await replaceToken(tx, keyOf(options), { generation, ...times })
    if (isOurs) await saveHeld(tx, keys, { ...keyOf(options), grant })
  })
}

/** Stores what a partner granted, in place of what was there before. */
export async function saveGrant(
  tx: Executor,
  keys: MasterKeys,
  { grant, partner, now_ms, ...of }: TokenKey & { grant: Grant; partner: Partner; now_ms: number },
) {
  await saveHeld(tx, keys, { ...of, grant })
  await insertToken(tx, of, timesOf(partner.oauth, grant, now_ms))
}

const refresh_token = 'refresh_token'

function saveHeld(tx: Executor, keys: MasterKeys, { grant, ...of }: TokenKey & { grant: Grant }) {
  const { credential, refreshToken } = grant
  const more = refreshToken === null ? {} : { [refresh_token]: refreshToken }
  return saveCredential(tx, keys, { ...of, credential: { ...credential, ...more } })
}

async function heldIn(options: TokenOptions, { sealed }: TokenRow): Promise<Held> {
  const stored = await openSealed(options.db, options.keys, { ...keyOf(options), sealed })
  return heldOf(stored)
}

/** A stored credential, apart from what refreshes it. */
export function heldOf({ [refresh_token]: refreshToken, ...credential }: Credential): Held {
  return { credential, refreshToken: refreshToken ?? null }
}

function timesOf(oauth: OAuth | undefined, { lives_ms }: Grant, now_ms: number): TokenTimes {
  if (lives_ms === null) return { expires_ms: null, refresh_ms: null }
  const age_ms = Math.min(oauth?.refreshAfter_ms ?? Infinity, lives_ms * refreshed_at)
  return { expires_ms: now_ms + lives_ms, refresh_ms: Math.floor(now_ms + age_ms) }
}

interface Place {
  readonly partner: Partner
  readonly connection: { readonly mode: Mode; readonly baseUrl: string | null }
  readonly apps?: Apps | undefined
}

/** Whose app asks for a connection's token, and where. Throws Refused where there is no app. */
export function placeOf(of: Place, given: Credential): OAuthPlace {
  const { partner, apps = environmentApps } = of
  const { mode, baseUrl } = of.connection
  const app = baseUrl === null ? apps({ partnerSource: partner.name, mode }) : simulated_app
  if (!partner.oauth || !app) {
    throw new Refused(401, `${partner.title}: no app of ours is configured, which its token needs`)
  }
  return { partner, oauth: partner.oauth, mode, app, baseUrl, given }
}
