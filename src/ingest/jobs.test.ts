import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type PostgresServer, startPostgres } from '../../test/postgres.ts'
import type { Jobs, RunJob } from './jobs.ts'
import { newEmbeddedJobs } from './jobs_embedded.ts'
import { openSharedJobs } from './jobs_shared.ts'
import { openLanes } from './lanes.ts'
import { joined, type SyncJob, syncs } from './sync_job.ts'

let postgres: PostgresServer
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

let schemas = 0
const onError = (error: Error) => {
  throw error
}
const kinds: { readonly [name: string]: () => Promise<Jobs> } = {
  embedded: async () => newEmbeddedJobs(onError),
  shared: () => openSharedJobs({ url: postgres.url, onError, schema: `jobs_${schemas++}` }),
}

const jobOf = (connectionId: string, more: Partial<SyncJob> = {}): SyncJob => ({
  ledgerAccountId: 'la_1',
  connectionId,
  partnerSource: 'stripe',
  ...more,
})

/** Runs that end when told to, and what has begun and is running so far. */
function recorder() {
  const begun: SyncJob[] = []
  const running = new Map<string, () => void>()
  const run: RunJob<SyncJob> = (job, signal) => {
    if (running.has(job.connectionId)) throw new Error(`${job.connectionId} runs twice`)
    begun.push(job)
    return new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
      running.set(job.connectionId, resolve)
    }).finally(() => running.delete(job.connectionId))
  }
  const end = (id: string) => running.get(id)?.()
  return { begun, running, run, end }
}

async function until(condition: () => boolean, patience_ms = 10_000) {
  const deadline = Date.now() + patience_ms
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not come to pass')
    await sleep(5)
  }
}

/** The queue of syncs, with what its process has beside it. */
async function opened(jobs: Jobs) {
  onTestFinished(jobs.stop)
  return { ...(await jobs.queue(syncs)), jobs }
}

const quick = { connections: 40, ms: 200 }
const parallel = 4

/** How long the work of one partner takes while that of another does not end, in milliseconds. */
async function tookBeside(jobs: Jobs, slow: number) {
  onTestFinished(jobs.stop)
  const queue = await openLanes(jobs, syncs, ['slow', 'quick'])
  let begun = 0
  let ended = 0
  const run: RunJob<SyncJob> = async ({ partnerSource }, signal) => {
    begun += 1
    await sleep(partnerSource === 'slow' ? 3_600_000 : quick.ms, undefined, { signal })
    ended += 1
  }
  await queue.work(run, parallel)
  const jobsOf = (partnerSource: string, count: number) =>
    Array.from({ length: count }, (_, i) => jobOf(`${partnerSource}_${i}`, { partnerSource }))
  await queue.last(jobsOf('slow', slow))
  await until(() => begun === Math.min(slow, parallel))
  const began_ms = Date.now()
  await queue.last(jobsOf('quick', quick.connections))
  await until(() => ended === quick.connections, 30_000)
  return Date.now() - began_ms
}

describe.each(Object.keys(kinds))('the %s queue', (name) => {
  const openJobs = kinds[name] as () => Promise<Jobs>
  const open = async () => opened(await openJobs())

  it('runs a connection again after a request that came while it ran, never beside itself', async () => {
    const queue = await open()
    const { begun, run, end } = recorder()
    await queue.work(run, 3)
    await queue.first(jobOf('pac_1'))
    await until(() => begun.length === 1)
    await queue.first(jobOf('pac_1'))
    await queue.last([jobOf('pac_1')])
    await sleep(100)
    expect(begun).toHaveLength(1)
    end('pac_1')
    await until(() => begun.length === 2)
    end('pac_1')
    await sleep(100)
    expect(begun).toHaveLength(2)
  })

  it('runs what somebody asks for before what is only due', async () => {
    const queue = await open()
    const { begun, run, end } = recorder()
    await queue.last(['pac_1', 'pac_2', 'pac_3'].map((id) => jobOf(id)))
    await queue.first(jobOf('pac_3'))
    await queue.work(run, 1)
    await until(() => begun.length === 1)
    end('pac_3')
    await until(() => begun.length === 2)
    expect(begun.map((job) => job.connectionId).slice(0, 2)).toEqual(['pac_3', 'pac_1'])
  })

  it('forgets nothing of several requests for one connection', async () => {
    const queue = await open()
    const { begun, run } = recorder()
    await queue.first(jobOf('pac_1', { streams: ['customers'], full_since_ms: 5 }))
    await queue.first(jobOf('pac_1', { streams: ['payments'] }))
    await queue.last([jobOf('pac_1')])
    await queue.work(run, 1)
    await until(() => begun.length === 1)
    expect(begun[0]).toEqual(
      jobOf('pac_1', { streams: ['customers', 'payments'], full_since_ms: 5 }),
    )
  })

  it('runs as many connections side by side as it was told to', async () => {
    const queue = await open()
    const { begun, running, run, end } = recorder()
    await queue.work(run, 2)
    await queue.last(['pac_1', 'pac_2', 'pac_3'].map((id) => jobOf(id)))
    await until(() => running.size === 2)
    await sleep(100)
    expect(begun).toHaveLength(2)
    end(begun[0]?.connectionId ?? '')
    await until(() => begun.length === 3)
  })

  it('goes on after a run that failed', async () => {
    const errors: Error[] = []
    const failing = newEmbeddedJobs((error) => void errors.push(error))
    const queue = name === 'embedded' ? await opened(failing) : await open()
    const begun: string[] = []
    await queue.work(async ({ connectionId }) => {
      begun.push(connectionId)
      if (begun.length === 1) throw new Error('once')
    }, 1)
    await queue.first(jobOf('pac_1'))
    await queue.first(jobOf('pac_2'))
    await until(() => begun.includes('pac_2'))
    expect(begun[0]).toBe('pac_1')
  })

  it('ticks at once and then again', async () => {
    const queue = await open()
    let ticks = 0
    await queue.jobs.every('tick', 1000, async () => void ticks++)
    await until(() => ticks === 1)
    await until(() => ticks >= 2)
  })

  it('takes the next job as soon as one has ended', async () => {
    const queue = await open()
    const begun: string[] = []
    await queue.work(async ({ connectionId }) => void begun.push(connectionId), 1)
    await queue.last(Array.from({ length: 20 }, (_, i) => jobOf(`pac_${i}`)))
    // Far less than 20 polls would take.
    await until(() => begun.length === 20, 4000)
  })

  it('lets a slow partner delay the work of another by a tenth at most', async () => {
    const alone = await tookBeside(await openJobs(), 0)
    const beside = await tookBeside(await openJobs(), 40)
    console.log(`${name}: ${alone} ms alone, ${beside} ms beside a slow partner`)
    expect(beside / alone).toBeLessThanOrEqual(1.1)
  })

  it('loses nothing of connections that fall due at every moment', async () => {
    const jobs = await openJobs()
    onTestFinished(jobs.stop)
    const queue = await openLanes(jobs, syncs, ['slow', 'quick'])
    const all = Array.from({ length: 20 }, (_, i) =>
      jobOf(`pac_${i}`, { partnerSource: i === 0 ? 'quick' : 'slow' }),
    )
    const begun: string[] = []
    await queue.work(async ({ connectionId }) => {
      begun.push(connectionId)
      await sleep(2)
    }, parallel)
    const enough = 600
    while (begun.length < enough) {
      await queue.last(all)
      await sleep(1)
    }
    expect(new Set(begun).size).toBe(all.length)
    await vi.waitFor(async () => {
      const counts = await jobs.counts()
      expect(counts.filter(({ waiting, running }) => waiting + running > 0)).toEqual([])
    }, 15_000)
  }, 60_000)

  it('lets kinds of work wait apart', async () => {
    const queue = await open()
    const others = await queue.jobs.queue({ ...syncs, name: 'other' })
    const { begun, run } = recorder()
    await queue.work(run, 1)
    await queue.first(jobOf('pac_1'))
    await until(() => begun.length === 1)
    const done: string[] = []
    await others.work(async ({ connectionId }) => void done.push(connectionId), 1)
    await others.first(jobOf('pac_1'))
    await until(() => done.length === 1)
    expect(begun).toHaveLength(1)
  })

  it('ends what runs when it stops', async () => {
    const queue = await open()
    const { begun, running, run } = recorder()
    await queue.work(run, 1)
    await queue.first(jobOf('pac_1'))
    await until(() => begun.length === 1)
    await queue.jobs.stop()
    expect(running.size).toBe(0)
  })
})

describe('processes that share a queue', () => {
  const open = async (schema: string) =>
    opened(await openSharedJobs({ url: postgres.url, onError, schema }))

  it('never run one connection at once, and tick once together', async () => {
    const [a, b] = [await open('together'), await open('together')]
    const { begun, run } = recorder()
    let ticks = 0
    for (const queue of [a, b]) {
      await queue.work(run, 2)
      await queue.jobs.every('tick', 3_600_000, async () => void ticks++)
    }
    await a.first(jobOf('pac_1'))
    await b.first(jobOf('pac_1'))
    await until(() => begun.length === 1 && ticks === 1)
    await sleep(500)
    expect([begun.length, ticks]).toEqual([1, 1])
  })

  it('hand what one was stopped at to another', async () => {
    const [a, b] = [await open('handed'), await open('handed')]
    const [first, second] = [recorder(), recorder()]
    await a.work(first.run, 1)
    await a.first(jobOf('pac_1'))
    await until(() => first.begun.length === 1)
    await b.work(second.run, 1)
    await a.jobs.stop()
    await until(() => second.begun.length === 1)
    expect(second.begun).toEqual([jobOf('pac_1')])
  })
})

describe('a process that dies', () => {
  const takeover_ms_max = 60_000

  it('loses its job to another within a minute', { timeout: 2 * takeover_ms_max }, async () => {
    const dying = processThatHolds('died', 'pac_1')
    await once(dying.stdout, 'data')
    const queue = await opened(await openSharedJobs({ url: postgres.url, onError, schema: 'died' }))
    const { begun, run } = recorder()
    await queue.work(run, 1)
    await sleep(1000)
    expect(begun).toEqual([])
    dying.kill('SIGKILL')
    await until(() => begun.length === 1, takeover_ms_max)
    expect(begun).toEqual([jobOf('pac_1')])
  })

  /** A process that takes the job of a connection, says so, and never ends it. */
  function processThatHolds(schema: string, id: string) {
    const code = `
      import { openSharedJobs } from ${JSON.stringify(new URL('./jobs_shared.ts', import.meta.url).href)}
      import { syncs } from ${JSON.stringify(new URL('./sync_job.ts', import.meta.url).href)}
      const jobs = await openSharedJobs({
        url: ${JSON.stringify(postgres.url)}, schema: '${schema}', onError: console.error,
      })
      const queue = await jobs.queue(syncs)
      await queue.work(() => new Promise(() => console.log('holding')), 1)
      await queue.first(${JSON.stringify(jobOf(id))})`
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    return child
  }
})

describe('joined', () => {
  it('asks for all streams when one of the two does', () => {
    const some = jobOf('pac_1', { streams: ['customers'] })
    expect(joined(some, jobOf('pac_1'))).toEqual(jobOf('pac_1'))
    expect(joined(jobOf('pac_1'), some)).toEqual(jobOf('pac_1'))
  })
})
