import type { Partner } from '../partners/partner.ts'
import type { Stream } from '../partners/stream.ts'
import type { Segment, SegmentKind } from '../store/segment.ts'
import { parentRanges } from './children.ts'

/** The ranges that a pass over a stream reads. */
export type Plan = readonly Range[]

interface Range {
  readonly kind: SegmentKind
  readonly from: string | null
  readonly to: string | null
}

const children_segments = 4

/** A partner's clock shows whole seconds, so a range ends after the second it shows. */
const clock_step_ms = 1000

/** Whether a segment is part of a reading of the whole stream. */
export function isFullSegment({ kind }: Pick<Segment, 'kind'>): boolean {
  return kind === 'backfill' || kind === 'children'
}

/** Whether the partner's event log is what tells of changes in a stream. */
export function isKeptByLog({ events }: Partner, { strategy }: Stream): boolean {
  return (
    events !== undefined &&
    !events.mayBeOff &&
    (strategy === 'created+events' || strategy === 'children')
  )
}

/** Whether a stream is to be read whole again, to see what vanished or changed unseen. */
export function isVerificationDue(
  { verify_ms }: Stream,
  verified_ms: number | null,
  horizon_ms: number,
): boolean {
  return verify_ms !== undefined && horizon_ms - (verified_ms ?? 0) >= verify_ms
}

/** Everything the partner tells. */
export function fullPlan(
  stream: Stream,
  { account_created_ms, horizon_ms }: { account_created_ms: number; horizon_ms: number },
): Plan {
  const { strategy, reach_ms = Infinity } = stream
  if (strategy === 'children') {
    return parentRanges(stream, children_segments).map((range) => ({ kind: 'children', ...range }))
  }
  const from_ms = Math.max(account_created_ms, horizon_ms - reach_ms)
  if (stream.window_ms) return windows(stream.window_ms, { kind: 'backfill', from_ms, horizon_ms })
  const byTime = strategy === 'created' || strategy === 'created+events'
  return [{ kind: 'backfill', from: byTime ? String(from_ms) : null, to: null }]
}

/** What came or changed since a watermark, and what may have become visible late before it. */
export function recentPlan(
  { strategy, window_ms, overlap_ms = 0, reach_ms = Infinity }: Stream,
  { watermark_ms, horizon_ms }: { watermark_ms: number | null; horizon_ms: number },
): Plan {
  if (strategy === 'children') return [{ kind: 'recent', from: '', to: null }]
  const from_ms = Math.max((watermark_ms ?? 0) - overlap_ms, horizon_ms - reach_ms)
  if (window_ms) return windows(window_ms, { kind: 'recent', from_ms, horizon_ms })
  return [{ kind: 'recent', from: String(from_ms), to: null }]
}

/** Closed spans next to each other, newest first: what happens meanwhile is the next run's. */
function windows(
  window_ms: number,
  { kind, from_ms, horizon_ms }: { kind: SegmentKind; from_ms: number; horizon_ms: number },
): Plan {
  const end_ms = horizon_ms + clock_step_ms
  const count = Math.max(1, Math.ceil((end_ms - from_ms) / window_ms))
  return Array.from({ length: count }, (_, i) => ({
    kind,
    from: String(Math.max(from_ms, end_ms - (i + 1) * window_ms)),
    to: String(end_ms - i * window_ms),
  }))
}
