import { transaction } from '../model/transaction.ts'
import type { Executor } from './database.ts'
import { wholeNumber } from './fact.ts'

export const granularities = ['daily', 'monthly', 'yearly'] as const
export type Granularity = (typeof granularities)[number]

export interface SettlementQuery {
  readonly scope: readonly string[]
  readonly granularity: Granularity
  /** RFC 3339; `to` is not included. */
  readonly from: string
  readonly to: string
  readonly partnerSources: readonly string[] | null
  /** The partner's id of an account. */
  readonly accountId: string | null
}

/** Sums of one period, currency and partner account. Amounts are decimal digits. */
export interface SettlementSums {
  /** First day of the period, `2026-03-01`. */
  readonly period: string
  readonly currency: string | null
  readonly partnerSource: string
  readonly account_id: string | null
  readonly settled_amount: string
  readonly settled_count: number
  readonly gross: string
  readonly fees: string
  readonly refunds: string
  readonly disputes: string
  readonly adjustments: string
}

const units = { daily: 'day', monthly: 'month', yearly: 'year' } as const

/**
 * Settlements paid in a span of time, and of what they are made: the movements on the seller's
 * balance that each of them paid out, as far as the partner tells which.
 */
export function settlementSums(db: Executor, query: SettlementQuery): Promise<SettlementSums[]> {
  const { scope, granularity, from, to, partnerSources, accountId } = query
  const sum = (type: string) => `coalesce(sum(m.${type}), 0)::text`
  return db.query<SettlementSums>(
    `with settled as (
       select s.ledger_account_id, s.id, s.currency, s."partnerSource", c.partner_account_id, s.amount,
         date_trunc('${units[granularity]}',
           coalesce(s.arrival_date, s.created_date) at time zone 'UTC') as period
       from settlement s
       left join partner_account_connection c on c.ledger_account_id = s.ledger_account_id
         and c.id = s."partnerAccountConnectionId"
       where s.ledger_account_id = any($1::text[]) and s."recordState" = 'ACTIVE'
         and s.status = 'paid'
         and coalesce(s.arrival_date, s.created_date) >= $2::timestamptz
         and coalesce(s.arrival_date, s.created_date) < $3::timestamptz
         and ($4::text[] is null or s."partnerSource" = any($4::text[]))
         and ($5::text is null or c.partner_account_id = $5)
     )
     select to_char(s.period, 'YYYY-MM-DD') as period, s.currency, s."partnerSource",
       s.partner_account_id as account_id, coalesce(sum(s.amount), 0)::text as settled_amount,
       count(*) as settled_count, ${sum('gross')} as gross, ${sum('fees')} as fees,
       ${sum('refunds')} as refunds, ${sum('disputes')} as disputes,
       ${sum('adjustments')} as adjustments
     from settled s cross join lateral (${movements}) as m
     group by 1, 2, 3, 4 order by 1 desc, 2, 3, 4`,
    [scope, from, to, partnerSources, accountId],
  )
}

const amounts = (type: string) => `sum(t.amount) filter (where t.type = '${type}')`

const movements = `select ${amounts('payment')} as gross, ${amounts('refund')} as refunds,
    ${amounts('dispute')} as disputes, ${amounts('adjustment')} as adjustments,
    sum(${wholeNumber(transaction, 'fee', 't')}) filter (where t.type <> 'settlement') as fees
  from transaction t
  where t.ledger_account_id = s.ledger_account_id and t.settlement_id = s.id
    and t.currency is not distinct from s.currency and t."recordState" = 'ACTIVE'`
