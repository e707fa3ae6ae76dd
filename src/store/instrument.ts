import type { Executor } from './database.ts'
import { TextArray } from './text_array.ts'

/** The newest active instrument of each customer that has one, by customer id. */
export async function newestInstruments(
  tx: Executor,
  ledgerAccountId: string,
  customerIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ customer: string; id: string }>(
    `select k.id as customer, found.id from unnest($2::text[]) as k(id)
     cross join lateral (
       select id from external_account
       where ledger_account_id = $1 and customer_id = k.id and "recordState" = 'ACTIVE'
         and status = 'active'
       order by created_date desc, id desc limit 1
     ) as found`,
    [ledgerAccountId, new TextArray(customerIds)],
    { replan: true },
  )
  return new Map(rows.map((row) => [row.customer, row.id]))
}

/** A customer as stored, with the payload it was read from. */
export interface StoredCustomer {
  readonly id: string
  readonly record: string
  readonly payload: string | null
  readonly stamp: number
  readonly mappingVersion: number
}

export async function storedCustomers(
  tx: Executor,
  ledgerAccountId: string,
  ids: readonly string[],
): Promise<StoredCustomer[]> {
  return tx.query<StoredCustomer>(
    `select k.id, found.* from unnest($2::text[]) as k(id)
     cross join lateral (
       select record, payload, stamp, mapping_version as "mappingVersion" from customer
       where ledger_account_id = $1 and id = k.id limit 1
     ) as found`,
    [ledgerAccountId, new TextArray(ids)],
    { replan: true },
  )
}
