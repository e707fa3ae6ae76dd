import type { Executor } from './database.ts'

/** Names a request that may be repeated. */
export interface RequestName {
  readonly institutionId: string
  readonly key: string
}

export type Begun =
  | { readonly state: 'new' }
  | { readonly state: 'in flight' }
  | { readonly state: 'mismatch' }
  | { readonly state: 'done'; readonly status: number; readonly body: string }

export interface Beginning extends RequestName {
  /** Tells whether a repeated request is the same. */
  readonly fingerprint: string
  readonly now_ms: number
}

/** How long an answer is repeated. */
export const idempotency_kept_ms = 72 * 3_600_000

/** After this a request without an answer is taken to have died with its process. */
const abandoned_ms = 60_000

/** Notes that a request is being worked on, unless it already was. */
export async function beginRequest(db: Executor, request: Beginning): Promise<Begun> {
  const { institutionId, key, fingerprint, now_ms } = request
  const moment = (age_ms: number) => new Date(now_ms - age_ms).toISOString()
  const [mine] = await db.query(
    `insert into idempotency as known (institution_id, key, fingerprint, created_date)
     values ($1, $2, $3, $4)
     on conflict (institution_id, key) do update
       set fingerprint = $3, status = null, body = null, created_date = $4
       where known.created_date < $5
         or (known.status is null and known.fingerprint = $3 and known.created_date < $6)
     returning key`,
    [institutionId, key, fingerprint, moment(0), moment(idempotency_kept_ms), moment(abandoned_ms)],
  )
  if (mine) return { state: 'new' }
  const [known] = await db.query<{ fingerprint: string; status: number | null; body: string }>(
    'select fingerprint, status, body from idempotency where institution_id = $1 and key = $2',
    [institutionId, key],
  )
  // The other request failed and took its note back between the two statements.
  if (!known) return { state: 'in flight' }
  if (known.fingerprint !== fingerprint) return { state: 'mismatch' }
  if (known.status === null) return { state: 'in flight' }
  return { state: 'done', status: known.status, body: known.body }
}

/** Stores the answer; in the transaction of the effect, so that there is both or neither. */
export async function finishRequest(
  tx: Executor,
  { institutionId, key, status, body }: RequestName & { status: number; body: string },
) {
  await tx.query(
    'update idempotency set status = $3, body = $4 where institution_id = $1 and key = $2',
    [institutionId, key, status, body],
  )
}

/** Forgets a request that failed, so that it can be sent again. */
export async function forgetRequest(db: Executor, { institutionId, key }: RequestName) {
  await db.query(
    'delete from idempotency where institution_id = $1 and key = $2 and status is null',
    [institutionId, key],
  )
}

/** Deletes answers that are no longer repeated. */
export async function forgetOldRequests(db: Executor, now_ms: number) {
  await db.query('delete from idempotency where created_date < $1', [
    new Date(now_ms - idempotency_kept_ms).toISOString(),
  ])
}
