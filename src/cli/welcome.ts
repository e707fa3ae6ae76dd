import { customer } from '../model/customer.ts'
import { payment } from '../model/payment.ts'
import type { Executor } from '../store/database.ts'
import { list } from '../store/list.ts'
import type { Demo } from './demo.ts'
import type { Tenant } from './first_key.ts'

export interface Welcome {
  readonly db: Executor
  readonly url: string
  readonly tenant: Tenant
  readonly demo: Demo | null
}

/** What to do next: the address, the key, and requests to paste. */
export async function welcome({ db, url, tenant, demo }: Welcome) {
  const key = tenant.key
  console.log(`
  Console   ${url}/
  API       ${url}/v2
  Docs      ${url}/docs
  Key       ${key ?? 'furrow keys create makes one'}
`)
  if (key === null || demo === null) return
  const { ledgerAccountId } = demo.connection
  const buyer = await someBuyer(db, ledgerAccountId)
  const get = (path: string) => `curl -sg -H "x-api-key: ${key}" "${url}/v2/${path}"`
  const expanded = 'expand[]=data.external_account_id&expand[]=data.subscriptions'
  console.log(`  Customers, with the card on file and the subscriptions of each
    ${get(`customers?ledgerAccountId=${ledgerAccountId}&limit=3&${expanded}`)}
`)
  console.log(`  Let another business in by itself: a consent page, at the simulated partners
    npm run furrow -- consent-link --institution-account merchant-1
`)
  if (buyer) {
    console.log(`  Everything that happened with one buyer
    ${get(`customers/${buyer}/timeline`)}
`)
  }
  console.log(`  What changed, from the beginning
    ${get(`changes?ledgerAccountId=${ledgerAccountId}&after=0&limit=3`)}
`)
}

const looked_at = 25

/** A buyer who has paid, so that there is something to see. */
async function someBuyer(db: Executor, ledgerAccountId: string): Promise<string | null> {
  const query = {
    scope: [ledgerAccountId],
    where: [],
    sort: 'created_date',
    limit: looked_at,
  } as const
  const paid = await list(db, { type: payment, ...query })
  for (const text of paid.records) {
    const { customer_id } = JSON.parse(text) as { customer_id: string | null }
    if (customer_id !== null) return customer_id
  }
  const known = await list(db, { type: customer, ...query })
  const [first] = known.records
  return first === undefined ? null : (JSON.parse(first) as { id: string }).id
}
