import type { Mode } from './api_key.ts'
import type { Executor } from './database.ts'

/** A CONNECT link as stored; the link's own text is not. */
export interface ConsentLink {
  readonly ledgerAccountId: string
  readonly hash: string
  readonly institutionId: string
  readonly mode: Mode
  readonly returnUrl: string
  readonly partnerSources: readonly string[]
  /** SHA-256 of the cookie of the browser that uses it; null as long as none does. */
  readonly sessionHash: string | null
  readonly expires_ms: number
  readonly isUsed: boolean
}

export type NewConsentLink = Omit<ConsentLink, 'sessionHash' | 'isUsed'> & { now_ms: number }

/** What is kept of links that are over, so that one who comes late is told why. */
export const kept_ms = 24 * 60 * 60 * 1000

/** Stores a link, and forgets what was over a day ago. */
export async function insertLink(tx: Executor, link: NewConsentLink) {
  const old = new Date(link.now_ms - kept_ms).toISOString()
  await tx.query('delete from consent_link where ledger_account_id = $1 and expires_date < $2', [
    link.ledgerAccountId,
    old,
  ])
  await tx.query('delete from consent_attempt where ledger_account_id = $1 and created_date < $2', [
    link.ledgerAccountId,
    old,
  ])
  await tx.query(
    `insert into consent_link (ledger_account_id, hash, institution_id, mode, return_url,
       partner_sources, created_date, expires_date)
     values ($1, $2, $3, $4, $5, $6::text[], $7, $8)`,
    [
      link.ledgerAccountId,
      link.hash,
      link.institutionId,
      link.mode,
      link.returnUrl,
      [...link.partnerSources],
      new Date(link.now_ms).toISOString(),
      new Date(link.expires_ms).toISOString(),
    ],
  )
}

interface LinkRow {
  readonly institution_id: string
  readonly mode: Mode
  readonly return_url: string
  readonly partner_sources: string[]
  readonly session_hash: string | null
  readonly expires_date: string
  readonly used_date: string | null
}

/** The link of that hash; null where there is none. */
export async function findLink(
  db: Executor,
  ledgerAccountId: string,
  hash: string,
): Promise<ConsentLink | null> {
  const [row] = await db.query<LinkRow>(
    `select institution_id, mode, return_url, partner_sources, session_hash, expires_date, used_date
     from consent_link where ledger_account_id = $1 and hash = $2`,
    [ledgerAccountId, hash],
  )
  if (!row) return null
  return {
    ledgerAccountId,
    hash,
    institutionId: row.institution_id,
    mode: row.mode,
    returnUrl: row.return_url,
    partnerSources: row.partner_sources,
    sessionHash: row.session_hash,
    expires_ms: Date.parse(row.expires_date),
    isUsed: row.used_date !== null,
  }
}

type LinkKey = Pick<ConsentLink, 'ledgerAccountId' | 'hash'>

/** Gives a link to the first browser that uses it. False where another one was first. */
export async function bindLink(
  db: Executor,
  { ledgerAccountId, hash }: LinkKey,
  sessionHash: string,
): Promise<boolean> {
  const bound = await db.query(
    `update consent_link set session_hash = $3
     where ledger_account_id = $1 and hash = $2 and session_hash is null returning hash`,
    [ledgerAccountId, hash, sessionHash],
  )
  return bound.length === 1
}

/** Uses a link up. False where it was used before, is over, or belongs to another browser. */
export async function useLink(
  db: Executor,
  { ledgerAccountId, hash }: LinkKey,
  { sessionHash, now_ms }: { sessionHash: string; now_ms: number },
): Promise<boolean> {
  const used = await db.query(
    `update consent_link set used_date = $4
     where ledger_account_id = $1 and hash = $2 and session_hash = $3
       and used_date is null and expires_date > $4 returning hash`,
    [ledgerAccountId, hash, sessionHash, new Date(now_ms).toISOString()],
  )
  return used.length === 1
}

/** Opens a link again that was used for an attempt which came to nothing. */
export async function reopenLink(db: Executor, { ledgerAccountId, hash }: LinkKey) {
  await db.query(
    'update consent_link set used_date = null where ledger_account_id = $1 and hash = $2',
    [ledgerAccountId, hash],
  )
}

/** A way to a partner's consent screen and back. */
export interface ConsentAttempt {
  readonly ledgerAccountId: string
  readonly hash: string
  readonly linkHash: string
  readonly partnerSource: string
  readonly given: { readonly [field: string]: string }
}

export async function insertAttempt(db: Executor, attempt: ConsentAttempt & { now_ms: number }) {
  await db.query(
    `insert into consent_attempt (ledger_account_id, hash, link_hash, partner_source, given,
       created_date) values ($1, $2, $3, $4, $5, $6)`,
    [
      attempt.ledgerAccountId,
      attempt.hash,
      attempt.linkHash,
      attempt.partnerSource,
      JSON.stringify(attempt.given),
      new Date(attempt.now_ms).toISOString(),
    ],
  )
}

/** How often somebody tried with a link. */
export async function countAttempts(
  db: Executor,
  { ledgerAccountId, hash }: LinkKey,
): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    `select count(*)::int as n from consent_attempt
     where ledger_account_id = $1 and link_hash = $2`,
    [ledgerAccountId, hash],
  )
  return row?.n ?? 0
}

/** An attempt that nobody has come back from; null where there is none. */
export async function findAttempt(
  db: Executor,
  ledgerAccountId: string,
  hash: string,
): Promise<ConsentAttempt | null> {
  const [row] = await db.query<{ link_hash: string; partner_source: string; given: string }>(
    `select link_hash, partner_source, given from consent_attempt
     where ledger_account_id = $1 and hash = $2 and used_date is null`,
    [ledgerAccountId, hash],
  )
  if (!row) return null
  const given = JSON.parse(row.given) as ConsentAttempt['given'] // written by insertAttempt
  return {
    ledgerAccountId,
    hash,
    linkHash: row.link_hash,
    partnerSource: row.partner_source,
    given,
  }
}

/** Comes back from an attempt. False for all but the first who does. */
export async function useAttempt(
  db: Executor,
  { ledgerAccountId, hash }: ConsentAttempt,
  now_ms: number,
): Promise<boolean> {
  const used = await db.query(
    `update consent_attempt set used_date = $3
     where ledger_account_id = $1 and hash = $2 and used_date is null returning hash`,
    [ledgerAccountId, hash, new Date(now_ms).toISOString()],
  )
  return used.length === 1
}
