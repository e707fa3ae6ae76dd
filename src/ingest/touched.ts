import { Refused, Unavailable } from '../partners/errors.ts'
import type { Touch } from '../partners/notifications.ts'
import { knownIds } from '../store/known.ts'
import { followed, inParallel, keyOfTouch } from './events.ts'
import { nothing, type Prepared, plainText } from './fetch.ts'
import { isPartners } from './partner_errors.ts'
import type { Run } from './run.ts'

/** What came of reading again what a notification names. */
export interface Outcome {
  readonly read: Prepared
  /**
   * - `read`: as it is at the partner now
   * - `left`: reading it again is of no use; the next reading of its stream counts
   * - `unseen`: the partner's API does not show yet what the notification says
   * - `down`: the partner does not answer
   * - `refused`: the partner refuses the credential
   * - `broken`: a defect of ours
   */
  readonly ended: 'read' | 'left' | 'unseen' | 'down' | 'refused' | 'broken'
  readonly reason: string | null
  /** When the partner wants to be asked again. */
  readonly retryAt_ms?: number | null
  readonly error?: unknown
  /** The partner refuses because the business took its consent back. */
  readonly withdrawn?: boolean
}

/** Touches of one record as one; that it is gone is not forgotten. */
export function coalesced(touches: readonly Touch[]): ReadonlyMap<string, Touch> {
  const found = new Map<string, Touch>()
  for (const touch of touches) {
    const key = keyOfTouch(touch)
    const before = found.get(key)
    const deleted = touch.deleted || (before?.deleted ?? false)
    found.set(key, { ...before, ...touch, deleted })
  }
  return found
}

/** Reads again what touches name, each record once. Throws only when it is being stopped. */
export async function outcomesOf(
  run: Run,
  touches: ReadonlyMap<string, Touch>,
): Promise<ReadonlyMap<string, Outcome>> {
  // Who does not answer one question is not asked the others too.
  let silent: Outcome | null = null
  const outcomes = await inParallel([...touches.values()], async (touch) => {
    if (silent) return silent
    const outcome = await outcomeOf(run, touch)
    if (outcome.ended === 'down' || outcome.ended === 'refused') silent = outcome
    return outcome
  })
  return new Map([...touches.keys()].map((key, i) => [key, outcomes[i] as Outcome])) // one for each
}

async function outcomeOf(run: Run, touch: Touch): Promise<Outcome> {
  try {
    return await again(run, touch)
  } catch (error) {
    if (run.signal.aborted) throw error
    return failed(error)
  }
}

async function again(run: Run, touch: Touch): Promise<Outcome> {
  const stream = run.partner.streams.find(({ name }) => name === touch.stream)
  if (!stream) return left(`${run.partner.name} has no stream ${touch.stream}`)
  if (stream.retrieve === null && !touch.children) {
    return left(`${touch.stream}: the partner gives none by its id`)
  }
  const read = await followed(run, touch)
  if (touch.children) return { read, ended: 'read', reason: null }
  const isGone = read.records.length > 0 && read.records.every(isDeleted)
  if (touch.deleted && !isGone && read.records.length > 0) {
    return { read, ended: 'unseen', reason: `${touch.stream}: told as deleted, and still there` }
  }
  if (!isGone || touch.deleted || (await isKnown(run, read))) {
    return { read, ended: 'read', reason: null }
  }
  // What was never seen cannot have gone: the partner only does not show it yet.
  return { read: nothing, ended: 'unseen', reason: `${touch.stream}: not to be found yet` }
}

function isDeleted({ record }: Prepared['records'][number]): boolean {
  return record.recordState === 'DELETED'
}

async function isKnown({ db, connection }: Run, { records }: Prepared): Promise<boolean> {
  const { ledgerAccountId } = connection
  for (const { type, id } of records) {
    if ((await knownIds(db, { type, ledgerAccountId }, [id])).length > 0) return true
  }
  return false
}

function left(reason: string): Outcome {
  return { read: nothing, ended: 'left', reason }
}

/** What an error means for the notification that led to it. */
export function failed(error: unknown): Outcome {
  const reason = plainText((error as Error).message)
  const outcome = { read: nothing, reason }
  if (error instanceof Unavailable) {
    return { ...outcome, ended: 'down', retryAt_ms: error.retryAt_ms }
  }
  if (error instanceof Refused && error.isLost) {
    return { ...outcome, ended: 'refused', withdrawn: error.withdrawn }
  }
  if (isPartners(error)) return { ...outcome, ended: 'left' }
  return { ...outcome, ended: 'broken', reason: `internal error: ${reason}`, error }
}
