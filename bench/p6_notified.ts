import { Pool } from 'undici'
import { median, rounded } from './figures.ts'
import type { Form, Measured, Measurement } from './measurement.ts'
import { atRate, deliveryOf, type Notified, notifiedBusiness, p99 } from './notifying.ts'
import { type Double, type Postgres, startBenchPostgres, startDouble } from './servers.ts'
import { startSide } from './side.ts'

const per_second = 100
const goal_ms = 2_000
const poll_ms = 10
const patience_ms = 60_000

export const p6: Measurement = {
  id: 'P6',
  title: 'From a notification to the record',
  how:
    `${per_second} customers a second are made at the double, and a signed notification of each is ` +
    'delivered to an API process. A worker process reads the customer at the double and saves it. ' +
    'Timed from the first byte of the delivery until the change feed of the API shows the customer.',
  run,
}

async function run(form: Form): Promise<Measured> {
  const postgres = await startBenchPostgres()
  const double = await startDouble({ idle: true })
  try {
    const business = await notifiedBusiness(await postgres.database('notified'), double)
    const took = await timed({ postgres, double, business, seconds: form.pick(10, 120) })
    await business.db.close()
    const worst = p99(took)
    return {
      results: [
        {
          id: 'P6',
          title: `notification received → readable, ${per_second}/s`,
          measured: rounded(worst),
          unit: 'ms (p99)',
          against: { goal: goal_ms },
          ratio: rounded(worst / goal_ms),
          goal: { is: '<=', value: 1 },
        },
      ],
      notes: [`${took.length} notifications, median ${rounded(median(took))} ms`],
    }
  } finally {
    await double.stop()
    await postgres.stop()
  }
}

interface Timing {
  readonly postgres: Postgres
  readonly double: Double
  readonly business: Notified
  readonly seconds: number
}

async function timed(timing: Timing): Promise<number[]> {
  const { postgres, business } = timing
  const url = await postgres.database('notified')
  const given = { url, masterKey: business.masterKey }
  const receiver = startSide('furrow_receiver')
  const worker = startSide('furrow_notified')
  try {
    const api = await receiver.ask<string>('serve', given)
    await worker.ask('work', given)
    return await timedAt(api, timing)
  } finally {
    for (const side of [worker, receiver]) await side.stop()
  }
}

async function timedAt(base: string, { double, business, seconds }: Timing): Promise<number[]> {
  const api = new Pool(base, { connections: 32 })
  const partner = new Pool(new URL(double.stripe.baseUrl).origin, { connections: 16 })
  const feed = newFeed(api, business)
  const took: number[] = []
  const deliver = async (i: number) => {
    const customer = await madeAt(partner, i)
    const { body, headers } = deliveryOf(`evt_${i}`, customer)
    const began = performance.now()
    const path = `/v2/notifications/stripe/${business.connectionId}`
    const answer = await api.request({ path, method: 'POST', headers, body })
    await answer.body.dump()
    if (answer.statusCode !== 200) throw new Error(`delivery ${i}: ${answer.statusCode}`)
    took.push((await feed.shows(customer)) - began)
  }
  try {
    await atRate({ per_second: 10, seconds: 2 }, (i) => deliver(-1 - i))
    took.length = 0
    await atRate({ per_second, seconds }, deliver)
    await feed.stop()
    return took
  } finally {
    for (const pool of [api, partner]) await pool.destroy()
  }
}

async function madeAt(partner: Pool, i: number): Promise<string> {
  const answer = await partner.request({
    path: '/_sandbox/stripe/customers',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: `Buyer ${i}`, email: `buyer${i}@example.com` }),
  })
  return ((await answer.body.json()) as { id: string }).id
}

interface Page {
  readonly data: readonly { readonly record: { readonly partnerRecordId?: string } | null }[]
  readonly next_after: number
}

/** Follows the change feed, and tells when a customer has come into it. */
function newFeed(api: Pool, { apiKey, ledgerAccountId }: Notified) {
  const shown = new Map<string, number>()
  const waiting = new Map<string, { came: (at: number) => void; failed: (error: Error) => void }>()
  let after = 0
  let over = false
  const follow = async () => {
    while (!over) {
      const path = `/v2/changes?ledgerAccountId=${ledgerAccountId}&after=${after}&limit=1000&types[]=customer&include[]=record`
      const answer = await api.request({ path, method: 'GET', headers: { 'x-api-key': apiKey } })
      if (answer.statusCode !== 200) throw new Error(`changes: ${await answer.body.text()}`)
      const page = (await answer.body.json()) as Page
      after = page.next_after
      for (const { record } of page.data) {
        const id = record?.partnerRecordId ?? ''
        shown.set(id, performance.now())
        waiting.get(id)?.came(performance.now())
      }
      await new Promise((resolve) => setTimeout(resolve, poll_ms))
    }
  }
  const following = follow()
  // Whoever waits for a customer hears of it.
  following.catch((error) => {
    over = true
    for (const [, { failed }] of waiting) failed(error)
  })
  return {
    shows: (id: string) =>
      new Promise<number>((resolve, reject) => {
        const known = shown.get(id)
        if (known !== undefined) return resolve(known)
        const timer = setTimeout(() => reject(new Error(`${id} did not come`)), patience_ms)
        const came = (at: number) => {
          clearTimeout(timer)
          resolve(at)
        }
        waiting.set(id, { came, failed: reject })
      }),
    async stop() {
      over = true
      await following
    },
  }
}
