import type { Executor } from './database.ts'
import { moment, ms } from './moment.ts'

/** Notes that an attempt succeeded: what failed before is no row of failures any more. */
export async function noteSuccess(db: Executor, id: string) {
  await db.query(
    'update event_endpoint set failing_since = null where id = $1 and failing_since is not null',
    [id],
  )
}

export interface EndpointFailure {
  readonly id: string
  readonly now_ms: number
  /** The receiver says that it is no more. */
  readonly gone: boolean
  /** Failing for as long as this, with no success between, is failing for too long. */
  readonly patience_ms: number
}

/** Notes that an attempt failed. Gives the reason where that disables the endpoint. */
export async function noteFailure(db: Executor, failure: EndpointFailure): Promise<string | null> {
  const { id, now_ms, gone, patience_ms } = failure
  // Nearly every failure follows another one, and so writes nothing.
  await db.query(
    'update event_endpoint set failing_since = $2 where id = $1 and failing_since is null',
    [id, moment(now_ms)],
  )
  const [row] = await db.query<{ failing_ms: number }>(
    `select ${ms('failing_since')} as failing_ms from event_endpoint
     where id = $1 and status = 'enabled' and failing_since is not null`,
    [id],
  )
  if (!row) return null
  const isTooLong = now_ms - row.failing_ms >= patience_ms
  if (!gone && !isTooLong) return null
  const reason = gone
    ? 'the receiver answered 410 Gone'
    : `no attempt has succeeded since ${moment(row.failing_ms)}`
  const [disabled] = await db.query(
    `update event_endpoint set status = 'disabled', status_reason = $2, modified_date = $3
     where id = $1 and status = 'enabled' returning id`,
    [id, reason, moment(now_ms)],
  )
  return disabled ? reason : null
}
