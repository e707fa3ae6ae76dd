// The log of what happened, kept for four weeks.
import { token } from '../world/random.ts'
import { DAY } from '../world/sim.ts'
import { type Json, stamp } from './format.ts'

export type Told = { place: number; created: number; type: string; location: string; json: Json }
export type Events = {
  tell: (type: string, about: { id: string; location?: string; data: Json }) => void
  // Oldest first; counts up with each, so that who asks again knows.
  kept: () => readonly Told[]
  count: () => number
  // Told each as it is made.
  heard: ((json: Json) => void)[]
}

export const EVENT_DAYS = 28
const PRUNE_EVERY = 2000

type Log = { seed: string; merchant: string; now: () => number; from: number }

export function createEvents({ seed, merchant, now, from }: Log): Events {
  let log: Told[] = []
  let count = 0
  const heard: Events['heard'] = []
  const recent = () => {
    const oldest = now() - EVENT_DAYS * DAY
    const first = log.findIndex(({ created }) => created >= oldest)
    if (first !== 0) log = first < 0 ? [] : log.slice(first)
    return log
  }
  return {
    tell: (type, { id, location, data }) => {
      const created = now()
      const place = count++
      // What nobody could still read when the first one asks is not kept.
      if (created < from) return
      const json = {
        merchant_id: merchant,
        ...(location ? { location_id: location } : {}),
        type,
        event_id: uuid(seed, place),
        created_at: stamp(created),
        data: { type: type.split('.')[0], id, ...data },
      }
      log.push({ place, created, type, location: location ?? '', json })
      if (log.length % PRUNE_EVERY === 0) recent()
      for (const hear of heard) hear(json)
    },
    kept: recent,
    count: () => count,
    heard,
  }
}

function uuid(seed: string, place: number): string {
  const text = Buffer.from(token(16, seed, 'event', place)).toString('hex')
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    text.slice(12, 16),
    text.slice(16, 20),
    text.slice(20),
  ].join('-')
}
