import type { Logger } from 'pino'
import type { EventParts } from '../api/event_call.ts'
import { newDeliveries } from '../events/deliveries.ts'
import { newSender } from '../events/send.ts'
import { newEventMetrics } from '../metrics/events.ts'
import type { Registry } from '../metrics/registry.ts'
import type { Database } from '../store/database.ts'
import type { MasterKeys } from '../store/seal.ts'
import type { Life } from './life.ts'

const day_ms = 24 * 3_600_000

/** What is to be known of events beside where the data is. */
export interface EventOptions {
  /** Receivers on this machine may be named, over http too. */
  readonly allowPrivateEvents?: boolean
  /** Days that deliveries stay in the log after they have ended. */
  readonly eventsKept?: number
}

/** What the API needs to make endpoints and to try them. */
export function eventPartsFor(keys: MasterKeys, { allowPrivateEvents }: EventOptions, life: Life) {
  const sender = newSender({ loopback: allowPrivateEvents ?? false })
  life.onStop(sender.close)
  return { keys, sender }
}

interface Installation {
  readonly db: Database
  readonly log: Logger
  readonly registry: Registry
}

/** Tells endpoints what changes until the process ends. */
export function deliverEvents(
  parts: EventParts,
  { db, log, registry, eventsKept }: Installation & EventOptions,
  life: Life,
) {
  const kept = eventsKept === undefined ? {} : { kept_ms: eventsKept * day_ms }
  const metrics = newEventMetrics(registry)
  const deliveries = newDeliveries({ ...parts, db, log, metrics, ...kept })
  deliveries.start()
  life.onStop(deliveries.stop)
}
