import { events_stream } from '../connect/connect.ts'
import type { Stream } from '../partners/stream.ts'
import { scheduleOf, setNextRun, setReconcile, setRetry } from '../store/schedule.ts'
import { streamRows } from '../store/segment.ts'
import type { Greeting } from './greet.ts'
import {
  backoffs,
  nextVerification,
  paceOf,
  reconcile_every_ms,
  stale_intervals,
} from './interval.ts'
import { keyOf, type Run } from './run.ts'

/** Notes when a stream that ended well is read next, and how fresh it is. */
export function noteRead(run: Run, stream: Stream, greeting: Greeting) {
  return noteAll(run, [stream.name], { stream, greeting })
}

/** The same of the event log, and of the streams that it keeps true: they are as fresh as the log. */
export function noteLogRead(run: Run, kept: readonly Stream[], greeting: Greeting) {
  return noteAll(run, [events_stream, ...kept.map(({ name }) => name)], { greeting })
}

async function noteAll(
  run: Run,
  streams: readonly string[],
  { stream, greeting }: { stream?: Stream; greeting: Greeting },
) {
  const key = keyOf(run, '')
  const { asked_ms, horizon_ms } = greeting
  const rows = await streamRows(run.db, key)
  const watermark_ms = rows.find((row) => row.stream === streams[0])?.watermark_ms ?? null
  // By our own clock: as far behind it as the reading was behind the partner's.
  const behind_ms = Math.max(0, horizon_ms - (watermark_ms ?? horizon_ms))
  await setNextRun(run.db, {
    key,
    streams,
    pace: paceOf(stream, run.standard_ms),
    began_ms: asked_ms,
    fresh_ms: watermark_ms === null ? null : asked_ms - behind_ms,
    now_ms: run.now(),
    stale_after: { intervals: stale_intervals, delay_ms: stream?.delay_ms ?? 0 },
  })
}

/** Notes when a stream that was read whole is compared next. */
export async function noteWhole(run: Run, { name, verify_ms }: Stream) {
  const key = keyOf(run, name)
  const settings = await scheduleOf(run.db, key)
  const every_ms = settings?.reconcile_every_ms ?? reconcile_every_ms
  const { id } = run.connection
  const at_ms = nextVerification(id, { now_ms: run.now(), every_ms, verify_ms })
  await setReconcile(run.db, { key, streams: [name], at_ms })
}

/** Lets a stream wait for others that have to be read before it. */
export async function postpone(run: Run, stream: string) {
  const at_ms = run.now() + backoffs['waiting-for-retry'].first_ms
  await setRetry(run.db, { key: keyOf(run, stream), streams: [stream], at_ms })
}
