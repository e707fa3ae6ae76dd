import type { OnJob } from '../metrics/jobs.ts'
import type { JobKind, Jobs, Queue, RunJob } from './jobs.ts'

/** Jobs that may wait behind; whoever adds more waits until some have been taken. */
export const waiting_max = 1000

/** A queue that its process stops. */
interface EmbeddedQueue<J extends object> extends Queue<J> {
  readonly count: () => { waiting: number; running: number }
  readonly stop: () => Promise<void>
}

/**
 * The queues of one process, for the embedded database, which no second process can open. They keep
 * nothing on disk: what has to be done is found in the tables again at the next start.
 */
export function newEmbeddedJobs(onError: (error: Error) => void, onJob?: OnJob): Jobs {
  const stopping = new AbortController()
  const queues = new Map<string, Pick<EmbeddedQueue<object>, 'count' | 'stop'>>()
  const timers: NodeJS.Timeout[] = []
  const report = (error: unknown) => {
    if (!stopping.signal.aborted) onError(error as Error)
  }
  return {
    async queue<J extends object>(kind: JobKind<J>) {
      const known = queues.get(kind.name) as EmbeddedQueue<J> | undefined // of one name, of one kind
      if (known) return known
      const made = newQueue(kind, { stopping: stopping.signal, report, onJob })
      queues.set(kind.name, made)
      return made
    },
    async every(_, every_ms, tick) {
      let ticking = false
      const once = async () => {
        if (ticking) return
        ticking = true
        await tick().catch(report)
        ticking = false
      }
      timers.push(setInterval(() => void once(), every_ms))
      void once()
    },
    counts: async () => [...queues].map(([queue, one]) => ({ queue, ...one.count() })),
    async stop() {
      for (const timer of timers) clearInterval(timer)
      stopping.abort(new Error('the worker is being stopped'))
      await Promise.all([...queues.values()].map((queue) => queue.stop()))
    },
  }
}

interface QueueOptions {
  readonly stopping: AbortSignal
  readonly report: (error: unknown) => void
  readonly onJob: OnJob | undefined
}

function newQueue<J extends object>(
  { name, keyOf, joined, rankOf = () => 0 }: JobKind<J>,
  { stopping, report, onJob }: QueueOptions,
): EmbeddedQueue<J> {
  const since = new Map<string, number>()
  const urgent = new Map<string, J>()
  const waiting = new Map<string, J>()
  const running = new Map<string, Promise<void>>()
  let room = Promise.withResolvers<void>()
  let worker: { run: RunJob<J>; parallel: number } | null = null

  function next(): J | null {
    for (const queue of [urgent, waiting]) {
      let best: J | null = null
      for (const [key, job] of queue) {
        if (running.has(key)) continue
        if (best === null || (queue === waiting && rankOf(job) < rankOf(best))) best = job
        if (queue === urgent || rankOf(best) === 0) break
      }
      if (best === null) continue
      queue.delete(keyOf(best))
      return best
    }
    return null
  }

  function fill() {
    while (worker && running.size < worker.parallel && !stopping.aborted) {
      const job = next()
      if (!job) break
      const key = keyOf(job)
      const began_ms = Date.now()
      const waited_ms = began_ms - (since.get(key) ?? began_ms)
      since.delete(key)
      let failed = false
      const ended = worker
        .run(job, stopping)
        .catch((error) => {
          failed = true
          report(error)
        })
        .then(() => onJob?.({ queue: name, waited_ms, took_ms: Date.now() - began_ms, failed }))
      running.set(key, ended)
      void ended.then(() => {
        running.delete(key)
        fill()
      })
    }
    if (waiting.size >= waiting_max) return
    room.resolve()
    room = Promise.withResolvers()
  }

  async function add(job: J) {
    while (waiting.size >= waiting_max && !stopping.aborted) await room.promise
    const key = keyOf(job)
    if (!urgent.has(key) && !waiting.has(key)) {
      waiting.set(key, job)
      since.set(key, Date.now())
    }
    fill()
  }

  return {
    async first(job) {
      const key = keyOf(job)
      const before = urgent.get(key) ?? waiting.get(key)
      waiting.delete(key)
      urgent.set(key, before ? joined(before, job) : job)
      if (!before) since.set(key, Date.now())
      fill()
    },
    async last(jobs) {
      for (const job of jobs) await add(job)
    },
    async work(run, parallel) {
      worker = { run, parallel }
      fill()
    },
    count: () => ({ waiting: urgent.size + waiting.size, running: running.size }),
    async stop() {
      room.resolve()
      await Promise.all(running.values())
    },
  }
}
