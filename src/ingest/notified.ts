import { events_stream } from '../connect/connect.ts'
import type { Touch } from '../partners/notifications.ts'
import { pause } from '../partners/rate.ts'
import { objectOf } from '../partners/rule.ts'
import {
  dueNotifications,
  type Ended,
  endNotifications,
  type Postponed,
  postponeNotifications,
  type Waiting,
} from '../store/notification.ts'
import { addCounts } from '../store/segment.ts'
import { keyOfTouch } from './events.ts'
import { merged, plainText } from './fetch.ts'
import { lose } from './guard.ts'
import { isPartners } from './partner_errors.ts'
import { endingOf } from './patience.ts'
import { keyOf, type Run, withPriority } from './run.ts'
import { coalesced, failed, type Outcome, outcomesOf } from './touched.ts'

/** Notifications that are read about together. */
export const batch_max = 100

/** Where several came together, more are likely to come: the connection is kept open so long. */
export const linger_ms = 50
export const lingers_max = 5
const flow_min = 3
/** After so long, other connections have their turn. */
export const turn_ms_max = 10_000

export interface Processed {
  /** Notifications that need nothing more. */
  readonly ended: number
  /** Those that are tried again later, and why the last of them is. */
  readonly postponed: number
  readonly reason: string | null
  /** Defects of ours, each once. */
  readonly defects: readonly unknown[]
  /** Its turn was over before everything was done. */
  readonly more?: boolean
}

export interface ProcessOptions {
  /** Whether to wait a moment for more where many come. */
  readonly lingers?: boolean
}

/**
 * Reads again what the notifications of a connection name that are due, until none is. What was
 * read and what became of the notification are saved together; records that are newer stay.
 */
export async function processNotifications(
  run: Run,
  { lingers = false }: ProcessOptions = {},
): Promise<Processed> {
  const ends_ms = run.now() + turn_ms_max
  let sum: Processed = { ended: 0, postponed: 0, reason: null, defects: [] }
  let lingering = lingers_max
  for (;;) {
    run.signal.throwIfAborted()
    const now_ms = run.now()
    const due = await dueNotifications(run.db, { ...ofRun(run), now_ms, limit: batch_max })
    if (due.length > 0 && now_ms >= ends_ms) return { ...sum, more: true }
    if (due.length >= flow_min) lingering = 0
    if (due.length === 0) {
      if (!lingers || lingering >= lingers_max) return sum
      lingering += 1
      await pause(linger_ms, run.signal)
      continue
    }
    const done = await processBatch(withPriority(run, 'notification'), due)
    sum = {
      ended: sum.ended + done.ended,
      postponed: sum.postponed + done.postponed,
      reason: done.reason ?? sum.reason,
      defects: [...sum.defects, ...done.defects],
    }
    // Whoever is silent, or refuses, is not asked about the next batch either.
    if (done.stop) return sum
  }
}

interface Named {
  readonly waiting: Waiting
  readonly touches: readonly Touch[]
  /** It could not even be understood. */
  readonly fault?: Outcome
}

async function processBatch(
  run: Run,
  due: readonly Waiting[],
): Promise<Processed & { stop: boolean }> {
  const named: Named[] = []
  for (const waiting of due) named.push(await understood(run, waiting))
  const touches = coalesced(named.flatMap((one) => one.touches))
  const outcomes = await outcomesOf(run, touches)
  const all = [...outcomes.values(), ...named.flatMap(({ fault = [] }) => fault)]
  const refusals = all.filter(({ ended }) => ended === 'refused')
  // Of several, the one that says why tells more.
  const refused = refusals.find(({ withdrawn }) => withdrawn) ?? refusals[0]
  const done = await saved(run, named, { touches, outcomes })
  if (refused) await lose(run, refused)
  const defects = all.flatMap(({ ended, error }) => (ended === 'broken' ? [error] : []))
  const stop = refused !== undefined || all.some(({ ended }) => ended === 'down')
  return { ...done, defects: [...new Set(defects)], stop }
}

/** What a notification says is to be read again. */
async function understood(run: Run, waiting: Waiting): Promise<Named> {
  const { notifications, events } = run.partner
  const read = notifications?.touches ?? events?.read
  try {
    const event = objectOf(JSON.parse(waiting.payload) as unknown)
    if (event && notifications?.isWithdrawal?.(event)) return await withdrawn(run, waiting)
    return { waiting, touches: read && event ? read(event) : [] }
  } catch (error) {
    return { waiting, touches: [], fault: failed(error) }
  }
}

/** That the consent was taken back is true where the partner refuses us: then we are asked no more. */
async function withdrawn(run: Run, waiting: Waiting): Promise<Named> {
  try {
    await run.account()
    return { waiting, touches: [] }
  } catch (error) {
    if (run.signal.aborted) throw error
    const fault = failed(error)
    return { waiting, touches: [], fault: { ...fault, withdrawn: fault.ended === 'refused' } }
  }
}

interface Reading {
  readonly touches: ReadonlyMap<string, Touch>
  readonly outcomes: ReadonlyMap<string, Outcome>
}

type Saved = Pick<Processed, 'ended' | 'postponed' | 'reason'>

/** Saves what was read with what becomes of the notifications; apart where together it cannot be. */
async function saved(run: Run, named: readonly Named[], reading: Reading): Promise<Saved> {
  try {
    return await saveTogether(run, named, reading)
  } catch (error) {
    if (run.signal.aborted || !isPartners(error)) throw error
    const [only] = named
    if (named.length === 1 && only) return saveFault(run, only, error as Error)
    const parts: Saved[] = []
    for (const one of named) parts.push(await saved(run, [one], reading))
    return {
      ended: parts.reduce((sum, { ended }) => sum + ended, 0),
      postponed: parts.reduce((sum, { postponed }) => sum + postponed, 0),
      reason: parts.find(({ reason }) => reason !== null)?.reason ?? null,
    }
  }
}

async function saveTogether(run: Run, named: readonly Named[], reading: Reading): Promise<Saved> {
  const now_ms = run.now()
  const ended: Ended[] = []
  const postponed: Postponed[] = []
  const keys = new Set<string>()
  for (const { waiting, touches, fault } of named) {
    const own = touches.map(keyOfTouch)
    for (const key of own) keys.add(key)
    const outcomes = own.map((key) => reading.outcomes.get(key) as Outcome) // of each touch, one
    const ending = endingOf(waiting, fault ? [fault] : outcomes, now_ms)
    const { eventId } = waiting
    if (ending.due_ms === null) ended.push({ eventId, reason: ending.reason })
    else postponed.push({ eventId, due_ms: ending.due_ms, reason: ending.reason ?? '' })
  }
  await savePage(run, { keys, reading, ended, postponed, now_ms })
  const reason = postponed.at(-1)?.reason ?? null
  return { ended: ended.length, postponed: postponed.length, reason }
}

interface NotifiedPage {
  readonly keys: ReadonlySet<string>
  readonly reading: Reading
  readonly ended: readonly Ended[]
  readonly postponed: readonly Postponed[]
  readonly now_ms: number
}

async function savePage(run: Run, { keys, reading, ended, postponed, now_ms }: NotifiedPage) {
  const of = ofRun(run)
  const reads = [...keys].map((key) => reading.outcomes.get(key)?.read).filter((one) => !!one)
  const { records, rejects } = merged(reads)
  const seen = seenBy(keys, reading)
  await run.writer.save({
    key: keyOf(run, events_stream),
    records,
    rejects,
    seen: 0,
    async checkpoint(tx) {
      // What hangs on a stream having been read (guests, who may be customers) hangs on this too.
      for (const [stream, count] of seen) {
        await addCounts(tx, keyOf(run, stream), { seen: count, changed: 0, deleted: 0 })
      }
      await endNotifications(tx, { ...of, now_ms }, ended)
      await postponeNotifications(tx, of, postponed)
    },
  })
}

function seenBy(keys: ReadonlySet<string>, { touches, outcomes }: Reading): Map<string, number> {
  const seen = new Map<string, number>()
  for (const key of keys) {
    const { stream } = touches.get(key) ?? {}
    const count = outcomes.get(key)?.read.seen ?? 0
    if (stream !== undefined && count > 0) seen.set(stream, (seen.get(stream) ?? 0) + count)
  }
  return seen
}

/** What one notification names breaks an invariant: it is left, with the reason. */
async function saveFault(run: Run, { waiting }: Named, error: Error): Promise<Saved> {
  const reason = plainText(error.message)
  const now_ms = run.now()
  await endNotifications(run.db, { ...ofRun(run), now_ms }, [{ eventId: waiting.eventId, reason }])
  return { ended: 1, postponed: 0, reason }
}

function ofRun({ connection }: Run) {
  return { ledgerAccountId: connection.ledgerAccountId, connectionId: connection.id }
}
