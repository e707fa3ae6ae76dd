import type { Executor } from './database.ts'

export interface FeeQuery {
  readonly ledgerAccountId: string
  readonly connectionId: string
  /** Months in which a transaction changed since; RFC 3339. null: all of them. */
  readonly changedSince: string | null
}

/** Fees of one kind that a partner took in one month (UTC), in one currency. */
export interface MonthlyFee {
  /** `2026-03` */
  readonly month: string
  readonly currency: string
  readonly fee_type: string
  readonly quantity: number
  /** Minor units, as decimal digits: a sum may pass 2^53. */
  readonly amount: string
}

/** What a partner took in each month that changed, by kind; a fee without details is `other`. */
export async function monthlyFees(db: Executor, query: FeeQuery): Promise<MonthlyFee[]> {
  return db.query<MonthlyFee>(
    `with own as (
       select record, date_trunc('month', created_date at time zone 'UTC') as month, "modifiedDate"
       from transaction
       where ledger_account_id = $1 and "partnerAccountConnectionId" = $2
         and created_date > '-infinity' and "recordState" = 'ACTIVE'
     ), months as (
       -- Grouped, so that few months are joined to many rows whatever the planner expects.
       select month from own where $3::timestamptz is null or "modifiedDate" >= $3 group by month
     ), fees as (
       select month, record::jsonb as record from own join months using (month)
     ), lines as (
       select month, record->>'currency' as currency, coalesce(d->>'type', 'other') as fee_type,
         (d->>'amount')::numeric as amount
       from fees cross join lateral jsonb_array_elements(
         case jsonb_typeof(record->'fee_details') when 'array' then record->'fee_details'
         else '[]' end) as d
       union all
       select month, record->>'currency', 'other', (record->>'fee')::numeric - coalesce((
         select sum((d->>'amount')::numeric) from jsonb_array_elements(
           case jsonb_typeof(record->'fee_details') when 'array' then record->'fee_details'
           else '[]' end) as d), 0)
       from fees
     )
     select to_char(month, 'YYYY-MM') as month, currency, fee_type, count(*)::integer as quantity,
       sum(amount)::text as amount
     from lines where amount <> 0 and currency is not null
     group by month, currency, fee_type order by month, currency, fee_type`,
    [query.ledgerAccountId, query.connectionId, query.changedSince],
  )
}

/** Until when changes of a connection's transactions are in its statements; RFC 3339. */
export async function statedUntil(
  db: Executor,
  { ledgerAccountId, connectionId }: Omit<FeeQuery, 'changedSince'>,
): Promise<string | null> {
  const [row] = await db.query<{ stated_until: string | null }>(
    `select stated_until::text as stated_until from partner_account_connection
     where ledger_account_id = $1 and id = $2`,
    [ledgerAccountId, connectionId],
  )
  return row?.stated_until ?? null
}

/** Notes it; to be called in the transaction that saves the statements. */
export async function setStatedUntil(
  tx: Executor,
  { ledgerAccountId, connectionId, until }: Omit<FeeQuery, 'changedSince'> & { until: string },
) {
  await tx.query(
    `update partner_account_connection set stated_until = $3
     where ledger_account_id = $1 and id = $2`,
    [ledgerAccountId, connectionId, until],
  )
}
