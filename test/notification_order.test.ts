// In whatever order notifications come, how often, and whatever else is read meanwhile: the same
// records in the end. G3_RUNS and G4_RUNS are how many worlds are tried.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StripeObject } from '../sandbox/stripe/types.ts'
import { type SyncResult, syncConnection } from '../src/ingest/sync.ts'
import type { Database } from '../src/store/database.ts'
import { testDatabase } from './database.ts'
import { byAddress } from './guest_links.ts'
import { type Deed, type Gate, newRig, type Rig } from './notification_rig.ts'

const orders = Number(process.env.G3_RUNS ?? 1_000)
const interleavings = Number(process.env.G4_RUNS ?? 500)
const timeout_ms_a_run = 1_000
const streams = ['customers', 'payments', 'charges', 'refunds']

let db: Database
let rig: Rig

beforeAll(async () => {
  db = await testDatabase()
  rig = await newRig(db, streams)
})
afterAll(() => db.close())

const deed = fc.record({
  kind: fc.constantFrom<Deed['kind']>(
    'customer',
    'customer',
    'rename',
    'delete',
    'charge',
    'charge',
    'refund',
    'describe',
  ),
  who: fc.nat({ max: 11 }),
  email: fc.nat({ max: 2 }),
})

/** How the events of a world come: an order, some again, a beginning again, in several goes. */
const coming = fc.record({
  order: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
  again: fc.array(fc.nat(), { maxLength: 5 }),
  prefix: fc.nat({ max: 8 }),
  goes: fc.integer({ min: 1, max: 3 }),
})

type Coming = typeof coming extends fc.Arbitrary<infer T> ? T : never

function shuffled(events: readonly StripeObject[], { order, again, prefix }: Coming) {
  const keyed = events.map((event, i) => ({ event, at: order[i % order.length] ?? 0 }))
  const once = keyed.sort((a, b) => a.at - b.at).map(({ event }) => event)
  const repeated = again.map((i) => once[i % once.length]).filter((event) => event !== undefined)
  return [...once, ...repeated, ...events.slice(0, prefix)]
}

describe('notifications', () => {
  it(
    'end in the same state in any order, repeated, and with a beginning that comes again',
    async () => {
      let told = 0
      await fc.assert(
        fc.asyncProperty(
          fc.array(deed, { minLength: 2, maxLength: 9 }),
          coming,
          async (deeds, how) => {
            await rig.begin()
            const events = deeds.flatMap((one) => rig.does(one))
            told += events.length
            await rig.delivers(events)
            await rig.processes()
            const wanted = byAddress(await rig.state(), rig.buyers())
            await rig.forgets()
            const all = shuffled(events, how)
            const size = Math.ceil(all.length / how.goes)
            for (let go = 0; go < how.goes; go++) {
              await rig.delivers(all.slice(go * size, (go + 1) * size), ` ${go}`)
              await rig.processes()
            }
            expect(byAddress(await rig.state(), rig.buyers())).toEqual(wanted)
          },
        ),
        { numRuns: orders, endOnFailure: true },
      )
      expect(told).toBeGreaterThan(orders)
    },
    60_000 + orders * timeout_ms_a_run,
  )
})

/** What happens beside a backfill and a later reading, in an order that is drawn. */
async function interleaved(deeds: readonly Deed[], scheduler: fc.Scheduler) {
  const gate: Gate = (what) => scheduler.schedule(Promise.resolve(), what)
  let processing = Promise.resolve()
  // As the queue has it: never two at once of one connection.
  const notified = () => {
    processing = processing.then(() => rig.processes(gate))
    return processing
  }
  const reading = async () => {
    const failed: SyncResult['failed'][] = []
    for (let i = 0; i < 2; i++) failed.push((await rig.runs(syncConnection, gate)).failed)
    expect(failed.flat()).toEqual([])
  }
  const acting = deeds.map(async (one) => {
    await gate(`does ${one.kind}`)
    const events = rig.does(one)
    await gate(`delivers ${one.kind}`)
    await rig.delivers(events)
    await notified()
  })
  await scheduler.waitFor(Promise.all([reading(), ...acting]))
}

function living(state: ReadonlyMap<string, string>) {
  return new Map([...state].filter(([, record]) => record.includes('"recordState":"ACTIVE"')))
}

describe('a backfill, notifications and a later reading', () => {
  it(
    'lose no update, however they come between each other',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(deed, { minLength: 2, maxLength: 5 }),
          fc.array(deed, { minLength: 1, maxLength: 5 }),
          fc.scheduler(),
          async (before, meanwhile, scheduler) => {
            await rig.begin()
            for (const one of before) rig.does(one)
            await interleaved(meanwhile, scheduler)
            const found = byAddress(await rig.state(), rig.buyers())
            await rig.forgets()
            await rig.runs(syncConnection)
            expect(living(found)).toEqual(living(byAddress(await rig.state(), rig.buyers())))
          },
        ),
        { numRuns: interleavings, endOnFailure: true },
      )
    },
    60_000 + interleavings * timeout_ms_a_run,
  )
})
