import { events_stream } from '../connect/connect.ts'
import { endConnection } from '../connect/revoke.ts'
import { Refused, Unavailable } from '../partners/errors.ts'
import { setStatus } from '../store/connection.ts'
import { IntegrityViolation } from '../store/save.ts'
import { setRetry } from '../store/schedule.ts'
import { setStreamState, streamRows } from '../store/segment.ts'
import { plainText } from './fetch.ts'
import { retryAt } from './interval.ts'
import { isPartners } from './partner_errors.ts'
import { isKeptByLog } from './plan.ts'
import { keyOf, type Run } from './run.ts'

/** How the reading of streams ended. */
export interface Ended {
  readonly reason: string | null
  /** The whole connection cannot be read. */
  readonly stop: boolean
  /** The partner gave no useful answer. */
  readonly silent: boolean
}

const well: Ended = { reason: null, stop: false, silent: false }

/** Runs what reads some streams; what goes wrong becomes their state, in words, and their retry. */
export async function guarded(
  run: Run,
  streams: readonly string[],
  work: () => Promise<void>,
): Promise<Ended> {
  try {
    await work()
    return well
  } catch (error) {
    if (run.signal.aborted) throw error
    const lost = error instanceof Refused && error.isLost
    const silent = error instanceof Unavailable
    if (!silent && !isPartners(error)) throw error
    const reason = reasonOf(error)
    for (const one of streams) run.metrics.failure(run.partner.name, one, (error as Error).name)
    const told_ms = silent ? error.retryAt_ms : null
    // One draw for all: what failed together is tried again together.
    const draw = Math.random()
    const failed = { silent, reason, told_ms, random: () => draw }
    for (const stream of streams) await noteFailed(run, stream, failed)
    if (lost) await lose(run, { reason, withdrawn: error.withdrawn })
    return { reason, stop: lost, silent }
  }
}

/** The partner lets us read no more: the connection is lost, or over where that was wanted. */
export async function lose(
  run: Run,
  { reason, withdrawn = false }: { readonly reason: string | null; readonly withdrawn?: boolean },
) {
  const { connection, now, partner, db } = run
  if (!withdrawn) return setConnection(run, 'Lost Connection', reason)
  const told = `revoked at ${partner.title}: ${reason}`
  await endConnection(db, { connection, reason: told, now_ms: now() })
}

interface Failed {
  readonly silent: boolean
  readonly reason: string
  readonly told_ms: number | null
  readonly random: () => number
}

async function noteFailed(run: Run, stream: string, failed: Failed) {
  const { silent, reason, told_ms, random } = failed
  const key = keyOf(run, stream)
  const state = silent ? 'waiting-for-retry' : 'failed'
  const row = (await streamRows(run.db, key)).find((one) => one.stream === stream)
  const { failures = 0 } = row ?? {}
  const at_ms = retryAt(state, { now_ms: run.now(), failures, told_ms, random })
  await setStreamState(run.db, { key, state, reason, retry_ms: silent ? at_ms : null })
  await setRetry(run.db, { key, streams: [stream, ...restingOn(run, stream)], at_ms })
}

/** The streams that are read when the event log is, and so wait with it. */
function restingOn({ partner }: Run, stream: string): string[] {
  if (stream !== events_stream) return []
  return partner.streams.filter((one) => isKeptByLog(partner, one)).map(({ name }) => name)
}

function reasonOf(error: unknown): string {
  if (error instanceof IntegrityViolation) return `${error.code}: ${error.message}`
  return plainText((error as Error).message)
}

/** Says of the connection whether it can be read, and why not. */
export async function setConnection(
  run: Run,
  status: 'Active' | 'Lost Connection',
  reason: string | null,
) {
  const { ledgerAccountId, id } = run.connection
  await setStatus(run.db, { ledgerAccountId, id, status, reason, now_ms: run.now() })
}
