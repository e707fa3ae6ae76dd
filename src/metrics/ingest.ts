import { Counter, Histogram } from 'prom-client'
import type { Registry } from './registry.ts'

/** What a page that was saved came to. */
export interface SavedPage {
  readonly seen: number
  readonly changed: number
  readonly deleted: number
  readonly rejected: number
}

export type SyncOutcome = 'complete' | 'with failures' | 'failed' | 'stopped'

/** What reading counts. */
export interface IngestMetrics {
  readonly page: (partnerSource: string, stream: string, page: SavedPage) => void
  /** `kind` is the class of what went wrong, as in `Unavailable`. */
  readonly failure: (partnerSource: string, stream: string, kind: string) => void
  readonly sync: (partnerSource: string, outcome: SyncOutcome, took_ms: number) => void
}

/** For whoever does not count. */
export const uncounted: IngestMetrics = {
  page: () => undefined,
  failure: () => undefined,
  sync: () => undefined,
}

const sync_buckets_s = [0.1, 0.5, 1, 5, 15, 60, 300, 1_800, 7_200, 43_200]

export function newIngestMetrics(registry: Registry): IngestMetrics {
  const registers = [registry]
  const of = ['partner', 'stream'] as const
  const pages = new Counter({
    name: 'furrow_pages_total',
    help: 'Pages of partners that were saved, with their checkpoints',
    labelNames: of,
    registers,
  })
  const records = new Counter({
    name: 'furrow_records_total',
    help: 'What the saved pages held: rows seen, records changed, deleted and rejected',
    labelNames: [...of, 'outcome'],
    registers,
  })
  const failures = new Counter({
    name: 'furrow_stream_failures_total',
    help: 'Readings of a stream that did not end well, by the class of what went wrong',
    labelNames: [...of, 'kind'],
    registers,
  })
  const syncs = new Histogram({
    name: 'furrow_sync_duration_seconds',
    help: 'Time to read a connection, by how it ended',
    labelNames: ['partner', 'outcome'],
    buckets: sync_buckets_s,
    registers,
  })
  return {
    page(partner, stream, { seen, ...outcomes }) {
      pages.inc({ partner, stream })
      for (const [outcome, count] of Object.entries({ seen, ...outcomes })) {
        if (count > 0) records.inc({ partner, stream, outcome }, count)
      }
    },
    failure: (partner, stream, kind) => failures.inc({ partner, stream, kind }),
    sync: (partner, outcome, took_ms) => syncs.observe({ partner, outcome }, took_ms / 1000),
  }
}
