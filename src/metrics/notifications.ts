import { Counter, Histogram } from 'prom-client'
import type { Registry } from './registry.ts'

/** What became of some notifications of one connection. */
export interface ProcessedNotifications {
  readonly ended: number
  readonly postponed: number
  /** Defects of ours. */
  readonly broken: number
  readonly took_ms: number
}

export type OnNotifications = (partnerSource: string, done: ProcessedNotifications) => void

const buckets_s = [0.01, 0.05, 0.25, 1, 2, 5, 15]

/** Counts what became of notifications, and how long they took to read; received ones are the API's. */
export function newNotificationMetrics(registry: Registry): OnNotifications {
  const registers = [registry]
  const processed = new Counter({
    name: 'furrow_notifications_processed_total',
    help: 'Notifications that need nothing more, are put off, or broke us',
    labelNames: ['partner', 'outcome'],
    registers,
  })
  const durations = new Histogram({
    name: 'furrow_notifications_processing_seconds',
    help: 'Time to process what had come for a connection',
    labelNames: ['partner'],
    buckets: buckets_s,
    registers,
  })
  return (partner, { took_ms, ...outcomes }) => {
    for (const [outcome, count] of Object.entries(outcomes)) {
      if (count > 0) processed.inc({ partner, outcome }, count)
    }
    durations.observe({ partner }, took_ms / 1000)
  }
}
