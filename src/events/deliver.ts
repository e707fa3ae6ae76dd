import type { EventMetrics } from '../metrics/events.ts'
import type { Database } from '../store/database.ts'
import { noteFailure, noteSuccess } from '../store/endpoint_health.ts'
import { dueDeliveries, endAttempt, type Outgoing } from '../store/event_delivery.ts'
import type { SealedEndpoint } from '../store/event_endpoint.ts'
import { type LaneKey, releaseLane, renewLease } from '../store/event_lane.ts'
import type { MasterKeys } from '../store/seal.ts'
import { together } from '../store/together.ts'
import { bodyOf } from './body.ts'
import { nextAttempt, patience_ms } from './schedule.ts'
import { secretsOf } from './secret.ts'
import type { Sender, Sent } from './send.ts'
import { signatureHeaders } from './sign.ts'
import type { Slots } from './slots.ts'

/** Where a worker says what it did; any pino logger is one. */
export interface Log {
  readonly info: (facts: object, message: string) => void
  readonly warn: (facts: object, message: string) => void
  readonly error: (facts: object, message: string) => void
}

/** Moments at which a process can die; named so that a test can choose them. */
export type Moment = 'before send' | 'after send' | 'before commit' | 'after commit'

/** What delivering works with. */
export interface Delivering {
  readonly db: Database
  readonly keys: MasterKeys
  readonly sender: Sender
  readonly log: Log
  readonly metrics: EventMetrics
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** From 0 up to 1. */
  readonly random: () => number
  /** Names this process among those that share the work. */
  readonly holder: string
  readonly lease_ms: number
  readonly at: (moment: Moment) => void
}

/** A lane that this process has leased, with what is known of its endpoint. */
export interface LeasedLane {
  readonly lane: LaneKey
  readonly endpoint: SealedEndpoint
  readonly state: EndpointState
  readonly slots: Slots
}

/** What this process has learned of an endpoint since it read it. */
export interface EndpointState {
  /** Nothing is sent before: the receiver asked for patience. */
  held_until_ms: number
  failing: boolean
  disabled: boolean
}

const due_at_once = 50
/** After so many deliveries another lane has its turn. */
const visit_max = 200

/** How a process ends: first nothing new is begun, and later what is on its way is cut off. */
export interface Ending {
  readonly stopping: AbortSignal
  readonly cut: AbortSignal
}

/** Delivers what is due in a lane, keeping the lease meanwhile, and gives the lane back. */
export async function deliverLane(on: Delivering, leased: LeasedLane, ending: Ending) {
  const lost = new AbortController()
  const stopping = AbortSignal.any([ending.stopping, lost.signal])
  const cut = AbortSignal.any([ending.cut, lost.signal])
  const renewing = setInterval(() => {
    renewLease(on.db, leased.lane, leaseOf(on)).then(
      (kept) => kept || lost.abort(new Error('the lease was taken over')),
      (error) => lost.abort(error),
    )
  }, on.lease_ms / 3)
  try {
    for (let done = 0; done < visit_max && mayGoOn(on, leased, stopping); ) {
      const limit = due_at_once
      const due = await dueDeliveries(on.db, leased.lane, { now_ms: on.now(), limit })
      if (due.length === 0) break
      const sending = due.map((one) =>
        leased.slots(async () => {
          if (mayGoOn(on, leased, stopping)) await deliver(on, leased, one, cut)
        }),
      )
      await together(sending)
      done += due.length
    }
  } finally {
    clearInterval(renewing)
    await releaseLane(on.db, leased.lane, leaseOf(on))
  }
}

function leaseOf({ holder, now, lease_ms }: Delivering) {
  const now_ms = now()
  return { holder, now_ms, until_ms: now_ms + lease_ms }
}

function mayGoOn({ now }: Delivering, { state }: LeasedLane, signal: AbortSignal): boolean {
  return !signal.aborted && !state.disabled && state.held_until_ms <= now()
}

/** One attempt. Whatever comes of it is noted; only what was cut off by a stop is not. */
async function deliver(
  on: Delivering,
  leased: LeasedLane,
  delivery: Outgoing,
  signal: AbortSignal,
) {
  const { db, keys, sender, now } = on
  const { endpoint, lane } = leased
  const now_ms = now()
  const [body, secrets] = await Promise.all([
    bodyOf(db, { endpoint, delivery, now_ms }),
    secretsOf(db, keys, { endpoint, now_ms }),
  ])
  const headers = signatureHeaders({ secrets, id: delivery.eventId, now_ms, body })
  on.at('before send')
  const sent = await sender.send({ url: endpoint.url, headers, body, signal })
  on.at('after send')
  if (signal.aborted && sent.status_code === null) return
  const { retry_after_ms, ...attempted } = sent
  const next_ms = sent.error === null ? null : again(on, delivery, sent)
  const state = sent.error === null ? 'delivered' : next_ms === null ? 'failed' : 'pending'
  on.at('before commit')
  const end = { delivery, attempted, state, next_ms, now_ms: now() } as const
  await endAttempt(db, lane, end)
  on.at('after commit')
  on.metrics.attempt({ outcome: state, took_ms: sent.duration_ms })
  await noteHealth(on, leased, sent)
}

function again({ now, random }: Delivering, { tries }: Outgoing, { retry_after_ms }: Sent) {
  return nextAttempt({ tries: tries + 1, now_ms: now(), retry_after_ms, random })
}

const too_many_requests = 429
const gone = 410

async function noteHealth(on: Delivering, { endpoint, state }: LeasedLane, sent: Sent) {
  const { db, log, metrics, now } = on
  if (sent.error === null) {
    if (state.failing || endpoint.failing_since !== null) await noteSuccess(db, endpoint.id)
    state.failing = false
    return
  }
  state.failing = true
  if (sent.status_code === too_many_requests && sent.retry_after_ms !== null) {
    state.held_until_ms = now() + sent.retry_after_ms
  }
  const facts = { id: endpoint.id, now_ms: now(), gone: sent.status_code === gone, patience_ms }
  const reason = await noteFailure(db, facts)
  if (reason === null) return
  state.disabled = true
  metrics.disabled()
  log.warn({ event_endpoint: endpoint.id, reason }, 'an event endpoint was disabled')
}
