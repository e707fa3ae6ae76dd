import { randomBytes } from 'node:crypto'
import type { Executor } from './database.ts'
import type { LaneKey } from './event_lane.ts'
import { moment, ms } from './moment.ts'

/** A span of one feed that an endpoint is told again. */
export interface EventReplay extends LaneKey {
  readonly id: string
  /** Everything up to here has been put on its way again. */
  readonly seq: number
  readonly seq_to: number
  /** Only changes of this span of time; null is open-ended. `to` is not included. */
  readonly from_ms: number | null
  readonly to_ms: number | null
}

/** Which changes are told again: by number, or by time. Ends at the head as it is now. */
export interface ReplaySpan {
  readonly endpointId: string
  readonly accounts: readonly string[]
  /** First and last number; null is the feed's end. */
  readonly seq_from: number | null
  readonly seq_to: number | null
  readonly date_from: string | null
  readonly date_to: string | null
  readonly now_ms: number
}

/** Asks for a span of each feed to be told again. Gives the id that its rows share. */
export async function askReplay(tx: Executor, span: ReplaySpan): Promise<string> {
  const id = `evr_${randomBytes(12).toString('hex')}`
  await tx.query(
    `insert into event_replay (ledger_account_id, id, event_endpoint_id, seq, seq_to, date_from,
       date_to, created_date)
     select f.ledger_account_id, $1, $2, coalesce($4::bigint, 1) - 1,
       least(f.seq, coalesce($5::bigint, f.seq)), $6::timestamptz, $7::timestamptz, $8::timestamptz
     from feed f where f.ledger_account_id = any($3::text[])`,
    [
      id,
      span.endpointId,
      [...span.accounts],
      span.seq_from,
      span.seq_to,
      span.date_from,
      span.date_to,
      moment(span.now_ms),
    ],
  )
  return id
}

const columns = `r.id, r.ledger_account_id as "ledgerAccountId",
  r.event_endpoint_id as "endpointId", r.seq, r.seq_to, ${ms('r.date_from')} as from_ms,
  ${ms('r.date_to')} as to_ms`

/** Spans that are still to be told, of endpoints that can be told. */
export function openReplays(db: Executor, limit: number): Promise<EventReplay[]> {
  return db.query<EventReplay>(
    `select ${columns} from event_replay r
     join event_endpoint e on e.id = r.event_endpoint_id and e.status = 'enabled'
     order by r.created_date, r.ledger_account_id limit $1`,
    [limit],
  )
}

/** Takes a span's lock; null where another holds it, or it has been told. */
export async function takeReplay(
  tx: Executor,
  { ledgerAccountId, id }: EventReplay,
): Promise<EventReplay | null> {
  const [row] = await tx.query<EventReplay>(
    `select ${columns} from event_replay r where r.ledger_account_id = $1 and r.id = $2
     for update skip locked`,
    [ledgerAccountId, id],
  )
  return row ?? null
}

/** Notes how far a span has been told, under its lock; it goes when that is all of it. */
export async function moveReplay(tx: Executor, replay: EventReplay, seq: number) {
  const { ledgerAccountId, id, seq_to } = replay
  if (seq >= seq_to) {
    await tx.query('delete from event_replay where ledger_account_id = $1 and id = $2', [
      ledgerAccountId,
      id,
    ])
    return
  }
  await tx.query('update event_replay set seq = $3 where ledger_account_id = $1 and id = $2', [
    ledgerAccountId,
    id,
    seq,
  ])
}

/**
 * The last number of a feed before a moment, found by halving; 0 where all came later. Clocks of
 * several writers differ a little, so `slack_ms` is taken off and the entries themselves count.
 */
export async function seqBefore(
  tx: Executor,
  ledgerAccountId: string,
  { date_ms, head, slack_ms }: { date_ms: number; head: number; slack_ms: number },
): Promise<number> {
  let [low, high] = [0, head]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const [row] = await tx.query<{ date_ms: number }>(
      `select ${ms('date')} as date_ms from change where ledger_account_id = $1 and seq = $2`,
      [ledgerAccountId, middle],
    )
    if (row && row.date_ms < date_ms - slack_ms) low = middle
    else high = middle - 1
  }
  return low
}
