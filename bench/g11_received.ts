import { Pool } from 'undici'
import { rounded } from './figures.ts'
import type { Form, Measured, Measurement, Result } from './measurement.ts'
import { atRate, deliveryOf, type Notified, notifiedBusiness, p99 } from './notifying.ts'
import { type Postgres, startBenchPostgres, startDouble } from './servers.ts'
import { startSide } from './side.ts'

const per_second = 500
const p99_goal_ms = 100
/** One in so many deliveries is of an event that came before. */
const repeated_every = 10

export const g11: Measurement = {
  id: 'G11',
  title: 'Notifications in',
  how:
    `${per_second} signed notifications a second are delivered to the API, one in ${repeated_every} ` +
    'of them for the second time. After the last answer its process is killed with −9, and the table ' +
    'is compared with what was answered 2xx. Postgres commits to disk.',
  run,
}

async function run(form: Form): Promise<Measured> {
  const postgres = await startBenchPostgres()
  const double = await startDouble({ idle: true })
  try {
    const business = await notifiedBusiness(await postgres.database('received'), double)
    const seen = await delivered(postgres, business, form.pick(10, 300))
    await business.db.close()
    return measuredOf(seen)
  } finally {
    await double.stop()
    await postgres.stop()
  }
}

interface Seen {
  readonly acks_ms: readonly number[]
  readonly refused: number
  readonly lost: number
  readonly doubled: number
  readonly rate: number
}

async function delivered(postgres: Postgres, business: Notified, seconds: number): Promise<Seen> {
  const side = startSide('furrow_receiver')
  const url = await postgres.database('received')
  const base = await side.ask<string>('serve', { url, masterKey: business.masterKey })
  const pool = new Pool(base, { connections: 64 })
  const path = `/v2/notifications/stripe/${business.connectionId}`
  const acks_ms: number[] = []
  const acknowledged = new Set<string>()
  let refused = 0
  const deliver = async (i: number) => {
    const id = `evt_${i % repeated_every === 0 ? Math.max(0, i - 1) : i}`
    const { body, headers } = deliveryOf(id, `cus_${id}`)
    const began = performance.now()
    const answer = await pool.request({ path, method: 'POST', headers, body })
    await answer.body.dump()
    acks_ms.push(performance.now() - began)
    if (answer.statusCode === 200) acknowledged.add(id)
    else refused += 1
  }
  // Everything is opened and compiled before it is timed.
  await atRate({ per_second: 50, seconds: 1 }, (i) => deliver(-1 - i))
  acks_ms.length = 0
  const began = performance.now()
  await atRate({ per_second, seconds }, deliver)
  const rate = acks_ms.length / ((performance.now() - began) / 1000)
  process.kill(side.pid, 'SIGKILL')
  await pool.destroy()
  await side.stop()
  const rows = await business.db.query<{ id: string }>('select event_id as id from notification')
  const stored = new Set(rows.map(({ id }) => id))
  const lost = [...acknowledged].filter((id) => !stored.has(id)).length
  return { acks_ms, refused, lost, doubled: rows.length - stored.size, rate }
}

function measuredOf({ acks_ms, refused, lost, doubled, rate }: Seen): Measured {
  const worst = p99(acks_ms)
  const ack: Result = {
    id: 'G11',
    title: `p99 until answered, ${per_second}/s`,
    measured: rounded(worst),
    unit: 'ms',
    against: { goal: p99_goal_ms },
    ratio: rounded(worst / p99_goal_ms),
    goal: { is: '<=', value: 1 },
  }
  const kept: Result = {
    id: 'G11.kept',
    title: 'lost, doubled or refused of what was delivered',
    measured: lost + doubled + refused,
    unit: 'notifications',
    against: { delivered: acks_ms.length },
    ratio: (lost + doubled + refused) / acks_ms.length,
    goal: { is: '<=', value: 0 },
  }
  return {
    results: [ack, kept],
    notes: [
      `${acks_ms.length} deliveries at ${rounded(rate)}/s: ${lost} lost, ${doubled} doubled, ${refused} refused`,
    ],
  }
}
