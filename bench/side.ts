import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { flat_memory_flags } from '../src/cli/flat_memory.ts'

/** One side of a measurement: a process of its own that does what it is asked. */
export interface Side {
  readonly pid: number
  /** Asks and waits for the answer, which is whatever the side's handler of that name gives. */
  ask<Answer>(name: string, given?: object): Promise<Answer>
  stop(): Promise<void>
}

export interface SideOptions {
  readonly env?: { readonly [name: string]: string }
}

type Reply = { readonly answer: unknown } | { readonly error: string }

/** Sides that are started the way `furrow worker` is; the others with the defaults of Node. */
const as_worker = new Set(['furrow_sync', 'furrow_worker'])

/** Starts `bench/sides/<name>.ts`. What it prints goes to stderr. */
export function startSide(name: string, { env = {} }: SideOptions = {}): Side {
  const flags = as_worker.has(name) ? flat_memory_flags : []
  const file = fileURLToPath(new URL(`sides/${name}.ts`, import.meta.url))
  const child = fork(file, {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    execArgv: ['--disable-warning=ExperimentalWarning', ...flags],
    stdio: ['ignore', process.stderr, process.stderr, 'ipc'],
  })
  const gone = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`${name} ended with ${code ?? signal}`)
  })
  gone.catch(() => undefined)
  return {
    pid: child.pid ?? 0,
    async ask<Answer>(work: string, given: object = {}) {
      child.send({ work, given })
      const [reply] = (await Promise.race([once(child, 'message'), gone])) as [Reply]
      if ('error' in reply) throw new Error(`${name} ${work}: ${reply.error}`)
      return reply.answer as Answer
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.disconnect()
      await gone.catch(() => undefined)
    },
  }
}

/** The side's own half: does what it is asked, one thing after the other, until it is let go. */
export function answerAs(handlers: { [name: string]: (given: never) => Promise<unknown> }) {
  process.on('message', async ({ work, given }: { work: string; given: never }) => {
    process.send?.(await replyOf(handlers[work], given))
  })
  process.on('disconnect', () => process.exit(0))
}

async function replyOf(
  handler: ((given: never) => Promise<unknown>) | undefined,
  given: never,
): Promise<Reply> {
  if (!handler) return { error: 'is nothing it can do' }
  try {
    return { answer: (await handler(given)) ?? null }
  } catch (error) {
    return { error: (error as Error).stack ?? String(error) }
  }
}
