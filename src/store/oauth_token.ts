import type { Executor } from './database.ts'

/** Whose token it is. */
export interface TokenKey {
  readonly ledgerAccountId: string
  readonly connectionId: string
}

/** What is known of a granted token, with the sealed credential that holds it. */
export interface TokenRow {
  readonly generation: number
  /** Milliseconds since 1970; null where it does not end. */
  readonly expires_ms: number | null
  readonly refresh_ms: number | null
  readonly lease_ms: number | null
  readonly sent_ms: number | null
  readonly lost: string | null
  readonly sealed: string
}

export interface TokenTimes {
  readonly expires_ms: number | null
  readonly refresh_ms: number | null
}

const keyIs = 'ledger_account_id = $1 and partner_account_connection_id = $2'

/** The token of a connection; null for one that was connected with a key, or has nothing stored. */
export async function tokenRow(
  db: Executor,
  { ledgerAccountId, connectionId }: TokenKey,
): Promise<TokenRow | null> {
  const [row] = await db.query<TokenRow>(
    `select t.generation, t.expires_ms, t.refresh_ms, t.lease_ms, t.sent_ms, t.lost, c.sealed
     from oauth_token t
     join credential c on c.ledger_account_id = t.ledger_account_id
       and c.partner_account_connection_id = t.partner_account_connection_id
     where t.ledger_account_id = $1 and t.partner_account_connection_id = $2`,
    [ledgerAccountId, connectionId],
  )
  return row ?? null
}

/** Notes a token that was granted anew; what was known of an earlier one is over. */
export async function insertToken(
  tx: Executor,
  { ledgerAccountId, connectionId }: TokenKey,
  { expires_ms, refresh_ms }: TokenTimes,
) {
  await tx.query(
    `insert into oauth_token (ledger_account_id, partner_account_connection_id, expires_ms,
       refresh_ms) values ($1, $2, $3, $4)
     on conflict (ledger_account_id, partner_account_connection_id) do update
     set generation = oauth_token.generation + 1, expires_ms = $3, refresh_ms = $4,
       lease_ms = null, sent_ms = null, lost = null`,
    [ledgerAccountId, connectionId, expires_ms, refresh_ms],
  )
}

export async function deleteToken(tx: Executor, { ledgerAccountId, connectionId }: TokenKey) {
  await tx.query(`delete from oauth_token where ${keyIs}`, [ledgerAccountId, connectionId])
}

export interface Claim {
  readonly generation: number
  readonly now_ms: number
  /** Until when nobody else refreshes it. */
  readonly lease_ms: number
}

/**
 * Takes the turn to refresh a token, and notes that a refresh is on its way. False where somebody
 * else has the turn, or the token is another one by now.
 */
export async function claimToken(
  db: Executor,
  { ledgerAccountId, connectionId }: TokenKey,
  { generation, now_ms, lease_ms }: Claim,
): Promise<boolean> {
  const claimed = await db.query(
    `update oauth_token set lease_ms = $5, sent_ms = $4
     where ${keyIs} and generation = $3 and lost is null
       and (lease_ms is null or lease_ms <= $4) returning generation`,
    [ledgerAccountId, connectionId, generation, now_ms, lease_ms],
  )
  return claimed.length === 1
}

/** Replaces a token by the one a refresh gave. False where it was replaced meanwhile. */
export async function replaceToken(
  tx: Executor,
  { ledgerAccountId, connectionId }: TokenKey,
  { generation, expires_ms, refresh_ms }: TokenTimes & { generation: number },
): Promise<boolean> {
  const replaced = await tx.query(
    `update oauth_token set generation = generation + 1, expires_ms = $4, refresh_ms = $5,
       lease_ms = null, sent_ms = null
     where ${keyIs} and generation = $3 returning generation`,
    [ledgerAccountId, connectionId, generation, expires_ms, refresh_ms],
  )
  return replaced.length === 1
}

export interface Ended {
  readonly generation: number
  /** Kept where the partner may have acted on the refresh, and answered nobody. */
  readonly sent_ms: number | null
  /** Set where the token can be refreshed no more. */
  readonly lost: string | null
  /** When the job tries again. */
  readonly refresh_ms: number | null
}

/** Gives the turn back after a refresh that brought no token. */
export async function releaseToken(
  db: Executor,
  { ledgerAccountId, connectionId }: TokenKey,
  { generation, sent_ms, lost, refresh_ms }: Ended,
) {
  await db.query(
    `update oauth_token set lease_ms = null, sent_ms = $4, lost = $5, refresh_ms = $6
     where ${keyIs} and generation = $3`,
    [ledgerAccountId, connectionId, generation, sent_ms, lost, refresh_ms],
  )
}

export const tokens_page_max = 500

/** Tokens whose refresh is due, in id order, a page at a time. */
export async function dueTokens(
  db: Executor,
  { now_ms, after }: { now_ms: number; after: string },
): Promise<TokenKey[]> {
  const rows = await db.query<{ ledger_account_id: string; id: string }>(
    `select t.ledger_account_id, t.partner_account_connection_id as id
     from oauth_token t
     join partner_account_connection c on c.ledger_account_id = t.ledger_account_id
       and c.id = t.partner_account_connection_id
     where t.refresh_ms <= $1 and t.lost is null and t.partner_account_connection_id > $2
       and c.status in ('Active', 'Inactive', 'Lost Connection')
     order by t.partner_account_connection_id limit ${tokens_page_max}`,
    [now_ms, after],
  )
  return rows.map((row) => ({ ledgerAccountId: row.ledger_account_id, connectionId: row.id }))
}
