// One of several processes that ask one partner account, each with a client of its own.
import { budgetsOf } from '../../src/connect/budget.ts'
import { newHttp } from '../../src/partners/http.ts'
import type { Budget } from '../../src/partners/rate.ts'
import { openDatabase } from '../../src/store/database.ts'

export interface Orders {
  readonly url: string
  readonly schema: string
  readonly baseUrl: string
  readonly key: string
  readonly per_second: number
  readonly requests: number
}

// The test writes the orders; nobody else starts this.
const orders = JSON.parse(process.env.BUDGET_ORDERS ?? '') as Orders
const db = await openDatabase({ url: orders.url, schema: orders.schema, connections_max: 2 })
const account = {
  partnerSource: 'stripe',
  partnerAccountId: 'acct_1',
  mode: 'test',
  baseUrl: null,
} as const
const { budget, giveBack } = budgetsOf(db).borrow(account, orders.per_second)
const headers = { authorization: `Bearer ${orders.key}` }
const times: number[] = []
const noted: Budget = {
  ...budget,
  async take(...how) {
    await budget.take(...how)
    times.push(Date.now())
  },
}
const http = newHttp({ baseUrl: orders.baseUrl, headers, budget: noted })
const asked = Array.from({ length: orders.requests }, () =>
  http.send({ path: '/v1/customers', query: { limit: '1' } }),
)
await Promise.all(asked)
giveBack()
console.log(JSON.stringify(times))
await http.close()
await db.close()
