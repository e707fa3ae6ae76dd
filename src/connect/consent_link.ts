import { createHash, createHmac, randomBytes } from 'node:crypto'
import { isSame } from '../partners/signature.ts'
import type { Mode } from '../store/api_key.ts'
import { connectionsOf, saveUnauthorised } from '../store/connection.ts'
import {
  bindLink,
  type ConsentAttempt,
  type ConsentLink,
  findAttempt,
  findLink,
  insertLink,
} from '../store/consent_link.ts'
import type { Database, Executor } from '../store/database.ts'

/** How long a CONNECT link can be used. */
export const link_ms_max = 15 * 60 * 1000

const secret_bytes = 32
const secret_pattern = '[A-Za-z0-9_-]{43}'
const token_pattern = new RegExp(`^(la_[0-9a-f]{28})\\.(${secret_pattern})$`)

export interface NewLink {
  readonly institutionId: string
  readonly mode: Mode
  readonly ledgerAccountId: string
  readonly returnUrl: string
  readonly partnerSources: readonly string[]
  readonly now_ms: number
}

/** Makes a CONNECT link. Gives its token, which is stored nowhere, and when it ends. */
export async function makeLink(db: Database, wanted: NewLink) {
  const token = newToken(wanted.ledgerAccountId)
  const expires_ms = wanted.now_ms + link_ms_max
  await db.transaction(async (tx) => {
    await insertLink(tx, { ...wanted, hash: hashOf(token), expires_ms })
    await noteAsked(tx, wanted)
  })
  return { token, expires_ms }
}

export const not_answered = 'the business has not answered yet'

/** The business is asked: until it answers, nothing is authorised. */
async function noteAsked(tx: Executor, link: NewLink) {
  const { ledgerAccountId, now_ms } = link
  for (const partnerSource of await unauthorised(tx, link)) {
    await saveUnauthorised(tx, { ledgerAccountId, partnerSource, reason: not_answered, now_ms })
  }
}

/**
 * The partners of a link at which nothing is authorised yet. Where something is, a second account
 * shows once it is there.
 */
export async function unauthorised(
  tx: Executor,
  { ledgerAccountId, partnerSources }: Pick<NewLink, 'ledgerAccountId' | 'partnerSources'>,
): Promise<readonly string[]> {
  const known = await connectionsOf(tx, ledgerAccountId)
  const active = known.filter(({ status }) => status === 'Active')
  return partnerSources.filter((name) => active.every((one) => one.partnerSource !== name))
}

/** Why a link cannot be used. */
export type LinkFault = 'unknown' | 'expired' | 'used' | 'elsewhere'

export class BadLink extends Error {
  override readonly name = 'BadLink'
  readonly fault: LinkFault
  constructor(fault: LinkFault) {
    super(`the link is ${fault}`)
    this.fault = fault
  }
}

/** The link of a token, if it can still be used. Throws BadLink. */
export async function openLink(db: Executor, token: string, now_ms: number): Promise<ConsentLink> {
  const [, ledgerAccountId = ''] = token_pattern.exec(token) ?? []
  const link = ledgerAccountId === '' ? null : await findLink(db, ledgerAccountId, hashOf(token))
  return usable(link, now_ms)
}

/** The link that an attempt belongs to. Throws BadLink. */
export async function linkOfAttempt(db: Executor, attempt: ConsentAttempt, now_ms: number) {
  const { ledgerAccountId, linkHash } = attempt
  return usable(await findLink(db, ledgerAccountId, linkHash), now_ms)
}

function usable(link: ConsentLink | null, now_ms: number): ConsentLink {
  if (!link) throw new BadLink('unknown')
  if (link.isUsed) throw new BadLink('used')
  if (link.expires_ms <= now_ms) throw new BadLink('expired')
  return link
}

/** The attempt that a state names, if nobody came back from it. Throws BadLink. */
export async function attemptOf(db: Executor, state: string): Promise<ConsentAttempt> {
  const [, ledgerAccountId = ''] = token_pattern.exec(state) ?? []
  const found =
    ledgerAccountId === '' ? null : await findAttempt(db, ledgerAccountId, hashOf(state))
  if (!found) throw new BadLink('unknown')
  return found
}

/** A link's token, or an attempt's state: the account it belongs to, and 256 random bits. */
export function newToken(ledgerAccountId: string): string {
  return `${ledgerAccountId}.${newSecret()}`
}

/** What a browser proves with that it is the one that began. */
export function newSecret(): string {
  return randomBytes(secret_bytes).toString('base64url')
}

export function isSecret(text: string | undefined): text is string {
  return text !== undefined && new RegExp(`^${secret_pattern}$`).test(text)
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Whether this browser may use a link: it is the one that began, or nobody began. */
export function isTheirs(link: ConsentLink, secret: string | null): boolean {
  if (link.sessionHash === null) return true
  return secret !== null && isSame(hashOf(secret), link.sessionHash)
}

/** What a form of a link carries, to show that it was ours and made for this browser. */
export function formToken(link: ConsentLink, secret: string): string {
  return derived(secret, `form ${link.hash}`)
}

/** The code verifier of an attempt: only the browser that began can bring it back. */
export function verifierOf(state: string, secret: string): string {
  return derived(secret, `verifier ${state}`)
}

function derived(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url')
}

/**
 * Takes a form that this browser sends. The first one gives the link to it, under a new secret, so
 * that a secret that somebody planted before opens nothing. Gives the secret to go on with. Throws
 * BadLink.
 */
export async function takeForm(
  db: Executor,
  link: ConsentLink,
  { secret, token }: { secret: string | null; token: string },
): Promise<string> {
  if (secret === null || !isTheirs(link, secret)) throw new BadLink('elsewhere')
  if (!isSame(token, formToken(link, secret))) throw new BadLink('elsewhere')
  if (link.sessionHash !== null) return secret
  const fresh = newSecret()
  if (await bindLink(db, link, hashOf(fresh))) return fresh
  throw new BadLink('elsewhere')
}
