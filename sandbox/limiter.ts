const SECOND = 1000

// Says of each request of a key whether it is one too many within the last second of real time.
export function createLimiter(perSecond: number): (key: string) => boolean {
  if (perSecond === 0) return () => false
  const windows = new Map<string, number[]>()
  return (key) => {
    const now = performance.now()
    const times = (windows.get(key) ?? []).filter((time) => now - time < SECOND)
    windows.set(key, times)
    if (times.length >= perSecond) return true
    times.push(now)
    return false
  }
}
