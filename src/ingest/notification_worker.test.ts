import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import { type Business, connected } from '../../test/business.ts'
import { testDatabase } from '../../test/database.ts'
import { notificationsOf } from '../../test/notified.ts'
import { type PostgresServer, startPostgres } from '../../test/postgres.ts'
import type { OnNotifications } from '../metrics/notifications.ts'
import { partnerList } from '../partners/index.ts'
import type { Database } from '../store/database.ts'
import { addNotifications } from '../store/notification.ts'
import { endingOf, tries_max } from './patience.ts'
import type { Outcome } from './touched.ts'
import { startWorker } from './worker.ts'

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Each engine has its queues: in memory, and in the database. */
describe.each(['PGlite', 'Postgres'])('a worker on %s', (engine) => {
  let server: PostgresServer | null = null
  let db: Database
  let sandbox: Sandbox
  let business: Business

  beforeAll(async () => {
    server = engine === 'Postgres' ? await startPostgres() : null
    db = await testDatabase(server?.url)
    sandbox = await startSandbox({ seed: 3, buyers: 5 })
    business = await connected(db, sandbox)
  })
  afterAll(async () => {
    await sandbox.stop()
    await db.close()
    await server?.stop()
  })

  async function tells(customer: string) {
    const { ledgerAccountId, connectionId } = business
    const payload = JSON.stringify({
      id: `evt_${customer}`,
      object: 'event',
      type: 'customer.updated',
      data: { object: { object: 'customer', id: customer } },
    })
    const arrived = [{ connectionId, eventId: `evt_${customer}`, payload }]
    await addNotifications(db, { ledgerAccountId, now_ms: Date.now() }, arrived)
  }

  async function processed(): Promise<(string | null)[]> {
    for (let i = 0; i < 400; i++) {
      const rows = await notificationsOf(db, business)
      if (rows.every(({ waits }) => !waits)) return rows.map(({ reason }) => reason)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('notifications still wait')
  }

  it('finds what waited before it was started, and does what it is woken for', async () => {
    const { data } = (await (
      await fetch(`${sandbox.stripe.baseUrl}/v1/customers`, {
        headers: { authorization: `Bearer ${sandbox.stripe.oracleKey}` },
      })
    ).json()) as { data: { id: string }[] }
    const [first = '', second = ''] = data.map(({ id }) => id)
    await tells(first)
    const { keys } = business
    const counted: string[] = []
    const onNotifications: OnNotifications = (partner, { ended, postponed, broken }) =>
      counted.push(`${partner} ${ended} ${postponed} ${broken}`)
    const options = {
      db,
      url: server?.url,
      keys,
      partners: partnerList,
      log: silent,
      onNotifications,
    }
    const worker = await startWorker({ ...options, every_ms: 3_600_000 })
    expect(await processed()).toEqual([null])
    await tells(second)
    worker.wake(business)
    expect(await processed()).toEqual([null, null])
    await worker.stop()
    expect(counted.filter((one) => one !== 'stripe 0 0 0')).toEqual(Array(2).fill('stripe 1 0 0'))
    const stored = await db.query<{ id: string }>(
      `select "partnerRecordId" as id from customers where "partnerRecordId" = any($1::text[])`,
      [[first, second]],
    )
    expect(stored).toHaveLength(2)
  })
})

describe('patience', () => {
  const outcome = (ended: Outcome['ended'], retryAt_ms: number | null = null): Outcome => ({
    read: { records: [], rejects: [], seen: 0 },
    ended,
    reason: ended,
    retryAt_ms,
  })
  const fresh = { attempts: 0, received_ms: 0 }

  it.each([
    ['read', { due_ms: null, reason: null }],
    ['left', { due_ms: null, reason: 'left' }],
    ['unseen', { due_ms: 1_000, reason: 'unseen' }],
    ['broken', { due_ms: 1_000, reason: 'broken' }],
    ['down', { due_ms: 5_000, reason: 'down' }],
    ['refused', { due_ms: 5_000, reason: 'refused' }],
  ] as const)('of what is %s', (ended, wanted) => {
    expect(endingOf(fresh, [outcome('read'), outcome(ended)], 0)).toEqual(wanted)
  })

  it('waits twice as long each time, as long as the partner asks, and not for ever', () => {
    const later = (attempts: number) =>
      endingOf({ attempts, received_ms: 0 }, [outcome('unseen')], 0)
    expect([1, 2, 3].map((n) => later(n).due_ms)).toEqual([2_000, 4_000, 8_000])
    expect(later(tries_max - 1)).toEqual({
      due_ms: null,
      reason: 'left to the next reading: unseen',
    })
    expect(endingOf(fresh, [outcome('down', 90_000)], 0).due_ms).toBe(90_000)
    expect(endingOf({ attempts: 60, received_ms: 0 }, [outcome('down')], 0).due_ms).toBe(300_000)
    const days = 4 * 24 * 60 * 60 * 1000
    expect(endingOf(fresh, [outcome('down')], days).due_ms).toBe(null)
  })
})
