import { Histogram } from 'prom-client'
import type { Registry } from './registry.ts'

/** One job that this process ran. */
export interface RanJob {
  readonly queue: string
  readonly waited_ms: number
  readonly took_ms: number
  /** Given back to its queue, or broken. */
  readonly failed: boolean
}

export type OnJob = (job: RanJob) => void

const wait_buckets_s = [0.01, 0.05, 0.25, 1, 5, 15, 60, 300, 1_800]
const run_buckets_s = [0.05, 0.25, 1, 5, 15, 60, 300, 1_800, 7_200]

/** Counts the jobs of this process: how long they waited and took. */
export function newJobMetrics(registry: Registry): OnJob {
  const registers = [registry]
  const waits = new Histogram({
    name: 'furrow_job_wait_seconds',
    help: 'Time a job waited in its queue, from when it could begin',
    labelNames: ['queue'],
    buckets: wait_buckets_s,
    registers,
  })
  const runs = new Histogram({
    name: 'furrow_job_duration_seconds',
    help: 'Time a job took, by whether it ended or was given back',
    labelNames: ['queue', 'outcome'],
    buckets: run_buckets_s,
    registers,
  })
  return ({ queue, waited_ms, took_ms, failed }) => {
    waits.observe({ queue }, Math.max(0, waited_ms) / 1000)
    runs.observe({ queue, outcome: failed ? 'failed' : 'ended' }, took_ms / 1000)
  }
}
