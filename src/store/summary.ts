import { transaction } from '../model/transaction.ts'
import type { Executor } from './database.ts'
import { wholeNumber } from './fact.ts'

/** Whose buyer. */
export interface SummaryQuery {
  readonly ledgerAccountId: string
  readonly customerId: string
}

/** Sums of one currency and year. Amounts are decimal digits: they may pass 2^53. */
interface Row {
  readonly currency: string | null
  /** In UTC; null where the partner told no date. */
  readonly year: number | null
}

export interface PaymentSums extends Row {
  readonly gross: string
  readonly refunded: string
  readonly payments: number
  readonly first_ms: number | null
  readonly last_ms: number | null
}

export interface FeeSums extends Row {
  /** Currency of the fees: the balance's, where payments are converted into it. */
  readonly fee_currency: string | null
  readonly fees: string
}

export interface DisputeSums extends Row {
  readonly disputes: number
  readonly disputed: string
  readonly lost: number
}

export interface OrderSums extends Row {
  readonly orders: number
  readonly ordered: string
}

export interface SubscriptionSums {
  readonly currency: string | null
  readonly subscriptions: number
  readonly monthly: string
}

export interface SummarySums {
  readonly payments: readonly PaymentSums[]
  readonly fees: readonly FeeSums[]
  readonly disputes: readonly DisputeSums[]
  readonly orders: readonly OrderSums[]
  readonly subscriptions: readonly SubscriptionSums[]
}

/** What a customer is worth, in exact sums by currency and year. */
export async function summarySums(db: Executor, query: SummaryQuery): Promise<SummarySums> {
  const parameters = [query.ledgerAccountId, query.customerId]
  const [payments, fees, disputes, orders, subscriptions] = await Promise.all([
    db.query<PaymentSums>(paymentSql, parameters),
    db.query<FeeSums>(feeSql, parameters),
    db.query<DisputeSums>(disputeSql, parameters),
    db.query<OrderSums>(orderSql, parameters),
    db.query<SubscriptionSums>(subscriptionSql, parameters),
  ])
  return { payments, fees, disputes, orders, subscriptions }
}

const year = (alias: string) => `case when ${alias}.created_date > '-infinity'
    then extract(year from ${alias}.created_date at time zone 'UTC')::integer end`

const mine = (alias: string) => `${alias}.ledger_account_id = $1 and ${alias}.customer_id = $2
    and ${alias}."recordState" = 'ACTIVE'`

const ms = (value: string) => `(extract(epoch from ${value}) * 1000)::bigint`

const charged = `p.type = 'charge' and p.status = 'succeeded'`
const dated = `p.created_date > '-infinity'`

const paymentSql = `select p.currency, ${year('p')} as year,
    coalesce(sum(p.amount) filter (where ${charged}), 0)::text as gross,
    coalesce(-sum(p.amount) filter (where p.type = 'refund' and p.status = 'succeeded'), 0)::text
      as refunded,
    count(*) filter (where ${charged}) as payments,
    ${ms(`min(p.created_date) filter (where ${charged} and ${dated})`)} as first_ms,
    ${ms(`max(p.created_date) filter (where ${charged} and ${dated})`)} as last_ms
  from payment p where ${mine('p')} group by 1, 2`

// Refunds and disputes cost fees too, and some give fees back.
const feeSql = `select s.currency, s.year, t.currency as fee_currency,
    sum(${wholeNumber(transaction, 'fee', 't')})::text as fees
  from (
    select p.id, p.currency, ${year('p')} as year from payment p where ${mine('p')}
    union all
    select d.id, d.currency, ${year('d')} from dispute d where ${mine('d')}
  ) as s
  join transaction t on t.ledger_account_id = $1 and t.source_id = s.id
    and t."recordState" = 'ACTIVE'
  group by 1, 2, 3 having sum(${wholeNumber(transaction, 'fee', 't')}) is not null`

const disputeSql = `select d.currency, ${year('d')} as year, count(*) as disputes,
    coalesce(sum(d.amount), 0)::text as disputed,
    count(*) filter (where d.status = 'lost') as lost
  from dispute d where ${mine('d')} group by 1, 2`

const orderSql = `select o.currency, ${year('o')} as year, count(*) as orders,
    coalesce(sum(o.amount), 0)::text as ordered
  from "order" o where ${mine('o')} and coalesce(o.status, 'other') not in ('draft', 'cancelled')
  group by 1, 2`

// A year has 12 months, 52 weeks and 365 days; each subscription is rounded to the minor unit.
const subscriptionSql = `select currency, count(*) as subscriptions,
    coalesce(sum(round(amount * case unit
      when 'year' then 1.0 / 12 when 'month' then 1.0
      when 'week' then 52.0 / 12 when 'day' then 365.0 / 12 end
      / greatest(interval_count, 1))), 0)::text as monthly
  from (
    select s.currency, s.amount::numeric as amount, s.record::jsonb->>'interval' as unit,
      coalesce((s.record::jsonb->>'interval_count')::numeric, 1) as interval_count
    from subscription s where ${mine('s')} and s.status in ('active', 'past_due')
  ) as running group by 1`
