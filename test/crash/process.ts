import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { spawnFurrow } from '../furrow.ts'
import { freePort } from '../postgres.ts'

/** A process of the fleet, at a port that it keeps from start to start. */
export interface Member {
  readonly name: string
  readonly url: string
  /** Starts it, and waits until it says that it is ready. */
  readonly start: () => Promise<void>
  /** Sends a signal and waits for the end. Gives the exit status; null after a kill. */
  readonly stop: (signal: NodeJS.Signals) => Promise<number | null>
  /** What it wrote. */
  readonly output: () => string
}

export interface MemberOptions {
  readonly name: string
  readonly args: (port: number) => readonly string[]
  readonly env: Readonly<Record<string, string>>
}

const ready_max_ms = 60_000
const ready_every_ms = 50
const output_length_max = 20_000

export async function newMember({ name, args, env }: MemberOptions): Promise<Member> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | null = null
  let output = ''
  return {
    name,
    url,
    output: () => output,
    async start() {
      const started = spawnFurrow(args(port), env)
      const note = (bytes: Buffer) => {
        output = (output + bytes).slice(-output_length_max)
      }
      started.stderr?.on('data', note)
      started.stdout?.on('data', note)
      child = started
      const deadline = Date.now() + ready_max_ms
      while (!(await isReady(url))) {
        const isOver = started.exitCode !== null || Date.now() > deadline
        if (isOver) throw new Error(`${name} did not come up: ${output}`)
        await sleep(ready_every_ms)
      }
    },
    async stop(signal) {
      const stopped = child
      child = null
      if (!stopped) return null
      if (stopped.exitCode !== null) return stopped.exitCode
      const end = once(stopped, 'exit')
      stopped.kill(signal)
      return (await end)[0] as number | null
    },
  }
}

const probe_timeout_ms = 1_000

export async function isReady(url: string): Promise<boolean> {
  const signal = AbortSignal.timeout(probe_timeout_ms)
  return fetch(`${url}/readyz`, { signal }).then(
    (response) => response.ok,
    () => false,
  )
}
