/** Runs work when one of a fixed number of places is free, in the order it was asked for. */
export type Slots = <T>(work: () => Promise<T>) => Promise<T>

export function newSlots(places: number): Slots {
  let free = places
  const waiting: (() => void)[] = []
  return async (work) => {
    if (free > 0) free--
    // Whoever leaves gives the place on without freeing it.
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
