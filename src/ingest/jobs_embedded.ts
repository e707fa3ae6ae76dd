import { joined, type RunJob, type SyncJob, type SyncQueue } from './jobs.ts'

/** Jobs that may wait behind; whoever adds more waits until some have been taken. */
export const waiting_max = 1000

/**
 * The queue of one process, for the embedded database, which no second process can open. It keeps
 * nothing on disk: at the next start everything is due, and each sync goes on at its checkpoint.
 */
export function newEmbeddedQueue(onError: (error: Error) => void): SyncQueue {
  const stopping = new AbortController()
  const urgent = new Map<string, SyncJob>()
  const waiting = new Map<string, SyncJob>()
  const running = new Map<string, Promise<void>>()
  const timers: NodeJS.Timeout[] = []
  let room = Promise.withResolvers<void>()
  let worker: { run: RunJob; parallel: number } | null = null

  function next(): SyncJob | null {
    for (const queue of [urgent, waiting]) {
      for (const [id, job] of queue) {
        if (running.has(id)) continue
        queue.delete(id)
        return job
      }
    }
    return null
  }

  function fill() {
    while (worker && running.size < worker.parallel && !stopping.signal.aborted) {
      const job = next()
      if (!job) break
      const ended = worker.run(job, stopping.signal).catch(report)
      running.set(job.connectionId, ended)
      void ended.then(() => {
        running.delete(job.connectionId)
        fill()
      })
    }
    if (waiting.size >= waiting_max) return
    room.resolve()
    room = Promise.withResolvers()
  }

  function report(error: unknown) {
    if (!stopping.signal.aborted) onError(error as Error)
  }

  async function add(job: SyncJob) {
    while (waiting.size >= waiting_max && !stopping.signal.aborted) await room.promise
    const { connectionId } = job
    if (!urgent.has(connectionId) && !waiting.has(connectionId)) waiting.set(connectionId, job)
    fill()
  }

  return {
    async first(job) {
      const before = urgent.get(job.connectionId) ?? waiting.get(job.connectionId)
      waiting.delete(job.connectionId)
      urgent.set(job.connectionId, before ? joined(before, job) : job)
      fill()
    },
    async last(jobs) {
      for (const job of jobs) await add(job)
    },
    async work(run, parallel) {
      worker = { run, parallel }
      fill()
    },
    async every(every_ms, tick) {
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
    async stop() {
      for (const timer of timers) clearInterval(timer)
      stopping.abort(new Error('the worker is being stopped'))
      room.resolve()
      await Promise.all(running.values())
    },
  }
}
