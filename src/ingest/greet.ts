import { Refused } from '../partners/errors.ts'
import { setAnswered, setFacts } from '../store/connection.ts'
import { type Ended, guarded, setConnection } from './guard.ts'
import { silence_ms_max } from './interval.ts'
import type { Run } from './run.ts'

/** The clocks at the beginning of a run, in milliseconds since 1970. */
export interface Greeting {
  /** Ours, when the partner was asked. */
  readonly asked_ms: number
  /** Up to when the run reads: of two clocks the earlier. */
  readonly horizon_ms: number
}

const hour_ms = 3_600_000

/**
 * Asks whose account it is: tests the credential and tells the partner's time. What goes wrong is
 * said in the streams that were to be read; a partner that is silent for too long is lost.
 */
export async function greet(
  run: Run,
  streams: readonly string[],
): Promise<{ greeting: Greeting | null; ended: Ended }> {
  const asked_ms = run.now()
  let date_ms: number | null = null
  const ended = await guarded(run, streams, async () => {
    date_ms = await partnerTime(run)
    await setAnswered(run.db, run.connection, run.now())
    if (run.connection.status !== 'Active') await setConnection(run, 'Active', null)
  })
  if (ended.silent) await noteSilence(run, ended.reason ?? '')
  if (ended.reason !== null) return { greeting: null, ended }
  // What lies between the two clocks is read twice rather than never.
  return { greeting: { asked_ms, horizon_ms: Math.min(asked_ms, date_ms ?? asked_ms) }, ended }
}

async function partnerTime(run: Run): Promise<number | null> {
  try {
    const { facts, date_ms } = await run.account()
    if (JSON.stringify(facts) !== JSON.stringify(run.connection.facts)) {
      await setFacts(run.db, { ...run.connection, facts })
      run.connection = { ...run.connection, facts }
    }
    return date_ms
  } catch (error) {
    // A restricted key may read records without being allowed to read the account itself.
    if (error instanceof Refused && !error.isLost) return null
    throw error
  }
}

async function noteSilence(run: Run, reason: string) {
  const { answered_ms } = run.connection
  // From when on the silence counts where no answer was ever noted.
  if (answered_ms === null) return setAnswered(run.db, run.connection, run.now())
  const silent_ms = run.now() - answered_ms
  if (silent_ms <= silence_ms_max) return
  const bound = `no answer for more than ${silence_ms_max / hour_ms} hours`
  await setConnection(run, 'Lost Connection', `${bound}: ${reason}`)
}
