/** What a process has opened, and how it ends: once, in reverse order, on a signal or a fault. */
export interface Life {
  readonly onStop: (close: () => Promise<unknown>) => void
  readonly stop: () => Promise<void>
  /** Ends when a signal came and everything is closed. */
  readonly ended: Promise<void>
  readonly stopping: AbortSignal
}

const forced_status = 130

export function newLife(): Life {
  const closers: (() => Promise<unknown>)[] = []
  const stopping = new AbortController()
  const over = Promise.withResolvers<void>()
  let stopped: Promise<void> | null = null

  async function closeAll() {
    stopping.abort(new Error('stopping'))
    for (const close of closers.reverse()) await close()
  }

  function stop() {
    stopped ??= closeAll()
    return stopped
  }

  const onSignal = () => {
    // The second signal does not wait.
    if (stopped) process.exit(forced_status)
    stop().then(over.resolve, over.reject)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    onStop: (close) => void closers.push(close),
    stop,
    ended: over.promise,
    stopping: stopping.signal,
  }
}

/** Runs a process that lives until a signal; what it opened is closed in any case. */
export async function live(work: (life: Life) => Promise<void>) {
  const life = newLife()
  try {
    await work(life)
    await life.ended
  } catch (error) {
    // A signal while starting: what was being opened fails, and that is no fault.
    if (!life.stopping.aborted) throw error
  } finally {
    await life.stop()
  }
}
