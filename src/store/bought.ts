import type { Executor } from './database.ts'
import type { Place } from './list.ts'

/** A product that a customer bought. */
export interface Bought {
  readonly product_id: string
  /** Pieces, in decimal digits. */
  readonly quantity: string
  /** Orders, invoices or subscriptions it stands on. */
  readonly purchases: number
  readonly first_ms: number | null
  readonly last_ms: number | null
  /** The moment of the last one as a place in the list. */
  readonly last: string
}

export interface BoughtQuery {
  readonly ledgerAccountId: string
  readonly customerId: string
  readonly limit: number
  readonly after: Place | null
}

// An invoice for an order would count the order's lines twice. A subscription counts only for
// products that neither an order nor a paid invoice tells of.
const lines = `
  select 'order' as source, id, coalesce(placed_date, created_date) as date,
    record::jsonb->'line_items' as items from "order"
  where ledger_account_id = $1 and customer_id = $2 and "recordState" = 'ACTIVE'
    and coalesce(status, 'other') not in ('draft', 'cancelled')
  union all
  select 'invoice', id, created_date, record::jsonb->'line_items' from invoice
  where ledger_account_id = $1 and customer_id = $2 and "recordState" = 'ACTIVE'
    and status = 'paid' and order_id is null
  union all
  select 'subscription', id, created_date, record::jsonb->'items' from subscription
  where ledger_account_id = $1 and customer_id = $2 and "recordState" = 'ACTIVE'
    and status in ('active', 'past_due', 'trialing')`

const ms = (value: string) =>
  `case when ${value} = '-infinity' then null else (extract(epoch from ${value}) * 1000)::bigint end`

/** Products a customer bought, the last bought first; one more than the limit if there are more. */
export function boughtBy(db: Executor, query: BoughtQuery): Promise<Bought[]> {
  const { ledgerAccountId, customerId, limit, after } = query
  const place = after ? 'where (last_date, product_id) < ($4::timestamptz, $5)' : ''
  return db.query<Bought>(
    `with line as (
       select source, lines.id, date, item->>'product_id' as product_id,
         coalesce((item->>'quantity')::numeric, 1) as quantity
       from (${lines}) as lines cross join lateral jsonb_array_elements(items) as item
     ), product as (
       select product_id,
         coalesce(sum(quantity) filter (where source <> 'subscription'), sum(quantity)) as quantity,
         coalesce(nullif(count(distinct id) filter (where source <> 'subscription'), 0),
           count(distinct id)) as purchases,
         min(date) as first_date, max(date) as last_date
       from line where product_id is not null group by product_id
     )
     select product_id, quantity::text as quantity, purchases,
       ${ms('first_date')} as first_ms, ${ms('last_date')} as last_ms,
       case when last_date = '-infinity' then '-infinity' else
         to_char(last_date at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end as last
     from product ${place} order by last_date desc, product_id desc limit $3`,
    [ledgerAccountId, customerId, limit + 1, ...(after ? [after.value, after.id] : [])],
  )
}
