/** The states of a stream, in the order of a run that ends well. */
export const streamStates = [
  'queued',
  'fetching',
  'waiting-for-retry',
  'complete',
  'failed',
] as const
export type StreamState = (typeof streamStates)[number]

/** What holds of a stream in a state. */
export interface StateRule {
  /** The states that may come before it. */
  readonly after: readonly StreamState[]
  /** Whether it says why: it must, it may, or there is nothing to say. */
  readonly reason: 'must' | 'may' | 'none'
  /** Whether it says when it is tried again. */
  readonly retries: boolean
}

const begun = ['queued', 'fetching', 'waiting-for-retry', 'complete', 'failed'] as const

/**
 * The machine of a stream. Reading may begin, wait and fail from anywhere: a worker that was killed
 * leaves `fetching` behind. But only what was being read can be complete.
 */
export const stateRules: { readonly [S in StreamState]: StateRule } = {
  queued: { after: begun, reason: 'may', retries: false },
  fetching: { after: begun, reason: 'none', retries: false },
  'waiting-for-retry': { after: begun, reason: 'must', retries: true },
  complete: { after: ['fetching'], reason: 'none', retries: false },
  failed: { after: begun, reason: 'must', retries: false },
}

/** What is wrong with a state's facts, in words; null where nothing is. */
export function stateFault(
  state: StreamState,
  { reason, retry_ms }: { reason: string | null; retry_ms: number | null },
): string | null {
  const rule = stateRules[state]
  if (rule.reason === 'must' && reason === null) return `${state}: expected a reason, got none`
  if (rule.reason === 'none' && reason !== null) return `${state}: expected no reason`
  if (rule.retries && retry_ms === null) return `${state}: expected a time of retry, got none`
  if (!rule.retries && retry_ms !== null) return `${state}: expected no time of retry`
  return null
}
