import type { Random } from '../../sandbox/world/random.ts'
import type { Moment } from '../../src/ingest/run.ts'
import type { PostgresServer } from '../postgres.ts'
import { type Killing, type Life, moments, type Orders } from './life.ts'

/** How a worker is to end. */
export interface Death {
  readonly name: string
  readonly die: Orders['die']
  readonly killing: Killing
}

export interface Deaths {
  /** Named moments in turn, and every sixth time whenever it happens to be. */
  readonly next: (index: number) => Death
  /** Learns from a worker that lived to its end how often each moment comes. */
  readonly learn: (life: Life) => void
}

/** Before any worker has lived to its end. */
const first_guess = { times: 12, ms: 900 }

/** With a server, that is killed in place of the worker. */
export function newDeaths(draw: Random, postgres: PostgresServer | null): Deaths {
  let times: Life['moments'] = null
  let lived_ms = first_guess.ms
  return {
    learn(life) {
      if (life.end !== 'done') return
      times = life.moments
      lived_ms = life.lived_ms
    },
    next(index) {
      const after_ms = draw.between(0, Math.ceil(lived_ms))
      if (postgres) {
        return { name: 'postgres', die: null, killing: { after_ms, kill: () => postgres.crash() } }
      }
      const at: Moment | undefined = moments[index % (moments.length + 1)]
      if (!at) return { name: 'random', die: null, killing: { after_ms } }
      const nth_max = Math.max(1, times ? (times[at] ?? 1) : first_guess.times)
      const nth = at === 'before ack' ? 1 : draw.between(1, nth_max)
      return { name: at, die: { at, nth }, killing: null }
    },
  }
}
