let last: Promise<unknown> = Promise.resolve()

/**
 * Does work of some milliseconds when its turn comes: one piece each time the event loop comes
 * round. Pages that arrive together would otherwise be prepared in one go, and the database's
 * answers wait behind them while a ledger account is locked.
 */
export function inTurn<T>(work: () => T): Promise<T> {
  const turn = last.then(comeRound).then(work)
  last = turn.catch(() => undefined)
  return turn
}

function comeRound(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
