import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { type Deliveries, newDeliveries } from '../src/events/deliveries.ts'
import { newSender, type Sender } from '../src/events/send.ts'
import { newEventMetrics } from '../src/metrics/events.ts'
import { newRegistry, type Registry } from '../src/metrics/registry.ts'
import { customer } from '../src/model/customer.ts'
import { createInstitution } from '../src/store/api_key.ts'
import type { Database } from '../src/store/database.ts'
import { masterKeysFrom, newMasterKey } from '../src/store/seal.ts'
import { testDatabase } from './database.ts'
import { type Receiver, startReceiver } from './receiver.ts'
import {
  type Client,
  type Json,
  newClient,
  newShop,
  newWorld,
  type Shop,
  type World,
} from './world.ts'

/** What each test of events begins with: an institution, a receiver, and a clock that stands. */
export interface Stage {
  db: Database
  /** Milliseconds since 1970; moved on by tests. */
  clock_ms: number
  receiver: Receiver
  client: Client
  shop: Shop
  deliveries: Deliveries
  /** What delivering has counted. */
  registry: Registry
  readonly newEndpoint: (more?: object) => Promise<Json>
  /** Saves a customer of the shop. */
  readonly put: (partnerRecordId: string, more?: object) => Promise<string[]>
  /** Types of the events that were received, in their order. */
  readonly types: () => string[]
  readonly seqs: () => number[]
}

const began_ms = Date.parse('2026-05-01T12:00:00.000Z')
const nothing = () => undefined
const log = { info: nothing, warn: nothing, error: nothing }

/** Sets the stage anew for each test of a file, on one database. */
export function useStage(): Stage {
  const keys = masterKeysFrom(newMasterKey())
  let sender: Sender
  let world: World
  // The hooks below fill in the rest before any test looks.
  const stage = {
    clock_ms: began_ms,
    newEndpoint: (more: object = {}) => newEndpoint(stage, more),
    put: (partnerRecordId: string, more: object = {}) =>
      stage.shop.put(customer, [{ partnerRecordId, ...more }], stage.clock_ms),
    types: () => stage.receiver.received.map(({ event }) => event.type),
    seqs: () => stage.receiver.received.map(({ event }) => event.data.seq),
  } as Stage
  const now = () => stage.clock_ms

  beforeAll(async () => {
    stage.db = await testDatabase()
    sender = newSender({ loopback: true, timeout_ms: 700, now })
    world = await newWorld(stage.db, { events: { keys, sender }, now, requestsPerMinute: 0 })
  })
  afterAll(async () => {
    await world.close()
    await sender.close()
    await stage.db.close()
  })
  beforeEach(async () => {
    const { db } = stage
    stage.clock_ms = began_ms
    stage.receiver = await startReceiver()
    // An institution of its own, so that nothing is told of other tests.
    const institutionId = await createInstitution(db, { name: 'Bank', now_ms: began_ms })
    stage.shop = await newShop(db, { institutionId })
    stage.client = await newClient(world.api, db, { institutionId })
    stage.registry = newRegistry()
    const metrics = newEventMetrics(stage.registry)
    stage.deliveries = newDeliveries({ db, keys, sender, log, metrics, now, random: () => 0.5 })
  })
  afterEach(async () => {
    const { db } = stage
    await stage.deliveries.stop()
    await stage.receiver.close()
    await db.query('delete from event_endpoint')
    await newDeliveries({ db, keys, sender, log }).prune()
  })
  return stage
}

async function newEndpoint({ client, receiver }: Stage, more: object): Promise<Json> {
  const body = { url: receiver.url, types: ['*'], ...more }
  const reply = await client.send('POST', '/v2/event_endpoints', body)
  expect([reply.status, reply.text]).toEqual([201, expect.any(String)])
  return reply.json
}
