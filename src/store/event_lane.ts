import type { Database, Executor } from './database.ts'
import { moment, ms } from './moment.ts'

/** One endpoint's way through one ledger account's feed. */
export interface LaneKey {
  readonly ledgerAccountId: string
  readonly endpointId: string
}

const keyIs = 'ledger_account_id = $1 and event_endpoint_id = $2'

function keyOf({ ledgerAccountId, endpointId }: LaneKey): string[] {
  return [ledgerAccountId, endpointId]
}

/** Lanes whose feed has gone on; of feeds that changed since a moment, or of all (null). */
export function lanesWithNews(
  db: Executor,
  { since_ms, limit }: { since_ms: number | null; limit: number },
): Promise<LaneKey[]> {
  return db.query<LaneKey>(
    `select f.ledger_account_id as "ledgerAccountId", e.id as "endpointId"
     from feed f
     join ledger_account a on a.ledger_account_id = f.ledger_account_id
       and a.id = f.ledger_account_id
     join event_endpoint e on e.institution_id = a.institution_id and e.mode = a.mode
       and (e.ledger_account_ids is null or a.id = any(e.ledger_account_ids))
     left join event_lane l on l.ledger_account_id = f.ledger_account_id
       and l.event_endpoint_id = e.id
     where e.status = 'enabled' and f.seq > coalesce(l.seq, 0)
       and ($1::timestamptz is null or f.date >= $1::timestamptz)
     limit $2`,
    [since_ms === null ? null : moment(since_ms), limit],
  )
}

/**
 * Takes a lane's lock, and makes the lane where there is none: a ledger account that came after the
 * endpoint is read from its beginning. Gives how far it has been read; null where another holds it.
 */
export async function takeLane(tx: Executor, key: LaneKey): Promise<number | null> {
  await tx.query(
    `insert into event_lane (ledger_account_id, event_endpoint_id, seq) values ($1, $2, 0)
     on conflict (ledger_account_id, event_endpoint_id) do nothing`,
    keyOf(key),
  )
  const [lane] = await tx.query<{ seq: number }>(
    `select seq from event_lane where ${keyIs} for update skip locked`,
    keyOf(key),
  )
  return lane?.seq ?? null
}

/** Waits for a lane's lock. Everything that gives a delivery its turn happens under it. */
export async function lockLane(tx: Executor, key: LaneKey) {
  await tx.query(`select seq from event_lane where ${keyIs} for update`, keyOf(key))
}

/** Notes how far a lane has been read, under its lock. */
export async function moveLane(tx: Executor, key: LaneKey, seq: number) {
  await tx.query(`update event_lane set seq = $3 where ${keyIs}`, [...keyOf(key), seq])
}

/** Has a lane looked at by a moment, under its lock. */
export async function hurryLane(tx: Executor, key: LaneKey, due_ms: number) {
  await tx.query(`update event_lane set due = least(due, $3::timestamptz) where ${keyIs}`, [
    ...keyOf(key),
    moment(due_ms),
  ])
}

/**
 * Sets where an endpoint begins in ledger accounts: after a number, but not beyond the feed's head;
 * at the head itself without one.
 */
export async function beginLanes(
  tx: Executor,
  {
    endpointId,
    accounts,
    from,
  }: { endpointId: string; accounts: readonly string[]; from: number | null },
) {
  await tx.query(
    `insert into event_lane (ledger_account_id, event_endpoint_id, seq)
     select f.ledger_account_id, $1, least(f.seq, coalesce($3::bigint, f.seq))
     from feed f where f.ledger_account_id = any($2::text[])
     on conflict (ledger_account_id, event_endpoint_id) do update set seq = excluded.seq`,
    [endpointId, [...accounts], from],
  )
}

/** Ids of endpoints that have something due. */
export async function endpointsDue(db: Executor, now_ms: number): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    'select distinct event_endpoint_id as id from event_lane where due <= $1',
    [moment(now_ms)],
  )
  return rows.map(({ id }) => id)
}

export interface Lease {
  /** Who holds it; another one for each process. */
  readonly holder: string
  readonly now_ms: number
  readonly until_ms: number
}

/** Leases lanes of an endpoint that are due, the longest due first, and that nobody works on. */
export async function leaseLanes(
  db: Executor,
  endpointId: string,
  { holder, now_ms, until_ms, limit }: Lease & { limit: number },
): Promise<LaneKey[]> {
  const free =
    'due <= $2::timestamptz and (leased_until is null or leased_until <= $2::timestamptz)'
  const found = await db.query<LaneKey>(
    `select ledger_account_id as "ledgerAccountId", event_endpoint_id as "endpointId"
     from event_lane where event_endpoint_id = $1 and ${free} order by due limit $3`,
    [endpointId, moment(now_ms), limit],
  )
  const leased: LaneKey[] = []
  for (const lane of found) {
    // Of two who found it free, the second finds it leased.
    const mine = await db.query(
      `update event_lane set leased_by = $4, leased_until = $5
       where event_endpoint_id = $1 and ${free} and ledger_account_id = $3 returning seq`,
      [endpointId, moment(now_ms), lane.ledgerAccountId, holder, moment(until_ms)],
    )
    if (mine.length > 0) leased.push(lane)
  }
  return leased
}

/** Keeps a lease for longer. Gives false where another has taken the lane over. */
export async function renewLease(db: Executor, key: LaneKey, { holder, until_ms }: Lease) {
  const kept = await db.query(
    `update event_lane set leased_until = $4 where ${keyIs} and leased_by = $3 returning seq`,
    [...keyOf(key), holder, moment(until_ms)],
  )
  return kept.length > 0
}

/** Gives a lane back, and notes when the next of its deliveries is due. */
export async function releaseLane(db: Database, key: LaneKey, { holder, now_ms }: Lease) {
  await db.transaction(async (tx) => {
    await lockLane(tx, key)
    const [next] = await tx.query<{ due_ms: number | null }>(
      `select ${ms('min(next_attempt)')} as due_ms from event_delivery where ${keyIs}
         and next_attempt is not null`,
      keyOf(key),
    )
    // What is due already waits behind lanes that have waited for longer.
    const due_ms = next?.due_ms == null ? null : Math.max(next.due_ms, now_ms)
    await tx.query(
      `update event_lane set leased_by = null, leased_until = null, due = $4
       where ${keyIs} and leased_by = $3`,
      [...keyOf(key), holder, due_ms === null ? null : moment(due_ms)],
    )
  })
}
