import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type EventMetrics, uncountedEvents } from '../metrics/events.ts'
import type { Database } from '../store/database.ts'
import { enabledEndpoints, type SealedEndpoint } from '../store/event_endpoint.ts'
import { endpointsDue, leaseLanes } from '../store/event_lane.ts'
import { pruneDeliveries } from '../store/event_prune.ts'
import type { MasterKeys } from '../store/seal.ts'
import {
  type Delivering,
  deliverLane,
  type Ending,
  type EndpointState,
  type Log,
  type Moment,
} from './deliver.ts'
import { again, type Bell, newBell } from './loop.ts'
import { pump } from './pump.ts'
import type { Sender } from './send.ts'
import { newSlots, type Slots } from './slots.ts'

export interface DeliveriesOptions {
  readonly db: Database
  readonly keys: MasterKeys
  readonly sender: Sender
  readonly log: Log
  readonly metrics?: EventMetrics
  /** How long deliveries that have ended stay in the log. */
  readonly kept_ms?: number
  readonly now?: () => number
  readonly random?: () => number
  readonly lease_ms?: number
  /** Called at each named moment; a test ends the process there. */
  readonly at?: (moment: Moment) => void
}

/** Tells endpoints what changes; any number of processes may do so on one Postgres. */
export interface Deliveries {
  /** Begins to look for news again and again. */
  readonly start: () => void
  /** Tells all that is to be told at this moment. Gives when nothing is left. */
  readonly settle: () => Promise<void>
  /** Clears away what has been kept for long enough. Gives how many deliveries went. */
  readonly prune: () => Promise<number>
  /** Begins nothing new, and waits a while for what is on its way. */
  readonly stop: () => Promise<void>
}

/** A worker that dies is noticed when its lease ends, and its lanes are taken at the next look. */
export const lease_default_ms = 45_000
export const poll_ms = 1_000
export const kept_default_ms = 30 * 24 * 3_600_000
/** Requests that one process has on their way to an endpoint at the same time. */
export const parallel_max = 8
const lanes_max = 4
const all_looked_at_every_ms = 60_000
/** A change is dated before it is committed. */
const look_back_ms = 5 * 60_000
const prune_every_ms = 3_600_000
const grace_ms = 5_000

/** What this process knows of an endpoint from one look to the next. */
interface Known {
  readonly state: EndpointState
  readonly slots: Slots
  readonly running: Set<Promise<void>>
}

interface Work {
  readonly on: Delivering
  readonly ending: Ending
  readonly known: Map<string, Known>
  /** When all feeds were last looked at. */
  looked_ms: number
  /** Rings when there may be something to deliver. */
  readonly bell: Bell
}

export function newDeliveries(options: DeliveriesOptions): Deliveries {
  const stopping = new AbortController()
  const cut = new AbortController()
  const ending = { stopping: stopping.signal, cut: cut.signal }
  const bell = newBell()
  const work: Work = { on: deliveringOf(options), ending, known: new Map(), looked_ms: 0, bell }
  const { kept_ms = kept_default_ms } = options
  const onError = (error: unknown) => work.on.log.error({ err: error }, 'events')
  const prune = () =>
    pruneDeliveries(work.on.db, { before_ms: work.on.now() - kept_ms, signal: ending.stopping })
  const loops: Promise<void>[] = []
  return {
    start() {
      const loop = (rest_ms: number, bell: Bell, piece: () => Promise<boolean>) =>
        loops.push(again({ piece, rest_ms, bell, onError }, ending.stopping))
      loop(poll_ms, newBell(), () => readFeeds(work, work.on.now() - look_back_ms))
      loop(poll_ms, work.bell, () => deliverDue(work))
      loop(prune_every_ms, newBell(), async () => {
        await prune()
        return false
      })
    },
    async settle() {
      for (;;) {
        while (await readFeeds(work, null));
        const began = await deliverDue(work)
        await Promise.all(runningIn(work))
        if (!began) return
      }
    },
    prune,
    async stop() {
      stopping.abort(new Error('stopping'))
      const ended = Promise.all([...loops, ...runningIn(work)])
      await Promise.race([ended, sleep(grace_ms, undefined, { ref: false })])
      cut.abort(new Error('stopping'))
      await ended
    },
  }
}

function deliveringOf(options: DeliveriesOptions): Delivering {
  const { db, keys, sender, log } = options
  return {
    db,
    keys,
    sender,
    log,
    metrics: options.metrics ?? uncountedEvents,
    now: options.now ?? Date.now,
    random: options.random ?? Math.random,
    holder: randomUUID(),
    lease_ms: options.lease_ms ?? lease_default_ms,
    at: options.at ?? (() => undefined),
  }
}

function runningIn({ known }: Work): Promise<void>[] {
  return [...known.values()].flatMap(({ running }) => [...running])
}

/** Gives whether there is more to read. Now and then all feeds are looked at, whatever their date. */
async function readFeeds(work: Work, recent_ms: number | null): Promise<boolean> {
  const { db, now } = work.on
  const enabled = await enabledEndpoints(db)
  if (enabled.length === 0) return false
  const endpoints = new Map(enabled.map((one) => [one.id, one]))
  const isTime = now() - work.looked_ms >= all_looked_at_every_ms
  const since_ms = isTime ? null : recent_ms
  const more = await pump({ db, now, endpoints, since_ms }, work.ending.stopping)
  if (isTime && !more) work.looked_ms = now()
  work.bell.ring()
  return more
}

/** Begins with the lanes that are due, of each endpoint a few. Gives whether any was begun. */
async function deliverDue(work: Work): Promise<boolean> {
  const { on, known, ending } = work
  const due = new Set(await endpointsDue(on.db, on.now()))
  if (due.size === 0) return false
  let began = false
  for (const endpoint of await enabledEndpoints(on.db)) {
    if (!due.has(endpoint.id) || ending.stopping.aborted) continue
    const of = knownOf(known, endpoint)
    const room = of.state.held_until_ms > on.now() ? 0 : lanes_max - of.running.size
    if (room <= 0) continue
    const now_ms = on.now()
    const lease = { holder: on.holder, now_ms, until_ms: now_ms + on.lease_ms, limit: room }
    for (const lane of await leaseLanes(on.db, endpoint.id, lease)) {
      began = true
      const leased = { lane, endpoint, state: of.state, slots: of.slots }
      const run = deliverLane(on, leased, ending).catch((error) => {
        on.log.error({ err: error, event_endpoint: endpoint.id }, 'delivering')
      })
      of.running.add(run)
      void run.then(() => {
        of.running.delete(run)
        work.bell.ring()
      })
    }
  }
  return began
}

function knownOf(known: Map<string, Known>, { id }: SealedEndpoint): Known {
  const made = known.get(id) ?? {
    state: { held_until_ms: 0, failing: false, disabled: false },
    slots: newSlots(parallel_max),
    running: new Set<Promise<void>>(),
  }
  // It was read as enabled just now.
  made.state.disabled = false
  known.set(id, made)
  return made
}
