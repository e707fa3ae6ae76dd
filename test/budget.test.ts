// Several processes ask one account at a partner: together they keep within its rate.
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { budgetsOf } from '../src/connect/budget.ts'
import { type Database, openDatabase } from '../src/store/database.ts'
import { migrate } from '../src/store/migrate.ts'
import type { Orders } from './budget/caller.ts'
import { type PostgresServer, startPostgres } from './postgres.ts'

const per_second = 40
const processes = 4
const long = Boolean(process.env.BUDGET_LONG)
const requests = long ? 2400 : 120

let postgres: PostgresServer
let sandbox: Sandbox
let db: Database
const schema = 'budget'

beforeAll(async () => {
  postgres = await startPostgres()
  db = await openDatabase({ url: postgres.url, schema })
  await migrate(db)
  sandbox = await startSandbox({ buyers: 5, ratePerSecond: per_second })
}, 60_000)
afterAll(async () => {
  await sandbox?.stop()
  await db?.close()
  await postgres?.stop()
})

/** Runs one process. Gives when it was let ask, milliseconds since 1970. */
async function call(): Promise<number[]> {
  const { baseUrl, key } = sandbox.stripe
  const orders: Orders = { url: postgres.url, schema, baseUrl, key, per_second, requests }
  const env = { ...process.env, BUDGET_ORDERS: JSON.stringify(orders) }
  const script = new URL('./budget/caller.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const told = await text(child.stdout)
  return JSON.parse(told) as number[]
}

/** The most that lies within one second. */
function mostInASecond(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b)
  let from = 0
  let most = 0
  for (const [to, time] of sorted.entries()) {
    while (time - (sorted[from] ?? 0) >= 1000) from++
    most = Math.max(most, to - from + 1)
  }
  return most
}

describe('one budget of several processes', () => {
  it('keeps within the partner’s rate', async () => {
    sandbox.clearRequests()
    const times = (await Promise.all(Array.from({ length: processes }, call))).flat()
    const asked = sandbox.requests()
    const refused = asked.filter(({ status }) => status === 429).length
    console.log(`${asked.length} requests, ${refused} refused, ${mostInASecond(times)} in a second`)
    expect(asked.length - refused).toBe(processes * requests)
    expect(mostInASecond(times)).toBeLessThanOrEqual(per_second)
    // A partner that stands still, as on a busy machine, counts late what came in time.
    const share = long ? 0.01 : 0.05
    expect(refused).toBeLessThanOrEqual(asked.length * share)
  }, 300_000)

  it('passes a hold on to others', async () => {
    const other = await openDatabase({ url: postgres.url, schema, connections_max: 2 })
    const account = {
      partnerSource: 'square',
      partnerAccountId: 'held',
      mode: 'live',
      baseUrl: null,
    } as const
    const [one, two] = [db, other].map((each) => budgetsOf(each).borrow(account, 10))
    await one?.budget.take('incremental')
    const began_ms = Date.now()
    one?.budget.hold(began_ms + 1500)
    await expect
      .poll(async () => {
        const [row] = await db.query<{ held: number }>(
          `select held_until_ms as held from budget where account like 'square%'`,
        )
        return row?.held ?? 0
      })
      .toBeGreaterThan(0)
    await two?.budget.take('interactive')
    expect(Date.now() - began_ms).toBeGreaterThanOrEqual(1450)
    one?.giveBack()
    two?.giveBack()
    await other.close()
  })
})
