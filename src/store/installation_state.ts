import type { Executor } from './database.ts'

/** How many streams of a partner are in a state, and how old the oldest of them is. */
export interface StreamSummary {
  readonly partnerSource: string
  readonly state: string
  readonly streams: number
  /** Of those that have been read to an end; null where none has. */
  readonly lag_ms_max: number | null
}

/** Streams of the connections that are read, over all ledger accounts. */
export async function streamSummaries(db: Executor, now_ms: number): Promise<StreamSummary[]> {
  return db.query<StreamSummary>(
    `select c."partnerSource", s.state, count(*) as streams,
       $1::bigint - min(s.watermark_ms) as lag_ms_max
     from stream s join partner_account_connection c
       on c.ledger_account_id = s.ledger_account_id and c.id = s.partner_account_connection_id
     where c.status in ('Active', 'Lost Connection') and c."recordState" = 'ACTIVE'
     group by c."partnerSource", s.state`,
    [now_ms],
  )
}

export interface ConnectionSummary {
  readonly partnerSource: string
  readonly status: string
  readonly connections: number
}

/** Connections by partner and status, over all ledger accounts. */
export async function connectionSummaries(db: Executor): Promise<ConnectionSummary[]> {
  return db.query<ConnectionSummary>(
    `select "partnerSource", status, count(*) as connections from partner_account_connection
     where "recordState" = 'ACTIVE' group by "partnerSource", status`,
  )
}
