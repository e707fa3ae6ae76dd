import type { JobKind, Jobs, Queue } from './jobs.ts'

/** A kind of work that waits in several lanes, so that what is slow in one holds up no other. */
export interface LanedKind<J extends object> extends JobKind<J> {
  /** Of one key always the same lane. */
  readonly laneOf: (job: J) => string
}

/**
 * One queue a lane, and one for jobs of all lanes that are not named, behind the face of one: `work`
 * takes up to `parallel` jobs at a time of each.
 */
export async function openLanes<J extends object>(
  jobs: Pick<Jobs, 'queue'>,
  kind: LanedKind<J>,
  names: readonly string[],
): Promise<Queue<J>> {
  const rest = await jobs.queue(kind)
  const lanes = new Map<string, Queue<J>>()
  for (const name of names) {
    lanes.set(name, await jobs.queue({ ...kind, name: `${kind.name}-${name}` }))
  }
  const laneFor = (job: J) => lanes.get(kind.laneOf(job)) ?? rest
  return {
    first: (job) => laneFor(job).first(job),
    async last(all) {
      // Beside each other: a full lane lets those who fill it wait.
      await Promise.all([...Map.groupBy(all, laneFor)].map(([lane, some]) => lane.last(some)))
    },
    async work(run, parallel) {
      for (const lane of [rest, ...lanes.values()]) await lane.work(run, parallel)
    },
  }
}
