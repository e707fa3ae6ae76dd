import { randomBytes } from 'node:crypto'
import type { Executor } from '../store/database.ts'
import type { OfConnection } from '../store/notification.ts'
import { type MasterKeys, seal, unseal } from '../store/seal.ts'

/** How long a former secret is still believed where nobody says otherwise: partners retry that long. */
export const former_secret_ms = 24 * 60 * 60 * 1000
/** The longest that may be asked for. */
export const former_secret_ms_max = 7 * former_secret_ms
/** Secrets of one connection that are believed at the same time. */
export const secrets_max = 5
export const secret_length_max = 1000

export interface NewSecret extends OfConnection {
  readonly secret: string
  /** How long those before it are still believed. */
  readonly former_ms?: number
  readonly now_ms: number
}

/**
 * Stores what notifications of a connection are signed with, sealed. The secrets before it are
 * believed a while longer; one that is given again becomes the current one.
 */
export async function setNotificationSecret(tx: Executor, keys: MasterKeys, given: NewSecret) {
  const { ledgerAccountId, connectionId, secret, former_ms = former_secret_ms, now_ms } = given
  const now = new Date(now_ms).toISOString()
  const until = new Date(now_ms + former_ms).toISOString()
  await tx.query(
    `insert into notification_address (partner_account_connection_id, ledger_account_id)
     values ($1, $2) on conflict (partner_account_connection_id) do nothing`,
    [connectionId, ledgerAccountId],
  )
  await dropEnded(tx, { ledgerAccountId, connectionId }, now)
  const before = await secretsOf(tx, keys, { ledgerAccountId, connectionId, now_ms })
  const same = before.find((one) => one.secret === secret)
  const others = before.filter((one) => one !== same)
  // The oldest go first where there are too many.
  for (const { id } of [...(same ? [same] : []), ...others.slice(secrets_max - 1)]) {
    await dropSecret(tx, { ledgerAccountId, connectionId }, id)
  }
  await tx.query(
    `update notification_secret set until_date = $3
     where ledger_account_id = $1 and partner_account_connection_id = $2
       and (until_date is null or until_date > $3)`,
    [ledgerAccountId, connectionId, until],
  )
  await dropEnded(tx, { ledgerAccountId, connectionId }, now)
  const id = randomBytes(9).toString('base64url')
  const place = placeOf(connectionId, id)
  const sealed = await seal(tx, keys, { ledgerAccountId, place, value: secret })
  await tx.query(
    `insert into notification_secret
       (ledger_account_id, partner_account_connection_id, id, sealed, created_date)
     values ($1, $2, $3, $4, $5)`,
    [ledgerAccountId, connectionId, id, sealed, now],
  )
}

async function dropEnded(
  tx: Executor,
  { ledgerAccountId, connectionId }: OfConnection,
  now: string,
) {
  await tx.query(
    `delete from notification_secret
     where ledger_account_id = $1 and partner_account_connection_id = $2 and until_date <= $3`,
    [ledgerAccountId, connectionId, now],
  )
}

async function dropSecret(
  tx: Executor,
  { ledgerAccountId, connectionId }: OfConnection,
  id: string,
) {
  await tx.query(
    `delete from notification_secret
     where ledger_account_id = $1 and partner_account_connection_id = $2 and id = $3`,
    [ledgerAccountId, connectionId, id],
  )
}

interface KnownSecret {
  readonly id: string
  readonly secret: string
}

/** The secrets that are believed now, the current one first. Throws CannotUnseal. */
async function secretsOf(
  db: Executor,
  keys: MasterKeys,
  { ledgerAccountId, connectionId, now_ms }: OfConnection & { now_ms: number },
): Promise<KnownSecret[]> {
  const rows = await db.query<{ id: string; sealed: string }>(
    `select id, sealed from notification_secret
     where ledger_account_id = $1 and partner_account_connection_id = $2
       and (until_date is null or until_date > $3)
     order by until_date is not null, created_date desc, id`,
    [ledgerAccountId, connectionId, new Date(now_ms).toISOString()],
  )
  const opened: KnownSecret[] = []
  for (const { id, sealed } of rows) {
    const place = placeOf(connectionId, id)
    opened.push({ id, secret: await unseal(db, keys, { ledgerAccountId, place, sealed }) })
  }
  return opened
}

/** What notifications of a connection may be signed with now. Throws CannotUnseal. */
export async function notificationSecrets(
  db: Executor,
  keys: MasterKeys,
  of: OfConnection & { now_ms: number },
): Promise<readonly string[]> {
  return (await secretsOf(db, keys, of)).map(({ secret }) => secret)
}

/** How many secrets of a connection are believed, and until when the former ones. */
export async function secretDates(
  db: Executor,
  { ledgerAccountId, connectionId, now_ms }: OfConnection & { now_ms: number },
): Promise<readonly { readonly created_ms: number; readonly until_ms: number | null }[]> {
  return db.query(
    `select (extract(epoch from created_date) * 1000)::bigint as created_ms,
       (extract(epoch from until_date) * 1000)::bigint as until_ms
     from notification_secret
     where ledger_account_id = $1 and partner_account_connection_id = $2
       and (until_date is null or until_date > $3)
     order by until_date is not null, created_date desc, id`,
    [ledgerAccountId, connectionId, new Date(now_ms).toISOString()],
  )
}

/** Forgets every secret of a connection: nothing that is signed is believed any more. */
export async function forgetNotificationSecrets(
  tx: Executor,
  { ledgerAccountId, connectionId }: OfConnection,
) {
  await tx.query(
    `delete from notification_secret
     where ledger_account_id = $1 and partner_account_connection_id = $2`,
    [ledgerAccountId, connectionId],
  )
}

/** Whose a connection is, by its id alone; null where nobody has set a secret for it. */
export async function addressee(db: Executor, connectionId: string): Promise<string | null> {
  const [row] = await db.query<{ account: string }>(
    `select ledger_account_id as account from notification_address
     where partner_account_connection_id = $1`,
    [connectionId],
  )
  return row?.account ?? null
}

function placeOf(connectionId: string, id: string) {
  return { table: 'notification_secret', row: `${connectionId} ${id}`, column: 'sealed' }
}
