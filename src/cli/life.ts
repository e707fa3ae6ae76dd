/** What a process has opened, and how it ends: once, in reverse order, on a signal or a fault. */
export interface Life {
  readonly onStop: (close: () => Promise<unknown>) => void
  readonly stop: () => Promise<void>
  /** Ends it as a signal would. */
  readonly end: () => void
  /** Listens to signals no longer. */
  readonly over: () => void
  /** Ends when a signal came and everything is closed. */
  readonly ended: Promise<void>
  readonly stopping: AbortSignal
}

const forced_status = 130
const signals = ['SIGINT', 'SIGTERM'] as const

export function newLife(): Life {
  const closers: (() => Promise<unknown>)[] = []
  const stopping = new AbortController()
  const ended = Promise.withResolvers<void>()
  let closing = Promise.resolve()

  async function closeAll() {
    for (let close = closers.pop(); close; close = closers.pop()) await close()
  }

  function stop() {
    stopping.abort(new Error('stopping'))
    closing = closing.then(closeAll)
    return closing
  }

  const end = () => void stop().then(ended.resolve, ended.reject)
  const onSignal = () => {
    // The second signal does not wait.
    if (stopping.signal.aborted) process.exit(forced_status)
    end()
  }
  for (const signal of signals) process.on(signal, onSignal)
  return {
    onStop(close) {
      closers.push(close)
      // Opened after the signal: whoever opened it goes no further, and it is closed after all.
      stopping.signal.throwIfAborted()
    },
    stop,
    end,
    over() {
      for (const signal of signals) process.off(signal, onSignal)
    },
    ended: ended.promise,
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
    life.over()
  }
}
