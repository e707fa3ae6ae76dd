import { Counter, Histogram } from 'prom-client'
import type { Registry } from './registry.ts'

/** One attempt to deliver an event. */
export interface Attempt {
  /** `delivered`; `pending`: it is tried again; `failed`: it was the last attempt. */
  readonly outcome: 'delivered' | 'pending' | 'failed'
  readonly took_ms: number
}

export interface EventMetrics {
  readonly attempt: (attempt: Attempt) => void
  /** An endpoint was disabled because it did not answer well. */
  readonly disabled: () => void
}

const buckets_s = [0.01, 0.05, 0.25, 1, 5, 15]

export function newEventMetrics(registry: Registry): EventMetrics {
  const registers = [registry]
  const attempts = new Counter({
    name: 'furrow_event_attempts_total',
    help: 'Attempts to deliver an event, by what came of them',
    labelNames: ['outcome'],
    registers,
  })
  const durations = new Histogram({
    name: 'furrow_event_attempt_seconds',
    help: 'Time until a receiver had answered',
    buckets: buckets_s,
    registers,
  })
  const disabled = new Counter({
    name: 'furrow_event_endpoints_disabled_total',
    help: 'Endpoints that were disabled because they did not answer well',
    registers,
  })
  return {
    attempt({ outcome, took_ms }) {
      attempts.inc({ outcome })
      durations.observe(took_ms / 1000)
    },
    disabled: () => disabled.inc(),
  }
}

/** For whoever does not count. */
export const uncountedEvents: EventMetrics = {
  attempt: () => undefined,
  disabled: () => undefined,
}
