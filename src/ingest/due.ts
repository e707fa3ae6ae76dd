import { events_stream } from '../connect/connect.ts'
import type { Partner } from '../partners/partner.ts'
import type { StreamRow } from '../store/segment.ts'
import { isKeptByLog } from './plan.ts'

/**
 * The streams that a run of what is due reads: those whose time has come, what is listed under them,
 * and the event log that keeps one of them true.
 */
export function dueStreams(
  partner: Partner,
  rows: readonly StreamRow[],
  now_ms: number,
): readonly string[] {
  const isDue = ({ next_ms }: StreamRow) => next_ms === null || next_ms <= now_ms
  const due = new Set(rows.filter(isDue).map(({ stream }) => stream))
  const own = partner.streams.filter(({ name }) => due.has(name))
  if (own.some((stream) => isKeptByLog(partner, stream))) due.add(events_stream)
  const objects = new Set(own.flatMap(({ maps }) => maps.map((map) => map.object.name)))
  for (const stream of partner.streams) {
    if (stream.parent && objects.has(stream.parent.object)) due.add(stream.name)
  }
  const known = [...partner.streams.map(({ name }) => name), events_stream]
  const stored = new Set(rows.map(({ stream }) => stream))
  return known.filter((name) => due.has(name) && stored.has(name))
}
